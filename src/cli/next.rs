//! `niemyet next`: the coming changes, by day, each with the act behind it, as text and JSON. What a
//! calendar and a crontab look like is not known here.

use jiff::ToSpan;
use serde_json::json;

use super::args::{Global, NextFormat};
use super::coming::{Coming, by_day};
use super::commands::{pretty, understand};
use super::{Answer, Exit, Failure, cron, ics};
use crate::language::Language;
use crate::model::date::Date;
use crate::pipeline;
use crate::validity::forecast;

pub(super) fn next(
    global: &Global,
    today: Date,
    days: Option<u32>,
    format: NextFormat,
) -> Result<Answer, Failure> {
    let (_, understood) = understand(global, today)?;
    let language = pipeline::language(global.lang.map(Into::into), Some(&understood));
    let last = match days {
        Some(days) => today.saturating_add(i64::from(days).days()),
        None => Date::MAX,
    };
    let changes = forecast::changes(&understood.catalogue, &understood.assessment);
    let changes = changes.iter().filter(|change| change.day <= last);
    let coming: Vec<Coming> =
        changes.map(|change| Coming::new(change, &understood, language)).collect();
    let out = match format {
        NextFormat::Text => text(&coming, days, language),
        NextFormat::Ics => ics::calendar(&coming, &understood.catalogue.site, today, language),
        NextFormat::Cron => cron::table(&coming, global, today, language),
        NextFormat::Json => {
            let next_change = understood.assessment.next_change(&understood.catalogue);
            pretty(&json!({
                "schema": 1,
                "command": "next",
                "as_of": today.to_string(),
                "next_change": next_change.map(|day| day.to_string()),
                "changes": coming.iter().map(Coming::json).collect::<Vec<_>>(),
            }))
        }
    };
    Ok(Answer { out, err: String::new(), exit: Exit::Clean })
}

fn text(coming: &[Coming], days: Option<u32>, language: Language) -> String {
    if coming.is_empty() {
        return nothing(days, language);
    }
    let mut lines = Vec::new();
    for (day, changes) in by_day(coming) {
        lines.push(day.to_string());
        for change in changes {
            lines.push(format!("  {}: {}", change.kind.said(language), change.name));
            lines.extend(change.causes.iter().map(|why| format!("    {why}")));
        }
    }
    lines.join("\n")
}

/// That no change is known.
fn nothing(days: Option<u32>, language: Language) -> String {
    match (language, days) {
        (Language::Vietnamese, None) => "không có thay đổi nào được biết trước".to_owned(),
        (Language::Vietnamese, Some(days)) => {
            format!("không có thay đổi nào được biết trước trong {days} ngày tới")
        }
        (Language::English, None) => "no change is known ahead".to_owned(),
        (Language::English, Some(days)) => {
            format!("no change is known ahead in the next {days} days")
        }
    }
}
