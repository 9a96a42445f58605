//! A graph of statements (RDF) and the two ways to write it, Turtle and JSON-LD; both say the same. The
//! context of the JSON-LD stands in the file: who reads it asks nobody else.
//!
//! A thing is named by an address of the site, from the site's own where that is known, else from the file.
//! None is blank, so that two readings of a graph can be compared. A graph is large: it is written with as few
//! letters as it takes, a thing a line, and never becomes a tree. Knows nothing of what is said.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::{Map, Value as Json};

/// The vocabularies, by their short names.
const PREFIXES: [(&str, &str); 11] = [
    ("cpsv", "http://purl.org/vocab/cpsv#"),
    ("cv", "http://data.europa.eu/m8g/"),
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("eli", "http://data.europa.eu/eli/ontology#"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("locn", "http://www.w3.org/ns/locn#"),
    ("org", "http://www.w3.org/ns/org#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// A term of one of the vocabularies, such as `dct:title`.
pub(super) type Term = &'static str;

/// What says of what class a thing is; as Turtle writes it, where it stands before all other terms.
const TYPE: Term = "a";

/// Statements, by what they are about.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Graph {
    /// The language of its texts.
    language: &'static str,
    /// The address of the site, from which things are named, where it is known.
    base: Option<String>,
    things: BTreeMap<String, BTreeSet<(Term, Value)>>,
}

/// What is said of a thing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Value {
    /// Another thing, by its address.
    Thing(String),
    /// A term of a vocabulary.
    Term(Term),
    /// Words in the language of the graph.
    Text(String),
    /// Letters of no language, such as a number.
    Plain(String),
    /// Letters of a type.
    Typed(String, Term),
}

impl Graph {
    pub(super) fn new(language: &'static str, base: Option<&str>) -> Self {
        Self { language, base: base.map(str::to_owned), things: BTreeMap::new() }
    }

    /// Says what a thing is, and returns what is to be said of it.
    pub(super) fn is_a(&mut self, thing: &str, class: Term) -> About<'_> {
        let said = self.things.entry(thing.to_owned()).or_default();
        said.insert((TYPE, Value::Term(class)));
        About(said)
    }

    /// What is to be said of a thing whose class is told elsewhere.
    pub(super) fn more(&mut self, thing: &str) -> About<'_> {
        About(self.things.entry(thing.to_owned()).or_default())
    }

    pub(super) fn turtle(&self) -> String {
        let mut turtle = String::new();
        if let Some(base) = &self.base {
            turtle.extend(["@base <", base, "> .\n"]);
        }
        for (name, address) in PREFIXES {
            turtle.extend(["@prefix ", name, ": <", address, "> .\n"]);
        }
        for (thing, said) in &self.things {
            turtle.extend(["\n<", thing, ">"]);
            for (place, (term, value)) in said.iter().enumerate() {
                let before = if place == 0 { " " } else { " ;\n    " };
                turtle.extend([before, term, " ", &self.in_turtle(value)]);
            }
            turtle.push_str(" .\n");
        }
        turtle
    }

    fn in_turtle(&self, value: &Value) -> String {
        match value {
            Value::Thing(address) => format!("<{address}>"),
            Value::Term(term) => (*term).to_owned(),
            Value::Text(text) => format!("{}@{}", quoted(text), self.language),
            Value::Plain(text) => quoted(text),
            Value::Typed(text, class) => format!("{}^^{class}", quoted(text)),
        }
    }

    /// The same as JSON-LD.
    pub(super) fn json_ld(&self) -> String {
        let base = self.base.iter().map(|base| ("@base".to_owned(), base.as_str().into()));
        let prefixes =
            PREFIXES.into_iter().map(|(name, address)| (name.to_owned(), address.into()));
        let context: Map<String, Json> = base.chain(prefixes).collect();
        let mut json = format!("{{\"@context\": {},\n\"@graph\": [", Json::Object(context));
        for (place, (name, said)) in self.things.iter().enumerate() {
            json.push_str(if place == 0 { "\n" } else { ",\n" });
            let thing = serde_json::to_string(&Thing { graph: self, name, said });
            json.push_str(&thing.expect("texts are always JSON"));
        }
        json.push_str("\n]}\n");
        json
    }

    fn in_json(&self, value: &Value, key: &str) -> Json {
        match value {
            Value::Term(term) if key == "@type" => (*term).into(),
            Value::Term(term) => serde_json::json!({ "@id": term }),
            Value::Thing(address) => serde_json::json!({ "@id": address }),
            Value::Text(text) => {
                serde_json::json!({ "@value": text, "@language": self.language })
            }
            Value::Plain(text) => serde_json::json!({ "@value": text }),
            Value::Typed(text, class) => serde_json::json!({ "@value": text, "@type": class }),
        }
    }
}

/// A thing with all that is said of it, which is in the order of terms.
struct Thing<'a> {
    graph: &'a Graph,
    name: &'a str,
    said: &'a BTreeSet<(Term, Value)>,
}

impl Serialize for Thing<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("@id", self.name)?;
        let mut rest = self.said.iter().peekable();
        while let Some((term, first)) = rest.next() {
            let key = if *term == TYPE { "@type" } else { term };
            let mut values = vec![self.graph.in_json(first, key)];
            while let Some((_, value)) = rest.next_if(|(next, _)| next == term) {
                values.push(self.graph.in_json(value, key));
            }
            match values.as_slice() {
                // What a thing is stands in a list for programs that read no more than JSON.
                [only] if key != "@type" => map.serialize_entry(key, only)?,
                several => map.serialize_entry(key, several)?,
            }
        }
        map.end()
    }
}

/// A thing of which more can be said.
pub(super) struct About<'a>(&'a mut BTreeSet<(Term, Value)>);

impl About<'_> {
    pub(super) fn say(&mut self, term: Term, value: Value) -> &mut Self {
        self.0.insert((term, value));
        self
    }

    pub(super) fn text(&mut self, term: Term, text: &str) -> &mut Self {
        self.say(term, Value::Text(text.to_owned()))
    }

    pub(super) fn plain(&mut self, term: Term, text: &str) -> &mut Self {
        self.say(term, Value::Plain(text.to_owned()))
    }

    pub(super) fn day(&mut self, term: Term, day: &str) -> &mut Self {
        self.say(term, Value::Typed(day.to_owned(), "xsd:date"))
    }

    pub(super) fn thing(&mut self, term: Term, address: &str) -> &mut Self {
        self.say(term, Value::Thing(address.to_owned()))
    }
}

/// An address on the web as a graph may name it; none where a strict reader would refuse it.
pub(super) fn address(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let host_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(host_end);
    let (name, port) = host.split_once(':').unwrap_or((host, ""));
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    if name.is_empty() || !name.chars().all(is_plain) || !port.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut address = format!("{}://{host}", scheme.to_ascii_lowercase());
    let mut in_place = false;
    for (at, byte) in path.bytes().enumerate() {
        let is_escape =
            |rest: &[u8]| rest.len() > 2 && rest[1..3].iter().all(u8::is_ascii_hexdigit);
        let stays = match byte {
            b'%' => is_escape(&path.as_bytes()[at..]),
            b'#' => !std::mem::replace(&mut in_place, true),
            byte => byte.is_ascii_alphanumeric() || b"-._~:/?@!$&'()*+,;=".contains(&byte),
        };
        if stays {
            address.push(char::from(byte));
        } else {
            // Writing to a text cannot fail.
            let _written = write!(address, "%{byte:02X}");
        }
    }
    Some(address)
}

fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            // A browser that takes the data for a page shall run nothing.
            '<' => quoted.push_str("\\u003C"),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_what_a_strict_reader_takes() {
        let found = |url| address(url).unwrap_or_else(|| "none".to_owned());
        assert_eq!(found("HTTPS://a.vn:80/x y?{b}#c#d"), "https://a.vn:80/x%20y?%7Bb%7D#c%23d");
        assert_eq!(found("https://a.vn/%zz%20Đ"), "https://a.vn/%25zz%20%C4%90");
        assert_eq!(found("https://a.vn"), "https://a.vn");
        for url in ["https://[::1]/", "https://đ.vn/", "tel:1", "https:///"] {
            assert_eq!(found(url), "none", "{url}");
        }
    }
}
