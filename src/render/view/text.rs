//! Numbers, money, times and days as people write them, with no-break spaces where a line must not break.

use crate::language::Language;
use crate::model::date::{self, Date};
use crate::model::procedure::{Decimal, FeeAmount, TimeLength, TimeUnit};
use crate::model::provision::Provision;
use crate::render::words::Words;

/// A no-break space: between a number and its unit.
pub(super) const TIE: char = '\u{a0}';

pub(super) fn day(day: Date) -> String {
    date::vietnamese(day)
}

/// The first letter as a capital.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// The first letter as a small one, for a name inside a sentence; not of an abbreviation.
pub(super) fn small(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if letters.clone().next().is_some_and(char::is_uppercase) => {
            std::iter::once(first).chain(letters).collect()
        }
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// A whole number with marks between the thousands.
pub(super) fn number(words: &Words, value: u64) -> String {
    let digits = value.to_string();
    let mut grouped = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push_str(words.say("mark_thousands"));
        }
        grouped.push(digit);
    }
    grouped
}

fn decimal(words: &Words, Decimal(thousandths): Decimal) -> String {
    let whole = number(words, thousandths / 1000);
    match thousandths % 1000 {
        0 => whole,
        part => {
            let part = format!("{part:03}");
            format!("{whole}{}{}", words.say("mark_decimal"), part.trim_end_matches('0'))
        }
    }
}

/// "8.000 đồng"; words stay as they are.
pub(super) fn amount(words: &Words, amount: &FeeAmount) -> String {
    match amount {
        FeeAmount::Amount { value: 0, .. } => words.say("fee_free").to_owned(),
        FeeAmount::Amount { value, currency } => money(words, *value, currency),
        FeeAmount::Text(text) => text.clone(),
    }
}

pub(super) fn money(words: &Words, value: u64, currency: &str) -> String {
    let unit = match currency {
        "VND" => words.say("currency_vnd"),
        "USD" => words.say("currency_usd"),
        "EUR" => words.say("currency_eur"),
        other => other,
    };
    format!("{}{TIE}{unit}", number(words, value))
}

/// "1,5 ngày làm việc"; days and working days are never mixed up.
pub(super) fn time(words: &Words, length: &TimeLength) -> String {
    let TimeLength::Amount(amount, unit) = length else {
        let TimeLength::Text(text) = length else { unreachable!("two kinds of length") };
        return text.clone();
    };
    let one = *amount == Decimal(1000);
    let unit = match (unit, one) {
        (TimeUnit::Hour, true) => words.say("unit_hour"),
        (TimeUnit::Hour, false) => words.say("unit_hours"),
        (TimeUnit::Day, true) => words.say("unit_day"),
        (TimeUnit::Day, false) => words.say("unit_days"),
        (TimeUnit::WorkingDay, true) => words.say("unit_working_day"),
        (TimeUnit::WorkingDay, false) => words.say("unit_working_days"),
        (TimeUnit::Month, true) => words.say("unit_month"),
        (TimeUnit::Month, false) => words.say("unit_months"),
    };
    format!("{}{TIE}{unit}", decimal(words, *amount))
}

/// So many letters stand in large type.
const HEAD: usize = 28;

/// Words that begin a condition: what stands before them can be said alone, where they follow below.
const CONDITIONS: [&str; 8] =
    [" sau khi ", " kể từ ", " tính từ ", " nếu ", " khi ", " đối với ", " if ", " after "];

/// A long saying cut in two: a few words for large type, and the rest for the note below. `by_condition`
/// cuts before words that begin a condition, too; a name is cut at signs alone.
pub(super) fn head(said: &str, by_condition: bool) -> (String, Option<String>) {
    let whole = || (said.to_owned(), None);
    if said.chars().count() <= HEAD {
        return whole();
    }
    let sign = ["; ", ". ", " ("].iter().filter_map(|sign| said.find(sign)).min();
    let word = CONDITIONS.iter().filter(|_| by_condition).filter_map(|word| said.find(word)).min();
    let is_short = |at: &usize| (4..=HEAD + 8).contains(&said[..*at].chars().count());
    let Some(at) = sign.filter(is_short).or(word.filter(is_short)) else { return whole() };
    let is_held = said[at..].starts_with(" (") && said.ends_with(')');
    let rest = said[at..].trim_start_matches([';', '.', ' ']);
    let rest = if is_held { rest.trim_matches(['(', ')']) } else { rest };
    (said[..at].to_owned(), Some(capital(rest)).filter(|rest| !rest.is_empty()))
}

/// "Điều 4 khoản 2" with each name and its number held together.
fn provision(provision: &Provision, language: Language) -> String {
    let tied = provision.levels(language).map(|level| level.replace(' ', &TIE.to_string()));
    tied.collect::<Vec<_>>().join(" ")
}

pub(super) fn provisions(words: &Words, provisions: &[Provision]) -> String {
    let said = provisions.iter().map(|it| provision(it, words.language));
    said.collect::<Vec<_>>().join(", ")
}

/// The law that says something, which is written in Vietnamese: "Luật 64/2025/QH15, Điều 57 khoản 2".
pub(super) fn source(source: &str, language: Language) -> String {
    const SAID: [(&str, &str); 4] = [
        ("Luật ", "Law "),
        ("Nghị định ", "Decree "),
        ("Điều ", "Article "),
        ("khoản ", "Clause "),
    ];
    match language {
        Language::Vietnamese => source.to_owned(),
        Language::English => {
            SAID.iter().fold(source.to_owned(), |said, (from, to)| said.replace(from, to))
        }
    }
}

/// "a, b hoặc c".
pub(super) fn either(words: &Words, items: &[&str]) -> String {
    match items {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} {} {last}", most.join(", "), words.say("word_or")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::FileTree;
    use crate::render::theme::Theme;

    fn said(language: Language) -> Words {
        Theme::new(&FileTree::default(), language).0.words
    }

    #[test]
    fn money_and_times_are_written_the_usual_way() {
        let vi = said(Language::Vietnamese);
        let vnd = |value| FeeAmount::Amount { value, currency: "VND".to_owned() };
        assert_eq!(amount(&vi, &vnd(8000)), "8.000\u{a0}đồng");
        assert_eq!(amount(&vi, &vnd(1_234_567)), "1.234.567\u{a0}đồng");
        assert_eq!(amount(&vi, &vnd(0)), "Miễn phí");
        let length = |thousandths, unit| TimeLength::Amount(Decimal(thousandths), unit);
        assert_eq!(time(&vi, &length(1500, TimeUnit::WorkingDay)), "1,5\u{a0}ngày làm việc");
        let en = said(Language::English);
        assert_eq!(time(&en, &length(1000, TimeUnit::Day)), "1\u{a0}day");
        assert_eq!(time(&en, &length(2000, TimeUnit::Day)), "2\u{a0}days");
        assert_eq!(amount(&en, &vnd(8000)), "8,000\u{a0}VND");
    }

    #[test]
    fn long_sayings_are_cut_where_they_can_be() {
        let cut = |said| head(said, true);
        let two = |head: &str, rest: &str| (head.to_owned(), Some(rest.to_owned()));
        assert_eq!(
            cut("Trong ngày nhận đủ hồ sơ; nhận sau 15 giờ thì trả vào ngày làm việc tiếp theo"),
            two("Trong ngày nhận đủ hồ sơ", "Nhận sau 15 giờ thì trả vào ngày làm việc tiếp theo")
        );
        assert_eq!(cut("Ngay khi nhận hồ sơ"), ("Ngay khi nhận hồ sơ".to_owned(), None));
        assert_eq!(
            cut("Cấp ngay sau khi nhận đủ hồ sơ hợp lệ"),
            two("Cấp ngay", "Sau khi nhận đủ hồ sơ hợp lệ")
        );
        assert_eq!(
            cut("Không quá 10 ngày (với hồ sơ nộp trực tuyến)"),
            two("Không quá 10 ngày", "Với hồ sơ nộp trực tuyến")
        );
        let name = "Giấy xác nhận khi chưa có quốc tịch nào";
        assert_eq!(head(name, false), (name.to_owned(), None));
        let whole = "Theo ngày ghi trên phiếu hẹn trả kết quả";
        assert_eq!(cut(whole), (whole.to_owned(), None));
    }

    #[test]
    fn provisions_hold_together() {
        let read = |text| Provision::parse(text).expect("a provision");
        assert_eq!(
            provision(&read("điểm a khoản 2 Điều 4"), Language::Vietnamese),
            "Điều\u{a0}4 khoản\u{a0}2 điểm\u{a0}a"
        );
        let annex = read("Phụ lục IV");
        assert_eq!(provision(&annex, Language::Vietnamese), "Phụ\u{a0}lục\u{a0}IV");
        assert_eq!(provision(&annex, Language::English), "Appendix\u{a0}IV");
    }

    #[test]
    fn sources_are_said_in_both_languages() {
        let written = "Luật 64/2025/QH15, Điều 57 khoản 2 (Luật 87/2025/QH15, Điều 1 khoản 22)";
        let said = "Law 64/2025/QH15, Article 57 Clause 2 (Law 87/2025/QH15, Article 1 Clause 22)";
        assert_eq!(source(written, Language::English), said);
    }
}
