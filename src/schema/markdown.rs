//! The table as a page of a handbook: every kind of file, every record in it, every key with what it is for.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{FILES, Form, Record, Rule};
use crate::language::Language;

/// The page of all keys.
#[must_use]
pub fn markdown(language: Language) -> String {
    let mut page = String::new();
    let title = ["Các khóa của danh mục", "The keys of a catalogue"];
    let lead = [
        "Trang này do `niemyet schema --format markdown` in ra từ cùng một bảng với lời gợi ý trong trình soạn thảo.\nKhóa in đậm là bắt buộc.",
        "This page is printed by `niemyet schema --lang en --format markdown`, from the table from which editors complete.\nA key in bold must be there.",
    ];
    let _ = writeln!(page, "# {}\n\n{}", language.pick(title), language.pick(lead));
    let mut seen = BTreeSet::new();
    for file in &FILES {
        let _ = writeln!(page, "\n## `{}`\n\n{}", file.glob, language.pick(file.about));
        if file.is_list {
            let words = [
                "Tệp là một danh sách, mỗi mục có các khóa sau.",
                "The file is a list; each item has these keys.",
            ];
            let _ = writeln!(page, "\n{}", language.pick(words));
        }
        record(file.record, language, &mut page);
        seen.insert(file.record.name);
        inside(file.record, language, &mut seen, &mut page);
    }
    page
}

/// The records inside a record, each once on the page.
fn inside<'a>(
    outer: &'a Record,
    language: Language,
    seen: &mut BTreeSet<&'a str>,
    page: &mut String,
) {
    for key in outer.keys {
        let Some(inner) = key.form.record().filter(|inner| seen.insert(inner.name)) else {
            continue;
        };
        let _ = writeln!(page, "\n### `{}`", inner.name);
        record(inner, language, page);
        inside(inner, language, seen, page);
    }
}

fn record(record: &Record, language: Language, page: &mut String) {
    let heads =
        ["| Khóa | Giá trị | Để làm gì | Ví dụ |", "| Key | Value | What it is for | Example |"];
    let _ = writeln!(page, "\n{}\n| --- | --- | --- | --- |", language.pick(heads));
    for key in record.keys {
        let name =
            if key.is_required { format!("**`{}`**", key.name) } else { format!("`{}`", key.name) };
        let mut about = language.pick(key.about).to_owned();
        if let Some(words) = key.form.words() {
            let each: Vec<String> = words
                .iter()
                .map(|(word, means)| format!("`{word}` {}", language.pick(*means)))
                .collect();
            about = format!("{about} {}.", each.join("; "));
        }
        let example = match key.example {
            "" => String::new(),
            text if key.form.wants_quotes(text) => format!("`\"{text}\"`"),
            text => format!("`{text}`"),
        };
        let _ = writeln!(page, "| {name} | {} | {about} | {example} |", value(&key.form, language));
    }
    let rules: Vec<String> = record.rules.iter().map(|rule| said(rule, language)).collect();
    if !rules.is_empty() {
        page.push('\n');
    }
    for rule in rules {
        let _ = writeln!(page, "- {rule}");
    }
}

fn value(form: &Form, language: Language) -> String {
    let words = match form {
        Form::Text => ["chữ", "text"],
        Form::Markdown => ["chữ, Markdown", "text, Markdown"],
        Form::Id => ["id: a-z, 0-9, gạch nối", "an id: a-z, 0-9, hyphens"],
        Form::Agency => ["id cơ quan", "an agency's id"],
        Form::Field => ["id lĩnh vực", "a field's id"],
        Form::Office => ["id nơi tiếp nhận", "an office's id"],
        Form::Document => ["số văn bản hoặc tên tệp", "a document's number or file name"],
        Form::Decision => ["số quyết định", "a decision's number"],
        Form::OwnCode | Form::Code => ["mã thủ tục", "a procedure's code"],
        Form::Provision => ["điều, khoản, điểm", "a provision"],
        Form::Day => ["ngày", "a day"],
        Form::Flag => ["`true` hoặc `false`", "`true` or `false`"],
        Form::Count(..) => ["số nguyên", "a whole number"],
        Form::Amount => ["số lớn hơn 0", "a number above 0"],
        Form::Share => ["phần trăm", "a per cent"],
        Form::Span => ["khoảng thời gian", "a span of time"],
        Form::Link => ["địa chỉ https://", "an address https://"],
        Form::Contact => {
            ["địa chỉ https://, mailto: hoặc tel:", "an address https://, mailto: or tel:"]
        }
        Form::FormFile => ["tệp trong forms/", "a file in forms/"],
        Form::Path => ["đường dẫn", "a path"],
        Form::Currency => ["mã tiền tệ", "a currency"],
        Form::Word(_) => ["một từ", "a word"],
        Form::DayOr(_) => ["ngày hoặc một từ", "a day or a word"],
        Form::ProvisionsOr(_) => ["các điều, khoản hoặc một từ", "provisions or a word"],
        Form::WordOrNumber(..) => ["một từ hoặc số cũ", "a word or an old number"],
        Form::Record(record) => return format!("`{}`", record.name),
        Form::RecordOr(record, other) => {
            let or = language.pick(["hoặc", "or"]);
            return format!("`{}` {or} {}", record.name, value(other, language));
        }
        Form::List(item) => {
            return format!("{} {}", language.pick(["danh sách", "list:"]), value(item, language));
        }
        Form::OneOrList(item) => {
            return format!(
                "{} {}",
                language.pick(["một hoặc danh sách", "one or a list:"]),
                value(item, language)
            );
        }
    };
    language.pick(words).to_owned()
}

fn said(rule: &Rule, language: Language) -> String {
    let listed =
        |keys: &[&str]| keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
    match (rule, language) {
        (Rule::Either(first, second), Language::Vietnamese) => {
            format!("Phải có `{first}` hoặc `{second}`.")
        }
        (Rule::Either(first, second), Language::English) => {
            format!("`{first}` or `{second}` must be there.")
        }
        (Rule::Excludes(first, second), Language::Vietnamese) => {
            format!("Có `{first}` thì không có `{second}`.")
        }
        (Rule::Excludes(first, second), Language::English) => {
            format!("With `{first}` there is no `{second}`.")
        }
        (Rule::Needs(first, second), Language::Vietnamese) => {
            format!("Có `{first}` thì phải có `{second}`.")
        }
        (Rule::Needs(first, second), Language::English) => {
            format!("`{first}` needs `{second}`.")
        }
        (Rule::EachOfSeveral(list, key), Language::Vietnamese) => {
            format!("`{list}` có từ hai mục thì mục nào cũng phải có `{key}`.")
        }
        (Rule::EachOfSeveral(list, key), Language::English) => {
            format!("Where `{list}` has two items or more, each needs `{key}`.")
        }
        (Rule::When { key, words, wants, refuses }, _) => {
            let lead = language.pick(["Với", "With"]);
            let mut said = format!("{lead} `{key}` {}:", listed(words));
            if !wants.is_empty() {
                said = format!(
                    "{said} {} {}",
                    language.pick(["phải có", "there must be"]),
                    listed(wants)
                );
            }
            if !wants.is_empty() && !refuses.is_empty() {
                said.push(',');
            }
            if !refuses.is_empty() {
                said = format!(
                    "{said} {} {}",
                    language.pick(["không có", "there is no"]),
                    listed(refuses)
                );
            }
            format!("{said}.")
        }
    }
}
