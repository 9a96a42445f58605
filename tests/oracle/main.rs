//! The rules of validity, computed twice: by the core, which reasons about whole lives, and by a slow
//! walk over the days that was written from the words of `rules.md` and shares only the model with it.
//! Made-up registers are put to both; where they differ, a shrunken register is printed.

mod blank;
mod cases;
mod chance;
mod compare;
mod describe;
mod edges;
mod faults;
mod forecast;
mod grounds;
mod laws;
mod loader;
mod monotony;
mod names;
mod publish;
mod reach;
mod reasons;
mod registers;
mod same;
mod shrink;
mod tally;
mod walk;

use chance::Chance;
use compare::compare;
use tally::Tally;

/// How many answers on documents as a whole are compared where nothing else is said. Fewer do not meet
/// every branch.
const TRIPLES: usize = 250_000;

#[test]
fn the_core_and_the_walk_agree() {
    let wanted = triples();
    let first_seed = number("NIEMYET_ORACLE_SEED").unwrap_or(1);
    let mut tally = Tally::default();
    for seed in first_seed.. {
        let case = registers::case(&mut Chance::new(seed as u64));
        let Ok(more) = compare(&case) else {
            let small = shrink::shrink(case, |case| compare(case).is_err());
            let difference = compare(&small).err().unwrap_or_default();
            panic!("seed {seed}\n{difference}\n{}", describe::describe(&small));
        };
        tally += more;
        if wanted <= tally.documents {
            break;
        }
    }
    show(&tally);
    // The comparison is worth something only where every answer has been given.
    if TRIPLES <= wanted {
        let missing = tally.missing();
        assert!(missing.is_empty(), "{}", missing.join("\n"));
    }
    assert!(tally.documents <= tally.provisions && tally.documents / 10 < tally.procedures);
}

fn triples() -> usize {
    number("NIEMYET_ORACLE_TRIPLES").unwrap_or(TRIPLES)
}

#[expect(clippy::disallowed_methods, reason = "a longer run is asked for by the environment")]
fn number(name: &str) -> Option<usize> {
    std::env::var(name).ok()?.parse().ok()
}

#[expect(clippy::print_stdout, reason = "the figures are for who runs with `--nocapture`")]
fn show(tally: &Tally) {
    println!("{tally}");
}
