//! What the audit says of what it finds: which bytes, where, behind which layers; what it counts; and when
//! an earlier reading of a file still holds.

use niemyet::files::FilePath;

use super::{Canaries, gzip, said, zip};

/// Each finding in one line: its code, its message and the place that it names.
fn lines(canaries: &Canaries, path: &str, bytes: &[u8]) -> String {
    let said = canaries.say(&canaries.audit(), path, bytes);
    said.lines().filter(|line| line.contains("A00")).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_finding_says_what_stands_where() {
    let canaries = Canaries::new();
    for (path, bytes) in [
        ("a.html", "<p>Theo 15/2020/NĐ-CP thì</p>".as_bytes().to_vec()),
        ("a.html", "<p>x &amp;amp; 15/2020/N&amp;#272;-CP</p>".as_bytes().to_vec()),
        ("a.html", "15\u{2044}2020\u{200b}/N\u{110}-CP\n".as_bytes().to_vec()),
        ("a.gz", gzip(b"x 15/2020/ND-CP")),
        ("a.zip", zip("b.txt", b"15/2020/ND-CP", 0)),
    ] {
        println!("{path}: {}", canaries.say(&canaries.audit(), path, &bytes));
    }
    for (path, bytes) in [
        ("a.docx", zip("a.txt", b"x", 1)),
        ("bieu-mau/0/a.docx", b"PK\x03\x04".to_vec()),
        ("a.zip", zip("b.zip", b"PK\x03\x04", 0)),
        ("a.br", b"\xff\xff\xff".to_vec()),
        ("a.7z", b"7z\xbc\xaf\x27\x1c\0\0".to_vec()),
    ] {
        println!("{path}: {}", canaries.say(&canaries.audit(), path, &bytes));
    }
    let unseen = canaries.audit().unseen(&FilePath::new("a.html").unwrap());
    println!("{}", said(&unseen, &canaries.files));
    println!("{}", canaries.audit().needles());
    panic!();
}
