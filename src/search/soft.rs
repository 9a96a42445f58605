//! Words that tell at which level one files, or who asks: they raise what fits, and exclude nothing.
//! In the order and with the bits of the model's lists.

/// The words, by `|`, the bits of the levels and of the audiences that they tell.
pub(super) const SOFT: [(&str, u32, u32); 13] = [
    (
        "ở xã|ở phường|tại xã|tại phường|cấp xã|ủy ban xã|công an xã|công an phường|xã phường|UBND xã|UBND phường|UBND cấp xã|ủy ban nhân dân xã|ủy ban nhân dân phường|ủy ban nhân dân cấp xã",
        4,
        0,
    ),
    (
        "ở tỉnh|tại tỉnh|cấp tỉnh|tại sở|ở sở|UBND tỉnh|UBND cấp tỉnh|ủy ban nhân dân tỉnh|công an tỉnh|lên tỉnh",
        2,
        0,
    ),
    ("ở cục|tại cục|lên cục", 1, 0),
    ("ở bộ|tại bộ|cấp bộ|trung ương|cấp trung ương", 1, 0),
    ("công dân|cá nhân|người dân", 0, 1),
    (
        "Việt kiều|người Việt ở nước ngoài|người Việt Nam ở nước ngoài|người Việt Nam định cư ở nước ngoài",
        0,
        2,
    ),
    ("người nước ngoài|người ngoại quốc|người Tây", 0, 4),
    ("cán bộ|công chức|viên chức", 0, 8),
    ("cho doanh nghiệp|cho công ty|của công ty|dành cho doanh nghiệp", 0, 16 | 32 | 64),
    ("doanh nghiệp FDI|công ty FDI|vốn nước ngoài|công ty nước ngoài", 0, 64 | 256),
    ("cho tổ chức|cơ quan tổ chức", 0, 128),
    ("hợp tác xã", 0, 512),
    ("đảng viên", 0, 1024),
];

/// Words that say nothing of what is looked for, by `|`; they are compared with their marks, and without
/// any only where that leaves no doubt.
pub(super) const EMPTY: &str = "thủ tục|thu tuc|hồ sơ|ho so|làm|lam|xin|muốn|muon|cần|tôi|toi|em tôi|mình|cho|ở đâu|o dau|\
    ở|đâu|gì|gi|cần gì|can gi|như thế nào|nhu the nao|thế nào|the nao|như|nhu|nào|nao|bao nhiêu|bao nhieu|bao lâu|\
    bao lau|bao nhiêu tiền|và|va|của|cua|có|là|thì|thi|để|bị|được|duoc|với|voi|khi|về|tại|các|trong|phải|phai|những|\
    không|khong|rồi|roi|mà|nay|này|có phải|co phai|phải không|cách|cach|hướng dẫn|huong dan|ai|với ai|hay|một|từ|đến|\
    sao|làm sao|lam sao|giấy tờ gì|giay to gi|giấy gì|giay gi|giấy|giúp|tôi muốn|toi muon|cho tôi|cho toi|nhà nước|\
    lệ phí|le phi|hết bao nhiêu|mất bao nhiêu|mất bao lâu|mat bao lau|chỗ nào|nơi nào|ơi|ạ|nhé|vậy|ra|lên|vào|đi|theo|\
    mới|vừa|vừa mới|đang|đã|sẽ|vẫn|cũng|rất|nên|nếu|nhưng|vì|tại vì|bởi vì|lúc|hôm nay|hôm qua|ngày mai|năm nay|\
    tháng sau|sang tháng|tháng này|năm sau|sang năm|tuần sau|tuần này|bây giờ|hiện nay|hiện giờ|dạo này|trước đây|\
    cho hỏi|cho em hỏi|cho mình hỏi|xin hỏi|hỏi|hoi|nhờ|bạn|anh|chị|em|chúng tôi|tụi mình|mọi người|nhà tôi|nhà mình|\
    bên|kia|đó|đấy|ấy|thế|vậy thì|luôn|ngay|mấy|cái|được không|duoc khong|có được không|thế nào|ra sao|đi đâu|\
    nộp ở đâu|liên hệ|gặp ai|ai làm|cần những gì|gồm những gì|bao giờ|khi nào|lam the nao|lam thu tuc|thu tuc gi|\
    giờ|giờ này|bữa nay|bữa trước|bữa giờ|hôm trước|hôm rồi|hôm bữa|hồi trước|hồi đó|hồi xưa|ngày xưa|từ hồi|lâu nay|\
    lâu rồi|từ lâu|mới đây|vừa rồi|vừa qua|trước giờ|trước đó|sau đó|năm ngoái|tháng trước|tuần trước|sắp tới|sắp|\
    từng|xong|xong rồi|xong xuôi|nữa|quá|lắm|hoài|còn|chỉ|thôi|nhưng mà|nghe nói|nghe đâu|không biết|chưa biết|\
    hổng biết|không rõ|chưa rõ|tính|đang tính|định|dự định|mong|ước|phải làm gì|phải làm sao|làm gì|thì sao|\
    được chưa|có cần|có được|có phải làm|không ạ|chưa ạ|với ạ|dạ|vâng|à|á|nha|nghen|nhen|hen|hả|hông|hổng|hong|\
    hem|ko|dc|đc|chi|răng|mô|chừ|rứa|ni|tê|vầy|zậy|giùm|dùm|giúp em|giúp tôi|giúp mình|nhờ ai|ai giúp|tui|\
    tụi tui|tụi em|bọn em|bọn mình|chúng em|gia đình tôi|gia đình em|gia đình mình|nhà em|nhà tui|bên em|ông nội|\
    bà nội|ông ngoại|bà ngoại|ông bà|ông cụ|bà cụ|ông xã|bà xã|ba má|ba mẹ|bố mẹ|thầy u|ông bố|bà mẹ|anh trai|\
    chị gái|em trai|em gái|em út|anh em|chị em|anh chị em|anh chị|cô chú|cô dì|chú bác|cậu mợ|bà con|họ hàng|thằng|\
    đứa|con gái|con trai|nó|tụi nó|người ta|luôn rồi|hẳn|liền|gấp|được|ông noi|ba noi|ong noi|ong ngoai|ba ngoai|\
    ong ba|bo me|ba ma|tui muon|em muon|gio muon|phai lam sao|phai lam gi|lam gi|can lam gi";

/// The same for who asks in English, as far as they are no words of Vietnamese that was typed without marks.
pub(super) const ENGLISH: &str = "how|what|where|when|which|the|of|for|from|my|need|want|get|is|are|and|with|much|long|\
    does|it|should|would|please|how much|how long|how to";

/// Words of a title that make of it another matter than the one without them: who does not say them does
/// not mean them.
pub(super) const TURNS: [&str; 15] = [
    "lại", "hồi", "xóa", "hủy", "dứt", "rút", "ngừng", "đình", "tiếp", "sửa", "đổi", "bổ", "gia",
    "lưu", "tập",
];
