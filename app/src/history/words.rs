//! An entry of the record as a sentence and its changes.

use super::queries::Entry;
use crate::dossiers::{OwnField, Shape, from_json, value};
use law::{Kind, Law, Section, Sensitivity};
use serde::Serialize;
use serde_json::Value as Json;

/// One entry as it is shown.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Told {
    pub(super) at: String,
    pub(super) machine_at: String,
    pub(super) who: String,
    pub(super) what: String,
    pub(super) section: String,
    pub(super) section_key: String,
    pub(super) basis: String,
    pub(super) changes: Vec<Change>,
    /// Some of it is above the reader's level.
    pub(super) unsaid: bool,
    /// Where the old values can be written back.
    pub(super) restore: String,
}

/// One field before and after.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Change {
    pub(super) label: String,
    pub(super) field: String,
    pub(super) before: String,
    pub(super) after: String,
}

/// Acts in words, with what they are done to behind them.
const ACTS: &[(&str, &str)] = &[
    ("section.correct", "sửa"),
    ("section.add", "nhập"),
    ("section.retract", "bỏ một dòng của"),
    ("file.attach", "tải tệp lên"),
    ("import.write", "nhập từ bảng tính vào"),
    ("import.undo", "rút lại nội dung đã nhập ở"),
    ("decision.apply", "ghi theo quyết định vào"),
    ("decision.enter", "ghi theo quyết định vào"),
    ("decision.add_people", "ghi theo quyết định vào"),
    ("decision.withdraw", "hoàn tác, do thu hồi quyết định, ở"),
    ("declaration.approve", "ghi theo khai báo vào"),
    ("dossier.close", "ghi khi khép hồ sơ vào"),
    ("dossier.reopen", "ghi khi mở lại hồ sơ vào"),
];

/// What was done with a dossier as a whole, in words.
const HIDING: &[(&str, &str)] = &[
    ("dossier.hide", "loại hồ sơ khỏi sử dụng"),
    ("dossier.restore", "khôi phục hồ sơ"),
    ("dossier.close", "khép hồ sơ của người nghỉ, chuyển đi"),
    ("dossier.reopen", "mở lại hồ sơ"),
    ("dossier.move", "chuyển hồ sơ trong cơ quan"),
    ("transfer.accept", "tiếp nhận hồ sơ"),
    ("transfer.forward", "chuyển tiếp hồ sơ cho đơn vị sử dụng"),
];

/// Work around a dossier, in words.
const WORKS: &[(&str, &str)] = &[
    ("transfer.send", "gửi hồ sơ sang đơn vị khác"),
    ("transfer.accept", "tiếp nhận hồ sơ"),
    ("transfer.forward", "chuyển tiếp hồ sơ cho đơn vị sử dụng"),
    ("transfer.send_back", "trả lại hồ sơ cho nơi gửi"),
    ("transfer.cancel", "hủy lần chuyển hồ sơ"),
    ("dossier.move", "chuyển hồ sơ trong cơ quan"),
    ("dossier.close", "khép hồ sơ của người nghỉ, chuyển đi"),
    ("dossier.reopen", "mở lại hồ sơ"),
    ("dossier.open", "lập hồ sơ, tính hạn nhập"),
    ("dossier.entered", "nhập xong hồ sơ"),
    ("movement.ask", "đề nghị nơi quản lý gửi hồ sơ"),
    ("decision.enter", "ghi quyết định vào hồ sơ"),
    ("decision.add_people", "ghi quyết định vào hồ sơ"),
    ("decision.apply", "áp dụng quyết định đã đến ngày hiệu lực"),
    ("decision.withdraw", "thu hồi quyết định"),
    ("declaration.send", "gửi khai báo"),
    ("declaration.verify", "đối chiếu khai báo với bản chính"),
    ("declaration.send_back", "trả lại khai báo"),
    ("declaration.withdraw", "rút khai báo"),
    ("declaration.approve", "phê duyệt khai báo"),
    ("declaration.accept", "duyệt cấp tỉnh khai báo"),
    ("record.check", "kiểm tra hồ sơ trước khi giải quyết"),
    ("obligation.settle", "ghi nhận việc đã xong"),
    ("obligation.restart", "tính lại hạn từ ngày khác"),
    ("obligation.recount", "tính lại hạn theo lịch mới"),
];

/// What was read, in words.
const READINGS: &[(&str, &str)] = &[
    ("dossier.open", "mở xem hồ sơ"),
    ("dossier.history", "xem lịch sử hồ sơ"),
    ("dossier.print", "in hồ sơ"),
    ("dossier.export", "kết xuất hồ sơ trong danh sách"),
    ("dossier.purpose", "nêu mục đích xem hồ sơ"),
    ("dossier.discrepancies", "xem sai lệch của hồ sơ"),
    ("section.open", "mở một mục để sửa"),
    ("file.open", "mở tệp trong hồ sơ"),
];

/// The entry as somebody of this level reads it.
pub(super) fn told(law: &Law, entry: &Entry, own: &[OwnField], level: Sensitivity, dossier_id: i64, may_edit: bool) -> Told {
    let moment = crate::in_vietnam(entry.recorded_at);
    let who = match &entry.operator {
        Some(operator) if !operator.is_empty() => format!("{operator} ({})", entry.account),
        _ => entry.account.clone(),
    };
    let told = Told {
        at: moment.strftime("%d/%m/%Y, %H:%M").to_string(),
        machine_at: moment.strftime("%Y-%m-%dT%H:%M").to_string(),
        who,
        basis: basis(entry.basis.as_deref().unwrap_or_default()),
        ..Told::default()
    };
    let known = entry.table.strip_prefix("s_").and_then(|key| law.section(key));
    match (entry.table.as_str(), known) {
        ("", _) => {
            let what = READINGS.iter().find(|(act, _)| *act == entry.act).map_or("xem hồ sơ", |(_, words)| *words);
            let purpose = entry.diff.get("purpose").and_then(Json::as_str).map(|words| format!("Mục đích: {words}"));
            Told { what: what.into(), basis: purpose.unwrap_or_default(), ..told }
        }
        (_, Some(section)) => {
            let (changes, unsaid) = changes(law, section, own, &entry.diff, level);
            if changes.is_empty() && unsaid {
                // Even that a section was written is not for everybody: its name alone may tell.
                return Told { what: "ghi vào hồ sơ".into(), basis: String::new(), unsaid, ..told };
            }
            let had = changes.iter().any(|change| !change.before.is_empty());
            let restore = match may_edit && had && entry.act != "file.attach" {
                true => format!("/ho-so/{dossier_id}/muc/{}?dong={}&theo={}.{}", section.key, entry.row_id, entry.chain, entry.seq),
                false => String::new(),
            };
            let what = ACTS.iter().find(|(act, _)| *act == entry.act).map_or("ghi vào", |(_, words)| *words);
            Told {
                what: what.into(),
                section: section.label_vi.clone(),
                section_key: section.key.clone(),
                changes,
                unsaid,
                restore,
                ..told
            }
        }
        ("dossiers", None) if HIDING.iter().any(|(act, _)| *act == entry.act) => {
            let words = HIDING.iter().find(|(act, _)| *act == entry.act).map_or("", |(_, words)| *words);
            Told { what: words.into(), ..told }
        }
        ("dossiers", None) => {
            let (mut all, mut unsaid) = (Vec::new(), false);
            for (key, rows) in entry.diff.as_object().into_iter().flatten() {
                let Some(section) = law.section(key) else { continue };
                for row in rows.as_array().into_iter().flatten() {
                    let (changes, hidden) = changes(law, section, own, row, level);
                    unsaid |= hidden;
                    all.extend(changes);
                }
            }
            let what = if all.is_empty() && !unsaid { "đổi tình trạng quản lý hồ sơ" } else { "lập hồ sơ" };
            Told { what: what.into(), changes: all, unsaid, ..told }
        }
        ("files", None) => Told { what: "lưu một tệp vào hồ sơ".into(), ..told },
        ("discrepancies", None) => Told { what: flagging(entry).into(), ..told },
        ("consents", None) if entry.act == "consent.withdraw" => {
            Told { what: "rút văn bản đồng ý cho xem hồ sơ".into(), ..told }
        }
        ("consents", None) => Told { what: "ghi văn bản đồng ý cho xem hồ sơ".into(), ..told },
        ("file_proofs", None) => Told { what: "ghi kết quả kiểm tra chữ ký số hoặc loại bản của tệp".into(), ..told },
        ("transfers" | "movements" | "declarations" | "record_checks" | "obligations" | "decision_people", None) => {
            Told { what: WORKS.iter().find(|(act, _)| *act == entry.act).map_or("ghi vào hồ sơ", |(_, words)| *words).into(), ..told }
        }
        (_, None) => Told { what: "ghi vào hồ sơ".into(), ..told },
    }
}

/// What was done with a difference between data and paper.
fn flagging(entry: &Entry) -> &'static str {
    match entry.act.as_str() {
        "discrepancy.open" => "báo sai lệch với hồ sơ giấy",
        "discrepancy.reject" => "bác bỏ sai lệch đã báo",
        _ => "khép sai lệch đã báo",
    }
}

/// Fields of a section before and after; whether some of them are above the level.
fn changes(law: &Law, section: &Section, own: &[OwnField], diff: &Json, level: Sensitivity) -> (Vec<Change>, bool) {
    let shape = Shape::new(law, section);
    let (mut said, mut unsaid) = (Vec::new(), false);
    for spot in shape.spots() {
        let Some(pair) = diff.get(&spot.column.name).and_then(Json::as_array) else { continue };
        if spot.field.sensitivity > level {
            unsaid = true;
            continue;
        }
        let side = |place: usize| {
            let value = from_json(spot.column.kind, pair.get(place).unwrap_or(&Json::Null));
            match (spot.column.kind, value) {
                (Kind::File, vault::Value::Int(_)) => "có tệp".to_owned(),
                (_, value) => value::show(spot, &value),
            }
        };
        let parts = if spot.field.kind == Kind::Address { law::ADDRESS_PARTS } else { law::DECISION_PARTS };
        let part = parts.iter().find(|(part, _, _)| *part == spot.column.part).map(|(_, _, label)| *label);
        let label = part.map_or_else(|| spot.field.label_vi.clone(), |part| format!("{}, {}", spot.field.label_vi, part.to_lowercase()));
        said.push(Change { label, field: spot.field.key.clone(), before: side(0), after: side(1) });
    }
    let pair = diff.get("own_fields").and_then(Json::as_array);
    for field in own.iter().filter(|field| pair.is_some() && field.section == section.key) {
        let json = |place: usize| pair.and_then(|pair| pair.get(place)?.get(&field.field.key)).unwrap_or(&Json::Null);
        if json(0) == json(1) {
            continue;
        }
        unsaid |= field.field.sensitivity > level;
        if field.field.sensitivity <= level {
            let side = |place: usize| value::show(field.spot(law, section), &from_json(field.field.kind, json(place)));
            said.push(Change { label: field.field.label_vi.clone(), field: field.field.key.clone(), before: side(0), after: side(1) });
        }
    }
    (said, unsaid)
}

/// Why, in words.
fn basis(written: &str) -> String {
    let (kind, rest) = written.split_once(' ').unwrap_or((written, ""));
    match kind {
        "" => String::new(),
        "correction" => format!("Lý do: {rest}"),
        "decision" => "Căn cứ: quyết định".into(),
        "declaration" => "Căn cứ: khai báo đã duyệt".into(),
        "import" => "Căn cứ: nhập từ bảng tính".into(),
        "transfer" => "Căn cứ: phiếu chuyển hồ sơ".into(),
        "undo" => format!("Rút lại. {}", basis(rest)),
        _ => written.to_owned(),
    }
}
