//! What is sent before the first result of a catalogue of 2,000 procedures, and how much of 8,000 codes a code
//! asks for: real names, each at several places. The page and what it loads are those of the bundled catalogue.

use std::path::Path;
use std::time::Duration;

use niemyet::search::{self, Engine, Entry, Source};
use serde_json::json;

use super::browser::write;
use super::chromium::Browser;
use super::judged::{DAY, corpus};
use super::loopback::gzip;
use super::page;
use super::support::Folder;

/// Of the search itself: its script and what is asked of the index.
const BYTES: usize = 60 * 1024;
/// With the page, its style sheet and its other scripts.
const WHOLE: usize = 76 * 1024;
/// Of a code, beyond the script and what each query asks for.
const CODE_BYTES: usize = 16 * 1024;
const PLACES: [&str; 34] = [
    "Tuyên Quang",
    "Lào Cai",
    "Thái Nguyên",
    "Phú Thọ",
    "Bắc Ninh",
    "Hưng Yên",
    "Hải Phòng",
    "Ninh Bình",
    "Quảng Trị",
    "Đà Nẵng",
    "Quảng Ngãi",
    "Gia Lai",
    "Khánh Hòa",
    "Lâm Đồng",
    "Đắk Lắk",
    "Thành phố Hồ Chí Minh",
    "Đồng Nai",
    "Tây Ninh",
    "Cần Thơ",
    "Vĩnh Long",
    "Đồng Tháp",
    "Cà Mau",
    "An Giang",
    "Hà Nội",
    "Huế",
    "Lai Châu",
    "Điện Biên",
    "Sơn La",
    "Lạng Sơn",
    "Quảng Ninh",
    "Thanh Hóa",
    "Nghệ An",
    "Hà Tĩnh",
    "Cao Bằng",
];
const WORDS: [&str; 8] = [
    "đăng ký khai sinh",
    "cấp lại thẻ căn cước",
    "giấy phép lái xe",
    "mất bằng lái",
    "làm sổ đỏ",
    "giấy độc thân",
    "cap giay phep xay dung",
    "chứng thực chữ ký ở xã",
];
const NUMBERS: [&str; 6] =
    ["1.000100", "2.000 777", "000505", "1.00", "nghị định 123", "36/2024/QH15"];

/// Procedures with the names of the corpus, each at so many places that there are enough.
fn many(count: usize) -> Source {
    let mut source = corpus();
    let own = std::mem::take(&mut source.entries);
    let codes = (1..=3).flat_map(|first| (0..).take(count).map(move |n| format!("{first}.{n:06}")));
    let mut codes = codes.step_by(3);
    let at = |place: &'static str| own.iter().map(move |entry| (entry, place));
    for (entry, place) in PLACES.into_iter().flat_map(at).take(count) {
        let facts = ["3 ngày làm việc", "50.000 đồng", "Trực tiếp, trực tuyến"];
        source.entries.push(Entry {
            code: codes.next().expect("as many codes"),
            title: format!("{} tại {place}", entry.title),
            page: format!("thu-tuc/thu-tuc-{}.html", source.entries.len()),
            facts: facts.map(str::to_owned).into(),
            ..entry.clone()
        });
    }
    source.entries.sort_by_key(|entry| entry.field);
    for law in &mut source.laws {
        law.entries.clear();
    }
    source
}

#[test]
fn little_is_sent_before_the_first_result() {
    let mut browser = Browser::start();
    let around = around();
    let script = gzip(include_bytes!("../../themes/default/assets/search.js")).len();
    let mut most = 0;
    let loaded = asked(&mut browser, many(2000), WORDS.into_iter().chain(NUMBERS));
    for (query, bytes) in &loaded {
        let (own, whole) = (script + bytes, around + bytes);
        println!("2,000: {own} bytes for {query}, {whole} with the page");
        most = most.max(*bytes);
    }
    assert!(script + most <= BYTES, "{}", script + most);
    assert!(around + most <= WHOLE, "{}", around + most);
    let loaded = asked(&mut browser, many(8000), NUMBERS.into_iter());
    let least = loaded.iter().map(|(_, bytes)| *bytes).min().expect("some");
    for (query, bytes) in &loaded {
        println!("8,000: {bytes} bytes of data for {query}");
        assert!(*bytes <= least + CODE_BYTES, "{query}: {bytes}");
    }
}

/// What each query loads of an index, in bytes on the way.
fn asked<'q>(
    browser: &mut Browser,
    source: Source,
    queries: impl Iterator<Item = &'q str>,
) -> Vec<(&'q str, usize)> {
    let engine = Engine::new(search::index(source));
    let folder = Folder::new();
    write(&folder, engine.index());
    let mut loaded = Vec::new();
    for query in queries {
        browser.open(&format!("file://{}/tim.html", folder.path().display()));
        let text = json!(query);
        browser.evaluate(&format!(
            "niemyetSearch.find({text}, {{ field: -1, levels: 0, audience: 0, online: 0 }}, '{DAY}') \
             .then(function () {{ window.ended = true }}); 0"
        ));
        assert!(browser.wait("!!window.ended", Duration::from_mins(1)), "{query}: it ends");
        let scripts = "Array.from(document.scripts, function (s) { return s.src })";
        let scripts: Vec<String> =
            serde_json::from_value(browser.evaluate(scripts)).expect("addresses");
        let path = |address: &String| {
            let path = address.trim_start_matches("file://").split('?').next().unwrap_or_default();
            gzip(&std::fs::read(Path::new(path)).expect("a script")).len()
        };
        let data = scripts.iter().filter(|address| address.contains("/tim-kiem/"));
        loaded.push((query, data.map(path).sum()));
    }
    loaded
}

/// The page with its style sheet and scripts, without fonts.
fn around() -> usize {
    let files = page::files(&page::site("catalogue"));
    let text = String::from_utf8_lossy(&files[page::PAGE]);
    let loaded = text.split("tai-san/").skip(1).filter_map(|rest| rest.split('"').next());
    let loaded: std::collections::BTreeSet<&str> =
        loaded.filter(|name| !name.contains(".woff2")).collect();
    let assets = loaded.iter().map(|name| gzip(&files[&format!("tai-san/{name}")]).len());
    gzip(text.as_bytes()).len() + assets.sum::<usize>()
}
