//! The audit. One dead number is planted in every way to write it and every kind of file that a site may
//! hold, and must be found each time; what only looks like it must not be, nor anything on the sites that the
//! other tests make.
//!
//! `tests/audit/encodings.txt` and `alive.txt` are the tables, `catalogue.yaml` the register they are held
//! against.

#![expect(clippy::disallowed_methods, reason = "a test reads its cases")]
#![expect(clippy::unwrap_used, reason = "a test that cannot be run fails")]

#[expect(dead_code, reason = "shared with other tests")]
mod support;
#[path = "audit/opened.rs"]
mod opened;
#[path = "audit/told.rs"]
mod told;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Mutex;

use niemyet::audit::{self, Tally};
use niemyet::diagnostic::code::Code;
use niemyet::diagnostic::text::{Style, print};
use niemyet::diagnostic::{Diagnostic, Report};
use niemyet::files::{Content, FilePath, FileTree, Page, Span};
use niemyet::language::Language;
use niemyet::model::date::{self, Date};
use niemyet::model::hushed::told;
use niemyet::pipeline;
use rayon::iter::ParallelIterator;
use support::Folder;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn entries(folder: &Path, below: &Path, found: &mut Vec<(FilePath, Content)>) {
    let Ok(all) = fs::read_dir(folder) else { return };
    for entry in all.flatten() {
        let path = entry.path();
        if path.is_dir() {
            entries(&path, below, found);
        } else {
            let inside = path.strip_prefix(below).expect("below").to_str().expect("a name");
            let inside = FilePath::new(inside).expect("a path");
            found.push((inside, Content::Bytes(fs::read(&path).expect("bytes"))));
        }
    }
}

fn tree(folders: &[PathBuf]) -> FileTree {
    let mut found = Vec::new();
    for folder in folders {
        entries(folder, folder, &mut found);
    }
    FileTree::new(found)
}

/// Builds a site in memory and audits all of it.
fn audited(files: &FileTree, theme: &FileTree, today: Date) -> Option<(Report, Tally)> {
    let (understood, mut report) = pipeline::examine(files, today);
    let understood = understood?;
    let site = pipeline::site(&understood, files, theme, &mut report)?;
    let audit = pipeline::audit(&understood, files, theme, &site);
    let tally = Mutex::default();
    let pages = pipeline::audited(site.pages(), &audit, &tally);
    let report = pages.map(|(_, report)| report).reduce(Report::default, |mut one, other| {
        one.merge(other);
        one
    });
    let tally = tally.into_inner().expect("no panic");
    let mut gathered = Report::default();
    audit::gather(&report, &mut gathered);
    Some((gathered, tally))
}

fn said(report: &Report, files: &FileTree) -> String {
    print(report, files, Style { language: Language::English, colour: false, folder: "" })
}

#[test]
fn sites_of_other_tests_pass() {
    let mut wrong = Vec::new();
    let mut n = 0;
    for (base, folder) in [("tests/cases", "tests/cases"), ("tests/hard/base", "tests/hard")] {
        let mut cases: Vec<PathBuf> = fs::read_dir(root().join(folder))
            .expect("cases")
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.join("catalogue").is_dir())
            .collect();
        cases.sort();
        for case in cases {
            let as_of = ["case.yaml", "asked.yaml"].iter().find_map(|name| {
                let text = fs::read_to_string(case.join(name)).ok()?;
                let line = text.lines().find_map(|line| line.strip_prefix("as_of: "))?;
                date::parse(line.trim_matches(['"', '\'']))
            });
            let days = as_of.map_or_else(
                || {
                    vec![
                        Date::constant(2026, 11, 22),
                        Date::constant(2027, 7, 2),
                        Date::constant(2024, 1, 1),
                    ]
                },
                |day| vec![day],
            );
            let mut folders = Vec::new();
            if base != folder {
                folders.push(root().join(base));
            }
            folders.push(case.join("catalogue"));
            let mut files = tree(&folders);
            if files.find("catalogue.yaml").is_none() || files.find("fields.yaml").is_none() {
                folders.insert(0, root().join("tests/hard/base"));
                files = tree(&folders);
            }
            let theme = tree(&[case.join("theme")]);
            for today in days {
                let Some((report, _)) = audited(&files, &theme, today) else { continue };
                n += 1;
                if !report.is_empty() {
                    wrong.push(format!(
                        "{} on {today}:\n{}",
                        case.display(),
                        said(&report, &files)
                    ));
                }
            }
        }
    }
    assert!(n > 30, "{n} sites");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn bundled_catalogue_passes() {
    let files = tree(&[root().join("catalogue")]);
    for today in ["2026-11-22", "2025-06-30", "2027-07-01", "2030-01-01", "2019-01-01"] {
        let today = date::parse(today).expect("a day");
        let (report, tally) = audited(&files, &FileTree::default(), today).expect("a site");
        assert!(report.is_empty(), "{today}: {}", said(&report, &files));
        assert!(tally.files > 20);
    }
}

/// A table of `tests/audit/`, without its remarks.
fn table(name: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join("tests/audit").join(name)).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| line.replace("\\N", "\n").replace("\\Z", "\u{200b}")).collect()
}

/// The ways to write the dead number, by name.
fn encodings() -> Vec<(String, String)> {
    let rows = table("encodings.txt");
    rows.iter()
        .map(|row| row.split_once('\t').unwrap())
        .map(|(a, b)| (a.into(), b.into()))
        .collect()
}

fn canary_files() -> FileTree {
    let text = fs::read_to_string(root().join("tests/audit/catalogue.yaml")).unwrap();
    let files: BTreeMap<String, String> = serde_yaml::from_str(&text).unwrap();
    let files = files
        .into_iter()
        .map(|(path, text)| (FilePath::new(&path).unwrap(), Content::Bytes(text.into_bytes())));
    FileTree::new(files.collect())
}

/// What the audit of one file says.
struct Canaries {
    files: FileTree,
    theme: FileTree,
    understood: pipeline::Understood,
    site: niemyet::render::Site,
}

impl Canaries {
    fn new() -> Self {
        Self::of(canary_files())
    }

    fn of(files: FileTree) -> Self {
        let theme = FileTree::default();
        let (understood, mut report) = pipeline::examine(&files, Date::constant(2026, 11, 22));
        let understood = understood.unwrap();
        let site = pipeline::site(&understood, &files, &theme, &mut report);
        let site = site.unwrap_or_else(|| panic!("{}", said(&report, &files)));
        Self { files, theme, understood, site }
    }

    fn audit(&self) -> audit::Audit<'_> {
        pipeline::audit(&self.understood, &self.files, &self.theme, &self.site)
    }

    fn say(&self, audit: &audit::Audit<'_>, path: &str, bytes: &[u8]) -> String {
        let page = Page { path: FilePath::new(path).unwrap(), bytes: bytes.to_vec() };
        said(&audit.examine(&page).0, &self.files)
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

/// A zip of one packed file; `flags` as they stand in its headers.
fn zip(name: &str, bytes: &[u8], flags: u16) -> Vec<u8> {
    let mut writer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes).unwrap();
    let packed = writer.finish().unwrap();
    let number = |value: usize| u32::try_from(value).unwrap().to_le_bytes();
    let short = |value: usize| u16::try_from(value).unwrap().to_le_bytes();
    let mut common = vec![20, 0];
    common.extend(flags.to_le_bytes());
    common.extend([8, 0, 0, 0, 0, 0]);
    common.extend([0; 4]);
    common.extend(number(packed.len()));
    common.extend(number(bytes.len()));
    common.extend(short(name.len()));
    common.extend([0, 0]);
    let mut file = b"PK\x03\x04".to_vec();
    file.extend(&common);
    file.extend(name.as_bytes());
    file.extend(&packed);
    let start = file.len();
    file.extend(b"PK\x01\x02\x14\x00");
    file.extend(&common);
    file.extend([0; 14]);
    file.extend(name.as_bytes());
    let size = file.len() - start;
    file.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    file.extend(number(size));
    file.extend(number(start));
    file.extend([0, 0]);
    file
}

fn pdf(stream: &[u8], filter: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n1 0 obj\n<< ".to_vec();
    file.extend(filter.as_bytes());
    file.extend(format!(" /Length {} >>\nstream\n", stream.len()).as_bytes());
    file.extend(stream);
    file.extend(b"\nendstream\nendobj\ntrailer << >>\n%%EOF\n");
    file
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let mut bits = 0u32;
        for place in 0..3 {
            bits = bits << 8 | u32::from(chunk.get(place).copied().unwrap_or(0));
        }
        for place in 0..=chunk.len() {
            let value = bits >> (18 - 6 * place) & 63;
            text.push(char::from(LETTERS[usize::try_from(value).unwrap()]));
        }
        text.extend(std::iter::repeat_n('=', 3 - chunk.len()));
    }
    text
}

/// Every kind of file that a site may hold, with a text in it: its path, how to make it, and what the
/// finding must name of the way there.
type Kind = (&'static str, fn(&str) -> Vec<u8>, &'static str);

fn page(text: &str) -> Vec<u8> {
    format!(
        "<!doctype html><html lang=vi><title>x</title><main><p>Theo {text} thì</p></main></html>"
    )
    .into_bytes()
}

fn word(text: &str) -> Vec<u8> {
    let text = if text.contains("<w:t>") { text.to_owned() } else { format!("<w:t>{text}</w:t>") };
    let xml = format!(
        "<?xml version=\"1.0\"?>\n<w:document>\n <w:body>\n <w:p>\n <w:r>\n{text}\n</w:r>\n</w:p>\n</w:body></w:document>"
    );
    zip("word/document.xml", xml.as_bytes(), 0)
}

const KINDS: [Kind; 28] = [
    ("index.html", page, ""),
    (
        "thu-tuc/index.html",
        |text| format!("<ul><li>a<li><a href=\"x\">{text}</a><li>b</ul>").into(),
        "",
    ),
    ("thu-tuc/dang-ky-khai-sinh.html", page, ""),
    // The notice of another document.
    ("van-ban/9-2019-nd-cp.html", page, ""),
    (
        "api/thu-tuc/dang-ky-khai-sinh.json",
        |text| format!("{{\"text\":\"x {text} y\"}}").into(),
        "",
    ),
    ("api/van-ban.json", |text| format!("[{{\"number\":\"{text}\"}}]").into(), ""),
    ("api/thu-tuc.csv", |text| format!("\u{feff}code,title\r\n1,\"x {text}\"\r\n").into(), ""),
    ("api/cpsv-ap.ttl", |text| format!("<a> dct:title \"x {text}\"@vi .").into(), ""),
    ("api/cpsv-ap.jsonld", |text| format!("{{\"@value\":\"x {text}\"}}").into(), ""),
    (
        "thu-tuc/dang-ky-ket-hon.html",
        |text| {
            format!("<head><script type=\"application/ld+json\">{{\"name\":\"{text}\"}}</script>")
                .into()
        },
        "",
    ),
    ("build.json", |text| format!("{{\"files\":[{{\"path\":\"{text}\"}}]}}").into(), ""),
    (
        "sitemap.xml",
        |text| format!("<urlset><url><loc>https://x/{text}</loc></url></urlset>").into(),
        "",
    ),
    ("robots.txt", |text| format!("User-agent: *\nDisallow: /x # {text}\n").into(), ""),
    ("rss.xml", |text| format!("<entry><title>{text}</title></entry>").into(), ""),
    ("404.html", |text| format!("<p title='{}'>{text}", "x").into(), ""),
    ("tai-san/a.css", |text| format!("a::after{{content:\"{text}\"}}").into(), ""),
    ("tai-san/a.js", |text| format!("for(i=0;i<n;i++){{s=\"{text}\"}}").into(), ""),
    ("tai-san/a.svg", |text| format!("<svg><text>{text}</text></svg>").into(), ""),
    ("trang/a.txt", |text| format!("{text}\n").into(), ""),
    ("bieu-mau/0/a.docx", word, "zip › word/document.xml"),
    (
        "bieu-mau/0/a.xlsx",
        |text| {
            zip(
                "xl/sharedStrings.xml",
                format!("<?xml version=\"1.0\"?><si><t>{text}</t></si>").as_bytes(),
                0,
            )
        },
        "xl/sharedStrings.xml",
    ),
    (
        "bieu-mau/0/a.odt",
        |text| {
            zip(
                "content.xml",
                format!("<?xml version=\"1.0\"?><text:p>{text}</text:p>").as_bytes(),
                0,
            )
        },
        "content.xml",
    ),
    (
        "bieu-mau/0/a.zip",
        |text| zip("in.zip", &zip("a.txt", text.as_bytes(), 0), 0),
        "zip › in.zip › zip › a.txt",
    ),
    (
        "bieu-mau/0/a.pdf",
        |text| pdf(&zlib(format!("BT ({text}) Tj ET").as_bytes()), "/Filter /FlateDecode"),
        "PDF › stream 1",
    ),
    ("index.html.gz", |text| gzip(&page(text)), "gzip"),
    ("a.tar.gz", |text| gzip(&gzip(text.as_bytes())), "gzip › gzip › gzip"),
    (
        "data.html",
        |text| {
            format!("<a href=\"data:text/plain;base64,{}\">x</a>", base64(text.as_bytes())).into()
        },
        "base64",
    ),
    (
        "mail.txt",
        |text| {
            let data = base64(&page(text));
            let lines: Vec<&str> =
                data.as_bytes().chunks(76).map(|line| std::str::from_utf8(line).unwrap()).collect();
            lines.join("\r\n").into_bytes()
        },
        "base64",
    ),
];

#[test]
fn every_encoding_is_found_in_every_kind_of_file() {
    let canaries = Canaries::new();
    let audit = canaries.audit();
    let mut missed = Vec::new();
    let mut planted = 0;
    let encodings = encodings();
    for (name, text) in &encodings {
        for (path, make, layer) in KINDS {
            planted += 1;
            let found = canaries.say(&audit, path, &make(text));
            let is_right = found.contains("A001")
                && found.contains("15/2020/NĐ-CP is over")
                    | found.contains("Nghị định 15/2020/NĐ-CP")
                && found.contains(&format!("in `{path}`"))
                && found.contains(layer);
            if !is_right {
                missed.push(format!("{name} in {path}: {found}"));
            }
        }
    }
    assert!(encodings.len() >= 20 && KINDS.len() >= 12);
    assert!(missed.is_empty(), "{} of {planted} missed\n{}", missed.len(), missed.join("\n"));
}

/// A number in which one year was struck out and another put in its place.
const DELETED: &str = "<w:t>15/20</w:t></w:r><w:del w:id=\"1\"><w:r><w:delText>17</w:delText></w:r></w:del>\
    <w:ins w:id=\"2\"><w:r><w:t>20</w:t></w:r></w:ins><w:r><w:t>/NĐ-CP</w:t>";

#[test]
fn whole_files_in_other_encodings_are_found() {
    let canaries = Canaries::new();
    let audit = canaries.audit();
    let text = "<p>Căn cứ Nghị định số 15/2020/NĐ-CP ngày 3 tháng 2</p>";
    let wide: Vec<u16> = text.encode_utf16().collect();
    let little: Vec<u8> = wide.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = wide.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    let widest = |unit: fn(u32) -> [u8; 4]| -> Vec<u8> {
        text.chars().flat_map(|letter| unit(u32::from(letter))).collect()
    };
    let old = |dash: u8| {
        let mut bytes = b"<p>C\xe3n c\xf9 Ngh\xb8 15/2020/N\xd0".to_vec();
        bytes.push(dash);
        bytes.extend(b"CP</p>");
        bytes
    };
    let strings =
        |strings: &str| pdf(&zlib(format!("BT {strings} ET").as_bytes()), "/Filter/FlateDecode");
    let cmap = "/CIDInit begincmap 1 begincodespacerange <0000><FFFF> endcodespacerange \
        2 beginbfrange <0010><0019><0030> <0020><0022>[<0110><004E><0043>] endbfrange \
        3 beginbfchar <0030><002F> <0031><002D> <0032><0050> endbfchar endcmap";
    let mut mapped = strings(
        "[<0011> -3 <00150030> 2 <0012001000120010>] TJ <0030> Tj <0021002000310022> Tj <0032> Tj",
    );
    mapped.extend(pdf(&zlib(cmap.as_bytes()), "/Filter /FlateDecode"));
    let brotli = fs::read(root().join("tests/audit/canary.html.br")).unwrap();
    let png = {
        let mut data = b"Comment\0\0".to_vec();
        data.extend(zlib(b"15/2020/ND-CP"));
        let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
        file.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        file.extend(b"zTXt");
        file.extend(data);
        file.extend([0; 4]);
        file
    };
    let with = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
    for (path, bytes, layer) in [
        ("a.txt", with(b"\xff\xfe", &little), "UTF-16LE"),
        ("a.txt", with(b"\xfe\xff", &big), "UTF-16BE"),
        ("a.txt", with(b"\xff\xfe\0\0", &widest(u32::to_le_bytes)), "UTF-32LE"),
        ("a.txt", widest(u32::to_le_bytes), "UTF-32LE"),
        ("a.txt", widest(u32::to_be_bytes), "UTF-32BE"),
        ("a.docx", word(DELETED), "w:del"),
        ("a.txt", b"15\\2020\\ND-CP".to_vec(), ""),
        ("a.doc", with(b"\x01\x00\x7f", &little), "UTF-16LE"),
        ("a.doc", with(b"\x00\x07\xff\x01\x00", &big), "UTF-16BE"),
        ("a.html", old(b'-'), ""),
        ("a.html", old(0x96), "Windows-1258"),
        // A comment of a picture, between the markers of its parts.
        ("a.jpg", with(b"\xff\xd8\xff\xfe\0\x0f15/2020/ND-CP", b"\xff\xd9"), ""),
        ("a.jpg", with("x\u{ff}15/2020/NĐ-CP".as_bytes(), b"\xff\xd9"), ""),
        ("a.jpg", with(b"\xff\xd8\xff\xfey15/2020/N\xd0-CP", b"\xff\xd9"), "Windows-1258"),
        ("a.jpg", with(b"\xffLu\xe2\xcct Giao dich tai qu\xe2\xecy", b"\xe0z"), "Windows-1258"),
        ("a.bin", with(b"\x9015/2020/ND-CP", b"\xc3\xa9\xfe"), "Windows-1258"),
        ("a.rtf", b"{\\rtf1 15/2020/N\\'d0-C\\b P\\b0}".to_vec(), "RTF"),
        ("a.rtf", b"{\\rtf1 15/20{\\b 20}/N\\u272?-CP}".to_vec(), "RTF"),
        ("a.rtf", b"{\\rtf1 15/20\r\n20/N\\'d0-CP}".to_vec(), "RTF"),
        ("a.rtf", b"{\\rtf1 15/20\\-20/N\\'d0\\_CP}".to_vec(), "RTF"),
        ("a.rtf", b"{\\rtf1 15/2020/N\\u272-CP}".to_vec(), "RTF"),
        ("a.rtf", b"{\\rtf1 \\u-239?5/2020/N\\u272\\'d0-CP}".to_vec(), "RTF"),
        ("a.rtf", b"{\\rtf1 15/2020/\\u78\\b \\u272?-CP}".to_vec(), "RTF"),
        ("a.pdf", strings("[(15/) -20 (20) 4 (20/N\\320)] TJ (-CP) Tj"), "PDF › stream 1"),
        ("a.pdf", strings("<31352F323032302F4E442D4350> Tj"), "PDF › stream 1"),
        ("a.pdf", mapped, "PDF › stream 1"),
        (
            "a.pdf",
            pdf(
                b"",
                "/Title (\\376\\377\\0001\\0005\\000/\\0002\\0000\\0002\\0000\\000/\\000N\\001\\020\\000-\\000C\\000P)",
            ),
            "PDF",
        ),
        ("a.html.br", brotli, "brotli"),
        ("a.png", png, "png › zTXt"),
        ("15-2020-nd-cp.html", Vec::new(), "tên tệp"),
        ("bieu-mau/0/15-2020-ND-CP.docx", b"x".to_vec(), "tên tệp"),
        ("a.zip", zip("Nghi dinh 15-2020-ND-CP.txt", b"x", 0), "zip"),
    ] {
        let found = canaries.say(&audit, path, &bytes);
        assert!(found.contains("A001") && found.contains(layer), "{layer} in {path}: {found}");
    }
}

#[test]
fn what_only_looks_like_it_is_not_found() {
    let canaries = Canaries::new();
    let audit = canaries.audit();
    for line in table("alive.txt") {
        for (path, make, _) in KINDS {
            let found = canaries.say(&audit, path, &make(&line));
            assert_eq!(found, "", "{line} in {path}");
        }
    }
}

#[test]
fn each_place_is_judged() {
    let canaries = Canaries::new();
    let audit = canaries.audit();
    let rows = table("judged.txt");
    let mut wrong = Vec::new();
    for row in &rows {
        let (named, text) = row.split_once('\t').unwrap();
        let found = canaries.say(&audit, "a.txt", text.as_bytes());
        let is_right = match named {
            "-" => found.is_empty(),
            named => found.matches("error[").count() == 1 && found.contains(named),
        };
        if !is_right {
            wrong.push(format!("{row}: {found}"));
        }
    }
    assert!(rows.len() > 90 && wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn withheld_things_are_found() {
    let canaries = Canaries::new();
    let audit = canaries.audit();
    let form = b"{\\rtf1 M\xe1\xba\xabu t\xe1\xbb\x9d khai c\xc5\xa9}\n".to_vec();
    let hash = blake3::hash(&form).to_hex();
    for (text, is_found) in [
        ("<li>1.001999</li>", true),
        ("mã 1.001999, 1.001193", true),
        ("1-001999", true),
        ("xem 1.0<b>01999</b>", true),
        ("1.008888", true),
        ("thu-tuc/da-bai-bo.html", true),
        ("../thu-tuc/da-bai-bo.html", true),
        ("<a>Đăng ký nhận cha</a>", true),
        ("\"dang-ky-nhan-cha\"", true),
        ("người đến đăng ký nhận cha cho con", false),
        ("phân công công chức tiếp nhận hồ sơ trong cơ quan", true),
        ("Xin cấp giấy xác nhận theo quy định trước đây", true),
        (&format!("../bieu-mau/{}/x.rtf", &hash[..16]), true),
        ("<a href=\"dang-ky-nhan-cha.html\">Đăng ký nhận cha mẹ con lần đầu</a>", false),
    ] {
        let found = canaries.say(&audit, "index.html", text.as_bytes());
        assert_eq!(found.contains("A003"), is_found, "{text}: {found}");
    }
    let whole = canaries.say(&audit, "a.zip", &zip("x.rtf", &form, 0));
    assert!(whole.contains("A003") && whole.contains("mau-cu.rtf"), "{whole}");
    // One that is handed out from a later day on, one that another procedure still hands out, and nothing.
    for other in ["mới", "chung"] {
        let form = format!("{{\\rtf1 Mẫu tờ khai {other}}}\n");
        assert_eq!(canaries.say(&audit, "x.rtf", form.as_bytes()), "", "{other}");
    }
    assert_eq!(canaries.say(&audit, "x.rtf", b""), "");
    // On the notice, and where notices are told of, its name is allowed.
    for path in ["thu-tuc/da-bai-bo.html", "removed.json", "thay-doi.xml"] {
        let text = "<p>Đăng ký nhận cha</p> 1.001999, vì Nghị định 15/2020/NĐ-CP";
        assert_eq!(canaries.say(&audit, path, text.as_bytes()), "", "{path}");
    }
    let internal = canaries.say(&audit, "removed.json", b"1.008888");
    assert!(internal.contains("A003"), "{internal}");
}

/// What the living are called, and what the register does not hold, covers what is written inside it and
/// lets nothing else go.
#[test]
fn what_lives_lets_nothing_go() {
    const BIRTH: &str = "procedures/dang-ky-khai-sinh.yaml";
    const DECREE: &str = "documents/115-2020-nd-cp.yaml";
    const LONG: &str = "Quy định về trồng, chăm sóc và mua bán cây cảnh";
    const OVER: &str = "title: Quy định cũ,";
    for (path, from, to) in [
        (BIRTH, "field: ho-tich\n", "field: ho-tich\nannounced: {decision: 15/2020/NĐ-CP}\n"),
        (BIRTH, "field: ho-tich\n", "field: ho-tich\nannounced: {decision: 15.2020.NĐ-CP}\n"),
        (BIRTH, "[60/2014/QH13]", "[60/2014/QH13, 15-2020-NĐ-CP, 15.2020.NĐ.CP]"),
        (BIRTH, "title: Đăng ký khai sinh", "title: 15/2020/NĐ-CP"),
        (BIRTH, "title: Đăng ký khai sinh", "title: Nghị định số 15/2020/NĐ-CP"),
        (BIRTH, "title: Đăng ký khai sinh", "title: Luật Giao dịch tại quầy"),
        (BIRTH, "field: ho-tich\n", "field: ho-tich\nplain_title: Luật Giao dịch tại quầy\n"),
        (BIRTH, "field: ho-tich\n", "field: ho-tich\nsearch_terms: [Luật Giao dịch tại quầy]\n"),
        (BIRTH, "field: ho-tich\n", &format!("field: ho-tich\nsearch_terms: [{LONG}]\n")),
        (BIRTH, "field: ho-tich\n", &format!("field: ho-tich\nplain_title: Việc theo {LONG}\n")),
        (DECREE, "title: Tuyển dụng công chức", "title: Nghị định số 15/2020"),
        (DECREE, "title:", "short_title: 15/2020/NĐ-CP, title:"),
        (DECREE, "title:", "short_title: Luật Giao dịch tại quầy, title:"),
        ("agencies/ubnd-xa.yaml", "Ủy ban nhân dân cấp xã", "Luật Giao dịch tại quầy"),
        ("life-events/sinh-con.yaml", "Sinh con", "Nghị định 15/2020/NĐ-CP"),
        (
            BIRTH,
            "legal_basis: [60/2014/QH13]",
            "legal_basis:\n  - 60/2014/QH13\n  - {document: 9/2019/NĐ-CP, exemption: {reason: 15/2020/NĐ-CP, last_day: 2026-12-31, approved_by: \"Phạm Văn An, Sở Tư pháp\"}}",
        ),
    ] {
        let files = canary_files();
        let files = files.iter().map(|(_, name, content)| {
            let text = std::str::from_utf8(content.bytes()).unwrap();
            let text = if name.as_str() == path {
                assert!(text.contains(from), "{from} in {path}");
                text.replacen(from, to, 1)
            } else {
                text.to_owned()
            };
            let text = match name.as_str() {
                "documents/15-2020-nd-cp.yaml" => {
                    assert!(text.contains(OVER), "{text}");
                    text.replace(OVER, &format!("title: \"{LONG}\","))
                }
                _ => text,
            };
            (name.clone(), Content::Bytes(text.into_bytes()))
        });
        let files = FileTree::new(files.collect());
        let theme = FileTree::default();
        let (understood, _) = pipeline::examine(&files, Date::constant(2026, 11, 22));
        let understood = understood.unwrap();
        let (catalogue, assessment) = (&understood.catalogue, &understood.assessment);
        let audit = audit::Audit::new(catalogue, assessment, &files, &theme, []);
        let named = ["Theo Nghị định 15/2020/NĐ-CP.", "Theo Luật Giao dịch tại quầy.", LONG];
        for text in named {
            let page = Page {
                path: FilePath::new("index.html").unwrap(),
                bytes: text.as_bytes().to_vec(),
            };
            let found = said(&audit.examine(&page).0, &files);
            assert!(found.contains("A001"), "{to}: {text} {found}");
        }
    }
}

/// What an exemption lets live on is told of in the list of coming changes, by a link to its page; the words
/// beside the list name it no more than those of any other page.
#[test]
fn a_list_of_changes_frees_no_text_beside_it() {
    let exempt = "legal_basis:\n  - 60/2014/QH13\n  - {document: 15/2020/NĐ-CP, exemption: {reason: Hồ sơ đã nộp từ trước, last_day: 2026-12-31, approved_by: \"Phạm Văn An, Sở Tư pháp\"}}";
    for (home, n) in [
        ("", 0),
        ("home: Theo Nghị định 15/2020/NĐ-CP thì nộp.\n", 1),
        ("home: \"Theo 15/2020/NĐ-CP, [xem](thu-tuc/index.html).\"\n", 1),
    ] {
        let files = canary_files();
        let files = files.iter().map(|(_, name, content)| {
            let text = std::str::from_utf8(content.bytes()).unwrap();
            let text = match name.as_str() {
                "catalogue.yaml" => format!("{text}{home}"),
                "procedures/dang-ky-khai-sinh.yaml" => {
                    text.replacen("legal_basis: [60/2014/QH13]", exempt, 1)
                }
                _ => text.to_owned(),
            };
            (name.clone(), Content::Bytes(text.into_bytes()))
        });
        let files = FileTree::new(files.collect());
        let today = Date::constant(2026, 11, 22);
        let (report, _) = audited(&files, &FileTree::default(), today).expect("a site");
        assert!(report.is_empty(), "{home}{}", said(&report, &files));
        // The words beside the list give way.
        let (understood, mut report) = pipeline::examine(&files, today);
        let understood = understood.expect("a catalogue");
        let site = pipeline::site(&understood, &files, &FileTree::default(), &mut report);
        let index = FilePath::new("index.html").unwrap();
        let page = site.expect("a site").page_on(&index, today).expect("a home page");
        let page = String::from_utf8(page).unwrap();
        assert_eq!(page.matches("nhắc đến quy định không còn hiệu lực").count(), n, "{home}");
        assert!(!page.contains("Theo Nghị") && !page.contains("Theo 15"), "{home}");
    }
}

/// The end of one thing and the beginning of the next are no title, wherever they stand side by side; what is
/// named inside them is found all the same.
#[test]
fn two_things_are_not_one_title() {
    let canaries = Canaries::new();
    let audit = canaries.audit();
    for (path, text, is_found) in [
        ("a.html", "<dt>Xin cấp giấy xác nhận</dt><dd>theo quy định trước đây</dd>", false),
        ("a.html", "<p>Xin cấp giấy xác nhận</p>\n<p>theo quy định trước đây</p>", false),
        ("a.html", "<p>Xin cấp giấy xác nhận <b>theo quy định</b><br>trước đây</p>", true),
        ("a.js", r#"["Xin cấp giấy xác nhận","theo quy định trước đây"]"#, false),
        ("a.json", r#"{"Xin cấp giấy xác nhận": "theo quy định trước đây"}"#, false),
        ("a.json", r#"{"a": "Xin cấp giấy xác nhận theo \"quy định\", trước đây"}"#, true),
        ("a.csv", "1,Xin cấp giấy xác nhận,theo quy định trước đây\r\n", false),
        ("a.txt", "Xin cấp giấy xác nhận,theo quy định trước đây", true),
        ("a.html", "<dt>Luật Giao dịch</dt><dd>tại quầy</dd>", true),
        ("a.html", "<td>15/2020</td><td>/NĐ-CP</td>", true),
        ("a.html", "<li>Cấp bản sao</li><li>trích lục cũ</li>", false),
    ] {
        let found = canaries.say(&audit, path, text.as_bytes());
        assert_eq!(!found.is_empty(), is_found, "{path}: {text}: {found}");
    }
}

#[test]
fn containers_that_cannot_be_opened_are_said() {
    let canaries = Canaries::new();
    let audit = canaries.audit();
    let long = "Nghị định ".repeat(400);
    let whole = zip("a.txt", long.as_bytes(), 0);
    let packed = gzip(long.as_bytes());
    let mut bomb = vec![0u8; 64 << 20];
    for _ in 0..2 {
        bomb = gzip(&bomb);
    }
    let mut nested = b"x".to_vec();
    for _ in 0..8 {
        nested = zip("a.zip", &nested, 0);
    }
    for (path, bytes, why) in [
        ("a.docx", zip("a.txt", b"x", 1), "encrypted"),
        ("a.docx", whole[..whole.len() / 2].to_vec(), "broken"),
        ("a.docx", b"\xd0\xcf\x11\xe0".to_vec(), "broken"),
        ("a.gz", packed[..packed.len() - 9].to_vec(), "broken"),
        ("a.br", b"\xff\xff\xff".to_vec(), "broken"),
        ("a.pdf", pdf(b"", "/Encrypt 2 0 R"), "encrypted"),
        ("a.pdf", pdf(b"xx", "/Filter /FlateDecode"), "broken"),
        ("a.pdf", pdf(b"xx", "/Filter /LZWDecode"), "packing"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c\0\0".to_vec(), "packing"),
        ("a.rar", b"Rar!\x1a\x07\x01\0".to_vec(), "packing"),
        ("a.gz", bomb, "too much"),
        ("a.zip", nested, "too deep"),
    ] {
        let found = canaries.say(&audit, path, &bytes);
        assert!(found.contains("A002") && found.contains(why), "{why} in {path}: {found}");
    }
}

#[test]
fn no_bytes_make_it_fall_or_linger() {
    let canaries = Canaries::new();
    let audit = canaries.audit();
    let mut seed = 0x9e37_79b9_7f4a_7c15u64;
    let mut random = || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed
    };
    let openings: [&[u8]; 12] = [
        b"",
        b"\x1f\x8b\x08\0",
        b"PK\x03\x04",
        b"%PDF-1.4 stream\n",
        b"{\\rtf1 ",
        b"\xff\xfe",
        b"\xfe\xff",
        b"\x89PNG\r\n\x1a\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"<p>&#",
        b"\\u",
        b"%",
    ];
    let alphabet = b"<>&#;\\u%()[]0159/abN-\xc4\x90\xd0\0 \n";
    let start = std::time::Instant::now();
    for round in 0..600 {
        let mut bytes = openings[round % openings.len()].to_vec();
        for _ in 0..random() % 3000 {
            let any = random();
            let byte = if round % 2 == 0 {
                any.to_le_bytes()[3]
            } else {
                alphabet[usize::try_from(any % 26).unwrap()]
            };
            bytes.push(byte);
        }
        for path in ["a.html", "a.docx", "a.br", "a.pdf"] {
            let _said = canaries.say(&audit, path, &bytes);
        }
    }
    let whole = [
        word("15/2020/NĐ-CP"),
        pdf(&zlib(b"(15/2020/ND-CP) Tj"), "/Filter /FlateDecode"),
        gzip(b"15/2020"),
    ];
    for file in &whole {
        for end in 0..file.len() {
            let _said = canaries.say(&audit, "a.docx", &file[..end]);
        }
    }
    for byte in [b'<', b'&', b'\\', b'%', b'(', b'1', b'A', b'/', b'\xc4'] {
        let _said = canaries.say(&audit, "a.html", &vec![byte; 1 << 20]);
        let _said = canaries.say(&audit, "a.pdf", &[&b"%PDF-"[..], &vec![byte; 1 << 18]].concat());
    }
    for piece in ["1/", "15/2020/", "<a", "&#", "PK\x03\x04", "stream\n", "<<", "%u", "\\u0"] {
        let _said = canaries.say(&audit, "a.docx", piece.repeat(1 << 16).as_bytes());
    }
    let _said = canaries.say(&audit, "a.html", format!("&{}", "amp;".repeat(1 << 17)).as_bytes());
    assert!(start.elapsed().as_secs() < 300, "{:?}", start.elapsed());
}

/// The audit of the canaries' site with some files of the catalogue or of a theme in other words.
fn site_with(files: &FileTree, theme: &[(String, String)]) -> (Report, FileTree) {
    let theme = theme.iter().map(|(path, text)| {
        (FilePath::new(path).unwrap(), Content::Bytes(text.clone().into_bytes()))
    });
    let theme = FileTree::new(theme.collect());
    let audited = audited(files, &theme, Date::constant(2026, 11, 22));
    (audited.expect("a site").0, theme)
}

#[test]
fn what_a_theme_leaks_is_found_at_its_line() {
    let files = canary_files();
    let (report, _) = site_with(&files, &[]);
    assert!(report.is_empty(), "{}", said(&report, &files));
    let default = root().join("themes/default");
    let mut paths: Vec<String> = fs::read_dir(&default)
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name().to_str().unwrap().to_owned())
        .filter(|name| name.rsplit_once('.').is_some_and(|(_, last)| last == "html"))
        .collect();
    paths.sort();
    assert!(paths.len() >= 14, "{paths:?}");
    // Drawn by a build with a horizon alone; `tests/slices.rs` leaks from it.
    paths.retain(|path| path != "closed.html");
    paths.extend(
        ["strings/vi.yaml", "assets/style.css", "assets/niemyet.js", "assets/new.svg"]
            .map(String::from),
    );
    for path in paths {
        let text = fs::read_to_string(default.join(&path)).unwrap_or_default();
        let canary = "Nghị định 15/2020/N&#272;-CP";
        let openings = ["<body>", "{% block content %}", "{% component day(of) %}", "home_name: "];
        let opening = openings.iter().find(|opening| text.contains(**opening));
        let leaking = match opening {
            Some(opening) => text.replacen(opening, &format!("{opening}{canary} "), 1),
            None => format!("{text}\n/* {canary} */\n"),
        };
        let line = 1 + leaking[..leaking.find(canary).unwrap()].matches('\n').count();
        let (report, _) = site_with(&files, &[(path.clone(), leaking)]);
        let found = said(&report, &files);
        assert!(found.contains("A001") && report.is_structural(), "{path}: {found}");
        assert!(
            found.contains(&format!("the theme says so at `{path}:{line}:")),
            "{path}:{line}: {found}"
        );
        // One cause, one finding.
        assert_eq!(report.iter().len(), 1, "{path}: {found}");
    }
}

#[test]
fn what_a_text_would_leak_is_put_out_of_the_way() {
    let files = canary_files();
    let (understood, _) = pipeline::examine(&files, Date::constant(2026, 11, 22));
    let texts = understood.unwrap().catalogue.prose;
    let mut n_shown = 0;
    for prose in texts.iter() {
        // An official title may name what it names, and a notice tells its own.
        let record = std::str::from_utf8(files.content(prose.span.file).bytes()).unwrap();
        // A longer name that covers a title covers it no more when it is another.
        if prose.text.contains("trích lục cũ") {
            continue;
        }
        let is_title = record[..prose.span.range().start].ends_with("\ntitle: ");
        if is_title && record.contains("legal_basis") {
            continue;
        }
        let with = |words: &str| {
            let all = files.iter().map(|(file, path, content)| {
                let mut bytes = content.bytes().to_vec();
                if file == prose.span.file {
                    let end = prose.span.range().end;
                    let end = end - usize::from(bytes[..end].ends_with(b"\n"));
                    let _none: Vec<u8> = bytes.splice(end..end, words.bytes()).collect();
                }
                (path.clone(), Content::Bytes(bytes))
            });
            FileTree::new(all.collect())
        };
        let marked = with(" xyzzyq");
        let (understood, mut report) = pipeline::examine(&marked, Date::constant(2026, 11, 22));
        let site = pipeline::site(&understood.unwrap(), &marked, &FileTree::default(), &mut report);
        let is_shown = site.is_some_and(|site| {
            let pages = site.pages();
            pages
                .map(|(page, _)| page)
                .any(|page| page.bytes.windows(6).any(|window| window == b"xyzzyq"))
        });
        if !is_shown {
            continue;
        }
        n_shown += 1;
        let leaking = with(" theo Nghị định 15/2020/NĐ-CP");
        let (report, _) = site_with(&leaking, &[]);
        assert!(report.is_empty(), "{}: {}", prose.text, said(&report, &leaking));
        let today = Date::constant(2026, 11, 22);
        let (understood, report) = pipeline::examine(&leaking, today);
        let silence = understood.unwrap().hushed.on(today).map(told).unwrap_or_default();
        let end = prose.span.end + 60;
        let is_there = |place: &Span| {
            place.file == prose.span.file && prose.span.start <= place.start && place.end <= end
        };
        assert!(silence.keys().all(is_there) && silence.len() == 1, "{}", prose.text);
        // One cause, one finding.
        let in_text = |found: &&Diagnostic| found.span.as_ref().is_some_and(is_there);
        let one = report
            .iter()
            .filter(in_text)
            .filter(|found| matches!(found.code, Code::ProseEnded | Code::ProseWithheld));
        assert_eq!(one.count(), 1, "{}", said(&report, &leaking));
    }
    assert!(n_shown > 20, "{n_shown} texts are shown");
}

/// What a reader mends in a number is told to the editor at its line, as a number in full is, and put out of the
/// way; the site is made.
#[test]
fn what_a_reader_mends_is_told_and_put_out_of_the_way() {
    let today = Date::constant(2026, 11, 22);
    let rows = table("mended.txt");
    let mut wrong = Vec::new();
    for row in &rows {
        let (code, text) = row.split_once('\t').unwrap();
        let text = format!("# Giới thiệu\n\nTrang này viết cho người dân.\n\nxyzzyq {text}\n");
        let files = canary_files();
        let files = files.iter().map(|(_, name, content)| {
            let is_page = name.as_str() == "pages/gioi-thieu.md";
            let bytes = if is_page { text.clone().into_bytes() } else { content.bytes().to_vec() };
            (name.clone(), Content::Bytes(bytes))
        });
        let files = FileTree::new(files.collect());
        let (report, _) = audited(&files, &FileTree::default(), today).expect("a site");
        assert!(report.is_empty(), "{row}: {}", said(&report, &files));
        let (understood, mut report) = pipeline::examine(&files, today);
        let understood = understood.unwrap();
        let line = |span: Span| 1 + text[..span.range().start].matches('\n').count();
        let told: Vec<_> = report
            .iter()
            .filter(|found| matches!(found.code, Code::ProseEnded | Code::ProseWithheld))
            .map(|found| (found.code.entry().id, line(found.span.unwrap())))
            .collect();
        let at = if code == "W001" { 5 } else { 3 };
        if told != [(code, at)] {
            wrong.push(format!("{row}: {told:?}"));
        }
        let site = pipeline::site(&understood, &files, &FileTree::default(), &mut report);
        let is_shown = site
            .unwrap()
            .pages()
            .any(|(page, _)| page.bytes.windows(6).any(|window| window == b"xyzzyq"));
        assert!(!is_shown, "{row}");
    }
    assert!(rows.len() > 20 && wrong.is_empty(), "{}", wrong.join("\n"));
}

fn niemyet(folder: &Folder, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_niemyet"))
        .args(words)
        .args(["--lang", "en", "--as-of", "2026-11-22"])
        .current_dir(folder.path())
        .output()
        .expect("the program runs")
}

#[test]
fn a_leak_leaves_the_live_site_as_it_was() {
    let folder = Folder::new();
    for (_, path, content) in canary_files().iter() {
        folder.write(&format!("catalogue/{path}"), std::str::from_utf8(content.bytes()).unwrap());
    }
    let built = niemyet(&folder, &["build"]);
    let out = String::from_utf8_lossy(&built.stdout).into_owned();
    assert!(built.status.success(), "{out}{}", String::from_utf8_lossy(&built.stderr));
    assert!(out.contains("audited ") && out.contains("allowed mentions"), "{out}");
    let again = niemyet(&folder, &["build"]);
    let line = String::from_utf8_lossy(&again.stdout).into_owned();
    assert!(line.contains("audited 0 files (") && line.contains("unchanged since"), "{line}");
    let again = niemyet(&folder, &["build", "--format", "json"]);
    let again: serde_json::Value = serde_json::from_slice(&again.stdout).unwrap();
    assert_eq!(again["audit"]["files"], 0, "what an audit has read is not read again: {again}");
    let told = niemyet(&folder, &["build", "--format", "json", "--out", "other"]);
    let told: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
    assert_eq!(told["audit"]["known"], 0, "{told}");
    assert!(told["audit"]["needles"].as_u64() > Some(10), "{told}");
    assert!(told["audit"]["allowed"]["titles"].as_u64() > Some(0), "{told}");
    assert!(told["audit"]["allowed"]["told"].as_u64() > Some(0), "{told}");
    let before = folder.all("public");

    folder.write("theme/strings/vi.yaml", "home_name: Trang đầu, theo NĐ 15/2020\n");
    let refused = niemyet(&folder, &["build", "--theme", "theme"]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(1), "{said}");
    assert!(said.contains("A001") && said.contains("strings/vi.yaml:1:"), "{said}");
    assert!(said.contains("the previous one is as it was"), "{said}");
    assert_eq!(folder.all("public"), before);

    let text = "# Giới thiệu\n\nTheo Nghị định 15/2020/NĐ-CP.\n";
    folder.write("catalogue/pages/gioi-thieu.md", text);
    let built = niemyet(&folder, &["build"]);
    let said = String::from_utf8_lossy(&built.stdout).into_owned();
    assert!(built.status.success() && said.contains("pages/gioi-thieu.md:3  "), "{said}");
    let page = fs::read_to_string(folder.path().join("public/trang/gioi-thieu.html")).unwrap();
    assert!(page.contains("Một đoạn ở đây đã được gỡ") && !page.contains("15/2020"), "{page}");
    let told = fs::read_to_string(folder.path().join("public/build.json")).unwrap();
    assert!(told.contains("\"texts\": 1"), "{told}");
    folder.write("catalogue/pages/gioi-thieu.md", "# Giới thiệu\n\nTrang này.\n");

    // Any folder can be read: a site of yesterday, also what a server keeps beside it.
    let clean = niemyet(&folder, &["audit", "public"]);
    let said = String::from_utf8_lossy(&clean.stdout).into_owned();
    assert_eq!(clean.status.code(), Some(0), "{said}{}", String::from_utf8_lossy(&clean.stderr));
    folder.write("public/.htaccess", "Redirect /a /15-2020-nd-cp.html\n");
    let found = niemyet(&folder, &["audit", "public", "--format", "json"]);
    assert_eq!(found.status.code(), Some(1));
    let found: serde_json::Value = serde_json::from_slice(&found.stdout).unwrap();
    assert_eq!(found["findings"][0]["code"], "A001", "{found}");
    assert!(
        found["findings"][0]["message"].as_str().unwrap().contains("`.htaccess`, byte 13"),
        "{found}"
    );
}

/// A catalogue with a page for each of so many procedures, in the words of real ones: full of numbers,
/// amounts, days, telephone numbers, and of living documents that look like dead ones.
fn large(n: usize) -> FileTree {
    let mut files: Vec<(String, String)> = vec![
        ("catalogue.yaml".into(), "title: Thủ tục\npublisher: Ủy ban nhân dân tỉnh\n".into()),
        ("fields.yaml".into(), "- {id: ho-tich, name: Hộ tịch}\n".into()),
        ("agencies/so.yaml".into(), "name: Sở Tư pháp\n".into()),
    ];
    let signs = ["NĐ-CP", "TT-BTP", "QĐ-TTg", "TT-BTC"];
    let n_documents = (n / 4).max(40);
    let number = |place: usize, year: usize| {
        format!("{:02}/{}/{}", 1 + place % 190, year + place / 190 % 9, signs[place % 4])
    };
    for place in 0..n_documents {
        let (dead, alive) = (number(place, 2010), number(place, 2019));
        let slug = |number: &str| number.to_lowercase().replace('đ', "d").replace('/', "-");
        files.push((
            format!("documents/{}.yaml", slug(&dead)),
            format!(
                "{{number: {dead}, title: Quy định cũ về việc {place}, effective: 2010-01-01}}\n"
            ),
        ));
        // Every tenth living title names a dead number.
        let named = if place % 10 == 0 { format!(", thay cho {dead}") } else { String::new() };
        files.push((
            format!("documents/{}.yaml", slug(&alive)),
            format!("{{number: {alive}, title: \"Quy định về việc {place}{named}\", effective: 2020-01-01, effects: [{{verb: replaces, document: {dead}}}]}}\n"),
        ));
    }
    for place in 0..n {
        let alive = number(place % n_documents, 2019);
        let cited = if place % 12 == 0 { number(place % n_documents, 2010) } else { alive.clone() };
        files.push((format!("procedures/p{}/tt-{place}.yaml", place % 50), format!(
            "code: \"{}.{:06}\"\ntitle: Cấp giấy phép hoạt động loại {place} cho tổ chức\nfield: ho-tich\naudience: [citizen]\nlegal_basis: [{cited}]\nauthority: {{performs: [so]}}\nchannels:\n  - {{kind: in_person, times: [{{amount: {}, unit: working_day}}], fees: [{{amount: {}000}}]}}\ncases:\n  - dossier: [{{name: Tờ khai theo mẫu số {:02}/{}/MS, originals: 1}}]\nsteps:\n  - title: Nộp hồ sơ\n    text: >\n      Nộp từ ngày {}/{}/2025 tại số {}/{} đường 30/4, điện thoại 024.{}.{:06}, mức thu 1.{:03}.{:03} đồng.\n      Căn cứ khoản {} Điều {} của {alive}; kết quả có số {}/2025/GP-STP.\n",
            1 + place % 3, 100_000 + place, 1 + place % 30, 1 + place % 900, place % 99, 2010 + place % 16,
            1 + place % 28, 1 + place % 12, place % 200, 2010 + place % 9, 1 + place % 3, 100_000 + place * 7 % 900_000,
            place % 1000, place * 7 % 1000, 1 + place % 9, 1 + place % 40, 1 + place % 300,
        )));
    }
    let entries = files
        .into_iter()
        .map(|(path, text)| (FilePath::new(&path).unwrap(), Content::Bytes(text.into_bytes())));
    FileTree::new(entries.collect())
}

/// What this process has used of the processor so far, in seconds, where the system tells.
fn used() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Behind the name, which may hold blanks: hundredths of seconds in the program and in the system.
    let fields: Vec<f64> = stat
        .rsplit(") ")
        .next()
        .unwrap_or_default()
        .split(' ')
        .map(|field| field.parse().unwrap_or_default())
        .collect();
    fields.get(11..13).unwrap_or_default().iter().sum::<f64>() / 100.0
}

/// `NIEMYET_AUDIT_PAGES=9000 cargo test --release --test audit large -- --nocapture` makes more than 10,000 pages
/// and says what of the processor the audit takes; run alone, for all threads are counted.
#[test]
#[expect(clippy::print_stderr, reason = "figures are asked for")]
fn a_large_site_gives_no_false_alarm() {
    let n = std::env::var("NIEMYET_AUDIT_PAGES").ok().and_then(|n| n.parse().ok());
    let files = large(n.unwrap_or(250));
    let today = Date::constant(2026, 11, 22);
    if n.is_some() {
        let start = used();
        let (understood, mut report) = pipeline::examine(&files, today);
        let examined = used() - start;
        let theme = FileTree::default();
        let site = pipeline::site(understood.as_ref().unwrap(), &files, &theme, &mut report);
        let n_bytes: usize = site.unwrap().pages().map(|(page, _)| page.bytes.len()).sum();
        let drawn = used() - start - examined;
        let start = used();
        let (_, tally) = audited(&files, &theme, today).unwrap();
        let read = used() - start - examined - drawn;
        let share = 100.0 * read / (examined + drawn + read);
        eprintln!(
            "{} files, {} MB: {examined:.1} s to examine, {drawn:.1} s to draw, {read:.1} s to read: {share:.0} %",
            tally.files,
            n_bytes / 1_000_000,
        );
    }
    let (report, tally) = audited(&files, &FileTree::default(), today).unwrap();
    assert!(report.is_empty(), "{}", said(&report, &files));
    assert!(tally.files > n.unwrap_or(250), "{tally:?}");
    assert!(tally.titles > 0 && tally.told > 0, "{tally:?}");
}
