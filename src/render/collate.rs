//! Vietnamese order, in which every list of the site stands.

use std::cmp::Ordering;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;

use super::marks;

/// Compares names as a Vietnamese dictionary does.
#[derive(Debug)]
pub(super) struct Order(CollatorBorrowed<'static>);

impl Order {
    pub(super) fn new() -> Self {
        let collator = Collator::try_new(locale!("vi").into(), CollatorOptions::default());
        Self(collator.expect("the order of Vietnamese is compiled in"))
    }

    /// Names that differ only in what the collator ignores still have one order.
    pub(super) fn compare(&self, one: &str, other: &str) -> Ordering {
        let (one, other) = (marks::bare(one), marks::bare(other));
        self.0.compare(&one, &other).then_with(|| one.cmp(&other))
    }

    /// Sorts by name. Of equal names the one that stood first stays first.
    pub(super) fn sort<'a, T>(&self, list: &mut [T], name: impl Fn(&T) -> &'a str) {
        list.sort_by(|one, other| self.compare(name(one), name(other)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_tones_stand_in_their_order() {
        let mut names =
            ["đất", "dầu", "Ăn", "ẩn", "an", "ôm", "ơn", "on", "hủy", "hưu", "Hộ", "hồ", "ế", "em"];
        Order::new().sort(&mut names, |name| name);
        let expected =
            ["an", "Ăn", "ẩn", "dầu", "đất", "em", "ế", "hồ", "Hộ", "hủy", "hưu", "on", "ôm", "ơn"];
        assert_eq!(names, expected);
    }
}
