//! Catalogues that are wrong, and what is said of them: one folder a case under `tests/load/`.
//!
//! `case.txt` holds the files of a catalogue, each after a line `=== its/path`. A catalogue that does
//! not bring its own `catalogue.yaml` and `fields.yaml` is given a sound one, so that a case holds
//! nothing but its subject; `=== bare` as the first line gives nothing. `expected.txt` holds the
//! report in Vietnamese and the names of what was kept. `UPDATE_EXPECT=1` accepts what comes out.

#![expect(clippy::disallowed_methods, reason = "a test reads its cases")]
#![expect(clippy::unwrap_used, reason = "a test that cannot be run fails")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use niemyet::diagnostic::code;
use niemyet::diagnostic::text::{Style, print};
use niemyet::files::{Content, FilePath, FileTree};
use niemyet::language::Language;
use niemyet::load::{load, tree};
use niemyet::model::Catalogue;
use niemyet::model::citation::{Cited, Role};
use niemyet::model::date;
use niemyet::model::document::{Act, Effective, Kind, Scope};
use niemyet::model::procedure::{
    Announcement, Decimal, DossierKind, ElementKind, FeeAmount, OnlineLevel, ProcedureId,
    ReceptionPlace, TimeLength, TimeUnit,
};
use niemyet::model::prose::Owner;

const CATALOGUE: &str = "title: Thủ tục\npublisher: Xã Ví Dụ\n";
const FIELDS: &str = "- {id: ho-tich, name: Hộ tịch}\n";

/// The codes that loading gives.
const CODES: [&str; 42] = [
    "Y001", "Y002", "Y003", "Y004", "Y005", "Y006", "Y007", "Y008", "Y009", "Y010", "Y011", "Y012",
    "Y013", "Y014", "Y015", "Y016", "Y017", "Y018", "Y019", "Y020", "Y021", "Y022", "Y023", "Y024",
    "Y026", "C001", "C002", "C003", "C004", "C005", "C006", "C007", "C008", "C016", "C017", "R001",
    "R002", "R003", "R012", "P013", "P014", "P021",
];

#[test]
fn cases() {
    let mut failed = Vec::new();
    for folder in folders() {
        let files = case(&folder);
        let (catalogue, report) = load(&files);
        let style = Style { language: Language::Vietnamese, colour: false, folder: "" };
        let printed = format!("{}\n\n{}", print(&report, &files, style), kept(catalogue.as_ref()));
        let expected = folder.join("expected.txt");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&expected, &printed).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != printed {
            failed.push(format!("{}:\n{printed}", folder.display()));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}

#[test]
fn cases_show_every_code_at_its_line() {
    let mut seen = BTreeSet::new();
    for folder in folders() {
        let (_, report) = load(&case(&folder));
        seen.extend(report.iter().map(|finding| finding.code.entry().id));
    }
    // What cannot be written into a text file is shown in `tests/hostile.rs`.
    let elsewhere = ["Y001", "Y002", "Y003", "Y004", "Y017"];
    let missing: Vec<_> =
        CODES.iter().filter(|id| !seen.contains(*id) && !elsewhere.contains(id)).collect();
    assert!(missing.is_empty(), "no case shows {missing:?}");
    let known: BTreeSet<_> = code::ALL.iter().map(|entry| entry.id).collect();
    assert!(CODES.iter().all(|id| known.contains(id)));
}

#[test]
fn result_does_not_depend_on_threads() {
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let many = rayon::ThreadPoolBuilder::new().num_threads(8).build().unwrap();
    for folder in folders() {
        let files = case(&folder);
        let shown = |pool: &rayon::ThreadPool| format!("{:?}", pool.install(|| load(&files)));
        assert_eq!(shown(&one), shown(&many), "{}", folder.display());
    }
}

/// Two parsers must not disagree: where ours gives a tree without a finding, `serde_yaml` gives the
/// same, and a file that another program reads says there what it says here.
#[test]
fn both_parsers_agree() {
    let mut trees: Vec<FileTree> = folders().iter().map(|folder| case(folder)).collect();
    trees.push(read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("catalogue")));
    let mut n_compared = 0;
    for files in &trees {
        for (file, path, content) in files.iter() {
            if path.extension() != Some("yaml") {
                continue;
            }
            let (Some(root), report) = tree::read(files, file) else { continue };
            if !report.is_empty() {
                continue;
            }
            let text = std::str::from_utf8(content.bytes()).unwrap();
            let other: serde_yaml::Value =
                serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{path}: {error}"));
            assert_same(&root, &other, path);
            n_compared += 1;
        }
    }
    assert!(20 < n_compared, "only {n_compared} files were compared");
}

fn assert_same(node: &tree::Node<'_>, other: &serde_yaml::Value, path: &FilePath) {
    use serde_yaml::Value;
    match (&node.kind, other) {
        (tree::Kind::Map(entries), Value::Mapping(other)) => {
            assert_eq!(entries.len(), other.len(), "{path}: {:?}", node.span);
            for ((key, value), (other_key, other_value)) in entries.iter().zip(other) {
                let key = tree::Node {
                    span: key.span,
                    kind: tree::Kind::Scalar { text: key.text.clone(), plain: true },
                };
                assert_same(&key, other_key, path);
                assert_same(value, other_value, path);
            }
        }
        (tree::Kind::List(items), Value::Sequence(other)) => {
            assert_eq!(items.len(), other.len(), "{path}: {:?}", node.span);
            for (item, other) in items.iter().zip(other) {
                assert_same(item, other, path);
            }
        }
        (tree::Kind::Scalar { text, .. }, Value::String(other)) => assert_eq!(text, other),
        (tree::Kind::Scalar { text, plain: true }, Value::Null) => {
            assert!(matches!(&**text, "" | "~" | "null"), "{path}: {text}");
        }
        (tree::Kind::Scalar { text, plain: true }, Value::Bool(other)) => {
            assert_eq!(text.parse::<bool>().ok(), Some(*other), "{path}: {text}");
        }
        // The number is the other's reading; ours is the text as it was written.
        (tree::Kind::Scalar { text, plain: true }, Value::Number(other)) => {
            let written: Option<f64> = text.parse().ok();
            let is_same = written == other.as_f64() || text.starts_with("0x");
            assert!(is_same, "{path}: {text} / {other}");
        }
        (node, other) => panic!("{path}: {node:?} / {other:?}"),
    }
}

/// Everything a site may say in words of its own, and nothing else: no address, no word of a closed
/// list, no note among editors, nothing of the register, of decisions or of `terms.yaml`.
#[test]
fn free_texts_are_gathered() {
    let files = case(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/load/format-complete"));
    let catalogue = load(&files).0.unwrap();
    let mut by_file: Vec<(&str, Vec<&str>)> = Vec::new();
    for prose in catalogue.prose.iter() {
        let file = files.path(prose.span.file).stem();
        match by_file.last_mut() {
            Some((last, texts)) if *last == file => texts.push(prose.text.trim_end()),
            _ => by_file.push((file, vec![prose.text.trim_end()])),
        }
    }
    let expected: [(&str, &str); 10] = [
        ("chinh-phu", "Chính phủ"),
        ("ubnd-xa", "Ủy ban nhân dân cấp xã|Bộ phận Một cửa|Số 1|7:30|0912345678"),
        (
            "catalogue",
            "Thủ tục hành chính|Xã Ví Dụ|Bản minh họa.|Bộ phận Một cửa|Hỏi về hồ sơ|0123 456|Chào.",
        ),
        ("fields", "Hộ tịch"),
        ("khai-sinh", "Liên thông|Một lần."),
        ("holidays", "Quốc khánh|Ngày Chiến thắng"),
        ("sinh-con", "Sinh con|Chúc mừng."),
        ("gioi-thieu", "Giới thiệu|Một đoạn."),
        (
            "dang-ky-khai-sinh",
            "Đăng ký khai sinh|Làm giấy khai sinh cho con|TTHC được luật giao quy định chi tiết|Đến nơi.|\
             Thường|Ghi chú|ngay khi nhận đủ hồ sơ|Lệ phí|bản|Luôn|Trẻ em|Theo biểu phí|Nhà văn hóa|Số 1|\
             7:30|Cha mẹ đi đăng ký|Tờ khai|Ghi|Chỉ nhắc|Làm|TK-01|Tờ khai|Nộp|Cha mẹ|Nộp hồ sơ|\
             Công chức|Kiểm tra|ngay|Không.|Giấy khai sinh|KQ.G15.000031|Mãi mãi|\
             Ủy ban nhân dân cấp xã|90 ngày",
        ),
        ("2026-01", "Đúng hạn|98,5%|Tháng 1"),
    ];
    let found: Vec<(&str, String)> =
        by_file.iter().map(|(file, texts)| (*file, texts.join("|"))).collect();
    let expected: Vec<(&str, String)> =
        expected.iter().map(|(file, texts)| (*file, (*texts).to_owned())).collect();
    assert_eq!(found, expected);
    let fee = catalogue.prose.iter().find(|prose| prose.text == "Lệ phí").unwrap();
    assert_eq!(fee.owner, Owner::Procedure(ProcedureId(0)));
    assert_eq!(fee.validity, catalogue.procedures[0].validity);
    let form = catalogue.prose.iter().find(|prose| prose.text == "TK-01").unwrap();
    assert_eq!(form.validity.from, catalogue.procedures[0].validity.from);
}

#[test]
fn format_is_understood() {
    let files = case(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/load/format-complete"));
    let (catalogue, report) = load(&files);
    assert!(report.is_empty(), "{report:?}");
    let catalogue = catalogue.unwrap();
    let day = |text: &str| date::parse(text).unwrap();

    let decree = &catalogue.documents[1];
    assert_eq!(decree.label(), "118/2025/NĐ-CP");
    assert_eq!((decree.kind, decree.effective), (Kind::Decree, Effective::On(day("2025-07-01"))));
    assert_eq!(decree.own_end, Some(day("2031-01-01")));
    let acts: Vec<Act> = decree.effects.iter().map(|effect| effect.act).collect();
    assert_eq!(
        acts,
        [
            Act::Replaces,
            Act::Repeals,
            Act::Postpones { to: day("2024-08-01") },
            Act::Extends { until: day("2027-03-01") },
            Act::Suspends { until: Some(day("2026-07-01")) },
            Act::Resumes,
        ]
    );
    assert_eq!(decree.effects[0].scope, Scope::Whole);
    assert!(matches!(&decree.effects[1].scope, Scope::Parts(parts) if parts.len() == 1));
    assert_eq!(decree.effects[2].scope, Scope::Unspecified);
    assert_eq!(decree.effects[4].from, Some(day("2026-01-01")));
    assert_eq!(catalogue.documents[3].effective, Effective::Unknown);
    assert_eq!(catalogue.documents[3].label(), "Luật Hóa chất");

    let procedure = &catalogue.procedures[0];
    assert_eq!(procedure.validity.from, Some(day("2025-07-01")));
    let [law, decree, bare, unknown] = procedure.legal_basis.as_slice() else { panic!() };
    assert_eq!((law.role, law.provisions.len()), (Role::Main, 2));
    assert_eq!(decree.exemption.as_ref().unwrap().until, day("2027-01-01"));
    assert!(matches!(bare.document, Cited::Known(_)));
    assert_eq!(unknown.document, Cited::Unknown("01/1990/TT-XX".to_owned()));
    let [in_person, online] = procedure.channels.as_slice() else { panic!() };
    assert_eq!(online.level, Some(OnlineLevel::Full));
    let TimeLength::Amount(amount, unit) = in_person.times[0].length else { panic!() };
    assert_eq!((amount, unit), (Decimal(1500), TimeUnit::WorkingDay));
    assert!(matches!(in_person.times[1].length, TimeLength::Text(_)));
    let vnd = "VND".to_owned();
    assert_eq!(in_person.fees[0].amount, FeeAmount::Amount { value: 8000, currency: vnd });
    assert!(matches!(procedure.reception[0].place, ReceptionPlace::Office(_)));
    assert!(matches!(procedure.reception[1].place, ReceptionPlace::Written { .. }));
    let DossierKind::Paper(paper) = &procedure.cases[0].dossier[0].kind else { panic!() };
    assert_eq!(paper.form, Some(0));
    assert!(matches!(procedure.cases[0].dossier[1].kind, DossierKind::Remark));
    assert!(matches!(procedure.announced, Some(Announcement::Known(_))));
    let of_kind = |kind| procedure.elements.iter().filter(|one| one.kind == kind).count();
    let kinds = [
        (ElementKind::Channel, 2),
        (ElementKind::Time, 2),
        (ElementKind::Fee, 3),
        (ElementKind::DossierItem, 2),
        (ElementKind::Form, 1),
        (ElementKind::Step, 2),
        (ElementKind::Reception, 2),
    ];
    for (kind, count) in kinds {
        assert_eq!(of_kind(kind), count, "{kind:?}");
    }
    let waiver = &procedure.elements[in_person.fees[1].element.0 as usize];
    assert_eq!(waiver.validity.last_day(), Some(day("2026-06-30")));
    assert_eq!(waiver.legal_basis.len(), 1);
    assert_eq!(waiver.name, "0 VND");
    let time = &procedure.elements[in_person.times[0].element.unwrap().0 as usize];
    assert_eq!(time.name, "1,5 ngày làm việc, Thường");
    assert_eq!(catalogue.form_files.len(), 1);
    assert_eq!(catalogue.holidays[0].date, day("2026-04-30"));
    assert_eq!(catalogue.pages[0].title, "Giới thiệu");
    assert_eq!(catalogue.reports[0].month, day("2026-01-01"));
    assert_eq!(catalogue.site.base_url.as_deref(), Some("https://example.org/tthc/"));
}

/// The names of what is in a catalogue.
fn kept(catalogue: Option<&Catalogue>) -> String {
    let Some(catalogue) = catalogue else { return "no catalogue\n".to_owned() };
    let mut lines = String::new();
    let mut line = |name: &str, slugs: Vec<&str>| {
        if !slugs.is_empty() {
            writeln!(lines, "{name}: {}", slugs.join(", ")).unwrap();
        }
    };
    line("documents", catalogue.documents.iter().map(|one| one.slug.as_str()).collect());
    line("decisions", catalogue.decisions.iter().map(|one| one.slug.as_str()).collect());
    line("procedures", catalogue.procedures.iter().map(|one| one.slug.as_str()).collect());
    line("agencies", catalogue.agencies.iter().map(|one| one.slug.as_str()).collect());
    line("life events", catalogue.life_events.iter().map(|one| one.slug.as_str()).collect());
    line("groups", catalogue.groups.iter().map(|one| one.slug.as_str()).collect());
    line("pages", catalogue.pages.iter().map(|one| one.slug.as_str()).collect());
    line("forms", catalogue.form_files.keys().map(FilePath::as_str).collect());
    lines
}

fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/load");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

/// The files of a case.
fn case(folder: &Path) -> FileTree {
    let text = fs::read_to_string(folder.join("case.txt")).unwrap();
    let mut files: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        if let Some(path) = line.strip_prefix("=== ") {
            files.push((path.trim().to_owned(), String::new()));
        } else {
            files.last_mut().unwrap().1.push_str(line);
        }
    }
    if files[0].0 == "bare" {
        files.remove(0);
    } else {
        // Of two files at one path the later one is kept: the case's own.
        files.insert(0, ("catalogue.yaml".to_owned(), CATALOGUE.to_owned()));
        files.insert(0, ("fields.yaml".to_owned(), FIELDS.to_owned()));
    }
    let entry = |(path, text): (String, String)| {
        (FilePath::new(&path).unwrap(), Content::Bytes(text.into_bytes()))
    };
    FileTree::new(files.into_iter().map(entry).collect())
}

fn read_folder(root: &Path) -> FileTree {
    let mut entries = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            entries.push((FilePath::new(&name).unwrap(), Content::Bytes(fs::read(path).unwrap())));
        }
    }
    FileTree::new(entries)
}
