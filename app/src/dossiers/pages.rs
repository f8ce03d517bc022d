//! A dossier on one page, as it is or as it was known on a day.

use super::{
    body::View,
    dates,
    mismatches::Flag,
    purpose,
    queries::{self, Dossier, Folder},
    secrecy,
    sheet::Sheet,
};
use crate::{
    App,
    access::{AssignRights, ChangeStatus, CheckDeclarations, Grant, RemoveRecord, TransferRecord, ViewRecord},
    error::{Error, Result},
    form,
    page::Page,
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use jiff::civil::Date;
use law::Sensitivity;
use serde::{Deserialize, Serialize};
use vault::Value;

/// What the head of the page says of the person.
#[derive(Serialize, Clone, Debug, Default)]
pub(crate) struct Head {
    id: i64,
    name: String,
    unit_name: String,
    unit_id: i64,
    status: String,
    is_working: bool,
    kind: String,
    born: String,
    age: Option<i16>,
    gender: String,
    officer_number: String,
    dossier_number: String,
    position: String,
    rank: String,
    step: String,
    coefficient: String,
    next_raise: String,
    is_member: bool,
    photo: Option<i64>,
}

#[derive(Serialize)]
pub(super) struct DossierPage {
    head: Head,
    completeness: String,
    index: String,
    body: String,
    form_name: String,
    as_known: String,
    day_typed: String,
    day_problem: String,
    flags: Vec<Flagged>,
    /// Sections about which a declaration waits: key and label; seen by whoever may see declarations.
    pending: Vec<(String, String)>,
    may_flag: bool,
    may_consent: bool,
    /// It may be sent to another unit; closed or opened again.
    may_transfer: bool,
    /// Declarations about it may be seen or made.
    may_declare: bool,
    may_close: bool,
    /// It may be taken out of use or brought back.
    may_remove: bool,
    is_hidden: bool,
    /// It is gone through here before something is decided on it.
    may_check: bool,
    is_closed: bool,
    may_edit: bool,
    may_print: bool,
}

/// An open difference with the paper, as the page shows it.
#[derive(Serialize)]
struct Flagged {
    spot: String,
    section: String,
    words: String,
    who: String,
    on: String,
}

impl Flagged {
    fn new(law: &law::Law, flag: &Flag, level: Sensitivity) -> Flagged {
        let spot = flag.spot(law).filter(|spot| spot.readable(level));
        Flagged {
            spot: spot.map_or_else(|| "Nội dung không thuộc quyền xem".into(), |spot| spot.label()),
            section: spot.map(|spot| spot.section.key.clone()).unwrap_or_default(),
            words: spot.map(|_| flag.words.clone()).unwrap_or_default(),
            who: flag.opened_by.clone(),
            on: form::show_day(crate::day_of(flag.opened_at)),
        }
    }
}

impl Page for DossierPage {
    const TEMPLATE: &'static str = "dossiers/show.html";

    fn samples() -> Vec<DossierPage> {
        let page = |as_known: &str, photo| DossierPage {
            head: Head {
                id: 1, name: "Lò Thị Mai".into(), unit_name: "Bệnh viện Đa khoa".into(), photo, age: Some(36), ..Head::default()
            },
            completeness: "<div id=\"day-du\"></div>".into(),
            index: String::new(),
            body: "<section class=\"panel\"></section>".into(),
            form_name: "Mẫu 2C-BNV/2008".into(),
            as_known: as_known.into(),
            day_typed: as_known.into(),
            day_problem: String::new(),
            flags: photo
                .map(|_| Flagged {
                    spot: "Ngày sinh".into(),
                    section: "identity".into(),
                    words: "Giấy khai sinh ghi 28/03/1990".into(),
                    who: "Hà Thị Mẫu".into(),
                    on: "19/11/2026".into(),
                })
                .into_iter()
                .collect(),
            pending: photo.map(|_| ("contact".to_owned(), "Thông tin liên hệ".to_owned())).into_iter().collect(),
            may_flag: as_known.is_empty(),
            may_consent: as_known.is_empty(),
            may_transfer: as_known.is_empty(),
            may_declare: as_known.is_empty(),
            may_close: true,
            may_remove: true,
            is_hidden: !as_known.is_empty(),
            may_check: as_known.is_empty(),
            is_closed: !as_known.is_empty(),
            may_edit: as_known.is_empty(),
            may_print: true,
        };
        vec![page("", None), page("01/07/2025", Some(3))]
    }
}

impl Head {
    /// The head of a dossier as somebody of this level reads it.
    pub(crate) fn new(dossier: &Dossier, sheet: &Sheet<'_>, level: Sensitivity, today: Date) -> Head {
        let shown = |section: &str, field: &str| {
            let secret =
                sheet.section(section).and_then(|(shape, _)| shape.section.field(field)).is_none_or(|field| field.sensitivity > level);
            if secret { String::new() } else { sheet.shown(section, field) }
        };
        let born = match sheet.value("identity", "birth_date") {
            Some(Value::Text(born)) if !shown("identity", "birth_date").is_empty() => dates::span(born).map(|(first, _)| first),
            _ => None,
        };
        let had = |day: Date| (today.month(), today.day()) >= (day.month(), day.day());
        let photo = match sheet.value("dossier_header", "photo") {
            Some(Value::Int(file)) if level >= Sensitivity::Personal => Some(*file),
            _ => None,
        };
        let (rank_code, rank_name) = (sheet.value("rank_current", "rank_code"), shown("rank_current", "rank_name"));
        let code = if let Some(Value::Text(code)) = rank_code { code.clone() } else { String::new() };
        Head {
            id: dossier.id,
            name: sheet.shown("identity", "full_name"),
            unit_name: dossier.unit_name.clone(),
            unit_id: dossier.unit_id,
            status: shown("dossier_header", "dossier_status"),
            is_working: dossier.state == "active",
            kind: shown("dossier_header", "personnel_type"),
            born: shown("identity", "birth_date"),
            age: born.map(|day| today.year() - day.year() - i16::from(!had(day))),
            gender: shown("identity", "gender"),
            officer_number: shown("dossier_header", "officer_number"),
            dossier_number: shown("dossier_header", "dossier_number"),
            position: shown("current_position", "position"),
            rank: if rank_name.is_empty() { String::new() } else { format!("{rank_name} {code}").trim().to_owned() },
            step: shown("salary_current", "grade_step"),
            coefficient: shown("salary_current", "coefficient"),
            next_raise: shown("salary_current", "next_raise_due"),
            is_member: sheet.value("party_membership", "is_member") == Some(&Value::Bool(true)),
            photo,
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct ShowAsked {
    ngay: String,
}

/// The dossier; with `?ngay=dd/mm/yyyy` as it was known at the end of that day.
pub(super) async fn show(
    grant: Grant<ViewRecord>,
    State(app): State<App>,
    Path(id): Path<i64>,
    Query(asked): Query<ShowAsked>,
) -> Result<Response> {
    let mut reader = app.db.read(&*grant);
    let today = app.today();
    let (day, day_problem) = match asked.ngay.trim() {
        "" => (None, String::new()),
        typed => match dates::day(typed) {
            Ok(day) if day > today => (None, "Chọn ngày không sau hôm nay".to_owned()),
            Ok(day) => (Some(day), String::new()),
            Err(sentence) => (None, sentence),
        },
    };
    let (Folder { dossier, files, own, flags, pending }, sheet) = match day.and_then(end_of) {
        Some(at) => (queries::folder(&mut reader, id, &[]).await?.0, queries::sheet_known(&mut reader, &app.law, id, at).await?),
        None => queries::whole(&mut reader, &app.law, id).await?,
    };
    let may_remove = reaches::<RemoveRecord>(&grant, &dossier.unit_path);
    if dossier.state == "hidden" && !may_remove {
        return Err(Error::NotFound);
    }
    let Some(purpose) = purpose::purpose(&app, &grant, &dossier).await? else {
        let day = serde_urlencoded::to_string([("ngay", &asked.ngay)]).unwrap_or_default();
        return purpose::ask(&app, &grant, &dossier, &format!("/ho-so/{id}?{day}")).await;
    };
    let level = secrecy::level(&grant.visitor.viewer, id, &dossier.unit_path);
    let details = serde_json::json!({ "day": day.map(|day| day.to_string()), "purpose": purpose });
    app.db.note(&*grant, "dossier.open", Some(id), details).await?;

    let may_edit = day.is_none() && dossier.state == "active" && secrecy::may_edit(&grant.visitor.viewer, &dossier.unit_path);
    let view = View { id, level, form: &dossier.form, editable: may_edit, files: &files, own: &own };
    let completeness = sheet.completeness(&app.law, &dossier.form);
    let may_declare = (grant.visitor.viewer.dossier_id() == Some(id) && grant.visitor.may("submit_declaration"))
        || reaches::<CheckDeclarations>(&grant, &dossier.unit_path);
    let waits = pending.iter().filter(|_| day.is_none() && may_declare).filter_map(|key| {
        let section = app.law.section(key)?;
        Some((key.clone(), section.label_vi.clone()))
    });
    let page = DossierPage {
        head: Head::new(&dossier, &sheet, level, day.unwrap_or(today)),
        completeness: view.completeness(&sheet, &completeness, false),
        index: view.index(&sheet, &completeness),
        body: view.all(&sheet),
        form_name: app.law.form(&dossier.form).map(|form| form.name_vi.clone()).unwrap_or_default(),
        as_known: day.map(form::show_day).unwrap_or_default(),
        day_typed: asked.ngay,
        day_problem,
        flags: flags.iter().filter(|_| day.is_none()).map(|flag| Flagged::new(&app.law, flag, level)).collect(),
        may_flag: day.is_none() && secrecy::manages(&grant.visitor.viewer, id, &dossier.unit_path),
        pending: waits.collect(),
        may_declare,
        may_transfer: dossier.state == "active" && reaches::<TransferRecord>(&grant, &dossier.unit_path),
        may_close: dossier.state != "hidden" && reaches::<ChangeStatus>(&grant, &dossier.unit_path),
        may_check: dossier.state == "active"
            && queries::regulation(&app, &dossier.unit_path)
                .await?
                .is_some_and(|regulation| secrecy::checking_gate(regulation, &grant.visitor.viewer).is_some()),
        is_closed: dossier.state == "left",
        may_remove,
        is_hidden: dossier.state == "hidden",
        may_consent: grant.visitor.viewer.may::<AssignRights>().is_some_and(|rights| rights.reaches_unit(&dossier.unit_path)),
        may_edit,
        may_print: level >= Sensitivity::Personal,
    };
    if page.day_problem.is_empty() { page.show(&app, &grant.visitor) } else { page.show_again(&app, &grant.visitor) }
}

/// The last moment of a day in Vietnam.
fn end_of(day: Date) -> Option<jiff::Timestamp> {
    let next = day.tomorrow().ok()?;
    let start = jiff::tz::TimeZone::fixed(jiff::tz::offset(crate::HOURS_AHEAD)).to_timestamp(next.at(0, 0, 0, 0)).ok()?;
    start.checked_sub(jiff::Span::new().microseconds(1)).ok()
}

fn reaches<P: vault::Permission>(grant: &Grant<ViewRecord>, unit_path: &str) -> bool {
    grant.visitor.viewer.may::<P>().is_some_and(|held| held.reaches_unit(unit_path))
}
