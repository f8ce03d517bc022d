//! Values of a regulation in words.

use law::{
    Law,
    regulation::{Alert, Based, Deadline, DueRule, OutageUnit, Regulation, Report, Role, Roll},
};

/// A value, what it is for, and the article it comes from; `silent` where the text gives none.
pub(super) struct Valued<'a> {
    pub(super) what: String,
    pub(super) value: String,
    pub(super) article: &'a str,
    pub(super) silent: bool,
}

/// Every value of a regulation that the software acts on.
pub(super) fn values<'a>(law: &Law, regulation: &'a Regulation) -> Vec<Valued<'a>> {
    let mut all = Vec::new();
    all.extend(regulation.deadlines.iter().map(|row| valued(row, row.event_vi.clone(), deadline(row))));
    all.push(valued(&regulation.counting, "Cách tính ngày".into(), counting(regulation)));
    all.extend(regulation.roles.iter().map(|row| valued(row, format!("Vai trò {}", row.name_vi), role(law, row))));
    all.extend(regulation.account_rules.iter().map(|row| {
        let document = if row.requires_document { "cần văn bản, ghi số và ngày" } else { "không cần văn bản" };
        valued(row, row.rule_vi.clone(), document.into())
    }));
    all.push(valued(&regulation.approval_window, "Kỳ phê duyệt dữ liệu".into(), approval(regulation)));
    all.extend(regulation.reports.iter().map(|row| valued(row, row.name_vi.clone(), report(row))));
    all.extend(regulation.alerts.iter().map(|row| valued(row, format!("Nhắc: {}", row.name_vi), alert(row))));
    all.push(valued(&regulation.consent, "Đồng ý cho xem hồ sơ ngoài nhiệm vụ".into(), consent(regulation)));
    all.push(valued(
        &regulation.uniqueness,
        "Một người, một hồ sơ".into(),
        "mỗi người có một hồ sơ đang hoạt động, ở đơn vị trả lương".into(),
    ));
    all.push(valued(&regulation.backup, "Sao lưu".into(), backup(regulation)));
    all.push(valued(&regulation.snapshot, "Chốt số liệu".into(), snapshot(regulation)));
    all.push(valued(&regulation.retention, "Lưu hồ sơ người đã rời đi".into(), leavers(regulation)));
    all.push(valued(&regulation.deletion, "Loại bỏ hồ sơ".into(), deletion(regulation)));
    all.push(valued(&regulation.outage, "Thông báo khi phần mềm ngừng".into(), outage(regulation)));
    all.push(valued(&regulation.fees, "Phí nhập dữ liệu".into(), if regulation.fees.enabled { "có thu" } else { "không thu" }.into()));
    all.push(valued(
        &regulation.ranking,
        "Xếp hạng đơn vị theo mức sử dụng".into(),
        if regulation.ranking.enabled { "có" } else { "không" }.into(),
    ));
    let signed =
        if regulation.legal_value.signed_export_equals_original { "có giá trị như bản gốc" } else { "chỉ để tham khảo" };
    all.push(valued(&regulation.legal_value, "Bản kết xuất có chữ ký số".into(), signed.into()));
    all
}

fn valued<'a>(row: &'a impl Based, what: String, value: String) -> Valued<'a> {
    let basis = row.basis();
    Valued { what, value, article: basis.article, silent: basis.silent }
}

fn deadline(row: &Deadline) -> String {
    match row.enabled {
        true => format!("{} {}, kể từ {}", row.number, row.unit.name_vi(), row.counted_from.name_vi()),
        false => "không áp dụng".into(),
    }
}

fn counting(regulation: &Regulation) -> String {
    let first = if regulation.counting.include_first_day {
        "tính cả ngày xảy ra sự kiện"
    } else {
        "không tính ngày xảy ra sự kiện"
    };
    match regulation.counting.roll_if_non_working {
        Roll::NextWorkingDay => format!("{first}; hạn rơi vào ngày nghỉ thì chuyển sang ngày làm việc tiếp theo"),
        Roll::None => first.to_owned(),
    }
}

fn role(law: &Law, row: &Role) -> String {
    let name = |code: &str| law.catalogue("permissions").map_or(code.to_owned(), |list| list.label(code).to_lowercase());
    let rights: Vec<String> = row.all_permissions().into_iter().map(name).collect();
    let rights = if rights.is_empty() { "không có quyền riêng".to_owned() } else { rights.join(", ") };
    let accounts = match row.accounts.name_vi() {
        "" => String::new(),
        limit => format!("; {limit}"),
    };
    format!("trong phạm vi {}: {rights}{accounts}", row.scope.name_vi())
}

fn approval(regulation: &Regulation) -> String {
    let window = &regulation.approval_window;
    match window.enabled {
        true => format!("{} {} cuối tháng", window.days, window.unit.name_vi()),
        false => "không có; dữ liệu được dùng ngay khi ghi".into(),
    }
}

fn report(row: &Report) -> String {
    let days: Vec<String> = row.due.iter().map(ToString::to_string).collect();
    let days = days.join(", ");
    match row.due_rule {
        DueRule::Before if !days.is_empty() => format!("gửi trước ngày {days} hằng năm"),
        DueRule::NoLaterThan if !days.is_empty() => format!("gửi chậm nhất ngày {days} hằng năm"),
        DueRule::AfterUnits => "gửi sau khi các đơn vị gửi".into(),
        DueRule::AfterWindow => "gửi sau kỳ phê duyệt dữ liệu".into(),
        DueRule::Periodic => "gửi định kỳ".into(),
        DueRule::Yearly => "mỗi năm một lần".into(),
        DueRule::AsRequested | DueRule::Before | DueRule::NoLaterThan => "gửi khi có yêu cầu".into(),
    }
}

fn alert(row: &Alert) -> String {
    match row.lead {
        0 => "đúng ngày".into(),
        lead => format!("trước {lead} {}", row.lead_unit.name_vi()),
    }
}

fn consent(regulation: &Regulation) -> String {
    let consent = &regulation.consent;
    match consent.required {
        true => format!(
            "{}, có giá trị {} ngày nếu văn bản không nêu khác",
            if consent.form == "written" { "bằng văn bản" } else { "được ghi nhận" },
            consent.valid_days_default
        ),
        false => "không cần".into(),
    }
}

fn backup(regulation: &Regulation) -> String {
    let sealed = if regulation.backup.encrypted { ", mã hóa" } else { "" };
    format!("{}{sealed}; giữ {} bản hằng tháng", often(&regulation.backup.applied), regulation.backup.keep_monthly)
}

fn often(word: &str) -> &'static str {
    match word {
        "daily" => "mỗi ngày",
        "weekly" => "mỗi tuần",
        "monthly" => "mỗi tháng",
        "twice_yearly" => "mỗi năm hai lần",
        "yearly" => "mỗi năm",
        _ => "định kỳ",
    }
}

fn snapshot(regulation: &Regulation) -> String {
    match regulation.snapshot.enabled {
        true => format!("{}, lúc {} ngày cuối kỳ, không sửa được", often(&regulation.snapshot.frequency), regulation.snapshot.time),
        false => "không chốt".into(),
    }
}

fn leavers(regulation: &Regulation) -> String {
    match regulation.retention.leavers_folder {
        true => "trong thư mục riêng, vẫn tìm được".into(),
        false => "tại đơn vị cuối cùng, vẫn tìm được".into(),
    }
}

fn deletion(regulation: &Regulation) -> String {
    match (regulation.deletion.right_exists, regulation.deletion.mode.as_str()) {
        (true, "hide_with_reason") => "ẩn hồ sơ kèm lý do; không xóa hẳn".into(),
        (true, _) | (false, _) => "không loại bỏ, chỉ đổi tình trạng hồ sơ".into(),
    }
}

fn outage(regulation: &Regulation) -> String {
    match regulation.outage.unit {
        OutageUnit::Incident => "mỗi khi có sự cố".into(),
        OutageUnit::ConsecutiveWorkingDays => format!("khi ngừng từ {} ngày làm việc liên tục", regulation.outage.threshold),
    }
}
