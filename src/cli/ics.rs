//! The coming changes as a calendar (iCalendar, RFC 5545): a day is an event. The same changes on the same
//! day give the same bytes; an event keeps its name from one day to the next, so that who subscribes to
//! the file gets no event twice. Written here: packages that write calendars bring a clock and random ids.

use super::coming::{Coming, by_day, summary};
use crate::language::Language;
use crate::model::date::{self, Date};
use crate::model::site::Site;

/// The calendar.
pub(super) fn calendar(coming: &[Coming], site: &Site, today: Date, language: Language) -> String {
    let (tag, name) = match language {
        Language::Vietnamese => ("VI", format!("{}: thay đổi sắp tới", site.title)),
        Language::English => ("EN", format!("{}: coming changes", site.title)),
    };
    let mut lines = Lines(String::new());
    lines.put("BEGIN", "VCALENDAR");
    lines.put("VERSION", "2.0");
    lines.put("PRODID", &format!("-//niemyet//next//{tag}"));
    lines.put("CALSCALE", "GREGORIAN");
    lines.put("X-WR-CALNAME", &escaped(&name));
    // Two catalogues may change on one day, and may lie in one calendar.
    let whose =
        [site.title.as_str(), &site.publisher, site.base_url.as_deref().unwrap_or_default()];
    let whose = blake3::hash(whose.join("\n").as_bytes()).to_hex();
    if coming.is_empty() {
        zone(&mut lines);
    }
    for (day, changes) in by_day(coming) {
        let summary = summary(changes, language);
        lines.put("BEGIN", "VEVENT");
        lines.put("UID", &format!("{}-{}@niemyet", digits(day), &whose[..16]));
        // The day that the answer is for; the moment at which it was given would change every byte.
        lines.put("DTSTAMP", &format!("{}T000000Z", digits(today)));
        lines.put("DTSTART;VALUE=DATE", &digits(day));
        if let Ok(next) = day.tomorrow() {
            lines.put("DTEND;VALUE=DATE", &digits(next));
        }
        lines.put("SUMMARY", &escaped(&format!("{}: {summary}", site.title)));
        lines.put("DESCRIPTION", &escaped(&description(day, changes, language)));
        lines.put("TRANSP", "TRANSPARENT");
        lines.put("BEGIN", "VALARM");
        lines.put("ACTION", "DISPLAY");
        lines.put("TRIGGER", "-P14D");
        lines.put("DESCRIPTION", &escaped(&summary));
        lines.put("END", "VALARM");
        lines.put("END", "VEVENT");
    }
    lines.put("END", "VCALENDAR");
    lines.0
}

/// A calendar without events still needs a component: the zone of its days, which holds no date.
fn zone(lines: &mut Lines) {
    lines.put("BEGIN", "VTIMEZONE");
    lines.put("TZID", "Asia/Ho_Chi_Minh");
    lines.put("BEGIN", "STANDARD");
    lines.put("DTSTART", "19750613T000000");
    lines.put("TZOFFSETFROM", "+0700");
    lines.put("TZOFFSETTO", "+0700");
    lines.put("END", "STANDARD");
    lines.put("END", "VTIMEZONE");
}

fn description(day: Date, changes: &[Coming], language: Language) -> String {
    let mut lines = vec![match language {
        Language::Vietnamese => {
            format!("Dựng lại trang chậm nhất ngày {}: niemyet build", date::vietnamese(day))
        }
        Language::English => format!("Make the site again by {day}: niemyet build"),
    }];
    for change in changes {
        lines.push(format!("- {}: {}", change.kind.said(language), change.name));
        lines.extend(change.causes.iter().map(|why| format!("  {why}")));
    }
    lines.join("\n")
}

/// Content lines, ended and folded as the format wants it.
struct Lines(String);

impl Lines {
    /// The most octets a line may have without its end; what is longer goes on behind a space.
    const WIDTH: usize = 75;

    fn put(&mut self, name: &str, value: &str) {
        let mut width = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            // A character stays whole, though the format would let it be cut between octets.
            if width + c.len_utf8() > Self::WIDTH {
                self.0.push_str("\r\n ");
                width = 1;
            }
            self.0.push(c);
            width += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// A text value: what separates values or lines is escaped, other control characters are not allowed.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push(' '),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

fn digits(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}
