//! The pages of the codes as Markdown: one code for a terminal, all of them for the handbook. The words
//! stand in `pages/`, in both languages; here one of them is taken, and the legal reason is set beside it.

use std::fmt::Write;

use super::code::{ALL, Entry, Severity};
use crate::language::Language;

/// What both languages share is headed in both.
const SHARED: [[&str; 2]; 3] =
    [["Sai", "Bad"], ["Đúng", "Mended"], ["phần khác giữ nguyên", "the rest stays"]];

/// The page of a code without the section in the other language, with its weight and legal reason.
#[must_use]
pub fn page(entry: &Entry, language: Language) -> String {
    let other = heading(language.other());
    let sections = entry.page.split("\n## ").filter(|section| !section.starts_with(other));
    let page = sections.collect::<Vec<_>>().join("\n## ");
    let page = SHARED.into_iter().fold(page, |page, [vietnamese, english]| {
        let one = match language {
            Language::Vietnamese => vietnamese,
            Language::English => english,
        };
        page.replace(&format!("{vietnamese} / {english}"), one)
    });
    match page.split_once("\n\n") {
        Some((title, rest)) => format!("{title}\n\n{}\n\n{rest}", weight(entry, language)),
        None => page,
    }
}

/// The pages of all codes in their order, as one chapter of a book.
#[must_use]
pub fn all(language: Language) -> String {
    let (title, intro) = match language {
        Language::Vietnamese => (
            "Các mã",
            "Mỗi điều mà `niemyet` báo có một mã. Chữ cái cho biết sửa ở đâu: `Y` ở chữ của tệp YAML, `C` ở danh mục và các danh bạ nhỏ, `R` ở danh bạ văn bản, `P` ở thủ tục, `D` ở quyết định công bố, `W` ở lời văn, `T` ở giao diện, `A` là điều thấy trong trang đã dựng, `M` là trang mới không khớp với trang đang có. Xem một mã bằng `niemyet explain P003`.",
        ),
        Language::English => (
            "Codes",
            "Everything that `niemyet` reports has a code. Its letter says where to mend it: `Y` in the text of a YAML file, `C` in the catalogue and its small registers, `R` in the register of documents, `P` in a procedure, `D` in an announcing decision, `W` in free text, `T` in the theme; `A` is seen in the finished site, `M` where the new site does not fit the one that stands. `niemyet explain P003` prints one of them.",
        ),
    };
    let mut book = format!("# {title}\n\n{intro}\n");
    for entry in ALL {
        let _ = write!(book, "\n{}", chapter(&page(entry, language), language));
    }
    book
}

fn heading(language: Language) -> &'static str {
    match language {
        Language::Vietnamese => "Tiếng Việt",
        Language::English => "English",
    }
}

/// What it weighs, and the legal reason where there is one.
fn weight(entry: &Entry, language: Language) -> String {
    let (severity, stops, law) = match (language, entry.severity) {
        (Language::Vietnamese, Severity::Error) => {
            ("Lỗi", ", còn lỗi này thì không dựng trang", "căn cứ")
        }
        (Language::Vietnamese, Severity::Warning) => ("Cảnh báo", "", "căn cứ"),
        (Language::Vietnamese, Severity::Notice) => ("Lưu ý", "", "căn cứ"),
        (Language::English, Severity::Error) => {
            ("Error", ", no site is made while it stands", "law")
        }
        (Language::English, Severity::Warning) => ("Warning", "", "law"),
        (Language::English, Severity::Notice) => ("Notice", "", "law"),
    };
    let stops = if entry.structural { stops } else { "" };
    let law = entry.law.map(|text| format!("; {law}: {text}")).unwrap_or_default();
    format!("{severity}{stops}{law}.")
}

/// A page one level lower and without the heading of its language. Where a block shows a file, the name of
/// the file stands above it, for a reader of Markdown sees no word behind a fence.
fn chapter(page: &str, language: Language) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut is_block = false;
    for line in page.lines() {
        if let Some(info) = line.strip_prefix("```") {
            is_block = !is_block;
            match info.split_once(' ') {
                Some((kind, path)) => {
                    lines.extend([format!("`{path}`:"), String::new(), format!("```{kind}")]);
                }
                None => lines.push(line.to_owned()),
            }
        } else if !is_block && line.strip_prefix("## ") == Some(heading(language)) {
            // The empty line behind it goes with it.
            lines.pop();
        } else if !is_block && line.starts_with('#') {
            lines.push(format!("#{line}"));
        } else {
            lines.push(line.to_owned());
        }
    }
    lines.join("\n") + "\n"
}
