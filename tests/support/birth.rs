//! A small catalogue in which nothing is missing: one procedure on one law, which another replaces on 2027-03-01.

/// Where the procedure stands.
pub(crate) const PROCEDURE: &str = "procedures/dang-ky-khai-sinh.yaml";
/// What it says.
pub(crate) const TEXT: &str = "code: \"1.001193\"
title: Đăng ký khai sinh
field: ho-tich
levels: [commune]
audience: [citizen]
legal_basis:
  - {document: 60/2014/QH13, role: main}
authority: {performs: [ubnd-xa]}
channels:
  - kind: in_person
    times: [{amount: 3, unit: working_day}]
    fees: [{amount: 0}]
cases:
  - dossier:
      - {name: Tờ khai, originals: 1}
steps:
  - {title: Nộp hồ sơ}
";

/// All files, by their paths.
pub(crate) const CATALOGUE: [(&str, &str); 6] = [
    ("catalogue.yaml", "title: Thử\npublisher: Xã Thử\nlanguage: vi\n"),
    ("fields.yaml", "- {id: ho-tich, name: Hộ tịch}\n"),
    ("agencies/ubnd-xa.yaml", "name: Ủy ban nhân dân cấp xã\nlevel: commune\n"),
    (
        "documents/60-2014-qh13.yaml",
        "number: 60/2014/QH13\ntitle: Luật Hộ tịch\nkind: luat\nissuer: ubnd-xa\nsigned: 2014-11-20\neffective: 2016-01-01\n",
    ),
    (
        "documents/moi.yaml",
        "number: 1/2027/QH16\ntitle: Luật Hộ tịch mới\nkind: luat\nissuer: ubnd-xa\neffective: 2027-03-01\neffects:\n  - {verb: replaces, document: 60/2014/QH13}\n",
    ),
    (PROCEDURE, TEXT),
];
