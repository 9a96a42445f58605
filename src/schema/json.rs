//! The table as JSON Schema, in the draft that editors of YAML read best (draft-07), with the words beside the
//! standard's that such editors know: `markdownDescription`, `enumDescriptions`, `errorMessage`.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{FILES, File, Form, Key, Record, Rule, Words};
use crate::language::Language;

/// The schemas of all YAML files of a catalogue, each with its name.
#[must_use]
pub fn json(language: Language) -> Vec<(&'static File, Value)> {
    let schemas = FILES.iter().filter(|file| file.is_yaml());
    schemas.map(|file| (file, schema(file, language))).collect()
}

fn schema(file: &File, language: Language) -> Value {
    let mut records: Vec<&Record> = Vec::new();
    gather(file.record, &mut records, &mut BTreeSet::new());
    let definitions = records.iter().map(|record| {
        let schema = Value::Object(object(record, language));
        (record.name.to_owned(), schema)
    });
    let head = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": file.glob,
        "description": language.pick(file.about),
        "definitions": definitions.collect::<Map<_, _>>(),
    });
    let of = json!({ "$ref": reference(file.record) });
    let body = if file.is_list {
        json!({ "type": "array", "items": of })
    } else {
        // A neighbour of `$ref` is not read in this draft.
        json!({ "allOf": [of] })
    };
    merged([head, body])
}

/// A record and those inside of it, each once.
fn gather<'a>(record: &'a Record, all: &mut Vec<&'a Record>, seen: &mut BTreeSet<&'a str>) {
    if !seen.insert(record.name) {
        return;
    }
    all.push(record);
    for key in record.keys {
        if let Some(inner) = key.form.record() {
            gather(inner, all, seen);
        }
    }
}

impl Form {
    /// The record that a value, or an item of it, may be.
    pub(super) fn record(&self) -> Option<&'static Record> {
        match self {
            Self::Record(record) | Self::RecordOr(record, _) => Some(record),
            Self::List(item) | Self::OneOrList(item) => item.record(),
            _ => None,
        }
    }
}

fn reference(record: &Record) -> String {
    format!("#/definitions/{}", record.name)
}

fn object(record: &Record, language: Language) -> Map<String, Value> {
    let properties = record.keys.iter().map(|key| (key.name.to_owned(), property(key, language)));
    let required: Vec<&str> =
        record.keys.iter().filter(|key| key.is_required).map(|key| key.name).collect();
    let rules: Vec<Value> = record.rules.iter().map(rule).collect();
    let mut schema = Map::new();
    schema.insert("type".to_owned(), json!("object"));
    schema.insert("properties".to_owned(), Value::Object(properties.collect()));
    schema.insert("additionalProperties".to_owned(), json!(false));
    if !required.is_empty() {
        schema.insert("required".to_owned(), json!(required));
    }
    if !rules.is_empty() {
        schema.insert("allOf".to_owned(), json!(rules));
    }
    schema
}

/// A rule as a condition, so that an editor names the key that is missing or out of place.
fn rule(rule: &Rule) -> Value {
    match rule {
        Rule::Either(first, second) => {
            json!({ "if": { "not": { "required": [second] } }, "then": { "required": [first] } })
        }
        Rule::Excludes(first, second) => {
            let properties = Map::from_iter([((*second).to_owned(), json!(false))]);
            json!({ "if": { "required": [first] }, "then": { "properties": properties } })
        }
        Rule::Needs(first, second) => {
            json!({ "if": { "required": [first] }, "then": { "required": [second] } })
        }
        Rule::When { key, words, wants, refuses } => {
            let is = Map::from_iter([((*key).to_owned(), json!({ "enum": words }))]);
            let refused = refuses.iter().map(|key| ((*key).to_owned(), json!(false)));
            json!({
                "if": { "properties": is, "required": [key] },
                "then": { "required": wants, "properties": refused.collect::<Map<_, _>>() },
            })
        }
        Rule::EachOfSeveral(list, key) => {
            let part = |schema: Value| Map::from_iter([((*list).to_owned(), schema)]);
            json!({
                "if": { "properties": part(json!({ "type": "array", "minItems": 2 })), "required": [list] },
                "then": { "properties": part(json!({ "items": { "required": [key] } })) },
            })
        }
    }
}

fn property(key: &Key, language: Language) -> Value {
    let about = language.pick(key.about);
    let (example, words) = match language {
        Language::Vietnamese => ("Ví dụ", "Các từ dùng được"),
        Language::English => ("Example", "Words"),
    };
    let mut plain = about.to_owned();
    let mut marked = about.to_owned();
    if let Some(known) = key.form.words() {
        let each = known.iter().map(|(word, means)| (word, language.pick(*means)));
        let list: Vec<String> =
            each.clone().map(|(word, means)| format!("{word} ({means})")).collect();
        let lines: Vec<String> = each.map(|(word, means)| format!("- `{word}`: {means}")).collect();
        plain = format!("{plain} {words}: {}.", list.join(", "));
        marked = format!("{marked}\n\n{words}:\n\n{}", lines.join("\n"));
    }
    if !key.example.is_empty() {
        let written = if key.form.wants_quotes(key.example) {
            format!("\"{}\"", key.example)
        } else {
            key.example.to_owned()
        };
        plain = format!("{plain} {example}: {written}");
        marked = format!("{marked}\n\n{example}: `{written}`");
    }
    let said = json!({ "description": plain, "markdownDescription": marked });
    let schema = form(&key.form, key.example, language);
    // Beside a `$ref` nothing else would be read.
    if schema.get("$ref").is_some() {
        return merged([said, json!({ "allOf": [schema] })]);
    }
    merged([said, schema])
}

impl Form {
    /// The words that a value may be.
    pub(super) fn words(&self) -> Option<&'static Words> {
        match self {
            Self::Word(words)
            | Self::DayOr(words)
            | Self::ProvisionsOr(words)
            | Self::WordOrNumber(words, ..) => Some(words),
            Self::List(item) | Self::OneOrList(item) => item.words(),
            _ => None,
        }
    }

    /// Whether a value has to stand in quotes, so that no parser takes it for a number.
    pub(super) fn wants_quotes(&self, example: &str) -> bool {
        let is_text = match self {
            Self::List(item) | Self::OneOrList(item) => return item.wants_quotes(example),
            Self::Count(..) | Self::Amount | Self::Share | Self::Span | Self::WordOrNumber(..) => {
                false
            }
            _ => true,
        };
        is_text && example.parse::<f64>().is_ok()
    }
}

/// The schema of a value.
fn form(form_of: &Form, example: &str, language: Language) -> Value {
    match form_of {
        Form::Record(record) => json!({ "$ref": reference(record) }),
        Form::RecordOr(record, other) => {
            // Told apart by the shape, so that a mistake inside is named and not the choice.
            json!({
                "type": ["object", "string"],
                "if": { "type": "object" },
                "then": { "$ref": reference(record) },
                "else": form(other, example, language),
            })
        }
        Form::List(item) => json!({ "type": "array", "items": form(item, example, language) }),
        Form::OneOrList(item) => {
            let one = form(item, example, language);
            json!({ "if": { "type": "array" }, "then": { "items": one.clone() }, "else": one })
        }
        Form::ProvisionsOr(_) => json!({
            "type": ["string", "array"],
            "minLength": 1,
            "minItems": 1,
            "items": { "type": "string" },
            "examples": [example],
        }),
        Form::Flag => json!({ "type": "boolean", "examples": [example == "true"] }),
        Form::Count(..) | Form::Amount | Form::Share | Form::Span => number(form_of, example),
        Form::Word(words) => merged([word(words, language), json!({ "examples": [example] })]),
        Form::WordOrNumber(words, least, most) => {
            let old = (*least..=*most).flat_map(|n| [json!(n), json!(n.to_string())]);
            let mut all: Vec<Value> = names(words).into_iter().map(|name| json!(name)).collect();
            let mut means: Vec<String> = meanings(words, language);
            all.extend(old);
            means.resize(all.len(), language.pick(["mức cũ", "the old level"]).to_owned());
            json!({ "enum": all, "enumDescriptions": means, "examples": [example] })
        }
        text => text_of(text, example, language),
    }
}

/// The schema of a number, with or without its unit.
fn number(form_of: &Form, example: &str) -> Value {
    let shape = match form_of {
        Form::Count(least, u64::MAX) => json!({ "type": "integer", "minimum": least }),
        Form::Count(least, most) => {
            json!({ "type": "integer", "minimum": least, "maximum": most })
        }
        Form::Share => json!({
            "type": ["number", "string"],
            "minimum": 0,
            "maximum": 100,
            "pattern": "^[0-9]{1,3}(\\.[0-9]{1,3})? *%?$",
        }),
        Form::Span => json!({
            "type": ["string", "integer"],
            "minimum": 1,
            "maximum": 9999,
            "pattern": "^[1-9][0-9]{0,3} +(ngày|day|days|tháng|month|months|năm|year|years)$",
        }),
        _ => json!({ "type": "number", "exclusiveMinimum": 0 }),
    };
    let example = serde_json::from_str(example).unwrap_or_else(|_| json!(example));
    merged([shape, json!({ "examples": [example] })])
}

/// The schema of a text: the pattern that it follows, and what an editor says where it does not.
fn text_of(form_of: &Form, example: &str, language: Language) -> Value {
    let (pattern, wrong) = match form_of {
        Form::Id => (
            "^[a-z0-9]+(-[a-z0-9]+)*$",
            [
                "Chỉ dùng a-z, 0-9 và gạch nối, như ha-giang",
                "Use a-z, 0-9 and hyphens only, such as ha-giang",
            ],
        ),
        Form::OwnCode => (
            "^[0-9]{1,2}\\.[0-9]{6}[A-Z0-9]*(\\.[A-Z0-9]{1,6})*$",
            [
                "Mã thủ tục viết như 1.001193, đặt trong dấu nháy",
                "A code is written like 1.001193, in quotes",
            ],
        ),
        Form::Currency => {
            ("^[A-Z]{3}$", ["Mã tiền tệ như VND, USD", "The code of a currency, such as VND, USD"])
        }
        Form::Day => (
            DAY,
            [
                "Ngày viết năm-tháng-ngày, như 2026-07-01",
                "A day is written year-month-day, such as 2026-07-01",
            ],
        ),
        Form::DayOr(words) => {
            let wrong = [
                "Ngày viết năm-tháng-ngày, như 2026-07-01; chưa biết thì viết unknown",
                "A day is written year-month-day, such as 2026-07-01, or unknown",
            ];
            let pattern = format!("{DAY}|^({})$", names(words).join("|"));
            return patterned(&pattern, language.pick(wrong), example);
        }
        Form::Link => {
            ("^https?://", ["Địa chỉ bắt đầu bằng https://", "An address begins with https://"])
        }
        Form::Contact => (
            "^(https?://|mailto:|tel:)",
            [
                "Địa chỉ bắt đầu bằng https://, mailto: hoặc tel:",
                "An address begins with https://, mailto: or tel:",
            ],
        ),
        _ => return json!({ "type": "string", "minLength": 1, "examples": [example] }),
    };
    patterned(pattern, language.pick(wrong), example)
}

fn patterned(pattern: &str, wrong: &str, example: &str) -> Value {
    json!({
        "type": "string",
        "pattern": pattern,
        "patternErrorMessage": wrong,
        "examples": [example],
    })
}

/// A civil date; which days there are is for the program to say.
const DAY: &str = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";

fn word(words: &Words, language: Language) -> Value {
    let lead = language.pick(["Chỉ dùng được: ", "Only these can be used: "]);
    json!({
        "type": "string",
        "enum": names(words),
        "enumDescriptions": meanings(words, language),
        "errorMessage": format!("{lead}{}", names(words).join(", ")),
    })
}

fn names(words: &Words) -> Vec<&'static str> {
    words.iter().map(|(word, _)| *word).collect()
}

fn meanings(words: &Words, language: Language) -> Vec<String> {
    words.iter().map(|(_, means)| language.pick(*means).to_owned()).collect()
}

/// Objects as one.
fn merged<const N: usize>(parts: [Value; N]) -> Value {
    let mut all = Map::new();
    for part in parts {
        if let Value::Object(part) = part {
            all.extend(part);
        }
    }
    Value::Object(all)
}
