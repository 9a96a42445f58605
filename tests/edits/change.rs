//! One small change of a world, drawn by chance: in a procedure two times of three, else in any other file,
//! of the day, of the theme, or of the site that stands. Pure: what is done to the site is handed on as data.

use super::table::{Line, Table};
use super::world::{Chance, DAYS, World, below};

/// What is done to the site that stands, before the next build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    /// A published file is edited by hand.
    Edit(u64),
    /// The whole folder is deleted.
    Delete,
    /// The files beside the folder are deleted, damaged, or put back as they once were.
    Beside(u64),
    /// A build with a horizon takes its place.
    Horizon,
}

/// What a change did: words for a person, and what is to be done to the site.
pub(crate) struct Done {
    pub(crate) said: String,
    pub(crate) act: Option<Act>,
}

#[derive(Clone, Copy)]
enum Kind {
    Word,
    Text,
    Key,
    Line,
    Add,
    Remove,
    Rename,
    Copy,
    Swap,
    Break,
    Bytes,
    Theme,
    Day,
    Undo,
    Commit,
    Nothing,
    Site(Act),
}

const PROCEDURE: [(usize, Kind); 10] = [
    (26, Kind::Word),
    (14, Kind::Text),
    (14, Kind::Key),
    (3, Kind::Line),
    (3, Kind::Add),
    (3, Kind::Remove),
    (4, Kind::Rename),
    (3, Kind::Copy),
    (2, Kind::Swap),
    (1, Kind::Break),
];

const OTHER: [(usize, Kind); 19] = [
    (16, Kind::Word),
    (10, Kind::Text),
    (10, Kind::Key),
    (2, Kind::Line),
    (6, Kind::Add),
    (3, Kind::Remove),
    (4, Kind::Rename),
    (2, Kind::Swap),
    (1, Kind::Break),
    (3, Kind::Bytes),
    (5, Kind::Theme),
    (8, Kind::Day),
    (8, Kind::Undo),
    (1, Kind::Commit),
    (1, Kind::Nothing),
    (5, Kind::Site(Act::Edit(0))),
    (1, Kind::Site(Act::Delete)),
    (3, Kind::Site(Act::Beside(0))),
    (1, Kind::Site(Act::Horizon)),
];

/// Where procedures stand.
const PROCEDURES: &str = "catalogue/procedures/";

/// Changes the world. `before` are the worlds that were built, the last one last, and whether a site was
/// made of it.
pub(crate) fn change(
    world: &mut World,
    before: &[(World, bool)],
    table: &Table,
    chance: &mut Chance,
) -> Done {
    // Who cannot build mends the file before anything else, mostly.
    let is_broken = before.last().is_some_and(|(_, is_made)| !is_made);
    if is_broken && chance.below(3) > 0 {
        let sound = before.iter().rev().find(|(_, is_made)| *is_made);
        if let Some((sound, _)) = sound {
            *world = sound.clone();
            return Done { said: "mend what was broken".to_owned(), act: None };
        }
    }
    loop {
        let in_procedure = chance.below(3) < 2;
        let kind = chance.weighed(if in_procedure { &PROCEDURE[..] } else { &OTHER[..] });
        let said = match kind {
            Kind::Site(act) => {
                let act = match act {
                    Act::Edit(_) => Act::Edit(chance.next()),
                    Act::Beside(_) => Act::Beside(chance.next()),
                    other => other,
                };
                return Done { said: format!("the site: {act:?}"), act: Some(act) };
            }
            Kind::Nothing => Some("nothing".to_owned()),
            Kind::Commit => {
                world.commit = !world.commit;
                Some(format!("told a commit: {}", world.commit))
            }
            Kind::Day => Some(day(world, chance)),
            Kind::Undo => undo(world, before, chance),
            Kind::Theme => theme(world, chance),
            Kind::Add => add(world, in_procedure, chance),
            Kind::Bytes => bytes(world, chance),
            kind => {
                let paths: Vec<String> = world
                    .files
                    .keys()
                    .filter(|path| path.starts_with(PROCEDURES) == in_procedure)
                    .filter(|path| !path.starts_with("catalogue/forms/"))
                    .cloned()
                    .collect();
                chance.of(&paths).and_then(|path| file(world, path, kind, table, chance))
            }
        };
        if let Some(said) = said {
            return Done { said, act: None };
        }
    }
}

fn day(world: &mut World, chance: &mut Chance) -> String {
    let days = [world.day.saturating_sub(1), (world.day + 1).min(DAYS.len() - 1)];
    world.day = match chance.below(8) {
        0 => chance.below(DAYS.len()),
        1 | 2 => days[0],
        _ => days[1],
    };
    format!("the day is {}", DAYS[world.day])
}

/// A file, or everything, as it was before one of the builds.
fn undo(world: &mut World, before: &[(World, bool)], chance: &mut Chance) -> Option<String> {
    let (earlier, _) = chance.of(before)?;
    if chance.below(3) == 0 {
        *world = earlier.clone();
        return Some("all as it was at an earlier build".to_owned());
    }
    let differs: Vec<&String> = world
        .files
        .keys()
        .chain(earlier.files.keys())
        .filter(|path| world.files.get(*path) != earlier.files.get(*path))
        .collect();
    let path = (*chance.of(&differs)?).clone();
    match earlier.files.get(&path) {
        Some(bytes) => world.files.insert(path.clone(), bytes.clone()),
        None => world.files.remove(&path),
    };
    Some(format!("{path}: as it was at an earlier build"))
}

/// A file of the overlay comes or goes.
fn theme(world: &mut World, chance: &mut Chance) -> Option<String> {
    let own: Vec<(String, Vec<u8>)> = below("theme").into_iter().collect();
    let (name, bytes) = chance.of(&own)?.clone();
    let path = format!("theme/{name}");
    Some(if world.files.remove(&path).is_some() {
        format!("{path}: gone")
    } else {
        world.files.insert(path.clone(), bytes);
        format!("{path}: laid over")
    })
}

/// A file comes that was not there.
fn add(world: &mut World, in_procedure: bool, chance: &mut Chance) -> Option<String> {
    let more = below("more").into_iter().map(|(name, bytes)| (format!("catalogue/{name}"), bytes));
    let more: Vec<(String, Vec<u8>)> = more
        .filter(|(path, _)| path.starts_with(PROCEDURES) == in_procedure)
        .filter(|(path, _)| !world.files.contains_key(path))
        .collect();
    let (path, bytes) = chance.of(&more)?.clone();
    world.files.insert(path.clone(), bytes);
    Some(format!("{path}: new"))
}

/// A form has other bytes.
fn bytes(world: &mut World, chance: &mut Chance) -> Option<String> {
    let forms: Vec<String> =
        world.files.keys().filter(|path| path.starts_with("catalogue/forms/")).cloned().collect();
    let path = chance.of(&forms)?;
    let text = world.text(path);
    let text = match chance.below(3) {
        0 => text.to_uppercase(),
        1 => format!("{text}\n"),
        _ => text.to_lowercase(),
    };
    world.files.insert(path.clone(), text.into_bytes());
    Some(format!("{path}: other bytes"))
}

/// One change of a file that is there.
fn file(
    world: &mut World,
    path: &str,
    kind: Kind,
    table: &Table,
    chance: &mut Chance,
) -> Option<String> {
    let text = world.text(path);
    let (changed, said) = match kind {
        Kind::Word => word(&text, table, chance)?,
        Kind::Text => value(&text, table, chance)?,
        Kind::Key => key(path, &text, table, chance)?,
        Kind::Line => line(&text, chance)?,
        Kind::Break => {
            let lines: Vec<&str> = text.lines().collect();
            let place = chance.below(lines.len().max(1));
            let broken = ["\t- {", "legal_basiss: []", "title: \"", "<<<<<<< HEAD"];
            let broken = chance.of(&broken)?;
            let (above, below) = lines.split_at_checked(place)?;
            let lines: Vec<&str> = [above, &[*broken], below].concat();
            (lines.join("\n") + "\n", format!("line {}: broken by {broken}", place + 1))
        }
        Kind::Remove => {
            if path == "catalogue/catalogue.yaml" {
                return None;
            }
            world.files.remove(path);
            return Some(format!("{path}: gone"));
        }
        Kind::Rename => return rename(world, path, chance),
        Kind::Copy => return copy(world, path, chance),
        Kind::Swap => return swap(world, path, chance),
        _ => unreachable!("not about one file"),
    };
    if changed == text {
        return None;
    }
    world.files.insert(path.to_owned(), changed.into_bytes());
    Some(format!("{path}: {said}"))
}

/// A word becomes another of its line of the table.
fn word(text: &str, table: &Table, chance: &mut Chance) -> Option<(String, String)> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '/' | '.');
    let mut found = Vec::new();
    for words in &table.words {
        for word in words {
            for (at, _) in text.match_indices(word) {
                let (above, below) = (&text[..at], &text[at + word.len()..]);
                if !above.ends_with(is_part) && !below.starts_with(is_part) {
                    found.push((words, *word, at));
                }
            }
        }
    }
    let (words, word, at) = chance.of(&found)?;
    let other = chance.of(words)?;
    let changed = format!("{}{other}{}", &text[..*at], &text[at + word.len()..]);
    Some((changed, format!("line {}: {word} becomes {other}", line_of(text, *at))))
}

fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// The text after a key becomes another.
fn value(text: &str, table: &Table, chance: &mut Chance) -> Option<(String, String)> {
    let mut found = Vec::new();
    for (key, values) in &table.texts {
        let key = format!("{key}: ");
        for (at, _) in text.match_indices(&key) {
            if !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                found.push((values, at + key.len()));
            }
        }
    }
    let (values, at) = chance.of(&found)?;
    let value = chance.of(values)?;
    let end = at + length(text, *at);
    let changed = format!("{}{value}{}", &text[..*at], &text[end..]);
    Some((changed, format!("line {}: {} becomes {value}", line_of(text, *at), &text[*at..end])))
}

/// How long the value is that stands at a place of a text.
fn length(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let line = rest.split('\n').next().unwrap_or_default();
    let until = |end: char| line.find(end).map(|place| place + end.len_utf8());
    if let Some(quoted) = line.strip_prefix('"') {
        return quoted.find('"').map_or(line.len(), |place| place + 2);
    }
    if line.starts_with('[') {
        return until(']').unwrap_or(line.len());
    }
    let opened = text[..at].rsplit('\n').next().unwrap_or_default();
    let is_flow = opened.matches(['{', '[']).count() > opened.matches(['}', ']']).count();
    if is_flow { line.find([',', '}', ']']).unwrap_or(line.len()) } else { line.len() }
}

/// A key of the file is set, or taken out.
fn key(path: &str, text: &str, table: &Table, chance: &mut Chance) -> Option<(String, String)> {
    let inside = path.strip_prefix("catalogue/")?;
    let lines: Vec<Line> = table
        .keys
        .iter()
        .filter(|(below, _)| inside.starts_with(below))
        .map(|(_, line)| *line)
        .collect();
    let line = *chance.of(&lines)?;
    let (Line::Set { key, .. } | Line::Out { key }) = line;
    let mut kept = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        let is_inner = line.starts_with([' ', '-', '#']);
        inside = if is_inner { inside } else { line.starts_with(&format!("{key}:")) };
        if !inside {
            kept.push(line);
        }
    }
    let said = match line {
        Line::Set { whole, .. } => {
            kept.push(whole);
            whole.to_owned()
        }
        Line::Out { key } => format!("without {key}"),
    };
    Some((kept.join("\n") + "\n", said))
}

/// A line goes, comes twice, or stands a line further down.
fn line(text: &str, chance: &mut Chance) -> Option<(String, String)> {
    let mut lines: Vec<&str> = text.lines().collect();
    let place = chance.below(lines.len().max(1));
    let said = match chance.below(3) {
        0 if place < lines.len() => {
            let gone = lines.remove(place);
            format!("without line {}: {gone}", place + 1)
        }
        1 if place < lines.len() => {
            lines.insert(place, lines[place]);
            format!("line {} twice", place + 1)
        }
        2 if place + 1 < lines.len() => {
            lines.swap(place, place + 1);
            format!("line {} a line further down", place + 1)
        }
        _ => return None,
    };
    Some((lines.join("\n") + "\n", said))
}

/// The file has another name or another folder. What refers to an agency may follow; the old address may
/// be kept.
fn rename(world: &mut World, path: &str, chance: &mut Chance) -> Option<String> {
    let (folder, name) = path.rsplit_once('/')?;
    let (stem, kind) = name.split_once('.')?;
    if matches!(folder, "catalogue" | "catalogue/reports") || folder.starts_with("theme") {
        return None;
    }
    let new =
        stem.strip_suffix("-ten-khac").map_or_else(|| format!("{stem}-ten-khac"), str::to_owned);
    let to = match chance.below(4) {
        0 if path.starts_with(PROCEDURES) => format!("{PROCEDURES}{name}"),
        _ => format!("{folder}/{new}.{kind}"),
    };
    if world.files.contains_key(&to) {
        return None;
    }
    let mut text = world.text(path);
    if kind == "yaml" && chance.below(2) == 0 && !text.contains("former_ids") {
        text = format!("{text}former_ids: [{stem}]\n");
    }
    world.files.remove(path);
    world.files.insert(to.clone(), text.into_bytes());
    if folder == "catalogue/agencies" && chance.below(4) > 0 {
        for bytes in world.files.values_mut() {
            let text = String::from_utf8_lossy(bytes);
            let follows = text.replace(&format!("[{stem}"), &format!("[{new}"));
            let follows = follows.replace(&format!("issuer: {stem}"), &format!("issuer: {new}"));
            let follows = follows.replace(&format!("lead: {stem}"), &format!("lead: {new}"));
            *bytes = follows.replace(&format!(", {stem}]"), &format!(", {new}]")).into_bytes();
        }
    }
    Some(format!("{path}: now {to}"))
}

/// A second procedure like this one: of another code, or its next version.
fn copy(world: &mut World, path: &str, chance: &mut Chance) -> Option<String> {
    let stem = path.strip_suffix(".yaml")?;
    let to = format!("{stem}-sao.yaml");
    if world.files.contains_key(&to) {
        return None;
    }
    let text = world.text(path);
    let (code, rest) = text.split_once('\n')?;
    let text = if chance.below(2) == 0 {
        let free = (31..).map(|n| format!("code: \"1.0000{n}\""));
        let free = free
            .into_iter()
            .find(|code| !world.files.keys().any(|path| world.text(path).starts_with(code)))?;
        format!("{free}\n{rest}")
    } else {
        let kept = rest.lines().filter(|line| !line.starts_with("validity"));
        let kept: Vec<&str> = kept.collect();
        format!("{code}\n{}\nvalidity: {{from: 2026-11-24}}\n", kept.join("\n"))
    };
    world.files.insert(to.clone(), text.into_bytes());
    Some(format!("{path}: copied as {to}"))
}

/// Two files of a kind have each other's text.
fn swap(world: &mut World, path: &str, chance: &mut Chance) -> Option<String> {
    let kind = |path: &str| path.split('/').nth(1).map(str::to_owned);
    let likes: Vec<String> = world
        .files
        .keys()
        .filter(|other| {
            *other != path && other.matches('/').count() > 1 && kind(other) == kind(path)
        })
        .cloned()
        .collect();
    let other = chance.of(&likes)?;
    let (one, two) = (world.files[path].clone(), world.files[other].clone());
    world.files.insert(path.to_owned(), two);
    world.files.insert(other.clone(), one);
    Some(format!("{path} and {other} have each other's text"))
}
