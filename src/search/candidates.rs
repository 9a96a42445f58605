//! Which entries may answer a query, told by the words they have before anything of them is read: so few
//! shards are looked through, whichever the size of a catalogue.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::index::{DIGITS, Index, SIZE};
use super::query::{Asked, EMPTY, Query};

/// How many shards are looked through for one query.
const SHARDS: usize = 6;
/// How many words of a reading are asked for: those that tell most.
const WORDS: usize = 6;
/// Below it an entry has nothing to answer, of a thousand.
const LEAST: u32 = 150;
/// An entry with less than this part of the best, of a hundred, is left away.
const WORTH: u32 = 55;

/// The shards with the entries that have most of what was asked, the best first.
pub(super) fn shards(index: &Index, query: &Query, field: Option<usize>) -> Vec<usize> {
    let mut best: BTreeMap<usize, u32> = BTreeMap::new();
    let sizes: Vec<u32> = index.base.sizes.chars().map(size).collect();
    for reading in &query.readings {
        let mut has: BTreeMap<usize, (u32, u32)> = BTreeMap::new();
        let mut missed = 0;
        for asked in telling(&reading.asked) {
            missed += asked.missed;
            let mut places: Vec<usize> =
                asked.folds.iter().flat_map(|fold| &index.places[*fold]).copied().collect();
            places.sort_unstable();
            places.dedup();
            for place in places {
                let (got, known) = has.entry(place).or_default();
                *got += asked.weight;
                *known += asked.missed;
            }
        }
        for (place, (got, known)) in has {
            let answered = got * 1000 / (got + missed - known).max(1);
            let covered = (got * 200 / (sizes[place] * SIZE + SIZE / 2)).min(200);
            let score = answered * (800 + covered) / 1000;
            let before = best.entry(place).or_default();
            *before = score.max(*before);
        }
    }
    let mut best: Vec<(usize, u32)> = best
        .into_iter()
        .filter(|(place, score)| LEAST <= *score && is_of(index, *place, field))
        .collect();
    best.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
    let top = best.first().map_or(0, |(_, score)| *score);
    let mut shards = Vec::new();
    for (place, score) in best {
        let shard = place / index.base.size;
        if score * 100 < top * WORTH || SHARDS <= shards.len() {
            break;
        }
        if !shards.contains(&shard) {
            shards.push(shard);
        }
    }
    shards
}

/// The words of a reading that tell most, those first that are known to be meant, and the first of those that
/// tell the same.
fn telling(asked: &[Asked]) -> Vec<&Asked> {
    let mut telling: Vec<&Asked> = asked.iter().filter(|asked| EMPTY < asked.weight).collect();
    telling.sort_by_key(|asked| Reverse((asked.is_meant, asked.weight)));
    telling.truncate(WORDS);
    telling
}

fn is_of(index: &Index, place: usize, field: Option<usize>) -> bool {
    let run = index.base.runs.iter().rfind(|(_, from)| *from <= place);
    field.is_none_or(|field| run.is_some_and(|(of, _)| *of == field))
}

fn size(digit: char) -> u32 {
    let place = DIGITS.iter().position(|known| char::from(*known) == digit);
    place.and_then(|place| u32::try_from(place).ok()).unwrap_or_default()
}
