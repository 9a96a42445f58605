//! How long the announcement of a procedure may take: numbers with their sources. A new number is a new
//! row.
//!
//! Left out: the five working days of a province from the day it receives the ministry's decision. How
//! they are counted could not be settled from the text of Thông tư 02/2017/TT-VPCP, and the law that
//! both follow gives the province a day of its own.

use crate::model::agency::Level;

/// One deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// How many days.
    pub days: i64,
    /// Of which kind.
    pub unit: Unit,
    /// Where it is laid down.
    pub source: &'static str,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Ngày.
    Day,
    /// Ngày làm việc.
    WorkingDay,
}

/// How long before the law takes effect the decision is to be signed, at least. The decree says days;
/// the index by which it is measured counts working days.
pub const SIGNED_BEFORE_LAW: [(Level, Deadline); 2] = [
    (Level::Ministry, working(20, "Nghị định 63/2010/NĐ-CP, Điều 15; Quyết định 766/QĐ-TTg")),
    (Level::Province, working(5, "Nghị định 63/2010/NĐ-CP, Điều 15; Quyết định 766/QĐ-TTg")),
];

/// How long after the law was signed the decision is to be signed, at most, where the law was adopted by
/// the shortened way and is in force too soon for the ordinary count.
pub const SIGNED_AFTER_SHORTENED: Deadline =
    Deadline { days: 3, unit: Unit::Day, source: "Nghị định 63/2010/NĐ-CP, Điều 15" };

/// How long after it was signed the decision is to be public, at most.
pub const PUBLIC_AFTER_SIGNED: [(Level, Deadline); 2] = [
    (Level::Ministry, working(10, "Quyết định 766/QĐ-TTg")),
    (Level::Province, working(5, "Quyết định 766/QĐ-TTg")),
];

/// The row of a level; none where the sources give that level no deadline.
#[must_use]
pub fn of(table: &[(Level, Deadline)], level: Level) -> Option<Deadline> {
    table.iter().find(|(of, _)| *of == level).map(|(_, deadline)| *deadline)
}

const fn working(days: i64, source: &'static str) -> Deadline {
    Deadline { days, unit: Unit::WorkingDay, source }
}
