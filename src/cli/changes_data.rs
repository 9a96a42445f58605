//! The difference between two states for programs. The words in it are those of `changes.rs`.

use serde_json::{Value, json};

use super::changes::{Told, state_of};
use super::things;
use crate::diff::extends::{Extension, Of, Why};
use crate::diff::{Altered, Change, Difference, Edit, How, Part};
use crate::files::Span;
use crate::model::date::{Date, Window};
use crate::validity::compare::{Changed, ChangedDocument, Course, Held};
use crate::validity::published::Thing;
use crate::validity::words;

impl Told<'_> {
    pub(super) fn json(&self) -> Value {
        let Difference { extensions, altered, documents } = &self.difference;
        json!({
            "extends": extensions.iter().map(|it| self.extension_json(it)).collect::<Vec<Value>>(),
            "changes": altered.iter().map(|it| self.altered_json(it)).collect::<Vec<Value>>(),
            "documents": documents.iter().map(|it| self.document_json(it)).collect::<Vec<Value>>(),
        })
    }

    fn put(&self, span: Option<Span>, side: usize) -> Value {
        match span {
            Some(span) => self.sources[side].put(Some(span), json!({})),
            None => Value::Null,
        }
    }

    fn extension_json(&self, extension: &Extension) -> Value {
        let (why, days) = match &extension.why {
            Why::Later(days) => ("later", *days),
            Why::Exempted(days) => ("exempted", *days),
            Why::ActGone(link) => ("act-gone", [link.day, None]),
            Why::ActLater(_, [before, after]) => ("act-later", [Some(*before), Some(*after)]),
            Why::ActNew(link) => ("act-new", [None, link.day]),
            Why::RepealGone(_, days) => ("repeal-gone", *days),
            Why::Computed(day) => ("computed", [None, Some(*day)]),
        };
        let (kind, id) = match &extension.of {
            Of::Thing(thing) => {
                let catalogue = self.states[1].catalogue;
                (things::key(catalogue, *thing), things::id(catalogue, *thing))
            }
            Of::Part(procedure, kind, _) => {
                (kind.key(), self.states[1].catalogue[*procedure].slug.as_str())
            }
            Of::Document(is_before, document) => {
                let catalogue = self.states[usize::from(!is_before)].catalogue;
                ("document", catalogue[*document].slug.as_str())
            }
        };
        json!({
            "kind": kind,
            "id": id,
            "what": self.extended(&extension.of),
            "why": why,
            "from": days[0].map(|day| day.to_string()),
            "to": days[1].map(|day| day.to_string()),
            "message": self.why(&extension.why),
            "before": self.put(extension.spans[0], 0),
            "after": self.put(extension.spans[1], 1),
        })
    }

    fn altered_json(&self, altered: &Altered) -> Value {
        let Some((side, thing)) = state_of(altered) else { return Value::Null };
        let catalogue = self.states[side].catalogue;
        let windows = |pick: fn(&Changed) -> &Option<Held>| {
            let held = altered
                .days
                .as_ref()
                .filter(|_| self.is_one_day())
                .and_then(|it| pick(it).as_ref());
            held.map(|held| windows_json(&held.days))
        };
        let code = match thing {
            Thing::Procedure(id) => Some(&catalogue[id].code.value),
            _ => None,
        };
        let span = things::span(catalogue, thing);
        self.sources[side].put(
            Some(span),
            json!({
                "change": match altered.how {
                    How::Goes => "goes",
                    How::Appears => "appears",
                    How::Announced => "announced",
                    How::Stays => "changes",
                },
                "kind": things::key(catalogue, thing),
                "id": things::id(catalogue, thing),
                "code": code,
                "what": things::name(catalogue, thing),
                "renamed_from": self.old_id(altered),
                "applies_from": altered.announced.map(|day| day.to_string()),
                "days": { "before": windows(|it| &it.before), "after": windows(|it| &it.after) },
                "because": self.causes(altered),
                "parts": altered.changes.iter().map(|it| self.change_json(it)).collect::<Vec<Value>>(),
            }),
        )
    }

    fn change_json(&self, change: &Change) -> Value {
        let none = Vec::new();
        let (how, edits) = match &change.part {
            Part::Added(details) => {
                let edits = details.iter().map(|(detail, text)| {
                    json!({ "detail": detail.key(), "before": null, "after": text })
                });
                ("added", edits.collect())
            }
            Part::Removed => ("removed", none),
            Part::Moved => ("moved", none),
            Part::Altered(edits) => {
                let edits = edits.iter().map(|edit| {
                    let Edit { detail, before, after } = edit;
                    json!({ "detail": detail.key(), "before": before, "after": after })
                });
                ("altered", edits.collect::<Vec<Value>>())
            }
        };
        let days = change.days.as_ref().filter(|_| self.is_one_day());
        json!({
            "change": how,
            "kind": change.kind.key(),
            "name": change.name,
            "places": change.places,
            "details": edits,
            "days": days.map(|[before, after]| {
                json!({ "before": windows_json(before), "after": windows_json(after) })
            }),
            "before": self.put(change.spans[0], 0),
            "after": self.put(change.spans[1], 1),
        })
    }

    fn document_json(&self, changed: &ChangedDocument) -> Value {
        let course = |side: usize, course: &Option<Course>| {
            let Some(course) = course else { return Value::Null };
            let forces = course.forces.iter().map(|(day, force)| {
                let from = self.is_one_day().then(|| day.to_string());
                json!({ "from": from, "force": things::force_key(*force) })
            });
            let forces: Vec<Value> = forces.collect();
            let span = self.states[side].catalogue[course.document].span;
            self.sources[side].put(Some(span), json!({ "forces": forces }))
        };
        let (state, document) = match (&changed.before, &changed.after) {
            (_, Some(course)) => (self.states[1], course.document),
            (Some(course), None) => (self.states[0], course.document),
            (None, None) => return Value::Null,
        };
        let both = changed.before.as_ref().zip(changed.after.as_ref());
        let renamed_from = both.and_then(|(before, after)| {
            let old = &self.states[0].catalogue[before.document].slug;
            (*old != self.states[1].catalogue[after.document].slug).then_some(old.as_str())
        });
        json!({
            "id": state.catalogue[document].slug.as_str(),
            "renamed_from": renamed_from,
            "what": words::name(state.catalogue, document),
            "before": course(0, &changed.before),
            "after": course(1, &changed.after),
        })
    }
}

fn windows_json(windows: &[Window]) -> Value {
    let windows = windows.iter().map(|window| {
        let day = |day: Option<Date>| day.map(|day| day.to_string());
        json!({ "from": day(window.from), "until": day(window.until) })
    });
    Value::Array(windows.collect())
}
