//! What `niemyet fix` has mended and left, as data for programs. The form is part of the product: fields are
//! added, never renamed or removed. Computes nothing.

use serde_json::{Value, json};

use super::fix::Said;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code::Severity;
use crate::files::FileId;
use crate::fix::{Change, Done, Left, Why};
use crate::model::date::Date;

impl Said<'_> {
    pub(super) fn json(&self, today: Date, is_dry: bool, patch: &str) -> Value {
        let count = |severity| self.mended.report.count(severity);
        let files = self.mended.changed.iter().map(|file| self.path(*file));
        json!({
            "schema": 1,
            "command": "fix",
            "as_of": today.to_string(),
            "dry_run": is_dry,
            "files": files.collect::<Vec<String>>(),
            "mended": self.mended.done.iter().map(|done| self.done_json(done)).collect::<Vec<Value>>(),
            "left": self.mended.left.iter().map(|left| self.left_json(left)).collect::<Vec<Value>>(),
            "patch": patch,
            "errors": count(Severity::Error),
            "warnings": count(Severity::Warning),
            "notices": count(Severity::Notice),
        })
    }

    fn path(&self, file: FileId) -> String {
        format!("{}{}", self.folder, self.old.path(file))
    }

    /// What is said of a finding wherever it is told, without its place.
    fn finding(&self, found: &Diagnostic) -> Value {
        let entry = found.code.entry();
        json!({
            "code": entry.id,
            "name": entry.name,
            "message": found.message(self.language),
            "about": found.fix.as_ref().map(|fix| &fix.about),
        })
    }

    /// Places are those in the file as it was when this was mended: what was mended before may have moved it.
    fn done_json(&self, done: &Done) -> Value {
        let change = |change: &Change| {
            let (line, column) = change.place;
            let after = (!change.after.is_empty()).then_some(&change.after);
            json!({ "line": line, "column": column, "before": change.before, "after": after })
        };
        let changes = done.changes.iter().map(change).collect::<Vec<Value>>();
        with(self.finding(&done.found), json!({ "file": self.path(done.file), "changes": changes }))
    }

    fn left_json(&self, left: &Left) -> Value {
        let place = left.found.span.map(|span| self.mended.files.position(span.file, span.start));
        let (why, comment, other) = match &left.why {
            Why::Entangled => ("entangled", None, None),
            Why::Commented(comment) => {
                ("commented", Some(json!({ "line": comment.line, "text": comment.text })), None)
            }
            Why::Unread(other) => ("unread", None, Some(self.finding(other))),
            Why::Unmended => ("unmended", None, None),
            Why::Brings(other) => ("brings", None, Some(self.finding(other))),
        };
        with(
            self.finding(&left.found),
            json!({
                "file": self.path(left.file),
                "line": place.map(|(line, _)| line),
                "column": place.map(|(_, column)| column),
                "why": why,
                "reason": self.why(&left.why),
                "comment": comment,
                "brings": other.as_ref().filter(|_| why == "brings"),
                "unread": other.as_ref().filter(|_| why == "unread"),
            }),
        )
    }
}

/// One object of the fields of two.
fn with(mut one: Value, other: Value) -> Value {
    if let (Some(fields), Value::Object(more)) = (one.as_object_mut(), other) {
        fields.extend(more);
    }
    one
}
