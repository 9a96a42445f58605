//! The words that keys take, each with what it means. The loader's own lists decide; a test compares them.

use super::Words;

pub(super) const LANGUAGES: &Words =
    &[("vi", ["tiếng Việt", "Vietnamese"]), ("en", ["tiếng Anh", "English"])];

pub(super) const UNKNOWN_BASIS: &Words = &[
    (
        "drop",
        ["không đăng thủ tục có căn cứ chưa rõ", "leave a procedure out whose basis is unclear"],
    ),
    ("mark", ["đăng và ghi rõ là chưa rõ", "publish it and say that it is unclear"]),
];

pub(super) const HOSTS: &Words = &[
    ("github", ["GitHub", "GitHub"]),
    ("gitlab", ["GitLab", "GitLab"]),
    ("gitea", ["Gitea", "Gitea"]),
    ("forgejo", ["Forgejo", "Forgejo"]),
    ("bitbucket", ["Bitbucket", "Bitbucket"]),
];

pub(super) const LEVELS: &Words = &[
    ("ministry", ["cấp bộ", "ministry"]),
    ("province", ["cấp tỉnh", "province"]),
    ("commune", ["cấp xã", "commune"]),
    ("other", ["cơ quan khác", "other"]),
];

pub(super) const DOCUMENT_KINDS: &Words = &[
    ("hien-phap", ["Hiến pháp", "constitution"]),
    ("bo-luat", ["Bộ luật", "code"]),
    ("luat", ["Luật", "law"]),
    ("phap-lenh", ["Pháp lệnh", "ordinance"]),
    ("nghi-quyet", ["Nghị quyết", "resolution"]),
    ("lenh", ["Lệnh", "order"]),
    ("nghi-dinh", ["Nghị định", "decree"]),
    ("quyet-dinh", ["Quyết định", "decision"]),
    ("thong-tu", ["Thông tư", "circular"]),
    ("thong-tu-lien-tich", ["Thông tư liên tịch", "joint circular"]),
    ("chi-thi", ["Chỉ thị", "directive"]),
    ("van-ban-hop-nhat", ["Văn bản hợp nhất", "consolidation"]),
    ("dieu-uoc-quoc-te", ["Điều ước quốc tế", "treaty"]),
    ("khac", ["văn bản khác", "another document"]),
];

pub(super) const UNKNOWN: &Words =
    &[("unknown", ["chưa biết ngày có hiệu lực", "the day is not known"])];

pub(super) const UNSPECIFIED: &Words = &[(
    "unspecified",
    [
        "chưa rõ phạm vi; sẽ được nhắc cho đến khi rõ",
        "the reach is not recorded; a finding until it is",
    ],
)];

pub(super) const VERBS: &Words = &[
    ("replaces", ["thay thế", "replaces"]),
    ("repeals", ["bãi bỏ", "repeals"]),
    ("amends", ["sửa đổi, bổ sung", "amends"]),
    ("suspends", ["ngưng hiệu lực", "suspends"]),
    ("resumes", ["cho tiếp tục có hiệu lực", "resumes"]),
    (
        "extends",
        [
            "kéo dài thời hạn hiệu lực; ghi `last_day` mới",
            "extends the term; with a new `last_day`",
        ],
    ),
    (
        "postpones",
        [
            "lùi hoặc đẩy sớm ngày có hiệu lực; ghi ngày mới ở `to`",
            "moves the first day; with the new day in `to`",
        ],
    ),
    ("declares_expired", ["công bố hết hiệu lực", "declares expired"]),
    ("declares_continuing", ["tuyên bố tiếp tục có hiệu lực", "declares that it continues"]),
    ("corrects", ["đính chính", "corrects"]),
    ("consolidates", ["hợp nhất", "consolidates"]),
];

pub(super) const STATUSES: &Words = &[
    ("Chưa có hiệu lực", ["chưa đến ngày có hiệu lực", "not yet in force"]),
    ("Còn hiệu lực", ["đang có hiệu lực", "in force"]),
    ("Hết hiệu lực một phần", ["một phần đã hết hiệu lực", "partly ended"]),
    ("Hết hiệu lực toàn bộ", ["toàn bộ đã hết hiệu lực", "ended"]),
    ("Ngưng hiệu lực", ["đang bị ngưng", "suspended"]),
    ("Ngưng hiệu lực một phần", ["một phần đang bị ngưng", "partly suspended"]),
    ("Không còn phù hợp", ["không còn phù hợp", "obsolete"]),
    ("Chưa xác định", ["chưa xác định", "unknown"]),
];

pub(super) const ROLES: &Words = &[
    (
        "main",
        [
            "căn cứ chính: hết hiệu lực thì thủ tục rời trang",
            "main: where it ends the procedure leaves the site",
        ],
    ),
    ("supporting", ["căn cứ bổ trợ", "supporting"]),
];

pub(super) const ACTIONS: &Words = &[
    ("new", ["ban hành mới", "new"]),
    ("amended", ["được sửa đổi, bổ sung", "amended"]),
    ("replaced", ["bị thay thế", "replaced"]),
    (
        "repealed",
        [
            "bị bãi bỏ: rời trang từ ngày quyết định có hiệu lực",
            "repealed: it leaves the site on the decision's first day",
        ],
    ),
];

pub(super) const AUDIENCES: &Words = &[
    ("citizen", ["công dân Việt Nam", "citizens"]),
    ("overseas_vietnamese", ["người Việt Nam định cư ở nước ngoài", "Vietnamese abroad"]),
    ("foreigner", ["người nước ngoài", "foreigners"]),
    ("official", ["cán bộ, công chức, viên chức", "officials"]),
    ("enterprise", ["doanh nghiệp", "enterprises"]),
    ("vietnamese_enterprise", ["doanh nghiệp Việt Nam", "Vietnamese enterprises"]),
    (
        "foreign_invested_enterprise",
        ["doanh nghiệp có vốn đầu tư nước ngoài", "foreign-invested enterprises"],
    ),
    ("organisation", ["tổ chức", "organisations"]),
    ("foreign_organisation", ["tổ chức nước ngoài", "foreign organisations"]),
    ("cooperative", ["hợp tác xã", "cooperatives"]),
    ("party_member", ["đảng viên", "members of the Party"]),
    ("party_organisation", ["tổ chức đảng", "organisations of the Party"]),
];

pub(super) const VISIBILITIES: &Words = &[
    ("public", ["công khai", "public"]),
    (
        "internal",
        ["thủ tục nội bộ: không bao giờ lên trang công khai", "internal: never on the public site"],
    ),
];

pub(super) const ORIGINS: &Words = &[
    ("national", ["do bộ, ngành công bố", "made by a ministry"]),
    ("local", ["đặc thù của địa phương", "the province's own"]),
];

pub(super) const CHANNELS: &Words = &[
    ("in_person", ["trực tiếp", "in person"]),
    ("online", ["trực tuyến", "online"]),
    ("postal", ["qua dịch vụ bưu chính", "by post"]),
];

pub(super) const ONLINE_LEVELS: &Words = &[
    ("full", ["dịch vụ công trực tuyến toàn trình", "wholly online"]),
    ("partial", ["dịch vụ công trực tuyến một phần", "partly online"]),
    ("information", ["chỉ cung cấp thông tin trực tuyến", "information only"]),
];

pub(super) const TIME_UNITS: &Words = &[
    ("hour", ["giờ", "hours"]),
    ("day", ["ngày, kể cả ngày nghỉ", "days, weekends included"]),
    ("working_day", ["ngày làm việc", "working days"]),
    ("month", ["tháng", "months"]),
];

pub(super) const FEE_KINDS: &Words = &[
    ("phi", ["phí (Luật Phí và lệ phí 97/2015/QH13)", "charge"]),
    ("le_phi", ["lệ phí (Luật Phí và lệ phí 97/2015/QH13)", "fee"]),
    ("khac", ["khoản khác, như giá dịch vụ", "another payment, such as a price"]),
];

pub(super) const PAPER_MODES: &Words =
    &[("submit", ["phải nộp", "handed in"]), ("present", ["chỉ xuất trình", "only shown"])];
