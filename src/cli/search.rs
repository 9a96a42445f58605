//! `niemyet search`: what the site's own search finds, as text and JSON.

use serde_json::json;

use super::args::{Format, Global, Narrow};
use super::commands::{pretty, understand};
use super::{Answer, Exit, Failure};
use crate::diagnostic::Report;
use crate::files::FileTree;
use crate::language::Language;
use crate::model::agency::Level;
use crate::model::date::Date;
use crate::model::procedure::{Audience, OnlineLevel};
use crate::pipeline::{self, Understood};
use crate::search::{self, Ended, Engine, Filter, Law};

pub(super) fn search(
    global: &Global,
    today: Date,
    query: &str,
    narrow: &Narrow,
    format: Format,
) -> Result<Answer, Failure> {
    let (input, understood) = understand(global, today)?;
    let language = pipeline::language(global.lang.map(Into::into), Some(&understood));
    let filter = filter(&understood, narrow, language)?;
    let mut report = Report::default();
    let site = pipeline::site(&understood, &input.files, &FileTree::default(), &mut report);
    let Some(site) = site else {
        return Err(Failure::Said(format!("\n{}", input.print(&report, language, false))));
    };
    let about = &understood.catalogue.site;
    let asked = narrow.within.map_or(about.language, Language::from);
    let Some(site) = site.in_language(asked) else {
        let known = std::iter::once(about.language).chain(about.second);
        let known: Vec<String> = known.map(|it| it.tag().to_owned()).collect();
        return Err(unknown("--in", asked.tag(), &known, language));
    };
    // The index names pages from the folder of its language.
    let folder = if asked == about.language { String::new() } else { format!("{}/", asked.tag()) };
    let engine = Engine::new(site.search_index().clone());
    let found = engine.find(query, filter, &today.to_string());
    let ended: Vec<_> = site
        .search_ended()
        .into_iter()
        .filter(|gone| search::names(query, &gone.name))
        .map(|gone| Ended { page: format!("{folder}{}", gone.page), ..gone })
        .collect();
    let laws = found.laws.iter().map(|place| &engine.index().numbers.laws[*place]);
    let entries = found.entries.iter().map(|(place, score)| (engine.entry(*place), score));
    let out = match format {
        Format::Json => {
            let documents = laws
                .map(|law| json!({ "number": law.number, "title": title(law), "page": format!("{folder}{}", law.page) }));
            let procedures = entries.map(|(entry, score)| {
                json!({
                    "code": entry.code,
                    "title": entry.title,
                    "plain_title": Some(&entry.plain).filter(|plain| !plain.is_empty()),
                    "page": format!("{folder}{}", entry.page),
                    "score": score,
                })
            });
            pretty(&json!({
                "schema": 1,
                "command": "search",
                "as_of": today.to_string(),
                "query": query,
                "language": asked.tag(),
                "ended": ended,
                "documents": documents.collect::<Vec<_>>(),
                "procedures": procedures.collect::<Vec<_>>(),
            }))
        }
        Format::Text => {
            let mut lines: Vec<String> = Vec::new();
            lines.extend(ended.iter().map(|gone| format!("{}  {}", gone.name, gone.page)));
            lines.extend(laws.map(|law| format!("{}  {}", law.number, title(law))));
            for (entry, score) in entries {
                let name = if entry.plain.is_empty() { &entry.title } else { &entry.plain };
                lines.push(format!("{score:>4}  {}  {name}", entry.code));
            }
            if lines.is_empty() {
                lines.push(match language {
                    Language::Vietnamese => "không tìm thấy gì".to_owned(),
                    Language::English => "nothing found".to_owned(),
                });
            }
            lines.join("\n")
        }
    };
    Ok(Answer { out, err: String::new(), exit: Exit::Clean })
}

/// What a document is called in the language of the site.
fn title(law: &Law) -> &str {
    if law.called.is_empty() { &law.title } else { &law.called }
}

fn filter(understood: &Understood, narrow: &Narrow, language: Language) -> Result<Filter, Failure> {
    let mut filter = Filter::default();
    if let Some(asked) = &narrow.field {
        // The order of fields is that of the index, which names them.
        let fields = pipeline::fields(understood);
        filter.field = fields.iter().position(|slug| slug == asked);
        if filter.field.is_none() {
            return Err(unknown("--field", asked, &fields, language));
        }
    }
    for asked in &narrow.level {
        filter.levels |= bit(&Level::ALL, asked)
            .ok_or_else(|| wrong("--level", asked, &Level::ALL, language))?;
    }
    for asked in &narrow.audience {
        filter.audience |= bit(&Audience::ALL, asked)
            .ok_or_else(|| wrong("--audience", asked, &Audience::ALL, language))?;
    }
    for asked in &narrow.online {
        let found = OnlineLevel::ALL.iter().find(|(_, word)| word == asked);
        let (level, _) =
            found.ok_or_else(|| wrong("--online", asked, &OnlineLevel::ALL, language))?;
        filter.online |= 1 << search::online(*level);
    }
    Ok(filter)
}

fn bit<T>(all: &[(T, &str)], asked: &str) -> Option<u32> {
    all.iter().position(|(_, word)| *word == asked).map(|at| 1 << at)
}

fn wrong<T>(option: &str, asked: &str, all: &[(T, &str)], language: Language) -> Failure {
    let words: Vec<String> = all.iter().map(|(_, word)| (*word).to_owned()).collect();
    unknown(option, asked, &words, language)
}

fn unknown(option: &str, asked: &str, words: &[String], language: Language) -> Failure {
    let words = words.join(", ");
    Failure::Said(match language {
        Language::Vietnamese => format!("`{asked}` không dùng được cho `{option}`; có: {words}"),
        Language::English => format!("`{asked}` is no value of `{option}`; there are: {words}"),
    })
}
