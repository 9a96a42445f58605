//! The words of the command line in both languages: what `--help` says, and what is wrong with a line.
//! The words stand here and not on the options, because an option can carry one language only.

use std::error::Error;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, CommandFactory};

use super::args::Line;
use super::value::Form;
use crate::language::Language;

/// The command line with help in a language.
pub(super) fn command(language: Language) -> clap::Command {
    let line = Line::command()
        .disable_version_flag(true)
        .arg(Arg::new("version").short('V').long("version").action(ArgAction::Version));
    helped(line, "niemyet", language).mut_subcommands(|command| {
        let name = command.get_name().to_owned();
        helped(command, &name, language).mut_subcommands(|inner| {
            let name = format!("{name} {}", inner.get_name());
            helped(inner, &name, language)
        })
    })
}

/// A command with the words of the table on it and on its options.
fn helped(command: clap::Command, prefix: &str, language: Language) -> clap::Command {
    let said = |key: &str| {
        let found = HELP.iter().find(|(name, _)| *name == key);
        found.map(|(_, words)| language.pick(*words))
    };
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help);
    let command = match said(&format!("{prefix} after")) {
        Some(words) => command.after_help(words),
        None => command,
    };
    let command = command.about(said(prefix).unwrap_or_default());
    let command = command.disable_help_flag(true).arg(help).mut_args(|arg| {
        let id = arg.get_id().to_string();
        match said(&format!("{prefix} {id}")).or_else(|| said(&id)) {
            Some(words) => arg.help(words),
            None => arg,
        }
    });
    match language {
        Language::Vietnamese => headed(command),
        Language::English => command,
    }
}

/// With headings and defaults in Vietnamese: the parser speaks English alone.
fn headed(command: clap::Command) -> clap::Command {
    command
        .help_template("{about-with-newline}\nCách dùng: {usage}\n\n{all-args}{after-help}")
        .subcommand_help_heading("Lệnh")
        .subcommand_value_name("LỆNH")
        .mut_args(|arg| {
            let heading = if arg.is_positional() { "Đối số" } else { "Tùy chọn" };
            let default = arg.get_default_values().first().and_then(|value| value.to_str());
            let said = default.filter(|_| arg.get_action().takes_values());
            let said = said.zip(arg.get_help());
            let said = said.map(|(default, help)| format!("{help} [mặc định: {default}]"));
            let arg = arg.help_heading(heading);
            match said {
                Some(said) => arg.hide_default_value(true).help(said),
                None => arg,
            }
        })
}

/// What is wrong with the line, in Vietnamese; none where the parser's own words, or the help, will do.
pub(super) fn misuse(error: &clap::Error) -> Option<String> {
    let named = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
        _ => None,
    };
    let argument = || named(ContextKind::InvalidArg).unwrap_or_default();
    let what = match error.kind() {
        ErrorKind::UnknownArgument => format!("không có tùy chọn `{}`", argument()),
        ErrorKind::InvalidSubcommand => {
            format!("không có lệnh `{}`", named(ContextKind::InvalidSubcommand)?)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let value = named(ContextKind::InvalidValue).unwrap_or_default();
            let form = error.source().and_then(|cause| cause.downcast_ref::<Form>());
            let form = form.map(|form| format!("; dạng đúng: {form}")).unwrap_or_default();
            format!("`{value}` không dùng được cho `{}`{form}", argument())
        }
        ErrorKind::TooManyValues => {
            let value = named(ContextKind::InvalidValue).unwrap_or_default();
            format!("thừa `{value}` ở `{}`", argument())
        }
        ErrorKind::ArgumentConflict => {
            let other = named(ContextKind::PriorArg)?;
            if other == argument() {
                format!("`{other}` chỉ ghi một lần")
            } else {
                format!("`{}` không dùng cùng với `{other}`", argument())
            }
        }
        ErrorKind::MissingRequiredArgument => format!("thiếu {}", argument()),
        _ => return None,
    };
    let near = named(ContextKind::SuggestedSubcommand).or_else(|| named(ContextKind::SuggestedArg));
    let near = near.map(|near| format!("; có phải là `{near}`?")).unwrap_or_default();
    Some(format!("niemyet: {what}{near}; xem `niemyet --help`"))
}

const FINDINGS_FORMAT: [&str; 2] = [
    "Dạng kết quả: text, json, hoặc dạng mà nơi duyệt thay đổi đọc được: github, gitlab, sarif, rdjson, junit",
    "Form of the answer: text, json, or what reviews of changes read: github, gitlab, sarif, rdjson, junit",
];

/// Help by the name of the command or option; of an option of one command, after the command's name,
/// where it says something of its own there.
const HELP: &[(&str, [&str; 2])] = &[
    (
        "niemyet",
        [
            "Đăng thủ tục hành chính từ YAML thành trang tĩnh; cái gì hết hiệu lực thì không có trên trang",
            "Posts administrative procedures from YAML as a static site; what has ended is not on it",
        ],
    ),
    ("check", ["Kiểm tra danh mục, không đăng gì", "Examine the catalogue, publish nothing"]),
    ("build", ["Dựng trang", "Make the site"]),
    (
        "fix",
        [
            "Tự sửa những gì không phải đoán, chỉ đổi đúng chỗ cần sửa",
            "Mend what needs no guess, and change nothing else",
        ],
    ),
    (
        "dry_run",
        [
            "Chỉ in bản vá (unified diff), không ghi gì",
            "Print a patch (unified diff), write nothing",
        ],
    ),
    (
        "only",
        [
            "Chỉ những mã này, như P003,W001; xem mã nào tự sửa được bằng `niemyet explain`",
            "These codes only, such as P003,W001; `niemyet explain` tells which can be mended",
        ],
    ),
    (
        "about",
        [
            "Chỉ những chỗ dẫn hoặc nhắc văn bản này: số hoặc tên tệp",
            "Only what cites or names this document: its number or file name",
        ],
    ),
    (
        "fix after",
        [
            "Mã thoát: 0 không còn lỗi; 1 còn lỗi, hoặc có chỗ sẽ sửa khi dùng --dry-run; 2 không chạy được",
            "Exit code: 0 no error is left; 1 some are, or --dry-run shows something to mend; 2 could not run",
        ],
    ),
    (
        "audit",
        [
            "Tìm trong mọi byte của một trang, ở thư mục hay trên mạng, những gì đã hết hiệu lực hoặc không được công khai",
            "Look in every byte of a site, in a folder or posted, for what has ended or is not public",
        ],
    ),
    (
        "site",
        [
            "Thư mục của trang, hoặc địa chỉ https://… của trang có build.json",
            "The site's folder, or the address https://… of a site with a build.json",
        ],
    ),
    (
        "audit after",
        [
            "Mã thoát: 0 không thấy gì; 1 thấy, hoặc có tệp không xem được bên trong; 2 không chạy được",
            "Exit code: 0 nothing was found; 1 something was, or a file cannot be seen into; 2 could not run",
        ],
    ),
    (
        "monitor",
        [
            "Xem một trang đang đăng có đúng là trang đã dựng, còn mới, và không còn gì đã hết hiệu lực",
            "See whether a posted site is the one that was built, is fresh, and serves nothing that has ended",
        ],
    ),
    (
        "place",
        ["Địa chỉ https://… hoặc thư mục của trang", "The site's address https://… or folder"],
    ),
    (
        "key",
        [
            "Khóa công khai minisign (dòng khóa hoặc tệp): build.json phải được ký bằng khóa ấy",
            "Public key of minisign (the key or its file) with which build.json must be signed",
        ],
    ),
    (
        "sample",
        [
            "Xem mấy tệp ngoài trang chủ và các trang báo, hoặc all; không ghi thì 50 trên mạng, tất cả trong thư mục",
            "How many files to look at besides the home page and the notices, or all; 50 of a posted site, all of a folder where left out",
        ],
    ),
    (
        "state",
        [
            "Tệp nhớ bản dựng đã thấy, để biết khi trang bị lùi về bản cũ và những địa chỉ nào phải mất",
            "File that remembers the build last seen, to tell when an earlier one is put back and which addresses must be gone",
        ],
    ),
    (
        "no_catalogue",
        [
            "Chỉ so với build.json của trang, không tìm cái đã hết hiệu lực theo danh mục",
            "Compare with the site's build.json only, look for nothing that has ended by the catalogue",
        ],
    ),
    (
        "timeout",
        ["Chờ mỗi tệp tối đa mấy giây (1 đến 300)", "Seconds to wait for each file (1 to 300)"],
    ),
    (
        "monitor format",
        [
            "Dạng kết quả: text, json hoặc prometheus",
            "Form of the answer: text, json or prometheus",
        ],
    ),
    (
        "monitor after",
        [
            "Mã thoát, lỗi nặng nhất quyết định (3, 2, 4, 1): 0 mới; 1 quá hạn, hoặc máy chủ đặt sai nên người đọc có thể nhận bản cũ hay không xem được; 2 còn đăng cái đã hết hiệu lực; 3 bị sửa hoặc lùi về bản cũ; 4 không xem được; 5 lệnh không chạy được",
            "Exit code, by the worst finding (3, 2, 4, 1): 0 fresh; 1 past its time, or on a host set up so that readers may get it old or not as meant; 2 what has ended is served; 3 tampered with or rolled back; 4 cannot be reached; 5 the command could not run",
        ],
    ),
    (
        "why",
        [
            "Vì sao một văn bản hay thủ tục có tình trạng như vậy: chuỗi văn bản đứng sau",
            "The chain of acts behind the status of a document or procedure",
        ],
    ),
    (
        "next",
        [
            "Những thay đổi sắp tới: ngày nào, cái gì hiện ra, cái gì mất đi, theo văn bản nào",
            "The coming changes: which day, what appears, what goes, by which act",
        ],
    ),
    (
        "next format",
        [
            "Dạng kết quả: text, json, ics (lịch iCalendar) hoặc cron (các dòng crontab dựng lại trang)",
            "Form of the answer: text, json, ics (an iCalendar) or cron (lines for crontab that make the site again)",
        ],
    ),
    (
        "search",
        [
            "Tìm như trang tìm: tên, việc cần làm, mã thủ tục, số văn bản; không dấu cũng được",
            "Search as the site does: names, what one needs, codes, numbers of documents; marks may be left out",
        ],
    ),
    ("query", ["Điều cần tìm", "What to search"]),
    (
        "within",
        [
            "Tìm trên trang tiếng này; mặc định là tiếng thứ nhất của danh mục",
            "Search the site in this language; by default the first of the catalogue",
        ],
    ),
    ("field", ["Chỉ trong lĩnh vực này (id)", "In this field only (its id)"]),
    (
        "level",
        [
            "Chỉ ở cấp này: ministry, province, commune, other",
            "At this level only: ministry, province, commune, other",
        ],
    ),
    (
        "audience",
        [
            "Chỉ cho đối tượng này, như citizen, enterprise",
            "For these only, such as citizen, enterprise",
        ],
    ),
    (
        "online",
        [
            "Chỉ mức trực tuyến này: full, partial, information",
            "At this online level only: full, partial, information",
        ],
    ),
    (
        "impact",
        [
            "Nếu một văn bản hay điều khoản hết hiệu lực thì mất những gì",
            "What would go if a document or provision ended",
        ],
    ),
    (
        "impact id",
        [
            "Số văn bản hoặc tên tệp; điều khoản viết sau dấu #, như \"60/2014/QH13#Điều 13\"",
            "A document's number or file name; a provision after #, as in \"60/2014/QH13#Điều 13\"",
        ],
    ),
    (
        "from",
        [
            "Giả sử hết hiệu lực từ ngày này; không ghi thì là ngày tính hiệu lực",
            "The day from which it is supposed to end; the day computed for where left out",
        ],
    ),
    (
        "impact format",
        ["Dạng kết quả: text, json hoặc markdown", "Form of the answer: text, json or markdown"],
    ),
    (
        "impact after",
        [
            "Mã thoát: 0 không mất gì; 1 có thủ tục, phần của thủ tục, căn cứ, nhóm liên thông, cơ quan hay nơi tiếp nhận mất đi hoặc còn ít ngày hơn (riêng văn bản thì không tính); 2 không chạy được",
            "Exit code: 0 nothing is lost; 1 a procedure, a part of one, a legal basis, a joint group, an agency or an office goes or has fewer days (documents alone do not count); 2 could not run",
        ],
    ),
    (
        "diff",
        [
            "Người dân sẽ thấy gì khác: giữa hai phiên bản Git của danh mục, hoặc giữa hai ngày",
            "What changes for a citizen: between two Git revisions of the catalogue, or two days",
        ],
    ),
    (
        "between",
        [
            "Phiên bản Git như main, hoặc ngày; không ghi: từ HEAD đến thư mục hiện tại; một phiên bản: từ đó đến thư mục hiện tại; một ngày: từ hôm nay đến ngày ấy",
            "A Git revision such as main, or a day; none: from HEAD to the working tree; one revision: from it to the working tree; one day: from today to it",
        ],
    ),
    ("exit_code", ["Thoát với mã 1 nếu có gì khác", "Exit with 1 where anything differs"]),
    (
        "diff format",
        [
            "Dạng kết quả: text, json hoặc markdown (để làm bình luận ở yêu cầu gộp)",
            "Form of the answer: text, json or markdown (for a comment on a pull request)",
        ],
    ),
    (
        "diff after",
        [
            "Mã thoát: 0; 1 nếu có gì khác và có --exit-code; 2 không đọc được",
            "Exit code: 0; 1 where anything differs and --exit-code is given; 2 cannot be read",
        ],
    ),
    ("explain", ["Giải thích một mã lỗi", "The page of a code"]),
    (
        "explain all",
        [
            "Mọi mã theo thứ tự, dạng Markdown, làm một chương của sổ tay",
            "All codes in their order, as Markdown for a handbook",
        ],
    ),
    (
        "new",
        [
            "Tạo tệp mới đủ phần, có lời giải thích; hoặc cả một kho danh mục chạy được ngay",
            "Make a new file, complete and explained; or a whole repository that works at once",
        ],
    ),
    ("new catalogue", ["Tạo một kho danh mục", "Make a catalogue's repository"]),
    ("new procedure", ["Tạo một thủ tục", "Make a procedure"]),
    ("new document", ["Tạo một văn bản quy phạm pháp luật", "Make a legal document"]),
    ("new decision", ["Tạo một quyết định công bố", "Make an announcing decision"]),
    ("dir", ["Thư mục mới", "The new folder"]),
    ("title", ["Tên", "The title"]),
    ("publisher", ["Cơ quan công khai", "The agency that publishes"]),
    ("base_url", ["Địa chỉ trang sẽ có", "The address the site will have"]),
    (
        "program_url",
        [
            "Kho Git của chương trình niemyet, để CI cài; không ghi thì điền sau",
            "The Git repository of niemyet, from which CI installs it; to be filled in later where left out",
        ],
    ),
    (
        "team",
        [
            "Tổ chức trên GitHub hoặc GitLab có các nhóm duyệt soan-thao, phap-che, ky-thuat",
            "The organisation on GitHub or GitLab with the teams soan-thao, phap-che, ky-thuat that review",
        ],
    ),
    ("new procedure code", ["Mã thủ tục, như 1.001193", "The procedure's code, such as 1.001193"]),
    (
        "new procedure level",
        [
            "Cấp thực hiện: ministry, province, commune, other",
            "Levels that perform it: ministry, province, commune, other",
        ],
    ),
    (
        "new procedure field",
        ["Lĩnh vực (id trong fields.yaml)", "Its field (an id in fields.yaml)"],
    ),
    (
        "new procedure audience",
        ["Đối tượng, như citizen, enterprise", "For whom, such as citizen, enterprise"],
    ),
    ("basis", ["Số văn bản căn cứ chính", "The number of its main legal basis"]),
    (
        "agency",
        [
            "Cơ quan thực hiện (id trong agencies/)",
            "The agency that performs it (an id in agencies/)",
        ],
    ),
    ("number", ["Số, ký hiệu", "The number"]),
    (
        "kind",
        [
            "Loại văn bản, như luat, khi số không cho biết",
            "Its kind, such as luat, where the number does not tell",
        ],
    ),
    ("issuer", ["Cơ quan ban hành (id trong agencies/)", "Who issued it (an id in agencies/)"]),
    ("signed", ["Ngày ký", "The day it was signed"]),
    ("effective", ["Ngày có hiệu lực", "The first day in force"]),
    ("makes", ["Mã thủ tục ban hành mới", "Codes of new procedures"]),
    ("amends", ["Mã thủ tục được sửa đổi", "Codes of procedures amended"]),
    ("repeals", ["Mã thủ tục bị bãi bỏ", "Codes of procedures repealed"]),
    (
        "schema",
        [
            "Ghi lược đồ JSON của mọi loại tệp, để trình soạn thảo gợi ý, giải thích và gạch chân chỗ sai",
            "Write JSON Schemas of all kinds of files, with which an editor completes, explains and underlines",
        ],
    ),
    (
        "schema check",
        [
            "Xem lược đồ trong thư mục có phải của bản này, như sau khi nâng cấp; khác thì mã thoát 1",
            "See whether the schemas of a folder are those of this program, as after an upgrade; exit code 1 where not",
        ],
    ),
    (
        "schema out",
        [
            "Thư mục để ghi, mỗi loại tệp một lược đồ; không ghi thì in tất cả ra một lần",
            "Folder for them, one schema a kind of file; all are printed at once where left out",
        ],
    ),
    (
        "schema format",
        [
            "Dạng kết quả: json, hoặc markdown (trang liệt kê mọi khóa)",
            "Form of the answer: json, or markdown (a page of all keys)",
        ],
    ),
    (
        "serve",
        [
            "Dựng và xem trên máy này, tự dựng lại khi tệp đổi",
            "Make the site and show it on this machine, again on every change",
        ],
    ),
    ("catalogue", ["Thư mục danh mục", "The catalogue's folder"]),
    (
        "theme",
        [
            "Thư mục giao diện, đè từng tệp lên giao diện mặc định",
            "A theme's folder, laid over the default theme file by file",
        ],
    ),
    ("lang", ["Ngôn ngữ thông báo", "Language of messages"]),
    (
        "as_of",
        [
            "Ngày để tính hiệu lực, từ 1945 đến 2099; không ghi thì là hôm nay ở Việt Nam",
            "The day to compute for, from 1945 to 2099; today in Việt Nam where left out",
        ],
    ),
    ("strict", ["Cảnh báo cũng là lỗi", "Warnings fail too"]),
    ("out", ["Nơi đặt trang", "Where the site goes"]),
    (
        "build_no",
        [
            "Số bản dựng, phải cao hơn số của trang đang có, tối đa 9007199254740991; không ghi thì là số ấy cộng 1, hoặc giữ nguyên nếu không có gì đổi",
            "Number of the build, higher than that of the site that stands and at most 9007199254740991; one more, or the same where nothing differs, where left out",
        ],
    ),
    (
        "source_commit",
        [
            "Commit Git của danh mục, ghi vào build.json",
            "The catalogue's Git commit, for build.json",
        ],
    ),
    (
        "sign",
        [
            "Ký build.json bằng khóa bí mật không mật khẩu, tạo bằng `minisign -G -W`",
            "Sign build.json with a secret key without password, made by `minisign -G -W`",
        ],
    ),
    (
        "allow",
        [
            "Cho phép điều thường là tai nạn: vanish (mất quá 20 % thủ tục), backdate (lùi ngày so với trang đang có), unknown (trang đang có không so sánh được), foreign (xóa tệp lạ trong thư mục của trang)",
            "Allow what is mostly an accident: vanish (more than 20 % of the procedures go), backdate (a day before that of the site that stands), unknown (the site that stands cannot be compared), foreign (files in its folder that are none of it are deleted)",
        ],
    ),
    (
        "horizon",
        [
            "Dựng sẵn trang cho mọi thay đổi trong ngần ấy ngày (1 đến 400), kèm cấu hình để máy chủ tự chọn theo ngày",
            "Make the site of every change within so many days (1 to 400), with configuration by which the server picks by the day",
        ],
    ),
    (
        "bundle",
        [
            "Nén thêm cả trang thành một tệp để mở từ thư mục hoặc USB: tên tệp .zip, hoặc thư mục để đặt niemyet-NGÀY.zip",
            "Put the site into one archive too, to be opened from a folder or a USB stick: a .zip, or a folder for niemyet-DAY.zip",
        ],
    ),
    ("format", ["Dạng kết quả: text hoặc json", "Form of the answer: text or json"]),
    ("check format", FINDINGS_FORMAT),
    ("build format", FINDINGS_FORMAT),
    ("audit format", FINDINGS_FORMAT),
    (
        "id",
        [
            "Số văn bản, mã thủ tục hoặc tên tệp; điều khoản viết sau dấu #, như \"60/2014/QH13#Điều 13\"",
            "A document's number, a procedure's code or a file's name; a provision after #, as in \"60/2014/QH13#Điều 13\"",
        ],
    ),
    ("days", ["Chỉ trong N ngày tới", "Only the next N days"]),
    (
        "code",
        ["Mã hoặc tên, như P003 hay basis-ended", "Code or name, such as P003 or basis-ended"],
    ),
    (
        "port",
        [
            "Cổng trên máy này; không ghi thì cổng trống đầu tiên từ 8000",
            "Port on this machine; the first free one from 8000 where left out",
        ],
    ),
    (
        "quiet",
        [
            "Chỉ in những gì tìm thấy và câu trả lời, không in câu tóm tắt và tiến độ",
            "Print findings and answers alone, no summary and no progress",
        ],
    ),
    (
        "verbose",
        [
            "Nói thêm từng bước đang làm, và danh mục, ngày đang dùng",
            "Also tell each stage, and the catalogue and the day that are used",
        ],
    ),
    (
        "timings",
        ["In thời gian của từng bước khi xong", "Print how long each stage took at the end"],
    ),
    (
        "completions",
        [
            "In tệp để trình lệnh tự điền lệnh và tùy chọn, như `niemyet completions bash > ~/.local/share/bash-completion/completions/niemyet`",
            "Print what a shell completes commands and options by, as in `niemyet completions bash > ~/.local/share/bash-completion/completions/niemyet`",
        ],
    ),
    (
        "shell",
        ["Trình lệnh: bash, zsh, fish, powershell", "The shell: bash, zsh, fish, powershell"],
    ),
    (
        "man",
        [
            "In trang hướng dẫn dạng man, như `niemyet man | man -l -`",
            "Print the manual page, as in `niemyet man | man -l -`",
        ],
    ),
    (
        "command",
        [
            "Trang của một lệnh; không ghi thì trang chung",
            "The page of one command; the common one where left out",
        ],
    ),
    ("help", ["Xem hướng dẫn", "Print help"]),
    ("version", ["Xem phiên bản", "Print version"]),
];
