//! `niemyet serve`: builds, watches, builds again on a change, shows the last good site on this machine.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use super::args::Global;
use super::commands::read;
use super::{Answer, Exit, Failure, clock, colour, say};
use crate::language::Language;
use crate::live::watch::{Watched, watch};
use crate::live::{Served, Stop, serve as server};
use crate::pipeline;

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
    let served = Served::new(match language {
        Language::Vietnamese => "đang dựng trang lần đầu",
        Language::English => "making the site for the first time",
    });
    let stop = Stop::default();
    let watching = {
        let (global, served, stop) = (global.clone(), served.clone(), stop.clone());
        let folders =
            std::iter::once(global.catalogue.clone()).chain(global.theme.clone()).collect();
        let watched = Watched { folders, ignored: Vec::new(), quiet: QUIET };
        move || {
            let on_deaf = |why: &str| tell(&deaf(why, language));
            if let Err(error) = watch(&watched, &stop, || rebuild(&global, &served), on_deaf) {
                tell(&error.to_string());
            }
            stop.stop();
        }
    };
    // Not joined: Ctrl-C need not wait for a build that nobody will see.
    std::thread::spawn(watching);
    server::run(listener, &served, &stop)?;
    stop.stop();
    Ok(Answer { out: String::new(), err: String::new(), exit: Exit::Clean })
}

/// Says something at once; the server runs until it is stopped.
fn tell(text: &str) {
    say(&mut anstream::stderr(), text);
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

/// Makes the site anew, or keeps the last good one and shows why.
fn rebuild(global: &Global, served: &Served) {
    let today = global.as_of.unwrap_or_else(clock::today);
    let input = match read(global) {
        Ok(input) => input,
        Err(failure) => {
            let why = failure.said(global.lang.map(Language::from).unwrap_or_default());
            tell(&why);
            served.fail(&why);
            return;
        }
    };
    let (understood, mut report) = pipeline::examine(&input.files, today);
    let language = pipeline::language(global.lang.map(Into::into), understood.as_ref());
    let site = understood
        .as_ref()
        .and_then(|known| pipeline::site(known, &input.files, &input.theme, &mut report));
    if !report.is_empty() {
        tell(&input.print(&report, language, colour()));
    }
    if let Some(site) = site {
        let site = Arc::new(site);
        served.show(move |path| site.page(path).map(|(page, _)| page.bytes));
        tell(&match language {
            Language::Vietnamese => format!("đã dựng lại, tính đến ngày {today}"),
            Language::English => format!("made again, as of {today}"),
        });
    } else {
        served.fail(&input.print(&report, language, false));
    }
}
