//! A value as it is written in YAML: plain where every reader of YAML takes it for the same text, else in
//! quotes; where the old one stood in quotes, in the same.

use crate::load::scalar;

/// What to write in the place of a scalar that is written so. None where it goes over lines.
pub(super) fn scalar(old: &str, value: &str) -> Option<String> {
    if old.contains('\n') || value.contains(char::is_control) {
        return None;
    }
    match old.chars().next()? {
        '"' => Some(doubly(value)),
        '\'' => Some(format!("'{}'", value.replace('\'', "''"))),
        '|' | '>' => None,
        _ if is_plain(value) => Some(value.to_owned()),
        _ => Some(doubly(value)),
    }
}

fn doubly(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Whether a text stands for itself without quotes, in a line and between brackets.
fn is_plain(text: &str) -> bool {
    let is_word = !scalar::reads_as_number(text)
        && !scalar::reads_as_boolean(text)
        && !scalar::reads_as_nothing(text);
    is_word
        && text.trim() == text
        && text.starts_with(char::is_alphanumeric)
        && !text.contains(['[', ']', '{', '}', ','])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_quotes_that_were_there() {
        for (old, value, new) in [
            ("1.001193", "1.001193", Some("\"1.001193\"")),
            ("61/2018/NĐ-CP", "118/2025/NĐ-CP", Some("118/2025/NĐ-CP")),
            ("\"61/2018/NĐ-CP\"", "118/2025/NĐ-CP", Some("\"118/2025/NĐ-CP\"")),
            ("'61'", "it's", Some("'it''s'")),
            ("\"a\"", "a \"b\" \\", Some("\"a \\\"b\\\" \\\\\"")),
            ("a", "b: c", Some("\"b: c\"")),
            ("a", "-", Some("\"-\"")),
            ("a", "true", Some("\"true\"")),
            ("|\n  a", "b", None),
            (">-", "b", None),
            ("a\n  b", "c", None),
        ] {
            assert_eq!(scalar(old, value).as_deref(), new, "{old} {value}");
        }
    }
}
