//! Folders of a test: two small catalogues, builds of them, and what stands there afterwards.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use walkdir::WalkDir;

/// All files of a folder by path, hidden ones too.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

pub(crate) const DAY: &str = "2026-11-22";
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_niemyet");

/// What stands there after a build: from what its pages were drawn, the lock, the site.
pub(crate) const BESIDE: [&str; 3] = [".public.drawn", ".public.lock", "public"];

/// The catalogues `old` and `new`, and a place for the site, `at/public`, beside nothing else; gone at the end.
pub(crate) struct Folders(pub(crate) PathBuf);

impl Drop for Folders {
    fn drop(&mut self) {
        let _gone = fs::remove_dir_all(&self.0);
    }
}

impl Folders {
    pub(crate) fn fresh(name: &str) -> Self {
        // In memory, if there is such a place: each build flushes its disk, and waits for all others.
        let memory = Some(PathBuf::from("/dev/shm")).filter(|memory| memory.is_dir());
        let place = memory.unwrap_or_else(std::env::temp_dir);
        let root = place.join(format!("niemyet-faults-{}-{name}", std::process::id()));
        fs::create_dir_all(root.join("at")).unwrap();
        let folders = Self(root);
        for (name, number) in [("old", 1), ("new", 2)] {
            let title = format!("title: Trang {number}\npublisher: Xã Ví Dụ\nlanguage: en\n");
            folders.write(&format!("{name}/catalogue.yaml"), &title);
            folders.write(&format!("{name}/fields.yaml"), "- {id: ho-tich, name: Hộ tịch}\n");
            let document = "number: 1/2025/NĐ-CP\ntitle: Một văn bản\neffective: 2025-01-01\n";
            folders.write(&format!("{name}/documents/a.yaml"), document);
            folders.write(&format!("{name}/forms/a.docx"), "a form");
            // No procedure goes from one to the other: a site that loses many could be refused for that.
            folders.write(
                &format!("{name}/procedures/a.yaml"),
                &format!(
                    "code: \"1.000001\"\ntitle: Đăng ký {number}\nfield: ho-tich\n\
                     legal_basis: [1/2025/NĐ-CP]\nforms: [{{id: a, name: A, file: a.docx}}]\n"
                ),
            );
            folders.write(&format!("{name}/pages/of-{name}.md"), "# Giới thiệu\n\nMột đoạn.\n");
        }
        folders
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Where the site stands.
    pub(crate) fn out(&self) -> PathBuf {
        self.0.join("at/public")
    }

    /// The words of a build, without the program itself.
    pub(crate) fn words(&self, catalogue: &str) -> Vec<String> {
        let (catalogue, out) = (self.0.join(catalogue), self.out());
        ["build", "--lang", "en", "--as-of", DAY, "--catalogue"]
            .into_iter()
            .chain([catalogue.to_str().unwrap(), "--out", out.to_str().unwrap()])
            .map(str::to_owned)
            .collect()
    }

    /// Builds without any fault.
    pub(crate) fn build(&self, catalogue: &str) -> Output {
        Command::new(PROGRAM).args(self.words(catalogue)).output().unwrap()
    }

    /// Builds, which must succeed, and takes what then stands there.
    #[track_caller]
    pub(crate) fn built(&self, catalogue: &str) -> Tree {
        let output = self.build(catalogue);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(self.around(), BESIDE);
        tree(&self.out()).unwrap()
    }

    /// What stands beside the site, and the site.
    pub(crate) fn around(&self) -> Vec<String> {
        let names = fs::read_dir(self.0.join("at")).unwrap();
        let mut names: Vec<_> =
            names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

/// What stands in a folder; none where there is no folder.
pub(crate) fn tree(folder: &Path) -> Option<Tree> {
    let files = WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = files.filter(|entry| !entry.file_type().is_dir()).map(|entry| {
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        let bytes = fs::read(entry.path()).unwrap();
        let is_closing = path == niemyet::files::MANIFEST;
        (path, if is_closing { without_number(&bytes) } else { bytes })
    });
    folder.exists().then(|| files.collect())
}

/// What closes a site may count the builds; two builds of one catalogue differ in that.
fn without_number(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    let Some((before, after)) = text.split_once("\"build_no\":") else { return bytes.to_vec() };
    let after = after.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
    format!("{before}{after}").into_bytes()
}
