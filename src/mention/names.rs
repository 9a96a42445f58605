//! Names by which laws are cited without a number: "Luật Hộ tịch", "Bộ luật Dân sự 2015".
//!
//! The names are the register's titles and short titles, also with the abbreviations of `terms.yaml`. The first word has a capital, the others are
//! taken in any letter case: a "luật cư trú" in small letters is talk about law and cites nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::date;
use super::trie::Trie;
use crate::model::Catalogue;
use crate::model::date::Date;
use crate::model::document::{Document, DocumentId, Kind};
use crate::model::registers::Abbreviation;

/// Laws whose names begin with the name of another. Without them here a register that holds the
/// shorter name alone would take "Luật Căn cước công dân" for "Luật Căn cước".
pub const LONGER_NAMES: [&str; 7] = [
    "Luật Căn cước công dân",
    "Luật Đầu tư công",
    "Luật Đầu tư theo phương thức đối tác công tư",
    "Luật Doanh nghiệp nhà nước",
    "Luật Giáo dục đại học",
    "Luật Giáo dục nghề nghiệp",
    "Luật Giáo dục quốc phòng và an ninh",
];

/// The names of a register.
#[derive(Clone, Debug)]
pub(super) struct Names {
    trie: Trie<usize>,
    /// The documents of each name, the newest first; none for a law that the register does not hold.
    groups: Vec<Vec<Named>>,
}

#[derive(Clone, Copy, Debug)]
struct Named {
    document: DocumentId,
    year: Option<i16>,
}

/// A name in a text.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// The name alone, without the year behind it.
    pub(super) range: Range<usize>,
    /// The end of what belongs to it, the year included.
    pub(super) end: usize,
    /// The documents it may mean, the newest first; none where the register holds none of that year.
    pub(super) documents: Vec<DocumentId>,
}

impl Names {
    pub(super) fn new(catalogue: &Catalogue) -> Self {
        let mut groups: BTreeMap<String, Vec<Named>> = BTreeMap::new();
        for (id, document) in catalogue.document_ids() {
            for name in names(document) {
                let short = shortened(&name, &catalogue.terms.abbreviations);
                for name in short.into_iter().chain([name]) {
                    let group = groups.entry(name).or_default();
                    let named = Named { document: id, year: year(document) };
                    if !group.iter().any(|other| other.document == id) {
                        group.push(named);
                    }
                }
            }
        }
        for name in LONGER_NAMES {
            groups.entry(name.to_owned()).or_default();
        }
        let mut trie = Trie::new();
        let mut all = Vec::new();
        for (name, mut group) in groups {
            group.sort_by_key(|named| std::cmp::Reverse((named.year, named.document)));
            trie.enter(&name, all.len());
            all.push(group);
        }
        Self { trie, groups: all }
    }

    /// All names of a text, in order.
    pub(super) fn find(&self, text: &str, words: &[Range<usize>]) -> Vec<Name> {
        let mut found = Vec::new();
        let mut place = 0;
        while place < words.len() {
            let start = words[place].start;
            let is_capital = text[start..].starts_with(char::is_uppercase);
            let longest = is_capital.then(|| self.trie.longest(text, &words[place..])).flatten();
            let Some((n_words, group)) = longest else {
                place += 1;
                continue;
            };
            let range = start..words[place + n_words - 1].end;
            found.extend(name_of(text, range, &self.groups[*group]));
            place += n_words;
        }
        found
    }
}

fn name_of(text: &str, range: Range<usize>, group: &[Named]) -> Option<Name> {
    if group.is_empty() {
        return None;
    }
    // The year behind "một số điều của Luật Cư trú" is that of the amending law.
    let is_amended = text[..range.start].ends_with(" điều của ");
    let said_year = date::year_after(text, range.end).filter(|_| !is_amended);
    let end = said_year.map_or(range.end, |(_, end)| end);
    let day = date::after(text, end).map(|(day, _)| day.year());
    let year = said_year.map(|(year, _)| year).or(day);
    let of_year = |named: &&Named| year.is_none() || named.year == year;
    let documents = group.iter().filter(of_year).map(|named| named.document).collect();
    Some(Name { range, end, documents })
}

fn names(document: &Document) -> Vec<String> {
    let is_law =
        matches!(document.kind, Kind::Constitution | Kind::Code | Kind::Law | Kind::Ordinance);
    let title = is_law.then(|| {
        let kind = document.kind.name();
        let opens = ["Luật ", "Bộ luật ", "Pháp lệnh ", "Hiến pháp"];
        if opens.iter().any(|opening| document.title.starts_with(opening)) {
            document.title.clone()
        } else {
            format!("{kind} {}", document.title)
        }
    });
    // A name of one word is no name: "Luật", "Điều lệ".
    let is_name = |name: &String| name.contains(' ') && name.starts_with(char::is_uppercase);
    document.short_title.iter().cloned().chain(title).filter(is_name).collect()
}

/// A name with a part of it abbreviated, as `terms.yaml` has it: "Luật GTĐB". An abbreviation is one of capitals;
/// one that stands for the whole name must be long enough to be no other word.
#[must_use]
pub fn shortened(name: &str, abbreviations: &[Abbreviation]) -> BTreeSet<String> {
    const ALONE: usize = 4;
    let small = name.to_lowercase();
    let is_kept = small.len() == name.len();
    let mut found = BTreeSet::new();
    for Abbreviation { short, long } in abbreviations.iter().filter(|_| is_kept) {
        let capitals = short.chars().filter(|letter| letter.is_uppercase()).count();
        let long = long.to_lowercase();
        let Some((before, after)) = small.split_once(&long).filter(|_| !long.is_empty()) else {
            continue;
        };
        let is_whole = before.is_empty() && after.is_empty();
        let is_word =
            !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric);
        if is_word && if is_whole { ALONE } else { 2 } <= capitals && !short.contains(' ') {
            let after = &name[name.len() - after.len()..];
            found.insert(format!("{}{short}{after}", &name[..before.len()]));
        }
    }
    found
}

/// The year by which people tell two laws of one name apart: that of the number, else of the signing.
fn year(document: &Document) -> Option<i16> {
    let of_number = document.number.as_deref().and_then(|number| {
        number.split('/').nth(1)?.parse().ok().filter(|year| date::is_year(*year))
    });
    of_number.or_else(|| document.signed.map(Date::year))
}
