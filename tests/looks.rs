//! The catalogue of states that the design has to bear, `looks/catalogue`: it makes a whole site in both
//! languages, and each state shows what it is there for.

#![expect(clippy::unwrap_used, reason = "a catalogue that cannot be read fails")]

use std::collections::BTreeMap;
use std::path::Path;

use niemyet::files::{Content, FilePath, FileTree, Page};
use niemyet::model::date::parse;
use niemyet::pipeline;
use rayon::iter::ParallelIterator;

/// The list of all procedures of a catalogue with so many copies of one.
fn list_of(copies: usize) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/codes/base");
    let files = niemyet::disk::read(&folder).unwrap();
    let mut files: Vec<(FilePath, Content)> =
        files.iter().map(|(_, path, content)| (path.clone(), content.clone())).collect();
    let is_one = |path: &FilePath| path.as_str().starts_with("procedures/");
    let place = files.iter().position(|(path, _)| is_one(path)).unwrap();
    let (_, Content::Bytes(one)) = files.remove(place) else { panic!("a file") };
    let one = String::from_utf8(one).unwrap();
    let (_, rest) = one.split_once('\n').unwrap();
    files.extend((0..copies).map(|n| {
        let path = FilePath::new(&format!("procedures/ho-tich/mot-{n}.yaml")).unwrap();
        (path, Content::Bytes(format!("code: \"1.{n:06}\"\n{rest}").into_bytes()))
    }));
    let files = FileTree::new(files);
    let (understood, mut report) = pipeline::examine(&files, parse("2026-11-22").unwrap());
    let understood = understood.unwrap();
    let site = pipeline::site(&understood, &files, &FileTree::default(), &mut report).unwrap();
    let (page, _) = site.page(&FilePath::new("thu-tuc/index.html").unwrap()).unwrap();
    String::from_utf8(page.bytes).unwrap()
}

#[test]
fn a_list_without_end_names_the_fields() {
    let (all, fields) = (list_of(1000), list_of(1001));
    assert!(all.contains("/mot-999.html\"") || all.contains("\"mot-999.html\""));
    assert!(!fields.contains("mot-1000.html") && fields.contains("linh-vuc/ho-tich.html"));
    assert!(fields.contains("<span class=\"num\">1001</span>"));
}

fn pages(language: &str) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/looks/catalogue");
    let files = niemyet::disk::read(&folder).unwrap();
    let files = files.iter().map(|(_, path, content)| {
        let content = match content {
            Content::Bytes(bytes) if path.as_str() == "catalogue.yaml" => {
                let text = String::from_utf8_lossy(bytes);
                let said = text.replace("language: vi", &format!("language: {language}"));
                Content::Bytes(said.into_bytes())
            }
            other => other.clone(),
        };
        (path.clone(), content)
    });
    let files = FileTree::new(files.collect());
    let (understood, mut report) = pipeline::examine(&files, parse("2026-11-22").unwrap());
    let understood = understood.unwrap();
    let site = pipeline::site(&understood, &files, &FileTree::default(), &mut report).unwrap();
    let drawn: Vec<(Page, bool)> =
        site.pages().map(|(page, found)| (page, found.is_empty())).collect();
    assert!(drawn.iter().all(|(_, is_sound)| *is_sound));
    let text = |bytes| String::from_utf8(bytes).unwrap_or_default();
    drawn.into_iter().map(|(page, _)| (page.path.to_string(), text(page.bytes))).collect()
}

#[test]
fn states_show_what_they_are_there_for() {
    for language in ["vi", "en"] {
        let pages = pages(language);
        let page = |name: &str| pages[&format!("thu-tuc/{name}.html")].as_str();
        let has = |name: &str, what: &str| assert!(page(name).contains(what), "{name}: {what}");
        let lacks = |name: &str, what: &str| assert!(!page(name).contains(what), "{name}: {what}");
        // A long official name stands below a plain one; alone it is no heading in large letters.
        has("ten-dai-266", "class=\"official long\"");
        lacks("ten-dai-266", "class=\"long-name\"");
        has("ten-dai-1094", "<h1 class=\"long-name endless\">");
        // Twenty cases are links, three are a choice.
        has("hai-muoi-truong-hop", "href=\"#truong-hop-20\"");
        lacks("hai-muoi-truong-hop", "name=\"c\"");
        has("du-moi-phan", "id=\"c3\"");
        lacks("du-moi-phan", "id=\"c4\"");
        // Papers, steps and remarks belong to ways to file.
        for belongs in
            ["<li data-k=\"1 3\">", "<li class=\"yours\" data-k=\"2\">", "<li data-k=\"3\">"]
        {
            has("du-moi-phan", belongs);
        }
        assert!(page("chin-tram-can-cu").matches("role=\"rowheader\"").count() >= 900);
        // What is not there has no heading.
        for empty in ["id=\"phi\"", "id=\"can-chuan-bi\"", "id=\"cac-buoc\"", "class=\"due", "due."]
        {
            lacks("khong-thu-phi", empty);
        }
        has("khong-thu-phi", "id=\"can-cu\"");
        // What is counted in months stands beside what is counted in days, with its way to file.
        has("du-moi-phan", "<li data-k=\"3\" data-amount=\"2000\" data-unit=\"month\"><span>");
        has("du-moi-phan", " · Hồ sơ ở nước ngoài: ");
        // A fee whose ground ends on the day on which its next one begins is not missing.
        has("du-moi-phan", "<template data-from=\"2027-01-01\"><div data-whole>");
        lacks("du-moi-phan", "class=\"updating\"");
        // The parts of a page that change say so where they stand, and the days of what does not stay.
        let (_, charges) = page("du-moi-phan").split_once("id=\"phi\"").unwrap();
        let (_, after) = charges.split_once("</template><p class=\"turns\" hidden>").unwrap();
        assert!(after.split_once("</p>").unwrap().1.starts_with("<div class=\"due\""));
        // An exemption that ends is told as what it is.
        let gone = if language == "vi" {
            "không còn được áp dụng"
        } else {
            "no longer a legal basis"
        };
        has("chuyen-tiep", gone);
        has("chuyen-tiep", "class=\"statement\"");
        has("da-cham-dut", "content=\"noindex\"");
        has("ban-sau", "content=\"noindex\"");
        has("du-moi-phan", "id=\"lich-su\"");
        // A section leads to its lines; what is no file of the catalogue leads nowhere.
        let file = "https://git.vi-du.example/xa/danh-muc/-/edit/chinh/catalogue/procedures/ho-tich/du-moi-phan.yaml#L";
        assert!(page("du-moi-phan").matches(file).count() > 8);
        assert!(!pages["index.html"].contains("git.vi-du.example"));
        assert!(pages["van-ban/2-2015-nd-cp.html"].contains("/documents/2-2015-nd-cp.yaml\""));
        // Those that the editors chose stand on the home page, in their order.
        let home = &pages["index.html"];
        let at = |name: &str| {
            home.find(&format!("<tr role=\"row\"><th scope=\"row\" role=\"rowheader\"><a href=\"thu-tuc/{name}.html\""))
        };
        assert!(at("du-moi-phan").is_some() && at("du-moi-phan") < at("ten-dai-266"));
    }
}
