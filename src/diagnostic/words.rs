//! The words of every finding, in Vietnamese and in English, from one table.
//! A message is one line, starts small and has no full stop; a help says what to type.

use super::code::Code;
use super::{Diagnostic, Note, Value};
use crate::language::Language;

/// A remark under a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remark {
    /// The other of two things that collide.
    OtherHere,
    /// One of several candidates.
    Candidate,
    /// A link of the chain of acts that explains a status.
    Because,
    /// The successor that the register names.
    Successor,
    /// Free words of a tool below us, such as the YAML parser or the template engine.
    Cause,
    /// Something that is affected.
    Affected,
    /// How many more there are than are named.
    More,
    /// Working days were counted across years of which no holiday is known.
    HolidaysUnknown,
    /// An act of one document on another.
    ActHere,
    /// A tie of one document to another that it implements.
    TieHere,
    /// Where a document is signed.
    SignedHere,
    /// Where a document takes effect.
    EffectiveHere,
    /// The agency of an office.
    AgencyHere,
    /// The first of two things of which one is enough.
    FirstHere,
    /// The other of two documents with one number, signed on another day.
    SignedApart,
    /// The other of two documents with one number, signed on the same day.
    SignedAlike,
    /// The line of the theme that brought it to the site.
    BroughtBy,
    /// The first day of the site in which it was found, of the sites of a horizon.
    FromDay,
}

/// A sentence in both languages.
type Words = [&'static str; 2];

/// The message of a code.
#[rustfmt::skip]
#[expect(clippy::too_many_lines, reason = "a table, one line a code")]
fn message(code: Code) -> Words {
    match code {
        Code::SymbolicLink => ["`{path}` là liên kết tượng trưng hoặc tệp đặc biệt, không được đọc", "`{path}` is a symbolic link or a special file and is not read"],
        Code::FileTooLarge => ["tệp `{path}` có {size}, quá giới hạn {limit}", "file `{path}` has {size}, more than the limit of {limit}"],
        Code::NotUtf8 => ["tệp không phải UTF-8: byte lạ ở vị trí {offset}", "the file is not UTF-8: odd byte at offset {offset}"],
        Code::ControlCharacter => ["ký tự điều khiển {character} không được phép", "control character {character} is not allowed"],
        Code::Syntax => ["không đọc được YAML: {cause}", "the YAML cannot be read: {cause}"],
        Code::TooDeep => ["lồng nhau quá {limit} tầng", "nested deeper than {limit} levels"],
        Code::AnchorOrTag => ["{what} không được dùng trong danh mục", "{what} is not used in a catalogue"],
        Code::SeveralDocuments => ["tệp có nhiều hơn một tài liệu YAML", "the file holds more than one YAML document"],
        Code::DuplicateKey => ["khóa `{key}` có hai lần", "key `{key}` stands twice"],
        Code::UnknownKey => ["không có khóa `{key}` ở đây", "there is no key `{key}` here"],
        Code::MissingKey => ["thiếu khóa `{key}`", "key `{key}` is missing"],
        Code::WrongShape => ["`{key}` phải là {expected}, ở đây là {found}", "`{key}` must be {expected}, here it is {found}"],
        Code::UnquotedNumber => ["`{text}` là chữ, nhưng viết không có dấu nháy thì YAML đọc thành số", "`{text}` is text, but without quotes YAML reads it as a number"],
        Code::BadDate => ["`{text}` không phải là một ngày", "`{text}` is not a date"],
        Code::BadWord => ["`{text}` không phải là giá trị của `{key}`", "`{text}` is no value of `{key}`"],
        Code::EmptyValue => ["`{key}` để trống", "`{key}` is empty"],
        Code::NotNfc => ["chữ chưa ở dạng Unicode NFC", "the text is not in Unicode NFC"],
        Code::BadFileName => ["tên tệp `{name}` không dùng làm địa chỉ được", "file name `{name}` cannot serve as an address"],
        Code::UnknownFile => ["tệp `{path}` không thuộc phần nào của danh mục", "file `{path}` belongs to no part of a catalogue"],
        Code::BadNumber => ["`{text}` không phải là số dùng được cho `{key}`", "`{text}` is not a number that `{key}` takes"],
        Code::WindowBackwards => ["ngày cuối {last_day} đứng trước ngày đầu {from}", "the last day {last_day} comes before the first day {from}"],
        Code::SentinelDate => ["ngày {date} không thể đúng: trước năm 1945 hoặc từ năm 2100", "the date {date} cannot be right: before 1945 or from 2100 on"],
        Code::BadProvision => ["không đọc được điều khoản `{text}`", "provision `{text}` cannot be read"],
        Code::BadLink => ["liên kết `{text}` không an toàn hoặc không đọc được", "link `{text}` is unsafe or cannot be read"],
        Code::RawHtml => ["HTML viết thẳng không được phép trong văn bản", "raw HTML is not allowed in texts"],
        Code::ConflictMarker => ["tệp còn dấu xung đột của git", "the file still has a conflict marker of git"],
        Code::CatalogueMissing => ["không có tệp `catalogue.yaml`", "there is no file `catalogue.yaml`"],
        Code::DuplicateId => ["`{id}` đã được dùng", "`{id}` is already taken"],
        Code::AgencyUnknown => ["không có cơ quan `{id}`", "there is no agency `{id}`"],
        Code::FieldUnknown => ["không có lĩnh vực `{id}`", "there is no field `{id}`"],
        Code::ProcedureUnknown => ["không có thủ tục mã `{code}`", "there is no procedure with code `{code}`"],
        Code::OfficeUnknown => ["không có nơi tiếp nhận `{id}`", "there is no office `{id}`"],
        Code::FormFileMissing => ["không có tệp biểu mẫu `{path}`", "there is no form file `{path}`"],
        Code::FormFileUnused => ["không thủ tục nào dùng biểu mẫu `{path}`", "no procedure uses the form `{path}`"],
        Code::AgencyEnded => ["cơ quan `{id}` không còn từ {date}", "agency `{id}` has not existed since {date}"],
        Code::FormKind => ["tệp biểu mẫu `{path}` là loại không phát hành được", "form file `{path}` is of a kind that is not handed out"],
        Code::OfficeEnded => ["nơi tiếp nhận `{id}` không còn từ {date}: {why}", "office `{id}` has not received since {date}: {why}"],
        Code::CheckedInFuture => ["ghi là đã đối chiếu ngày {date}, nhưng ngày ấy chưa tới", "it is recorded as compared on {date}, but that day is yet to come"],
        Code::UpkeepBudget => ["{overdue} trong {published} thủ tục đang công khai quá hạn đối chiếu ({share}), vượt mức {limit}", "{overdue} of {published} published procedures are overdue for a check ({share}), more than the limit of {limit}"],
        Code::PlaceWillGo => ["{what} không còn từ {date} ({left})", "{what} is gone from {date} ({left})"],
        Code::GroupWillGo => ["nhóm liên thông “{name}” ngừng từ {date} ({left})", "joint group “{name}” stops on {date} ({left})"],
        Code::FormerIdTaken => ["tên cũ `{id}` đã được dùng", "former name `{id}` is already taken"],
        Code::TranslationUnused => ["bản dịch không khớp với văn bản nào: “{text}”", "a translation fits no text: “{text}”"],
        Code::TranslationMissing => ["{missing} trong {all} chỗ của thủ tục `{code}` chưa có bản dịch {language}; chỗ đầu là “{text}”", "{missing} of {all} texts of procedure `{code}` are not translated into {language}; the first is “{text}”"],
        Code::TargetUnknown => ["văn bản `{number}` không có trong danh bạ văn bản", "document `{number}` is not in the register"],
        Code::NumberAmbiguous => ["số `{number}` là của nhiều văn bản", "number `{number}` belongs to several documents"],
        Code::KindMissing => ["số `{number}` không cho biết loại văn bản", "number `{number}` does not tell the kind of document"],
        Code::EffectiveMissing => ["văn bản `{number}` không ghi ngày có hiệu lực", "document `{number}` has no effective date"],
        Code::Cycle => ["văn bản `{number}` nằm trong một vòng {n} văn bản tác động lẫn nhau", "document `{number}` is on a circle of {n} documents that act on each other"],
        Code::EndBeforeStart => ["`{number}` hết thời hạn sau ngày {last_day}, trước khi{part} có hiệu lực ({from})", "the own term of `{number}` ends after {last_day}, before {part} takes effect ({from})"],
        Code::ActWithoutForce => ["tác động lên `{target}` không có hiệu lực: {why}", "the act on `{target}` has no effect: {why}"],
        Code::ScopeUnspecified => ["không ghi phần nào của `{target}` bị tác động, nên tình trạng của nó là chưa rõ", "which part of `{target}` is touched is not recorded, so its status is unknown"],
        Code::StatusDiffers => ["`{number}` được ghi là “{asserted}” nhưng tính ra “{computed}”", "`{number}` is recorded as “{asserted}” but computes as “{computed}”"],
        Code::NumberTwice => ["số `{number}` đã có ở một văn bản khác", "number `{number}` is also that of another document"],
        Code::ParentEnded => ["văn bản `{parent}` mà `{number}` quy định chi tiết đã hết hiệu lực từ {date}; theo quy định ngày đó `{number}` vẫn còn hiệu lực nhưng phải rà soát", "`{parent}`, which `{number}` implements, ended on {date}; by the rule of that day `{number}` lives on but must be reviewed"],
        Code::NumberMissing => ["văn bản cần `number` hoặc `short_title`", "a document needs `number` or `short_title`"],
        Code::ActsOnNewer => ["`{number}` ({born} {date}) có trước khi `{target}` được ban hành ({signed}), nên không thể tác động lên nó", "`{number}` ({born} {date}) comes before `{target}` was signed ({signed}), and cannot act on it"],
        Code::EndUndated => ["`{number}` được ghi là “{asserted}” nhưng danh bạ không cho biết hết từ ngày nào, theo văn bản nào", "`{number}` is recorded as “{asserted}”, but the register does not tell since when or by which document"],
        Code::SuccessorGap => ["`{target}` hết hiệu lực từ {ended}, đến {begins} thì `{number}` thay thế nó mới có hiệu lực: {days} không có văn bản nào", "`{target}` ends on {ended}, and `{number}`, which replaces it, begins only on {begins}: {days} without either"],
        Code::SuccessorOverlap => ["`{number}` thay thế `{target}` nhưng cả hai cùng có hiệu lực từ {from} đến hết {last_day}: {days}", "`{number}` replaces `{target}`, yet both are in force from {from} to {last_day}: {days}"],
        Code::ActOnEnded => ["`{number}` tác động lên `{target}`{provision} từ {date}, nhưng phần ấy đã hết hiệu lực từ {ended}", "`{number}` acts on `{target}`{provision} from {date}, but that ended on {ended} already"],
        Code::ActsOnItself => ["văn bản `{number}` tác động lên chính nó", "document `{number}` acts on itself"],
        Code::ActsContradict => ["hai tác động của `{number}` lên `{target}` không khớp nhau: {why}", "two acts of `{number}` on `{target}` do not fit together: {why}"],
        Code::ExceptOutside => ["`except` không loại trừ được gì: {why}", "`except` excepts nothing: {why}"],
        Code::ResumesNothing => ["`{number}` khôi phục hiệu lực của `{target}` từ {date}, nhưng lúc ấy không có gì đang bị tạm ngưng", "`{number}` resumes `{target}` from {date}, but nothing of it is suspended then"],
        Code::ContinuesNothing => ["`{number}` công bố `{target}` tiếp tục có hiệu lực, nhưng {why}", "`{number}` declares that `{target}` continues, but {why}"],
        Code::OlderThanParent => ["`{number}` ({born} {date}) có trước văn bản mà nó quy định chi tiết, `{parent}` (ban hành {signed})", "`{number}` ({born} {date}) is older than `{parent}`, which it implements (signed on {signed})"],
        Code::BeforeParent => ["`{number}` có hiệu lực từ {begins}, trước `{parent}` mà nó quy định chi tiết ({date}) {days}", "`{number}` takes effect on {begins}, {days} before `{parent}`, which it implements ({date})"],
        Code::EffectiveBeforeSigned => ["`{number}` có hiệu lực từ {from}, trước khi được ban hành ({signed}) {days}", "`{number}` takes effect on {from}, {days} before it was signed ({signed})"],
        Code::SignedInFuture => ["`{number}` ghi ngày ban hành {date}, nhưng ngày ấy chưa tới", "`{number}` is recorded as signed on {date}, but that day is yet to come"],
        Code::CountsLater => ["tác động của `{number}` lên `{target}` ghi `{key}: {early}` nhưng chỉ được tính từ {date}: trước ngày đó văn bản hoặc điều khoản tác động không có hiệu lực", "the act of `{number}` on `{target}` says `{key}: {early}` but counts only from {date}: the text or clause that acts is not in force before"],
        Code::OlderPrevails => ["ngày có hiệu lực của `{target}`{part} được tính theo `{number}`, ban hành trước ({signed}) nhưng được tính sau (từ {date}), mà không theo `{other}`, ban hành sau ({later})", "the first day of `{target}`{part} follows `{number}`, which was signed earlier ({signed}) but is taken later (it counts from {date}), and not `{other}`, which was signed later ({later})"],
        Code::BasisWillEnd => ["`{number}`{part} {what} từ {date} ({left}), mà {count} còn dẫn", "`{number}`{part} {what} on {date} ({left}), and is still cited {count}"],
        Code::BasisWillPause => ["`{number}`{part} bị tạm ngưng hiệu lực từ {date} ({left}), mà {count} còn dẫn", "`{number}`{part} is suspended from {date} ({left}), and is still cited {count}"],
        Code::ProvisionTwice => ["{provision} có hai ngày có hiệu lực: {first} và {date}", "{provision} is given two first days: {first} and {date}"],
        Code::ExtendsBack => ["`{number}` kéo dài `{target}` đến {last_day}, sớm hơn thời hạn đang có ({term})", "`{number}` extends `{target}` to {last_day}, earlier than the term it has ({term})"],
        Code::ParentTwice => ["`{number}` ghi hai lần là quy định chi tiết `{parent}`", "`{number}` is recorded twice to implement `{parent}`"],
        Code::ImplementsLower => ["`{number}` ({kind}) ghi là quy định chi tiết `{parent}` ({parent_kind}), văn bản thấp hơn", "`{number}` ({kind}) is recorded to implement `{parent}` ({parent_kind}), a lower text"],
        Code::ActsOnHigher => ["`{number}` ({kind}) không thể tác động như vậy lên `{target}` ({target_kind})", "`{number}` ({kind}) cannot do this to `{target}` ({target_kind})"],
        Code::OtherYear => ["`{number}` ghi ngày ban hành {date}, khác năm trong số hiệu", "`{number}` is recorded as signed on {date}, in another year than its number names"],
        Code::BasisUnknown => ["căn cứ `{number}` không có trong danh bạ văn bản", "legal basis `{number}` is not in the register"],
        Code::BasisUndated => ["hiệu lực của căn cứ `{number}` chưa rõ", "the force of legal basis `{number}` is not known"],
        Code::BasisEnded => ["căn cứ `{number}` đã hết hiệu lực từ {date}", "legal basis `{number}` has had no force since {date}"],
        Code::ProvisionEnded => ["căn cứ `{number}` {provision} đã hết hiệu lực từ {date}", "legal basis `{number}` {provision} has had no force since {date}"],
        Code::BasisNotYet => ["căn cứ `{number}` đến {date} mới có hiệu lực", "legal basis `{number}` takes effect only on {date}"],
        Code::BasisSuspended => ["căn cứ `{number}` đang bị tạm ngưng hiệu lực từ {date}", "legal basis `{number}` has been suspended since {date}"],
        Code::BasisMissing => ["thủ tục không có căn cứ pháp lý", "the procedure has no legal basis"],
        Code::PartMissing => ["thiếu bộ phận bắt buộc: {parts}", "mandatory parts missing: {parts}"],
        Code::VersionsOverlap => ["hai bản của thủ tục `{code}` cùng áp dụng từ {from}", "two versions of procedure `{code}` apply at once from {from}"],
        Code::VersionsGap => ["không bản nào của thủ tục `{code}` áp dụng từ {from} đến hết {last_day}", "no version of procedure `{code}` applies from {from} to {last_day}"],
        Code::ElementEnded => ["{kind} “{name}” {why}", "{kind} “{name}” {why}"],
        Code::ExemptionEnded => ["phép áp dụng chuyển tiếp `{number}` đã hết sau ngày {last_day}", "the leave to go on using `{number}` ended after {last_day}"],
        Code::BadCode => ["`{code}` không đúng dạng mã thủ tục", "`{code}` does not have the form of a procedure code"],
        Code::FormUnknown => ["thủ tục không có biểu mẫu `{id}`", "the procedure has no form `{id}`"],
        Code::InternalTooLong => ["các bước nội bộ cộng lại {sum}, quá thời hạn giải quyết {limit}", "the internal steps take {sum} in all, more than the time limit of {limit}"],
        Code::BasisUnclear => ["không rõ {provision} của `{number}` còn hiệu lực hay không", "it is not clear whether {provision} of `{number}` is in force"],
        Code::BasisNotNormative => ["căn cứ `{number}` {why}", "legal basis `{number}` {why}"],
        Code::BasisTwice => ["căn cứ `{number}` đứng hai lần trong một danh sách", "legal basis `{number}` stands twice in one list"],
        Code::BasisSpent => ["căn cứ `{number}` chỉ sửa đổi văn bản đã hết hiệu lực: {targets}", "legal basis `{number}` amends only what has ended: {targets}"],
        Code::CheckOverdue => ["thủ tục `{code}` {why}", "procedure `{code}` {why}"],
        Code::ExemptionPlaceholder => ["`{key}` của phép áp dụng chuyển tiếp là “{text}”, chưa nói gì", "`{key}` of the exemption is “{text}”, which says nothing"],
        Code::ExemptionNeedless => ["phép áp dụng chuyển tiếp `{number}` là thừa: đến hết {last_day} không có gì trong phần được dẫn hết hiệu lực", "the exemption of `{number}` is needless: nothing that is cited of it ends by {last_day}"],
        Code::ProcedureWillGo => ["thủ tục `{code}` rời trang từ {date} ({left}): {why}", "procedure `{code}` leaves the site on {date} ({left}): {why}"],
        Code::ElementWillGo => ["{kind} “{name}” rời trang từ {date} ({left}), không có gì thay", "{kind} “{name}” leaves the site on {date} ({left}), and nothing takes its place"],
        Code::ExemptionWillEnd => ["phép áp dụng chuyển tiếp `{number}` hết từ {date} ({left}), {fate}", "the leave to go on using `{number}` ends on {date} ({left}), {fate}"],
        Code::RepealComing => ["Quyết định {number} bãi bỏ {count} thủ tục từ {date} ({left})", "decision {number} repeals {count} on {date} ({left})"],
        Code::NextCheckPast => ["lần đối chiếu sau ({next}) không sau lần vừa rồi ({on})", "the next comparison ({next}) is not after the last one ({on})"],
        Code::ItemUnknown => ["quyết định nhắc thủ tục `{code}` nhưng danh mục không có", "the decision names procedure `{code}`, which the catalogue does not hold"],
        Code::DecisionDays => ["ngày tháng của quyết định `{number}` không hợp lý: {why}", "the days of decision `{number}` cannot be right: {why}"],
        Code::SignedLate => ["quyết định `{number}` ký muộn {late} cho {procedures}: `{basis}` có hiệu lực từ {date}, phải ký {deadline}", "decision `{number}` was signed {late} late for {procedures}: `{basis}` takes effect on {date}, and it was to be signed {deadline}"],
        Code::PublicLate => ["quyết định `{number}` công khai muộn {late}: ký ngày {signed}, công khai ngày {date}, hạn là {deadline} sau khi ký", "decision `{number}` was made public {late} late: signed on {signed}, public on {date}, due within {deadline}"],
        Code::NotPublic => ["quyết định `{number}` quá hạn công khai {late}: ký ngày {signed}, hạn là {deadline} sau khi ký", "decision `{number}` is {late} overdue to be made public: signed on {signed}, due within {deadline}"],
        Code::AnnouncementOverdue => ["thủ tục `{code}` quá hạn công bố {late}: `{basis}` có hiệu lực từ {date}, còn quyết định mới nhất `{number}` ký trước văn bản đó", "procedure `{code}` is {late} overdue to be announced: `{basis}` has been in force since {date}, and the last decision `{number}` is older than that document"],
        Code::DecisionTooEarly => ["quyết định `{number}` có hiệu lực từ {effective}, trước `{basis}` (từ {date}), cho {procedures}", "decision `{number}` takes effect on {effective}, before `{basis}` does on {date}, for {procedures}"],
        Code::DecisionInFuture => ["quyết định `{number}` ghi {what} {date}, nhưng ngày ấy chưa tới", "decision `{number}` says that it was {what} on {date}, a day yet to come"],
        Code::NotAnnouncing => ["`{number}` không phải là số của một quyết định công bố", "`{number}` is not the number of an announcing decision"],
        Code::ProseEnded => ["đoạn văn nhắc đến `{number}`, đã hết hiệu lực từ {date}", "the text names `{number}`, which has had no force since {date}"],
        Code::ProseUnknown => ["đoạn văn nhắc đến `{number}`, không có trong danh bạ văn bản", "the text names `{number}`, which is not in the register"],
        Code::ProseDateDiffers => ["ngày {said} ghi cho `{number}` khác với {expected}", "the day {said} said of `{number}` differs from {expected}"],
        Code::DeadTerm => ["“{term}” không còn từ {date}", "“{term}” has not existed since {date}"],
        Code::ProseAmbiguous => ["số `{number}` trong đoạn văn là của nhiều văn bản", "number `{number}` in the text belongs to several documents"],
        Code::ProseSuspended => ["đoạn văn nhắc đến `{number}`, đang tạm ngưng hiệu lực từ {date}", "the text names `{number}`, which has been suspended since {date}"],
        Code::ProseWillEnd => ["{what} nhắc đến {names}, không còn hiệu lực từ {date} ({left}); {fate}", "{what} names {names}, without force from {date} on ({left}); {fate}"],
        Code::ProseWithheld => ["đoạn văn nhắc đến {names}, không được nêu trên trang, nên bị gỡ", "the text names {names}, which the site may not name, and is left off it"],
        Code::ProseEmpty => ["đoạn văn không hiện chữ nào: dòng này chỉ khai địa chỉ `{text}` cho một liên kết khác", "the text shows no words: this line only gives the address `{text}` of another link"],
        Code::ProseMarks => ["mục này không đọc markdown hay HTML: trang hiện nguyên các dấu trong `{text}`", "no markdown or HTML is read here: the page shows the marks in `{text}` as they are"],
        Code::Template => ["mẫu trang `{name}` không dùng được", "template `{name}` cannot be used"],
        Code::AddressTaken => ["hai trang cùng địa chỉ `{address}`", "two pages share the address `{address}`"],
        Code::EndedNamed => ["trang còn nhắc {what} đã hết hiệu lực: “{said}” trong `{page}`, byte {offset}{layer}", "the site still names {what}, which is over: “{said}” in `{page}`, byte {offset}{layer}"],
        Code::ContainerShut => ["không xem được bên trong `{path}`: {why}", "the inside of `{path}` cannot be seen: {why}"],
        Code::WithheldNamed => ["trang còn nhắc thứ không được công khai, {what}: “{said}” trong `{page}`, byte {offset}{layer}", "the site names what is not public, {what}: “{said}” in `{page}`, byte {offset}{layer}"],
        Code::ProceduresVanish => ["{gone} trong {stood} thủ tục đang có trên trang sẽ mất cùng lúc, quá một phần năm", "{gone} of the {stood} procedures of the site that stands would be gone at once, more than a fifth"],
        Code::DayGoesBack => ["trang được dựng cho ngày {as_of}, trước ngày của trang đang có ({standing})", "the site is made for {as_of}, a day before that of the site that stands ({standing})"],
        Code::BuildNumberLow => ["số bản dựng {number} không cao hơn số của trang đang có ({standing})", "build number {number} is not higher than that of the site that stands ({standing})"],
        Code::SiteUnknown => ["trang đang có không rõ là trang nào nên không so sánh được với trang mới", "which site it is that stands cannot be told, so the new one cannot be compared with it"],
        Code::FilesForeign => ["trong thư mục của trang có {count} không do niemyet tạo, mà khi dựng trang thì cả thư mục bị thay thế", "the folder of the site holds {count} that niemyet did not make, and a site replaces its whole folder"],
        Code::BuildNumbersSpent => ["trang đang có đã mang số bản dựng cao nhất ({standing}), không còn số nào cao hơn", "the site that stands has the highest build number there is ({standing}), and none is left"],
    }
}

/// What to do, where there is no nearest thing to name.
#[rustfmt::skip]
#[expect(clippy::too_many_lines, reason = "a table, one line a code")]
fn help(code: Code) -> Words {
    match code {
        Code::SymbolicLink => ["chép tệp thật vào thư mục danh mục", "copy the real file into the catalogue"],
        Code::FileTooLarge => ["chia nhỏ tệp, hoặc bỏ tệp không phải là dữ liệu", "split the file, or remove what is not data"],
        Code::NotUtf8 => ["lưu lại tệp với bảng mã UTF-8", "save the file as UTF-8"],
        Code::ControlCharacter => ["xóa ký tự đó", "delete that character"],
        Code::Syntax => ["xem dấu nháy, dấu hai chấm và khoảng trắng đầu dòng ở chỗ này và dòng trên", "look at the quotes, colons and indents here and on the line above"],
        Code::TooDeep => ["viết phẳng hơn", "write it flatter"],
        Code::AnchorOrTag => ["viết đầy đủ nội dung ra", "write it out in full"],
        Code::SeveralDocuments => ["mỗi tệp một tài liệu: bỏ dòng `---` ở giữa", "one document a file: remove the `---` in the middle"],
        Code::DuplicateKey => ["giữ một, xóa một", "keep one, delete the other"],
        Code::UnknownKey => ["các khóa dùng được: {known}", "the keys that are known: {known}"],
        Code::MissingKey => ["thêm `{key}: …`", "add `{key}: …`"],
        Code::WrongShape => ["viết lại thành {expected}", "write it as {expected}"],
        Code::UnquotedNumber => ["đặt trong dấu nháy: \"{text}\"", "put it in quotes: \"{text}\""],
        Code::BadDate => ["viết năm-tháng-ngày, như 2026-07-01", "write year-month-day, as in 2026-07-01"],
        Code::BadWord => ["một trong: {known}", "one of: {known}"],
        Code::EmptyValue => ["điền giá trị, hoặc xóa cả dòng", "give a value, or delete the line"],
        Code::NotNfc => ["lưu lại bằng bộ gõ Unicode dựng sẵn", "save it with precomposed characters"],
        Code::BadFileName => ["chỉ dùng a-z, 0-9 và dấu gạch nối, như `{near}`", "use a-z, 0-9 and hyphens only, as in `{near}`"],
        Code::UnknownFile => ["xem tên thư mục và đuôi tệp; danh mục dùng đuôi `.yaml`", "look at the folder and the extension; a catalogue uses `.yaml`"],
        Code::BadNumber => ["viết {expected}", "write {expected}"],
        Code::WindowBackwards => ["sửa `from` hoặc `last_day`", "mend `from` or `last_day`"],
        Code::SentinelDate => ["xem lại năm; nếu chưa biết ngày thì xóa dòng này", "look at the year; if the day is not known, delete the line"],
        Code::BadProvision => ["viết như \"Điều 4 khoản 2 điểm a\" hoặc \"Phụ lục IV\"", "write it as in \"Điều 4 khoản 2 điểm a\" or \"Phụ lục IV\""],
        Code::BadLink => ["dùng địa chỉ bắt đầu bằng https://, http://, mailto:, tel: hoặc đường dẫn trong trang", "use an address that starts with https://, http://, mailto:, tel: or a path inside the site"],
        Code::RawHtml => ["viết bằng markdown, hoặc đặt chữ đó giữa hai dấu `", "write it in markdown, or put it between backquotes"],
        Code::ConflictMarker => ["chọn một bên rồi xóa các dòng <<<<<<<, ======= và >>>>>>>", "choose a side and delete the lines <<<<<<<, ======= and >>>>>>>"],
        Code::CatalogueMissing => ["tạo `catalogue.yaml` với `title` và `publisher`", "make `catalogue.yaml` with `title` and `publisher`"],
        Code::DuplicateId => ["đổi tên một trong hai", "rename one of the two"],
        Code::AgencyUnknown => ["tạo `agencies/{id}.yaml`", "make `agencies/{id}.yaml`"],
        Code::FieldUnknown => ["thêm vào `fields.yaml`: - {id: {id}, name: …}", "add to `fields.yaml`: - {id: {id}, name: …}"],
        Code::ProcedureUnknown => ["xem lại mã, hoặc bỏ dòng này", "look at the code again, or delete the line"],
        Code::OfficeUnknown => ["thêm vào `offices` của một cơ quan trong `agencies/`", "add it to the `offices` of an agency in `agencies/`"],
        Code::FormFileMissing => ["đặt tệp vào `forms/`, hoặc sửa `file`", "put the file into `forms/`, or mend `file`"],
        Code::FormFileUnused => ["xóa tệp, hoặc khai ở `forms` của thủ tục", "delete the file, or name it in `forms` of a procedure"],
        Code::AgencyEnded => ["thay bằng cơ quan kế tục", "put the agency that took its place"],
        Code::FormKind => ["dùng pdf, doc, docx, xls, xlsx, odt, ods, rtf, txt, png hoặc jpg", "use pdf, doc, docx, xls, xlsx, odt, ods, rtf, txt, png or jpg"],
        Code::OfficeEnded => ["thay bằng nơi đang tiếp nhận, hoặc xóa dòng này", "name an office that receives now, or delete this line"],
        Code::CheckedInFuture => ["ghi ngày đã thật sự đối chiếu", "write the day on which it was really compared"],
        Code::UpkeepBudget => ["đối chiếu lại ít nhất {needed} thủ tục rồi sửa `last_checked` của chúng", "check at least {needed} of them again and mend their `last_checked`"],
        Code::PlaceWillGo => ["ghi nơi thay thế, có `from` là ngày ấy; ở thủ tục thì thay tên cơ quan", "record what takes its place, with that day as `from`; in procedures, name the other agency"],
        Code::GroupWillGo => ["nếu nhóm còn áp dụng, sửa `validity` của nhóm theo văn bản; nếu không, không phải làm gì", "if the group goes on, mend its `validity` after the document; if not, there is nothing to do"],
        Code::FormerIdTaken => ["xóa tên này ở một trong hai chỗ, hoặc đổi tên bản ghi đang mang nó", "remove the name in one of the two places, or rename the record that bears it"],
        Code::TranslationUnused => ["chép lại bản gốc và xem lại bản dịch, hoặc xóa mục này", "copy the original anew and look at the translation, or delete the entry"],
        Code::TranslationMissing => ["thêm bản dịch vào `translations/`; chỗ chưa dịch hiện nguyên văn, có ghi ngôn ngữ", "add translations in `translations/`; what has none is shown as it was written and marked with its language"],
        Code::TargetUnknown => ["tạo tệp cho văn bản đó trong `documents/`", "make a file for that document in `documents/`"],
        Code::NumberAmbiguous => ["dùng tên tệp thay cho số: {known}; nếu một tệp chép nhầm số thì sửa số ấy", "use the file's name instead of the number: {known}; if one of the files has the number by mistake, mend it there"],
        Code::KindMissing => ["thêm `kind: luat`, `kind: nghi-quyet` hoặc loại khác", "add `kind: luat`, `kind: nghi-quyet` or another kind"],
        Code::EffectiveMissing => ["thêm `effective: NĂM-THÁNG-NGÀY`; nếu chỉ biết ngày hết hiệu lực thì viết `effective: unknown`", "add `effective: YEAR-MONTH-DAY`; if only the end is known, write `effective: unknown`"],
        Code::Cycle => ["một trong các tác động là nhầm: văn bản cũ không tác động lên văn bản mới hơn", "one of the acts is a mistake: an older document does not act on a newer one"],
        Code::EndBeforeStart => ["sửa `{key}` hoặc `last_day`{extend}", "mend `{key}` or `last_day`{extend}"],
        Code::ActWithoutForce => ["xem lại ngày của hai văn bản; nếu đúng như vậy thì bỏ tác động này", "look at the days of both documents; if they are right, delete the act"],
        Code::ScopeUnspecified => ["ghi `scope: [Điều …]` theo văn bản gốc", "write `scope: [Điều …]` after the original"],
        Code::StatusDiffers => ["tìm văn bản còn thiếu trong danh bạ, hoặc sửa `status_asserted`", "find the document that the register lacks, or mend `status_asserted`"],
        Code::NumberTwice => ["nếu là hai văn bản thật thì dẫn chúng bằng tên tệp; nếu không thì xóa một", "if both exist, cite them by file name; if not, delete one"],
        Code::ParentEnded => ["tìm văn bản thay thế hoặc công bố về `{number}`, rồi ghi `replaces`, `declares_expired` hoặc `declares_continuing`", "find what replaced `{number}` or was announced about it, and record `replaces`, `declares_expired` or `declares_continuing`"],
        Code::NumberMissing => ["thêm `number: …`", "add `number: …`"],
        Code::ActsOnNewer => ["có lẽ ghi ngược: ghi tác động này ở văn bản mới hơn", "it may be written the wrong way round: write the act on the newer document"],
        Code::EndUndated => ["ghi tác động đã chấm dứt nó ở văn bản gây ra (`repeals`, `replaces`, …), hoặc ghi `last_day: …` ở đây nếu nó tự hết thời hạn", "record what ended it on the document that did so (`repeals`, `replaces`, …), or write `last_day: …` here if its own term ran out"],
        Code::SuccessorGap => ["đối chiếu ngày hết hiệu lực của `{target}` và ngày có hiệu lực của `{number}` với văn bản gốc", "compare the end of `{target}` and the first day of `{number}` with the originals"],
        Code::SuccessorOverlap => ["bỏ `from` nếu `{number}` thay thế ngay khi có hiệu lực; nếu văn bản gốc ghi như vậy thì nêu phần còn áp dụng bằng `scope` hoặc `except`", "delete `from` if `{number}` replaces as soon as it has effect; if the original does say so, name what stays with `scope` or `except`"],
        Code::ActOnEnded => ["sửa ngày của một trong hai văn bản, hoặc bỏ tác động này", "mend the days of one of the documents, or delete this act"],
        Code::ActsOnItself => ["ghi số của văn bản bị tác động, hoặc bỏ dòng này", "write the number of the document that is acted on, or delete this line"],
        Code::ActsContradict => ["giữ một tác động, hoặc ghi `scope` để chúng không trùng nhau", "keep one act, or give them a `scope` so that they do not meet"],
        Code::ExceptOutside => ["sửa `scope` hoặc `except` theo văn bản gốc", "mend `scope` or `except` after the original"],
        Code::ResumesNothing => ["ghi tác động `suspends` ở văn bản đã tạm ngưng `{target}`, hoặc sửa ngày", "record `suspends` on the document that suspended `{target}`, or mend the day"],
        Code::ContinuesNothing => ["ghi `implements` ở `{target}` và tác động đã chấm dứt văn bản kia, hoặc bỏ dòng này", "record `implements` on `{target}` and the act that ended its parent, or delete this line"],
        Code::OlderThanParent => ["dẫn văn bản mà `{number}` thật sự quy định chi tiết, thường là bản trước của `{parent}`, hoặc sửa ngày", "name the document that `{number}` really implements, mostly the predecessor of `{parent}`, or mend the day"],
        Code::BeforeParent => ["đối chiếu hai ngày với văn bản gốc; nếu chỉ quy định chi tiết phần có hiệu lực sớm thì ghi `scope: [Điều …]`", "compare both days with the originals; if it implements only what begins early, write `scope: [Điều …]`"],
        Code::EffectiveBeforeSigned => ["sửa `effective` hoặc `signed`", "mend `effective` or `signed`"],
        Code::SignedInFuture => ["sửa năm của `signed`; chưa biết ngày thì xóa dòng này", "mend the year of `signed`; if the day is not known, delete the line"],
        Code::CountsLater => ["ghi `clause` và ngày của điều khoản ấy dưới `provisions`, hoặc sửa `{key}`", "name the `clause` and list it under `provisions` with its day, or mend `{key}`"],
        Code::OlderPrevails => ["đối chiếu ngày của cả hai với bản gốc; nếu đúng như vậy thì bỏ tác động này của `{number}`, vì áp dụng văn bản ban hành sau", "compare the days of both with the originals; if they are right, delete this act of `{number}`, for the text signed later prevails"],
        Code::BasisWillEnd => ["ghi `validity: {last_day: {last_day}}` cho căn cứ này và `validity: {from: {date}}` cho căn cứ kế tiếp", "give this basis `validity: {last_day: {last_day}}`, and the one that follows it `validity: {from: {date}}`"],
        Code::BasisWillPause => ["dẫn văn bản áp dụng trong thời gian ấy với `validity: {from: {date}}`, và ghi `validity: {last_day: {last_day}}` cho căn cứ này", "cite what applies in the meantime with `validity: {from: {date}}`, and give this basis `validity: {last_day: {last_day}}`"],
        Code::ProvisionTwice => ["giữ một ngày, đối chiếu với văn bản gốc", "keep one of the days, as the original has it"],
        Code::ExtendsBack => ["sửa `last_day` của tác động này hoặc của `{target}`", "mend `last_day` of the act or of `{target}`"],
        Code::ParentTwice => ["gộp thành một mục, với `scope: [Điều …]` nếu cần", "make one entry of them, with `scope: [Điều …]` where needed"],
        Code::ImplementsLower => ["có lẽ ghi ngược: ghi `implements` ở `{parent}`; hoặc sửa `kind`", "it may be written the wrong way round: write `implements` on `{parent}`; or mend `kind`"],
        Code::ActsOnHigher => ["có lẽ ghi ngược, hoặc sai số, sai `kind`: ghi tác động ở đúng văn bản đã gây ra nó", "it may be the wrong way round, or a number or a `kind` is wrong: write the act on the document that did it"],
        Code::OtherYear => ["sửa năm của `signed` hoặc của `number`", "mend the year of `signed` or of `number`"],
        Code::BasisUnknown => ["tạo `documents/…/{slug}.yaml`, hoặc sửa số", "make `documents/…/{slug}.yaml`, or mend the number"],
        Code::BasisUndated => ["bổ sung ngày cho văn bản trong `documents/`, hoặc bỏ căn cứ này", "give the document its days in `documents/`, or remove this basis"],
        Code::BasisEnded => ["bỏ căn cứ này, hoặc thay bằng văn bản còn hiệu lực; nếu được áp dụng chuyển tiếp thì thêm `exemption`", "remove this basis, or cite a document in force; if it still applies for a while, add `exemption`"],
        Code::ProvisionEnded => ["dẫn điều khoản còn hiệu lực, hoặc bỏ căn cứ này", "cite a provision in force, or remove this basis"],
        Code::BasisNotYet => ["ghi `validity: {from: {date}}` cho căn cứ này, hoặc cho cả thủ tục nếu là bản mới", "give this basis `validity: {from: {date}}`, or the whole procedure if it is a new version"],
        Code::BasisSuspended => ["chờ văn bản có hiệu lực lại, hoặc dẫn văn bản khác", "wait until it has force again, or cite another document"],
        Code::BasisMissing => ["thêm `legal_basis` với văn bản quy định thủ tục này", "add `legal_basis` with the document that lays the procedure down"],
        Code::PartMissing => ["bổ sung {keys}", "add {keys}"],
        Code::VersionsOverlap => ["đặt `validity.last_day` của bản cũ là ngày trước `from` của bản mới", "set `validity.last_day` of the older one to the day before `from` of the newer one"],
        Code::VersionsGap => ["nối hai khoảng `validity` lại, nếu thủ tục không bị ngắt quãng", "join the two windows, if the procedure was not interrupted"],
        Code::ElementEnded => ["bỏ {kind} này, hoặc thay bằng cái đang áp dụng với căn cứ còn hiệu lực", "remove this {kind}, or put the one that applies now, with a basis in force"],
        Code::ExemptionEnded => ["bỏ căn cứ này, hoặc ghi phép mới có người duyệt", "remove this basis, or record a new approved leave"],
        Code::BadCode => ["mã có dạng \"1.001193\", thêm phần đuôi nếu có, như \"1.001193.H56\"", "a code looks like \"1.001193\", with an ending where it has one, as in \"1.001193.H56\""],
        Code::FormUnknown => ["thêm vào `forms`: - {id: {id}, file: …}", "add to `forms`: - {id: {id}, file: …}"],
        Code::InternalTooLong => ["sửa thời gian của các bước", "mend the times of the steps"],
        Code::BasisUnclear => ["ghi rõ phần bị tác động trong danh bạ, hoặc dẫn điều khoản cụ thể hơn", "record which part was touched, or cite a more exact provision"],
        Code::BasisNotNormative => ["{instead}", "{instead}"],
        Code::BasisTwice => ["gộp thành một mục, với `provisions: [Điều …]` nếu cần", "make one entry of them, with `provisions: [Điều …]` where needed"],
        Code::BasisSpent => ["dẫn văn bản kế tục; nếu `{number}` cũng hết hiệu lực thì ghi ở văn bản làm nó hết hiệu lực", "cite the successor; if `{number}` has ended too, record that on the document that ended it"],
        Code::CheckOverdue => ["đối chiếu với nguồn rồi ghi `last_checked: {on: …, by: …}`, kể cả khi không có gì đổi", "compare it with its source and write `last_checked: {on: …, by: …}`, also where nothing has changed"],
        Code::ExemptionPlaceholder => ["ghi lý do và người duyệt thật; nếu chưa có phép thì xóa `exemption`", "give the real reason and approver; if there is no leave yet, delete `exemption`"],
        Code::ExemptionNeedless => ["xóa `exemption`, hoặc ghi vào danh bạ văn bản làm `{number}` hết hiệu lực", "delete `exemption`, or record the act that ends `{number}` in the register"],
        Code::ProcedureWillGo => ["thêm bản kế tiếp có `from: {date}`, hoặc quyết định bãi bỏ có hiệu lực ngày ấy", "add the next version with `from: {date}`, or the decision that repeals it from that day"],
        Code::ElementWillGo => ["thêm {kind} kế tiếp có `validity: {from: {date}}`; nếu thôi hẳn thì không phải làm gì", "add the next {kind} with `validity: {from: {date}}`; if there is none, there is nothing to do"],
        Code::ExemptionWillEnd => ["thay bằng văn bản còn hiệu lực, và ghi `validity: {last_day: {last_day}}` cho căn cứ này", "cite a document in force, and give this basis `validity: {last_day: {last_day}}`"],
        Code::RepealComing => ["nếu thủ tục khác thay thế, ghi `replaced_by` và thêm thủ tục ấy; nếu không, không phải làm gì", "if another procedure takes its place, write `replaced_by` and add it; if not, there is nothing to do"],
        Code::NextCheckPast => ["sửa `next` thành một ngày sau `on`, hoặc xóa dòng ấy", "make `next` a day after `on`, or delete the line"],
        Code::ItemUnknown => ["xem lại mã, hoặc thêm thủ tục", "look at the code again, or add the procedure"],
        Code::DecisionDays => ["đối chiếu `signed`, `effective`, `made_public` với bản gốc của quyết định", "compare `signed`, `effective` and `made_public` with the original of the decision"],
        Code::SignedLate | Code::PublicLate => ["không sửa được nữa; xem lại ngày nếu ghi nhầm", "this cannot be mended any more; look at the days again if one is mistyped"],
        Code::NotPublic => ["công khai quyết định, rồi ghi `made_public: NĂM-THÁNG-NGÀY`", "make the decision public, then add `made_public: YEAR-MONTH-DAY`"],
        Code::AnnouncementOverdue => ["trình quyết định công bố theo `{basis}`, rồi thêm vào `decisions/`", "have a decision signed that follows `{basis}`, then add it to `decisions/`"],
        Code::DecisionTooEarly => ["trình quyết định sửa ngày có hiệu lực theo `{basis}`, rồi sửa `effective`", "have the decision's first day changed to that of `{basis}`, then mend `effective`"],
        Code::DecisionInFuture => ["đối chiếu ngày với bản gốc; quyết định chưa ký thì chưa đưa vào danh mục", "compare the day with the original; a decision that is not signed does not belong in the catalogue"],
        Code::NotAnnouncing => ["ghi số của quyết định công bố, như `163/QĐ-BTP`; văn bản pháp luật mà thủ tục dựa vào thì ghi ở `legal_basis`", "write the number of the announcing decision, as in `163/QĐ-BTP`; the law that a procedure rests on stands in `legal_basis`"],
        Code::ProseEnded | Code::DeadTerm => ["{todo}", "{todo}"],
        Code::ProseUnknown => ["thêm văn bản đó vào `documents/`, hoặc sửa số", "add that document to `documents/`, or mend the number"],
        Code::ProseDateDiffers => ["sửa ngày, hoặc sửa số", "mend the day, or the number"],
        Code::ProseAmbiguous => ["ghi thêm ngày ký, hoặc viết đủ số và ký hiệu: {known}", "add the day it was signed, or write the number in full: {known}"],
        Code::ProseSuspended => ["nói rõ rằng văn bản đang tạm ngưng hiệu lực, hoặc bỏ chỗ này", "say that it is suspended, or remove it here"],
        Code::ProseWillEnd => ["viết lại theo văn bản sẽ thay thế, hoặc bỏ chỗ này, trước ngày ấy", "write it after what will take its place, or remove it, before that day"],
        Code::ProseWithheld => ["viết lại mà không nhắc đến, hoặc bỏ chỗ này", "write it without that name, or remove it here"],
        Code::ProseEmpty => ["viết `[chữ]({text})`, để chữ hiện ra và dẫn tới đó", "write `[words]({text})`: the words are shown and lead there"],
        Code::ProseMarks => ["viết chữ thường, không dấu", "write the words alone"],
        Code::Template => ["sửa tệp trong giao diện, hoặc xóa nó để dùng giao diện mặc định", "mend the theme's file, or delete it to use the default theme's"],
        Code::AddressTaken => ["đổi tên tệp của một trang", "rename the file of one of the pages"],
        Code::EndedNamed => ["bỏ chỗ nhắc ấy hoặc thay bằng văn bản còn hiệu lực; `niemyet why` cho biết vì sao văn bản đã hết", "remove the mention or name a document in force; `niemyet why` tells why this one ended"],
        Code::ContainerShut => ["thay bằng tệp không mã hóa, không hỏng, ít lớp nén hơn; tệp không xem được thì không được đăng", "put a file in its place that is neither encrypted nor broken nor nested deep; what cannot be seen is not posted"],
        Code::WithheldNamed => ["bỏ chỗ nhắc ấy; thứ không công khai chỉ được nêu ở trang báo của chính nó", "remove the mention; what is not public is named on its own notice alone"],
        Code::ProceduresVanish => ["xem ngày và các tệp có đúng không; nếu đúng là vậy thì dựng với `--allow vanish`", "see whether the day and the files are right; if they are, build with `--allow vanish`"],
        Code::DayGoesBack => ["dựng lại cho hôm nay; nếu thật muốn lùi ngày thì thêm `--allow backdate`", "build again for today; if the earlier day is meant, add `--allow backdate`"],
        Code::BuildNumberLow => ["có lẽ một bản dựng mới hơn đã xong trước; nếu không, ghi `--build-no {next}` hoặc cao hơn", "a newer build may have finished first; if not, give `--build-no {next}` or higher"],
        Code::SiteUnknown => ["xem ai đã sửa thư mục ấy và đặt lại `build.json`; nếu đúng là phải thay thì thêm `--allow unknown`, và `--build-no` để số tiếp tục", "see who changed that folder and put its `build.json` back; if it is to be replaced, add `--allow unknown`, and `--build-no` for the numbers to go on"],
        Code::FilesForeign => ["dời ra ngoài thư mục ấy, và nếu địa chỉ của nó phải có thì đặt ở cấu hình máy chủ hoặc chép thêm vào bản đem đăng; nếu bỏ được thì thêm `--allow foreign`", "move them out of the folder, and where their addresses are needed give them to the web server's configuration or add them to the copy that is posted; if they can go, add `--allow foreign`"],
        Code::BuildNumbersSpent => ["dựng vào một thư mục mới, nơi số bắt đầu lại từ 1, rồi đăng từ đó; xóa tệp `--state` của `niemyet monitor`", "build into a new folder, where numbers begin at 1, and post from there; remove the `--state` file of `niemyet monitor`"],
    }
}

/// What to do, where the nearest right thing is known.
const NEAREST: Words = ["có phải là `{near}`?", "did you mean `{near}`?"];

fn remark(remark: Remark) -> Words {
    match remark {
        Remark::OtherHere => ["chỗ còn lại ở đây", "the other one is here"],
        Remark::Candidate => ["một trong số đó", "one of them"],
        Remark::Because => ["{chain}", "{chain}"],
        Remark::Successor => {
            ["danh bạ ghi văn bản kế tục: {number}", "the register names its successor: {number}"]
        }
        Remark::Cause => ["{text}", "{text}"],
        Remark::HolidaysUnknown => [
            "`holidays.yaml` chưa có ngày nghỉ nào của năm {years}, nên số ngày làm việc đếm được là mức cao nhất có thể",
            "`holidays.yaml` has no holiday of {years}, so the working days counted are an upper bound",
        ],
        Remark::Affected => ["{what}", "{what}"],
        Remark::More => ["và {count} chỗ khác", "and {count} more"],
        Remark::ActHere => {
            ["`{number}` tác động lên `{target}` ở đây", "`{number}` acts on `{target}` here"]
        }
        Remark::TieHere => [
            "`{number}` quy định chi tiết `{target}` ở đây",
            "`{number}` implements `{target}` here",
        ],
        Remark::SignedHere => {
            ["`{number}` được ban hành ngày {date}", "`{number}` was signed on {date}"]
        }
        Remark::EffectiveHere => {
            ["ngày có hiệu lực của `{number}` ở đây", "`{number}` takes effect here"]
        }
        Remark::AgencyHere => ["cơ quan {name} ở đây", "the agency {name} is here"],
        Remark::FirstHere => ["cái thứ nhất ở đây", "the first one is here"],
        Remark::SignedApart => [
            "văn bản kia ban hành ngày {there}, văn bản này ngày {here}: có lẽ gõ nhầm số hoặc ngày",
            "the other was signed on {there}, this one on {here}: a number or a day may be mistyped",
        ],
        Remark::SignedAlike => [
            "văn bản kia cũng ban hành ngày {date}: có lẽ một văn bản được nhập hai lần",
            "the other was signed on {date} too: one document may have been entered twice",
        ],
        Remark::BroughtBy => ["giao diện ghi ở `{place}`", "the theme says so at `{place}`"],
        Remark::FromDay => ["ở phần đăng từ ngày {date}", "in what is posted from {date} on"],
    }
}

impl Diagnostic {
    /// The finding in one line.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        fill(message(self.code), language, &self.values, self.nearest.as_deref())
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self, language: Language) -> String {
        let named_in_help = self.code == Code::BadFileName;
        let words = match &self.nearest {
            Some(_) if !named_in_help => NEAREST,
            _ => help(self.code),
        };
        fill(words, language, &self.values, self.nearest.as_deref())
    }
}

impl Note {
    /// Whether it says why, and not where else to look.
    #[must_use]
    pub fn is_cause(&self) -> bool {
        matches!(self.remark, Remark::Because | Remark::Cause)
    }

    /// The remark in one line.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        fill(remark(self.remark), language, &self.values, None)
    }
}

/// Puts the values into their places in one pass, so that a value cannot open a place itself.
fn fill(
    words: Words,
    language: Language,
    values: &[(&'static str, Value)],
    nearest: Option<&str>,
) -> String {
    let words = language.pick(words);
    let value_of = |place: &str| match values.iter().find(|(name, _)| *name == place) {
        Some((_, Value::Same(text))) => Some(text.as_str()),
        Some((_, Value::Each(texts))) => Some(language.pick(texts.each_ref()).as_str()),
        None => nearest.filter(|_| place == "near"),
    };
    let mut filled = String::with_capacity(words.len() + 32);
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let place = after.split('}').next().unwrap_or_default();
        if let Some(value) = value_of(place) {
            filled.push_str(value);
            rest = &after[place.len() + 1..];
        } else {
            filled.push('{');
            rest = after;
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::super::code::ALL;
    use super::*;

    fn places(words: &str) -> Vec<&str> {
        let mut found: Vec<&str> = words
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}').map(|(place, _)| place))
            .filter(|place| place.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'))
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    #[test]
    fn both_languages_name_the_same_values() {
        for entry in ALL {
            for words in [message(entry.code), help(entry.code)] {
                assert_eq!(places(words[0]), places(words[1]), "{}", entry.id);
                assert!(!words[0].ends_with('.') && !words[1].ends_with('.'), "{}", entry.id);
            }
        }
    }

    #[test]
    fn values_do_not_open_places() {
        let finding = Diagnostic::nowhere(Code::FieldUnknown).with("id", "{near}");
        assert_eq!(finding.message(Language::English), "there is no field `{near}`");
        assert!(finding.help(Language::English).contains("- {id: {near}, name: …}"));
    }
}
