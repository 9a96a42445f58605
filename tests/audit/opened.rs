//! What is opened of containers that other programs make: more files than one, long names, files stored as
//! they are, pieces between which something else stands; and what is too much.

use std::io::Write;

use super::{Canaries, base64, gzip, pdf, zip, zlib};

/// A file of a zip, as it stands before its data.
struct Entry<'a> {
    name: &'a str,
    method: u16,
    extra: &'a [u8],
    data: &'a [u8],
}

fn stored<'a>(name: &'a str, data: &'a [u8]) -> Entry<'a> {
    Entry { name, method: 0, extra: b"", data }
}

/// A zip of these, with what else stands between them; its list of contents names the first alone.
fn zip_of(entries: &[Entry<'_>]) -> Vec<u8> {
    let mut file = b"  ".to_vec();
    for entry in entries {
        let size = u32::try_from(entry.data.len()).unwrap().to_le_bytes();
        let short = |value: usize| u16::try_from(value).unwrap().to_le_bytes();
        file.extend(b"PK\x03\x04\x14\0\0\0");
        file.extend(entry.method.to_le_bytes());
        file.extend([0; 8]);
        file.extend(size);
        file.extend(size);
        file.extend(short(entry.name.len()));
        file.extend(short(entry.extra.len()));
        file.extend(entry.name.as_bytes());
        file.extend(entry.extra);
        file.extend(entry.data);
    }
    file.extend(b"PK\x01\x02");
    file.extend(END);
    file
}

const END: &[u8] = b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";

fn packed(bytes: &[u8]) -> Vec<u8> {
    // Two bytes open a stream of zlib, four close it.
    let stream = zlib(bytes);
    stream[2..stream.len() - 4].to_vec()
}

fn png(chunks: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, data) in chunks {
        file.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        file.extend(name.as_bytes());
        file.extend(data);
        file.extend([0; 4]);
    }
    file
}

/// A PDF whose streams begin behind this break of a line.
fn streams(line_break: &str, streams: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    for (said, data) in streams {
        file.extend(format!("1 0 obj\n<< {said} >>\nstream{line_break}").as_bytes());
        file.extend(data);
        file.extend(b"\nendstream\nendobj\n");
    }
    file
}

fn hex(bytes: &[u8]) -> Vec<u8> {
    let digits = bytes.iter().flat_map(|byte| format!("{byte:02x}\n").into_bytes());
    digits.chain(*b">").collect()
}

fn ascii85(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    for chunk in bytes.chunks(4) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let sum = (0..4).fold(0, |sum, at| sum << 8 | byte(at));
        if sum == 0 && chunk.len() == 4 {
            text.push(b'z');
            continue;
        }
        for place in 0..=chunk.len() {
            let digit = sum / 85u32.pow(4 - u32::try_from(place).unwrap()) % 85;
            text.push(b'!' + u8::try_from(digit).unwrap());
        }
        text.push(b'\n');
    }
    text.extend(b"~>zzz");
    text
}

#[test]
fn packings_of_pdf_are_undone() {
    let canaries = Canaries::new();
    let audit = canaries.audit();
    let show = b"BT (15/2020/ND-CP) Tj ET";
    let packed = zlib(show);
    let zeros = [&[0; 8][..], show].concat();
    // Packed without being made smaller, so that its zeros stay.
    let mut plain = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::none());
    plain.write_all(&[&[0; 16][..], show].concat()).unwrap();
    let plain = plain.finish().unwrap();
    let noise: Vec<u8> = (0..200u8).map(|n| n.wrapping_mul(83)).collect();
    let shows = |text: &str| ("/Filter /FlateDecode", zlib(text.as_bytes()));
    for text in
        ["[(1.00) -200 (1999)] TJ", "(1.00) Tj T* (1999) Tj", "(1.00) Tj <<3>> T* (1999) Tj"]
    {
        let found = canaries.say(&audit, "a.pdf", &streams("\n", &[shows(text)]));
        assert_eq!(found, "", "{text}");
    }
    let after = [("/Filter /FlateDecode", zlib(&noise)), ("/Filter /FlateDecode", packed.clone())];
    for (name, file) in [
        ("hex", streams("\n", &[("/Filter /ASCIIHexDecode", hex(show))])),
        ("short hex", streams("\n", &[("/Filter /AHx", hex(show))])),
        ("85", streams("\n", &[("/Filter /ASCII85Decode", ascii85(show))])),
        ("short 85", streams("\n", &[("/Filter /A85", ascii85(show))])),
        ("85 with z", streams("\n", &[("/Filter /A85", ascii85(&zeros))])),
        ("85 of one", streams("\n", &[("/Filter /A85", ascii85(&show[..21]))])),
        ("85 of two", streams("\n", &[("/Filter /A85", ascii85(&show[..22]))])),
        ("85 of three", streams("\n", &[("/Filter /A85", ascii85(&show[..23]))])),
        (
            "85 of flate",
            streams("\n", &[("/Filter [/ASCII85Decode /FlateDecode]", ascii85(&packed))]),
        ),
        ("z in flate", streams("\n", &[("/Filter [/A85 /FlateDecode]", ascii85(&plain))])),
        ("hex of flate", streams("\n", &[("/Filter [/AHx/Fl]", hex(&packed))])),
        ("short flate", streams("\n", &[("/Filter /Fl ", packed.clone())])),
        ("gap of letters", streams("\n", &[shows("[(15/20) -199 (20/ND-CP)] TJ")])),
        ("narrow gap", streams("\n", &[shows("[(15/20) -90 (20/ND-CP)] TJ T* [(x) -900] TJ")])),
        ("two bytes of break", streams("\r\n", &[("/Filter /FlateDecode", packed.clone())])),
        ("the second", streams("\r\n", &after)),
    ] {
        let found = canaries.say(&audit, "a.pdf", &file);
        assert!(found.contains("A001") && found.contains("PDF › stream"), "{name}: {found}");
        assert!(!found.contains("A002"), "{name}: {found}");
    }
    for (said, why) in [
        ("/Filter /RunLengthDecode", "packing"),
        ("/Filter /Crypt", "packing"),
        ("/Filter /LZWDecode", "packing"),
        ("/Filter /FlateDecode", "broken"),
        ("/Subtype /Image /Filter /FlateDecode", ""),
        ("/Subtype/Image /Filter /FlateDecode", ""),
        ("/Filter [/FlateDecode /DCTDecode]", ""),
    ] {
        let found = canaries.say(&audit, "a.pdf", &streams("\n", &[(said, b"xx".to_vec())]));
        assert!(found.contains(why) && found.is_empty() == why.is_empty(), "{said}: {found}");
    }
}

fn wide(unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    "y 15/2020/ND-CP z".encode_utf16().flat_map(unit).collect()
}

#[test]
fn files_are_found_wherever_they_stand() {
    let canaries = Canaries::new();
    let audit = canaries.audit();
    let number = packed(b"15/2020/ND-CP");
    let deflated = |name, extra| Entry { name, method: 8, extra, data: &number };
    let long = format!("{}.txt", "a".repeat(300));
    let inner = gzip(b"15/2020/ND-CP");
    let hidden = base64(b"y 15/2020/ND-CP z");
    let layout =
        b"<?xml?><w:r>\n <w:t>15/20</w:t> \n</w:r>\n <w:r><w:t>20/N\xc4\x90-CP</w:t></w:r>";
    for (path, bytes, layer) in [
        ("a.zip", zip_of(&[stored("a", b"x"), stored("b", b"yz"), deflated("c", b"")]), "zip › c"),
        ("a.zip", zip_of(&[deflated(&long, b"")]), "aaa.txt"),
        ("a.zip", zip_of(&[deflated("c", b"extra")]), "zip › c"),
        ("a.zip", zip_of(&[stored("c.gz", &inner)]), "zip › c.gz › gzip"),
        ("a.zip", zip_of(&[stored("c.gz", &inner), deflated("d", b"")]), "zip › d"),
        ("a.docx", zip("word/document.xml", layout, 0), "zip › word/document.xml"),
        (
            "a.png",
            png(&[
                ("IHDR", b"abcdefghi".to_vec()),
                ("tIME", vec![1; 7]),
                ("zTXt", { [b"Next text\0\0", zlib(b"15/2020/ND-CP").as_slice()].concat() }),
            ]),
            "png › zTXt",
        ),
        ("a.txt", format!("{} {hidden}", "a".repeat(40)).into_bytes(), "base64"),
        ("a.txt", format!("YWJjZGVmZ2hpx\n{hidden}").into_bytes(), "base64"),
        ("a.txt", format!("YWJjZGVmZ2hpx {hidden}").into_bytes(), "base64"),
        ("a.txt", base64(&wide(u16::to_le_bytes)).into_bytes(), "UTF-16LE"),
        ("a.txt", base64(&wide(u16::to_be_bytes)).into_bytes(), "UTF-16BE"),
        ("a.doc", wide(u16::to_le_bytes), "UTF-16LE"),
        ("a.doc", wide(u16::to_be_bytes), "UTF-16BE"),
        ("a.txt", (0..4).fold("15/2020/ND-CP".into(), |text: Vec<u8>, _| base64(&text).into()), ""),
    ] {
        let found = canaries.say(&audit, path, &bytes);
        assert!(found.contains("A001") && found.contains(layer), "{layer} in {path}: {found}");
        assert!(!found.contains("A002"), "{layer} in {path}: {found}");
    }
}

#[test]
fn what_hides_nothing_is_silent() {
    let canaries = Canaries::new();
    let audit = canaries.audit();
    let many: Vec<Entry<'_>> = (0..20_000).map(|_| stored("a", b"x")).collect();
    for (path, bytes) in [
        ("a.zip", zip_of(&[stored("a.txt", b"x")])),
        ("a.zip", zip_of(&many)),
        ("a.zip", [END, b"\xff"].concat()),
        ("a.rtf", b"{\\rtf1 1.00\\par 1999}".to_vec()),
        // Blanks between tags part words, but in an office file.
        ("a.xml", b"<?xml?><a>1.00</a> <a>1999</a>".to_vec()),
        ("a.zip", zip("a.html", b"<a>1.00</a> <a>1999</a>", 0)),
    ] {
        let found = canaries.say(&audit, path, &bytes);
        assert_eq!(found, "", "{path}");
    }
}

#[test]
fn what_stays_shut_is_said() {
    let canaries = Canaries::new();
    let audit = canaries.audit();
    let zeros = packed(&vec![0; 4 << 20]);
    let zeros: Vec<Entry<'_>> =
        (0..5).map(|_| Entry { name: "a", method: 8, extra: b"", data: &zeros }).collect();
    let many: Vec<Entry<'_>> = (0..20_001).map(|_| stored("a", b"x")).collect();
    let shown = format!("BT ({}) Tj ET", "a ".repeat(1 << 19));
    let mut tables = pdf(&zlib(shown.as_bytes()), "/Filter /FlateDecode");
    for _ in 0..20 {
        tables.extend(pdf(&zlib(b"1 beginbfchar <30><0041> endbfchar"), "/Filter /FlateDecode"));
    }
    let deep = (0..5).fold(b"15/2020/ND-CP".to_vec(), |text, _| base64(&text).into_bytes());
    for (path, bytes, why) in [
        ("a.zip", zip_of(&[Entry { name: "a", method: 12, extra: b"", data: b"x" }]), "packing"),
        ("a.zip", [b"\xffPK\x01\x02", END].concat(), "broken"),
        ("a.zip", zip_of(&zeros), "too much"),
        ("a.zip", zip_of(&many), "too much"),
        ("a.pdf", tables, "too much"),
        ("a.txt", deep, "too deep"),
    ] {
        let found = canaries.say(&audit, path, &bytes);
        assert!(found.contains("A002") && found.contains(why), "{why} in {path}: {found}");
    }
}
