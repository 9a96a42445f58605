//! What becomes of an implementing text when its parent ends, by the day on which the parent ends.
//! The law changed twice within three months of 2025; a new rule is a new row.

use crate::model::date::Date;

/// What the law of a day says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// It falls with its parent.
    Falls,
    /// It lives on so far as it is not contrary, and has to be reviewed.
    LivesOn,
    /// It falls with its parent unless it is announced to continue.
    FallsUnlessContinued,
}

/// One row: a rule and the days on which a parent's end comes under it.
#[derive(Clone, Copy, Debug)]
pub struct Regime {
    /// First day; the rule before it is the row above.
    pub from: Date,
    /// What happens.
    pub rule: Rule,
    /// Which provision says so.
    pub source: &'static str,
}

/// All rows, by day.
pub const REGIMES: [Regime; 3] = [
    // Ends before that law are taken under the same rule: the register hardly reaches back so far.
    Regime {
        from: Date::MIN, rule: Rule::Falls, source: "Luật 80/2015/QH13, Điều 154 khoản 4"
    },
    Regime {
        from: Date::constant(2025, 4, 1),
        rule: Rule::LivesOn,
        source: "Luật 64/2025/QH15, Điều 57 khoản 2",
    },
    Regime {
        from: Date::constant(2025, 7, 1),
        rule: Rule::FallsUnlessContinued,
        source: "Luật 64/2025/QH15, Điều 57 khoản 2 (Luật 87/2025/QH15, Điều 1 khoản 22)",
    },
];

/// The row for a parent that ends on a day.
#[must_use]
pub fn on(day: Date) -> &'static Regime {
    let after = REGIMES.partition_point(|regime| regime.from <= day);
    &REGIMES[after.saturating_sub(1)]
}
