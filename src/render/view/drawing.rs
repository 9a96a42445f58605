//! The life of a document as a drawing: a bar over the years with the acts that amended it. It repeats what
//! the list beside it says, and is hidden from those who listen.

use serde::Serialize;

use super::text;
use crate::model::date::Date;

/// The drawing's width in units of its own; it is scaled to what room there is.
const WIDTH: f64 = 1000.0;
const EDGE: f64 = 20.0;
/// Labels nearer to each other than this would touch.
const LABEL: f64 = 150.0;
/// More years than this are not all written.
const YEARS: i32 = 14;

/// A drawing, with every place ready-made.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Drawing {
    years: Vec<Year>,
    /// Where it has been in force.
    from: f64,
    width: f64,
    /// Where it will be, as far as is known.
    ahead: f64,
    ahead_width: f64,
    acts: Vec<Mark>,
    today: f64,
    /// Where the words beside the line of the day stand, so that they stay in the drawing.
    today_text: f64,
    day: String,
}

#[derive(Clone, Debug, Serialize)]
struct Year {
    x: f64,
    name: String,
}

/// An act, and above or below it the label of it and of those too near to have one.
#[derive(Clone, Debug, Serialize)]
struct Mark {
    x: f64,
    label_x: f64,
    above: bool,
    name: Option<String>,
    day: String,
    /// How many more stand under this label.
    more: usize,
}

/// None where a list says it as well: without acts and without an end.
pub(super) fn drawing(
    start: Date,
    end: Option<Date>,
    mut acts: Vec<(Date, String)>,
    as_of: Date,
) -> Option<Drawing> {
    acts.retain(|(day, _)| start < *day);
    acts.sort();
    acts.dedup();
    if as_of < start || (acts.is_empty() && end.is_none()) {
        return None;
    }
    let last = acts.iter().map(|(day, _)| *day).chain(end).fold(as_of, Date::max);
    let (first_year, last_year) = (start.year(), last.year().checked_add(1)?);
    let begin = Date::new(first_year, 1, 1).ok()?;
    let all = f64::from((Date::new(last_year, 1, 1).ok()? - begin).get_days());
    let x = |day: Date| {
        let part = f64::from((day - begin).get_days()) / all;
        ((EDGE + part * (WIDTH - 2.0 * EDGE)) * 10.0).round() / 10.0
    };
    let n_years = i32::from(last_year) - i32::from(first_year);
    let step = usize::try_from((n_years / YEARS + 1).max(1)).unwrap_or(1);
    let years = (first_year..last_year).step_by(step).filter_map(|year| {
        Some(Year { x: x(Date::new(year, 1, 1).ok()?), name: year.to_string() })
    });
    let tenth = |length: f64| (length.max(0.0) * 10.0).round() / 10.0;
    let (from, today) = (x(start), x(as_of));
    let until = end.map_or(WIDTH - EDGE, x);
    Some(Drawing {
        years: years.collect(),
        from,
        width: tenth(today.min(until) - from),
        ahead: today,
        ahead_width: tenth(until - today),
        acts: marks(&acts, x),
        today,
        today_text: today.clamp(60.0, WIDTH - 60.0),
        day: text::day(as_of),
    })
}

/// Labels in turn above and below; what finds no room is counted under the label before it.
fn marks(acts: &[(Date, String)], x: impl Fn(Date) -> f64) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    for (day, name) in acts {
        let at = x(*day);
        let label_x = at.clamp(LABEL / 2.0, WIDTH - LABEL / 2.0);
        let last = |above: bool| {
            let of_side = |mark: &&Mark| mark.above == above && mark.name.is_some();
            marks.iter().rev().find(of_side).map_or(-WIDTH, |mark| mark.label_x)
        };
        let (above, below) = (label_x - last(true), label_x - last(false));
        let side = above >= below;
        let has_room = above.max(below) >= LABEL;
        if !has_room && let Some(labelled) = marks.iter_mut().rev().find(|mark| mark.name.is_some())
        {
            labelled.more += 1;
        }
        marks.push(Mark {
            x: at,
            label_x,
            above: side,
            name: has_room.then(|| name.clone()),
            day: text::day(*day),
            more: 0,
        });
    }
    marks
}
