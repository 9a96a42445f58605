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

    /// Letters, tones, case and digits, and words that differ late; each before the next.
    const WORDS: &str = "\
        1 10 2 a A à À ả ã á ạ ă ằ ẳ ẵ ắ ặ â ầ ẩ ẫ ấ ậ b c d D đ Đ e è ẻ ẽ é ẹ ê ề ể ễ ế ệ g h i ì ỉ ĩ í ị \
        k l m n o ò ỏ õ ó ọ ô ồ ổ ỗ ố ộ ơ ờ ở ỡ ớ ợ p q r s t u ù ủ ũ ú ụ ư ừ ử ữ ứ ự v x y ỳ ỷ ỹ ý ỵ";
    const NAMES: [&str; 16] = [
        "Cấp lại căn cước",
        "Cấp lại giấy phép",
        "Chứng thực",
        "Cư trú",
        "Dân số",
        "Doanh nghiệp",
        "Đăng ký cư trú",
        "Đăng ký kết hôn",
        "Đăng ký lại kết hôn",
        "Đất đai",
        "Hộ tịch",
        "Lý lịch tư pháp",
        "Nhà ở",
        "Nuôi con nuôi",
        "Thẻ căn cước",
        "Xe cơ giới",
    ];

    #[test]
    fn order_is_that_of_a_dictionary() {
        let order = Order::new();
        let words: Vec<&str> = WORDS.split_whitespace().collect();
        for expected in [&words[..], &NAMES[..]] {
            // From the end, and from the order of bytes, which is another.
            let mut backwards: Vec<&str> = expected.iter().rev().copied().collect();
            let mut bytes = expected.to_vec();
            bytes.sort_unstable();
            assert_ne!(bytes, expected);
            order.sort(&mut backwards, |word| word);
            order.sort(&mut bytes, |word| word);
            assert_eq!(backwards, expected);
            assert_eq!(bytes, expected);
        }
    }
}
