//! Text to a tree that knows where each of its parts stands in the file. The one place that names the
//! YAML parser; it takes the parser's events and keeps what a catalogue may use of YAML: scalars,
//! lists and maps. It knows no key and no record.
//!
//! Refused are anchors, aliases, merge keys, tags and directives (one value written twice is two
//! values that can differ tomorrow), a second document, a key that stands twice, and any file whose
//! depth or number of parts shows that no person wrote it.

use std::borrow::Cow;
use std::collections::HashMap;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, options};

use crate::diagnostic::code::Code;
use crate::diagnostic::words::Remark;
use crate::diagnostic::{Diagnostic, Note, Report};
use crate::files::{FileId, FilePath, FileTree, Span};
use crate::load::gate::{self, Tabs, Text};
use crate::load::{FINDINGS_LIMIT, excerpt, syntax};

/// How deep a file may nest; the deepest record needs nine levels.
pub const DEPTH_LIMIT: usize = 32;
/// How many keys and values a file may hold; the largest real one holds a few thousand.
pub const NODE_LIMIT: usize = 50_000;

/// A value of a file and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node<'t> {
    /// Where it stands. A block ends with its last line that is not blank.
    pub span: Span,
    /// What it is.
    pub kind: Kind<'t>,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind<'t> {
    /// A scalar; empty where nothing was written.
    Scalar {
        /// Its text in NFC, quotes and escapes undone, never turned into a number.
        text: Cow<'t, str>,
        /// Whether it was written without quotes, so that other programs may read it otherwise.
        plain: bool,
    },
    /// A list.
    List(Vec<Node<'t>>),
    /// A map, in the order of writing; no key stands twice.
    Map(Vec<(Key<'t>, Node<'t>)>),
    /// Something that was refused at its place, and of which nothing more is to be said.
    Refused,
}

/// A key and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Key<'t> {
    /// The key.
    pub text: Cow<'t, str>,
    /// Where it stands.
    pub span: Span,
}

impl<'t> Node<'t> {
    /// The value under a key; none where this is no map or has no such key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node<'t>> {
        match &self.kind {
            Kind::Map(entries) => {
                entries.iter().find(|(entry, _)| entry.text == key).map(|(_, node)| node)
            }
            _ => None,
        }
    }

    /// The text of a scalar.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }
}

/// The tree of a YAML file, and what was refused on the way. Where the file cannot be understood to
/// its end there is no tree.
#[must_use]
pub fn read(files: &FileTree, file: FileId) -> (Option<Node<'_>>, Report) {
    let path = files.path(file);
    let (text, mut report) = gate::text(file, path, files.content(file), Tabs::Refused);
    let Some(text) = text else { return (None, report) };
    let (root, found) = parse(text, path);
    report.merge(found);
    (root, report)
}

/// The same of a text that has passed the gate, such as a part of a file.
pub(super) fn parse<'t>(text: Text<'t>, path: &FilePath) -> (Option<Node<'t>>, Report) {
    let mut builder = Builder {
        text,
        open: Vec::new(),
        root: None,
        n_nodes: 0,
        report: Report::default(),
        is_hopeless: false,
    };
    builder.parse(path);
    (builder.root.filter(|_| !builder.is_hopeless), builder.report)
}

/// A list or a map that has begun and not ended.
struct Open<'t> {
    start: usize,
    kind: OpenKind<'t>,
}

enum OpenKind<'t> {
    List(Vec<Node<'t>>),
    Map {
        entries: Vec<(Key<'t>, Node<'t>)>,
        /// The places of the keys in `entries`; looked up, never walked.
        places: HashMap<Cow<'t, str>, usize>,
        /// The key whose value comes next.
        key: Option<Node<'t>>,
    },
}

struct Builder<'t> {
    text: Text<'t>,
    open: Vec<Open<'t>>,
    root: Option<Node<'t>>,
    n_nodes: usize,
    report: Report,
    /// Whether reading on, or using what was read, makes no sense.
    is_hopeless: bool,
}

impl<'t> Builder<'t> {
    fn parse(&mut self, path: &FilePath) {
        let options = options! {
            emit_comments: false,
            emit_anchor_events: true,
            emit_unresolved_aliases: true,
            disallow_directives: true,
            // Twice ours, so that ours speaks first wherever the parser does not look far ahead.
            flow_nesting_limit: 2 * DEPTH_LIMIT,
            block_nesting_limit: 2 * DEPTH_LIMIT,
        };
        let mut n_documents = 0;
        for event in Parser::new_from_str_with_options(self.text.body, options) {
            let (event, span) = match event {
                Ok(event) => event,
                Err(error) => return self.give_up(&error),
            };
            let range = span.byte_range().unwrap_or(0..0);
            if let Event::DocumentStart(..) = event {
                n_documents += 1;
                if n_documents == 2 {
                    let mark = self.text.span(range.start, range.end.max(range.start + 3));
                    return self.report.push(Diagnostic::new(Code::SeveralDocuments, mark));
                }
            }
            if let Some(tag) = span.tag_span().and_then(|tag| tag.byte_range()) {
                self.refuse(tag.start, tag.end, ["thẻ kiểu", "the tag"]);
            }
            self.take(event, range.start, range.end);
            if NODE_LIMIT < self.n_nodes {
                let items =
                    |n: &str| [format!("{n}{NODE_LIMIT} mục"), format!("{n}{NODE_LIMIT} entries")];
                self.report.push(
                    Diagnostic::new(Code::FileTooLarge, Span::head(self.text.file))
                        .with("path", path.as_str())
                        .with("size", items("> "))
                        .with("limit", items("")),
                );
                self.is_hopeless = true;
            }
            self.is_hopeless |= FINDINGS_LIMIT <= self.report.iter().len();
            if self.is_hopeless {
                return;
            }
        }
        if self.root.is_none() {
            let finding = Diagnostic::new(Code::EmptyValue, Span::head(self.text.file));
            self.report.push(finding.with("key", path.name()));
        }
    }

    fn take(&mut self, event: Event<'t>, start: usize, end: usize) {
        match event {
            Event::Scalar(text, style, ..) => {
                let node = self.scalar(text, style, start, end);
                self.place(node);
            }
            Event::SequenceStart(..) => {
                self.begin(start, OpenKind::List(Vec::new()));
            }
            Event::MappingStart(..) => {
                let entries = Vec::new();
                let kind = OpenKind::Map { entries, places: HashMap::new(), key: None };
                self.begin(start, kind);
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(end),
            Event::Anchor(..) => self.refuse(start, end, ["neo", "the anchor"]),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.refuse(start, end, ["bí danh", "the alias"]);
                let span = self.text.span(start, end);
                self.place(Node { span, kind: Kind::Refused });
            }
            _ => {}
        }
    }

    fn scalar(
        &mut self,
        text: Cow<'t, str>,
        style: ScalarStyle,
        start: usize,
        end: usize,
    ) -> Node<'t> {
        let plain = style == ScalarStyle::Plain;
        // The parser writes `~` where nothing is written.
        if plain && start == end {
            let kind = Kind::Scalar { text: Cow::Borrowed(""), plain };
            let before = self.text.body[..start].trim_end();
            let last = before.char_indices().next_back().map_or(0, |(at, _)| at);
            return Node { span: self.text.span(last, before.len()), kind };
        }
        // A block runs to the next key; its last blank lines are nobody's.
        let end = start + self.text.body[start..end].trim_end().len();
        let span = self.text.span(start, end);
        // Only double quotes have escapes, which the gate cannot see.
        let escaped =
            if style == ScalarStyle::DoubleQuoted { gate::escaped(&text) } else { Vec::new() };
        let kind = if escaped.is_empty() {
            Kind::Scalar { text: self.text.composed(text), plain }
        } else {
            Kind::Refused
        };
        for character in escaped {
            self.report.push(gate::control(character, span));
        }
        Node { span, kind }
    }

    fn begin(&mut self, start: usize, kind: OpenKind<'t>) {
        self.open.push(Open { start, kind });
        if DEPTH_LIMIT < self.open.len() {
            self.too_deep(start);
        }
    }

    fn end(&mut self, end: usize) {
        let Some(open) = self.open.pop() else { return };
        let is_flow = self.text.body[open.start..].starts_with(['[', '{']);
        let mut span = self.text.span(open.start, end);
        let kind = match open.kind {
            OpenKind::List(items) => Kind::List(items),
            OpenKind::Map { entries, .. } => Kind::Map(entries),
        };
        let last = match &kind {
            Kind::List(items) => items.last().map(|item| item.span.end),
            Kind::Map(entries) => {
                entries.last().map(|(key, value)| value.span.end.max(key.span.end))
            }
            _ => None,
        };
        // The parser ends a block where the next part begins; what lies between is not the block's.
        if let (Some(last), false) = (last, is_flow) {
            span.end = last;
        }
        self.place(Node { span, kind });
    }

    /// Puts a finished value where it belongs.
    fn place(&mut self, node: Node<'t>) {
        self.n_nodes += 1;
        let Some(parent) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        match &mut parent.kind {
            OpenKind::List(items) => items.push(node),
            OpenKind::Map { key, .. } if key.is_none() => *key = Some(node),
            OpenKind::Map { entries, places, key } => {
                let Some(key) = key.take() else { return };
                if let Some(finding) = enter(entries, places, key, node) {
                    self.report.push(finding);
                }
            }
        }
    }

    fn refuse(&mut self, start: usize, end: usize, what: [&str; 2]) {
        let written = excerpt(&self.text.body[start..end]);
        let what = what.map(|what| format!("{what} `{written}`"));
        let span = self.text.span(start, end);
        self.report.push(Diagnostic::new(Code::AnchorOrTag, span).with("what", what));
    }

    fn give_up(&mut self, error: &ScanError) {
        self.is_hopeless = true;
        let at = error.marker().byte_offset().unwrap_or(0).min(self.text.body.len());
        match error.kind() {
            ErrorKind::RecursionLimitExceeded => self.too_deep(at),
            ErrorKind::DirectiveDisallowed => self.report.push(
                Diagnostic::new(Code::AnchorOrTag, self.text.span(at, at + 1))
                    .with("what", ["chỉ thị `%`", "a `%` directive"]),
            ),
            kind => self.report.push(syntax::finding(&self.text, at, kind)),
        }
    }

    fn too_deep(&mut self, at: usize) {
        self.is_hopeless = true;
        let length = self.text.body[at..].chars().next().map_or(0, char::len_utf8);
        let finding = Diagnostic::new(Code::TooDeep, self.text.span(at, at + length));
        self.report.push(finding.with("limit", DEPTH_LIMIT.to_string()));
    }
}

/// Enters a key and its value, or says why not.
fn enter<'t>(
    entries: &mut Vec<(Key<'t>, Node<'t>)>,
    places: &mut HashMap<Cow<'t, str>, usize>,
    key: Node<'t>,
    mut value: Node<'t>,
) -> Option<Diagnostic> {
    let Kind::Scalar { text, plain } = key.kind else {
        let is_refused = key.kind == Kind::Refused;
        return (!is_refused).then(|| {
            Diagnostic::new(Code::WrongShape, key.span)
                .with("key", ["khóa", "a key"])
                .with("expected", ["một từ", "a word"])
                .with("found", ["một danh sách hay một nhóm khóa", "a list or a map"])
        });
    };
    if plain && text == "<<" {
        let finding = Diagnostic::new(Code::AnchorOrTag, key.span);
        return Some(finding.with("what", ["khóa gộp `<<`", "the merge key `<<`"]));
    }
    // An empty value stands nowhere; its key is what a person looks for.
    if value.text() == Some("") {
        value.span = key.span;
    }
    if let Some(first) = places.get(&text) {
        let (first, first_value) = &mut entries[*first];
        // Which of the two is meant is not ours to say, so neither is read.
        first_value.kind = Kind::Refused;
        return Some(
            Diagnostic::new(Code::DuplicateKey, key.span)
                .with("key", excerpt(&text))
                .note(Note::at(Remark::OtherHere, first.span)),
        );
    }
    places.insert(text.clone(), entries.len());
    entries.push((Key { text, span: key.span }, value));
    None
}
