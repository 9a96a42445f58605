//! One policy for plain scalars, whatever a parser of YAML 1.1 or 1.2 would make of them: numbers,
//! dates and booleans are taken from the text as it was written, by the key that asks for them. What was
//! written in another form has a meaning here only where it has no second one.

use crate::model::date::Date;

/// Whether some YAML parser would read the unquoted text as a number, and lose what it looked like:
/// `2.002480` loses its zero, `0912` becomes octal or loses its zero, `7:30` counts in sixties.
#[must_use]
pub fn reads_as_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !unsigned.starts_with(|c: char| c == '.' || c.is_ascii_digit()) {
        return false;
    }
    let digits_of = |text: &str, radix: u32| {
        !text.is_empty()
            && text.starts_with(|c: char| c.is_digit(radix))
            && text.chars().all(|c| c == '_' || c.is_digit(radix))
    };
    if matches!(unsigned, ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(digits) = unsigned.strip_prefix(prefix) {
            return digits_of(digits, radix);
        }
    }
    if let Some((whole, rest)) = unsigned.split_once(':') {
        let of_sixty = |part: &str| {
            let part = part.split('.').next().unwrap_or_default();
            (1..=2).contains(&part.len()) && digits_of(part, 10)
        };
        return digits_of(whole, 10) && rest.split(':').all(of_sixty);
    }
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => {
            (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
        }
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let has_digits = mantissa.contains(|c: char| c.is_ascii_digit());
    has_digits
        && (whole.is_empty() || digits_of(whole, 10))
        && fraction.is_none_or(|fraction| fraction.is_empty() || digits_of(fraction, 10))
        && exponent.is_none_or(|exponent| digits_of(exponent, 10))
}

/// Whether the unquoted text is a boolean to every YAML parser.
#[must_use]
pub fn reads_as_boolean(text: &str) -> bool {
    matches!(text, "true" | "True" | "TRUE" | "false" | "False" | "FALSE")
}

/// Whether the unquoted text means nothing at all.
#[must_use]
pub fn reads_as_nothing(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

/// A whole number in its one spelling: digits, no sign, no zero in front.
pub(super) fn whole_number(text: &str) -> Option<u64> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    let is_short = text == "0" || !text.starts_with('0');
    (is_number && is_short).then(|| text.parse().ok()).flatten()
}

/// The day that a text in another form can only mean: the year first, or a day that cannot be a month. Where
/// two days are possible, as of 02/09/2026 to those who write the month first, there is none.
pub(super) fn meant_day(text: &str) -> Option<Date> {
    let lower = text.to_lowercase().replace("tháng", "/").replace("năm", "/");
    let lower = lower.strip_prefix("ngày").unwrap_or(&lower);
    let is_said = lower.len() != text.len();
    let parts: Vec<&str> = lower.split(['/', '-', '.']).map(str::trim).collect();
    let number = |part: &str, most: usize| {
        let is_number =
            (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| part.parse::<i16>().ok()).flatten()
    };
    let [first, second, third] = parts[..] else { return None };
    let (year, month, day) = if first.len() == 4 {
        (number(first, 4)?, number(second, 2)?, number(third, 2)?)
    } else if third.len() == 4 {
        let (day, month) = (number(first, 2)?, number(second, 2)?);
        if !is_said && day <= 12 && day != month {
            return None;
        }
        (number(third, 4)?, month, day)
    } else {
        return None;
    };
    let small = |n: i16| i8::try_from(n).ok();
    Date::new(year, small(month)?, small(day)?).ok()
}

/// The one spelling of a whole number that a text in another can only mean: `8 000` and `8_000` are 8000.
/// `8.000` may be eight or eight thousand.
pub(super) fn meant_number(text: &str) -> Option<String> {
    let groups: Vec<&str> = text.split([' ', '_']).collect();
    let is_grouped = groups.iter().skip(1).all(|group| group.len() == 3);
    let digits = groups.concat();
    (is_grouped && whole_number(&digits).is_some()).then_some(digits)
}

/// A number with at most three decimals, in thousandths.
pub(super) fn thousandths(text: &str) -> Option<u64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_fraction =
        (1..=3).contains(&fraction.len()) && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let fraction: u64 = is_fraction.then(|| format!("{fraction:0<3}").parse().ok()).flatten()?;
    whole_number(whole)?.checked_mul(1000)?.checked_add(fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_what_other_parsers_take_for_a_number() {
        for number in [
            "1",
            "1.10",
            "2.002480",
            "012",
            "089",
            "0x1F",
            "0o14",
            "0b11",
            "1_000",
            "1e3",
            "1E+3",
            "-5",
            "+.5",
            "5.",
            ".5",
            "12:30:00",
            "7:30",
            ".inf",
            "-.INF",
            ".nan",
            "118E5",
            "190:20:30.15",
        ] {
            assert!(reads_as_number(number), "{number}");
        }
        for text in [
            "118/2025/NĐ-CP",
            "1.001193.000.00.00.H56",
            "1.2.3",
            "Điều 4",
            "2025-06-09",
            "",
            ".",
            "-",
            "e3",
            "1e",
            "0x",
            "0xg",
            "1:",
            "7:3a",
            "1,5",
            "no",
            "_1",
            "inf",
            "1.012753.H19",
        ] {
            assert!(!reads_as_number(text), "{text}");
        }
    }

    #[test]
    fn means_a_day_only_where_it_can_be_no_other() {
        for (text, day) in [
            ("30/04/2026", "2026-04-30"),
            ("30.4.2026", "2026-04-30"),
            ("30-4-2026", "2026-04-30"),
            ("12/12/2026", "2026-12-12"),
            ("2026/4/3", "2026-04-03"),
            ("2026-4-30", "2026-04-30"),
            ("ngày 02 tháng 9 năm 2026", "2026-09-02"),
            ("2 tháng 9 năm 2026", "2026-09-02"),
        ] {
            assert_eq!(meant_day(text).map(|day| day.to_string()).as_deref(), Some(day), "{text}");
        }
        for text in
            ["02/09/2026", "4/30/2026", "30/02/2026", "30/04/26", "2026-04", "20260430", "?"]
        {
            assert_eq!(meant_day(text), None, "{text}");
        }
        assert_eq!(meant_number("8 000").as_deref(), Some("8000"));
        assert_eq!(meant_number("1_200_000").as_deref(), Some("1200000"));
        for text in ["8.000", "8,000", "80 00", "08", "8 000 đ", "1 2"] {
            assert_eq!(meant_number(text), None, "{text}");
        }
    }

    #[test]
    fn takes_one_spelling_of_a_number() {
        assert_eq!(whole_number("8000"), Some(8000));
        assert_eq!(whole_number("0"), Some(0));
        for bad in ["", "08", "-1", "+1", "1_000", "1.0", "8 000", "99999999999999999999999"] {
            assert_eq!(whole_number(bad), None, "{bad}");
        }
        assert_eq!(thousandths("1.5"), Some(1500));
        assert_eq!(thousandths("20"), Some(20_000));
        assert_eq!(thousandths("0.125"), Some(125));
        for bad in ["1,5", "1.", ".5", "1.2345", "-1", "1e3", "00.5"] {
            assert_eq!(thousandths(bad), None, "{bad}");
        }
    }
}
