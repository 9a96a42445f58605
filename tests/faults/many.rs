//! Many builds of two catalogues at once, all to one place.

use std::fs;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use crate::folders::{BESIDE, Folders, PROGRAM, tree};

#[test]
fn twenty_builds_at_once_leave_one_whole_site() {
    const ROUNDS: usize = 8;
    let folders = Folders::fresh("many");
    let new = folders.built("new");
    let old = folders.built("old");
    let page = folders.out().join("index.html");
    let pages = [&old["index.html"], &new["index.html"]];
    let (mut made, mut refused) = (0, 0);
    let (done, looks, misses) = (AtomicBool::new(false), AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                let is_whole = fs::read(&page).is_ok_and(|bytes| pages.contains(&&bytes));
                misses.fetch_add(usize::from(!is_whole), Ordering::Relaxed);
                looks.fetch_add(1, Ordering::Relaxed);
                thread::yield_now();
            }
        });
        let mut wrong = Vec::new();
        for round in 0..ROUNDS {
            let children: Vec<_> = (0..20)
                .map(|child| {
                    let catalogue = ["old", "new"][(round + child) % 2];
                    let mut command = Command::new(PROGRAM);
                    command.args(folders.words(catalogue));
                    command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
                })
                .collect();
            for child in children {
                let output = child.wait_with_output().unwrap();
                let error = String::from_utf8_lossy(&output.stderr).into_owned();
                match output.status.code() {
                    Some(0) => made += 1,
                    Some(2) if error.contains("is publishing to") => refused += 1,
                    _ => wrong.push(format!("{output:?}")),
                }
            }
            let stands = tree(&folders.out()).unwrap();
            if stands != old && stands != new || folders.around() != BESIDE {
                wrong.push(format!("round {round}: {:?}", folders.around()));
            }
        }
        // The reader must end even if something is wrong.
        done.store(true, Ordering::Relaxed);
        assert!(wrong.is_empty(), "{wrong:#?}");
    });
    let looks = looks.into_inner();
    println!("{made} builds made a site, {refused} were told of another; {looks} looks");
    assert!(ROUNDS <= made && 0 < refused, "{made} made, {refused} refused");
    assert_eq!(misses.into_inner(), 0, "of {looks} looks");
}
