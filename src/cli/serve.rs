//! `niemyet serve`: one thread watches, one builds, and this one serves what they show, on this machine.

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::thread::spawn;
use std::time::Duration;

use super::args::Global;
use super::commands::read;
use super::desk::{Desk, tell};
use super::state::only;
use super::{Answer, Exit, Failure};
use crate::language::Language;
use crate::live::watch::{Watched, watch};
use crate::live::{Served, Stop, serve as server};

/// How long nothing may change before the site is made again.
const QUIET: Duration = Duration::from_millis(40);

pub(super) fn serve(global: &Global, port: Option<u16>) -> Result<Answer, Failure> {
    let language = global.lang.map(Language::from).unwrap_or_default();
    // A folder that is not there is a mistake now, though one that vanishes later is waited for.
    read(global)?;
    let listener = server::bind(port).map_err(|error| no_port(port, &error, language))?;
    let address = listener.local_addr()?;
    tell(&match language {
        Language::Vietnamese => format!("xem tại http://{address}/ (Ctrl-C để dừng)"),
        Language::English => format!("serving http://{address}/ (Ctrl-C stops)"),
    });
    let served = Served::new(only(match language {
        Language::Vietnamese => "đang dựng trang lần đầu",
        Language::English => "making the site for the first time",
    }));
    let stop = Stop::default();
    let desk = Arc::new(Desk::new(global, &served));
    // More than one change that waits is one: all is read again.
    let (wake, woken) = sync_channel(1);
    let building = {
        let desk = Arc::clone(&desk);
        move || desk.build(&woken)
    };
    let watching = {
        let stop = stop.clone();
        let folders =
            std::iter::once(global.catalogue.clone()).chain(global.theme.clone()).collect();
        let watched = Watched { folders, ignored: Vec::new(), quiet: QUIET };
        move || {
            let on_hint = |paths: &BTreeSet<PathBuf>| desk.touch(paths);
            let on_change = || {
                let _ = wake.try_send(());
            };
            let on_deaf = |why: &str| tell(&deaf(why, language));
            if let Err(error) = watch(&watched, &stop, on_hint, on_change, on_deaf) {
                tell(&error.to_string());
            }
            stop.stop();
        }
    };
    // Not joined: Ctrl-C need not wait for a build that nobody will see.
    spawn(building);
    spawn(watching);
    server::run(listener, &served, &stop)?;
    stop.stop();
    Ok(Answer { out: String::new(), err: String::new(), exit: Exit::Clean })
}

fn no_port(port: Option<u16>, error: &io::Error, language: Language) -> Failure {
    let (first, last) = server::PORTS.into_inner();
    Failure::Said(match (port, language) {
        (Some(port), Language::Vietnamese) => {
            format!("không dùng được cổng {port}: {error}; chọn cổng khác bằng `--port`")
        }
        (Some(port), Language::English) => {
            format!("cannot use port {port}: {error}; choose another with `--port`")
        }
        (None, Language::Vietnamese) => {
            format!(
                "không có cổng nào từ {first} đến {last} dùng được: {error}; chọn cổng khác bằng `--port`"
            )
        }
        (None, Language::English) => {
            format!(
                "no port from {first} to {last} can be used: {error}; choose another with `--port`"
            )
        }
    })
}

fn deaf(why: &str, language: Language) -> String {
    match language {
        Language::Vietnamese => {
            format!("hệ thống không báo khi tệp thay đổi ({why}); sẽ xem lại mỗi giây một lần")
        }
        Language::English => {
            format!("the system does not tell of changes ({why}); looking each second instead")
        }
    }
}
