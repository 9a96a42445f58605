//! Pictures of all kinds of pages, for people to look at: no test, and not in the repository.

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::pages;
use crate::reader::Reader;

#[test]
#[ignore = "makes pictures: cargo test --test citizen screenshots -- --ignored"]
fn screenshots() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
    let _old = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut reader = Reader::new();
    for (n, page) in pages::table().iter().enumerate() {
        reader.open_shown(page);
        for width in [320, 768, 1440] {
            for (how, media, scheme) in
                [("light", "", "light"), ("dark", "", "dark"), ("print", "print", "light")]
            {
                reader.screen(width, 900);
                reader.media(media, &[("prefers-color-scheme", scheme)]);
                reader.drawn();
                // All of the page, up to a length that can still be looked at.
                let whole = "Math.min(document.documentElement.scrollHeight, 6000)";
                let height = reader.browser.evaluate(whole);
                let clip = json!({ "x": 0, "y": 0, "width": width, "height": height, "scale": 1 });
                let wanted = json!({ "clip": clip, "captureBeyondViewport": true });
                let taken = reader.browser.ask("Page.captureScreenshot", &wanted);
                let picture = STANDARD.decode(taken["data"].as_str().expect("a picture"));
                let what: String =
                    page.what.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
                let name = format!("{n:02}-{what}-{width}-{how}.png");
                std::fs::write(folder.join(name), picture.expect("base64")).expect("a file");
            }
        }
    }
    println!("{}", folder.display());
}
