//! `niemyet fix`: mends what can be mended without a guess, or shows as a patch what it would mend.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::args::{Format, Global, Wanted};
use super::commands::{examine, pretty, read};
use super::impact::documents;
use super::why::{self, Subject};
use super::{Answer, Exit, Failure};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code::Severity;
use crate::disk::{self, Amended};
use crate::files::FileTree;
use crate::fix::{self, Mended, Why, diff};
use crate::language::Language;
use crate::model::Catalogue;
use crate::model::date::Date;
use crate::model::number::NumberKey;
use crate::pipeline::{self, Understood};

/// So many files are named of those in which the same was mended.
const NAMED: usize = 10;

pub(super) fn fix(global: &Global, today: Date, wanted: &Wanted) -> Result<Answer, Failure> {
    let input = read(global)?;
    // What was understood last; the first time comes before anything is wanted.
    let seen: RefCell<Option<Understood>> = RefCell::default();
    let names: RefCell<BTreeSet<NumberKey>> = RefCell::default();
    let examined = |files: &FileTree| {
        let (understood, report) = examine(global, files, today);
        if let (Some(number), Some(understood)) = (&wanted.about, &understood) {
            names.borrow_mut().extend(named(&understood.catalogue, number));
        }
        seen.replace(understood);
        report
    };
    let mended =
        fix::mend(&input.files, &|found| wanted.is_wanted(found, &names.borrow()), &examined);
    let understood = seen.into_inner();
    let language = pipeline::language(global.lang.map(Into::into), understood.as_ref());
    if let (Some(number), Some(understood)) = (&wanted.about, &understood)
        && mended.done.is_empty()
        && mended.left.is_empty()
    {
        // That there is nothing to mend would say of a slip of the hand that all is well.
        documents(&understood.catalogue, number, language)?;
    }
    let said = Said { old: &input.files, mended: &mended, folder: &input.folder, language };
    let patch =
        || diff::unified(&input.files, &mended.files, &mended.changed, &input.in_repository);
    let is_more = wanted.dry_run && !mended.changed.is_empty();
    let exit = if is_more { Exit::Findings } else { said.exit() };
    if !wanted.dry_run {
        let amended = |file: &_| Amended {
            path: input.files.path(*file).clone(),
            before: input.files.content(*file).bytes().to_vec(),
            after: mended.files.content(*file).bytes().to_vec(),
        };
        let amended: Vec<Amended> = mended.changed.iter().map(amended).collect();
        disk::amend(&global.catalogue, &amended)?;
    }
    let (out, err) = match (wanted.output.format, wanted.dry_run) {
        (Format::Json, is_dry) => (pretty(&said.json(today, is_dry, &patch())), String::new()),
        (Format::Text, true) => (patch(), said.told(global.quiet, true)),
        (Format::Text, false) => (said.told(global.quiet, false), String::new()),
    };
    Ok(Answer { out, err, exit })
}

impl Wanted {
    fn is_wanted(&self, found: &Diagnostic, names: &BTreeSet<NumberKey>) -> bool {
        let is_of_codes = self.only.is_empty() || self.only.contains(&found.code);
        let is_about = |asked: &str| {
            let asked = NumberKey::new(asked);
            let mut about = found.fix.iter().flat_map(|fix| &fix.about);
            about.any(|name| {
                let name = NumberKey::new(name);
                name == asked || names.contains(&name)
            })
        };
        is_of_codes && self.about.as_deref().is_none_or(is_about)
    }
}

/// All that a document is called by, which a person may have called by any of it.
fn named(catalogue: &Catalogue, asked: &str) -> Vec<NumberKey> {
    let documents = why::find(catalogue, asked).into_iter().filter_map(|subject| match subject {
        Subject::Document(id, None) => Some(&catalogue[id]),
        _ => None,
    });
    let names = documents.flat_map(|document| {
        let other = [&document.number, &document.short_title].into_iter().flatten();
        other.map(String::as_str).chain([document.slug.as_str()])
    });
    names.map(NumberKey::new).collect()
}

/// What is told of it.
pub(super) struct Said<'a> {
    pub(super) old: &'a FileTree,
    pub(super) mended: &'a Mended,
    pub(super) folder: &'a str,
    pub(super) language: Language,
}

impl Said<'_> {
    /// As `check` would end now.
    fn exit(&self) -> Exit {
        let is_clean = self.mended.report.count(Severity::Error) == 0;
        if is_clean { Exit::Clean } else { Exit::Findings }
    }

    fn say(&self, vietnamese: String, english: String) -> String {
        self.language.pick([vietnamese, english])
    }

    /// Where quiet is asked for, what was left alone is told.
    fn told(&self, quiet: bool, is_dry: bool) -> String {
        if quiet { self.left().join("\n") } else { self.summary(is_dry) }
    }

    fn summary(&self, is_dry: bool) -> String {
        let mut lines = self.done();
        lines.extend(self.left());
        let (n, files) = (self.mended.done.len(), self.mended.changed.len());
        let is_replaced = self.mended.done.iter().any(|done| {
            let is_about_law = done.found.fix.as_ref().is_some_and(|fix| !fix.about.is_empty());
            is_about_law && done.changes.iter().any(|change| !change.after.is_empty())
        });
        if is_replaced {
            lines.push(self.say(
                "số đã đổi, nội dung thì chưa: đọc văn bản kế tục, đối chiếu từng thủ tục rồi hãy đăng"
                    .to_owned(),
                "numbers were changed, contents were not: read the successor and compare each procedure before you publish"
                    .to_owned(),
            ));
        }
        let report = &self.mended.report;
        let (errors, warnings) = (report.count(Severity::Error), report.count(Severity::Warning));
        let counts = self.say(
            format!("còn {errors} lỗi, {warnings} cảnh báo"),
            format!("left: {}, {}", counted(errors, "error"), counted(warnings, "warning")),
        );
        lines.push(match (n, is_dry) {
            (0, _) => self.say(
                format!("không có gì tự sửa được; {counts}"),
                format!("nothing can be mended by itself; {counts}"),
            ),
            (_, is_dry) => {
                let (findings, in_files) = (counted(n, "finding"), counted(files, "file"));
                if is_dry {
                    self.say(
                        format!("sẽ sửa {n} chỗ trong {files} tệp, chưa ghi gì; sau đó {counts}"),
                        format!(
                            "would mend {findings} in {in_files}, nothing was written; {counts}"
                        ),
                    )
                } else {
                    self.say(
                        format!(
                            "đã sửa {n} chỗ trong {files} tệp; {counts}; xem lại bằng `git diff`"
                        ),
                        format!(
                            "mended {findings} in {in_files}; {counts}; look at it with `git diff`"
                        ),
                    )
                }
            }
        });
        lines.join("\n")
    }

    /// What was mended: the same in many files once, with their names.
    fn done(&self) -> Vec<String> {
        let mut places: BTreeMap<(&str, String), BTreeSet<&str>> = BTreeMap::new();
        for done in &self.mended.done {
            let entry = done.found.code.entry();
            let path = self.old.path(done.file).as_str();
            places.entry((entry.id, done.found.message(self.language))).or_default().insert(path);
        }
        let mut lines = Vec::new();
        for ((id, message), paths) in places {
            lines.push(format!("{id} {message}"));
            let named = paths.iter().take(NAMED);
            lines.extend(named.map(|path| format!("  {}{path}", self.folder)));
            let n_more = paths.len().saturating_sub(NAMED);
            if n_more > 0 {
                lines.push(
                    self.say(format!("  và {n_more} tệp khác"), format!("  and {n_more} more")),
                );
            }
        }
        lines
    }

    fn left(&self) -> Vec<String> {
        let one = |left: &fix::Left| {
            let span = left.found.span?;
            let (line, _) = self.mended.files.position(span.file, span.start);
            let place = format!("{}{}:{line}", self.folder, self.old.path(left.file));
            let id = left.found.code.entry().id;
            let why = self.why(&left.why);
            Some(self.say(
                format!("{place}: {id} không tự sửa được: {why}"),
                format!("{place}: {id} cannot be mended by itself: {why}"),
            ))
        };
        self.mended.left.iter().filter_map(one).collect()
    }

    /// Why something was left.
    pub(super) fn why(&self, why: &Why) -> String {
        match why {
            Why::Entangled => self.say(
                "viết theo cách mà sửa thì đổi cả chỗ khác".to_owned(),
                "written in a way in which more than it would change".to_owned(),
            ),
            Why::Commented(comment) => {
                let (line, text) = (comment.line, &comment.text);
                self.say(
                    format!(
                        "có ghi chú của người soạn ở dòng {line}, bỏ mục này thì ghi chú mất hoặc sai chỗ: {text}"
                    ),
                    format!(
                        "it carries a comment in line {line}, which would be lost or stand over something else: {text}"
                    ),
                )
            }
            Why::Unread(other) => {
                let (id, words) = (other.code.entry().id, other.message(self.language));
                self.say(
                    format!("tệp còn chỗ chưa hiểu, có thể liên quan; sửa trước {id}: {words}"),
                    format!("the file says what is not understood and may be about this; mend {id} first: {words}"),
                )
            }
            Why::Unmended => {
                self.say("sửa rồi vẫn còn".to_owned(), "it would still be found".to_owned())
            }
            Why::Brings(other) => {
                let (id, words) = (other.code.entry().id, other.message(self.language));
                self.say(
                    format!("sửa thì sinh ra {id}: {words}"),
                    format!("it would bring {id}: {words}"),
                )
            }
        }
    }
}

fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}
