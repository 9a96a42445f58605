//! Reads `tests/due.txt`: cases of the last day of a time limit, each with its register of holidays.

/// One line of the table.
pub(crate) struct Case {
    pub(crate) line: &'static str,
    /// The days of the register, as the pages write them.
    pub(crate) listed: &'static str,
    pub(crate) until: Option<&'static str>,
    pub(crate) received: &'static str,
    pub(crate) thousandths: u64,
    pub(crate) unit: &'static str,
    pub(crate) last: &'static str,
}

/// All of them.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    let mut register = ("", None);
    let lines = include_str!("../due.txt").lines().skip_while(|line| !line.starts_with('='));
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(listed) = line.strip_prefix('=') {
            register = match listed.split_once("until") {
                Some((listed, until)) => (listed.trim(), Some(until.trim())),
                None => (listed.trim(), None),
            };
            continue;
        }
        let words: Vec<&str> = line.split(' ').collect();
        let [received, amount, unit, last] = words[..] else { panic!("{line}") };
        let (whole, part) = amount.split_once('.').unwrap_or((amount, ""));
        let thousandths = format!("{whole}{part:0<3}").parse().expect("a number");
        let (listed, until) = register;
        cases.push(Case { line, listed, until, received, thousandths, unit, last });
    }
    assert!(cases.len() > 30, "the table is read");
    cases
}
