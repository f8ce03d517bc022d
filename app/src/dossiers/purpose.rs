//! For what a dossier is opened: whoever manages it does so by duty; whoever only looks says why, once for a dossier and a day.
//!
//! The record itself remembers what was said, so nothing else is kept, and those who manage are asked nothing of the database.

use super::{
    queries::{self, Dossier},
    secrecy,
};
use crate::{
    App,
    access::{Grant, ViewRecord, Visitor},
    error::Result,
    form::Problems,
    page::Page,
};
use axum::{
    Form,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use vault::{Read, Row};

/// The act under which a purpose is put on the record.
const STATED: &str = "dossier.purpose";
const TODAY: &str = "
    SELECT e.operator, e.diff FROM {audit_entries} e
    WHERE e.dossier_id = $1 AND e.recorded_at >= $2 AND e.account_id = $3 AND e.act = $4 ORDER BY e.recorded_at DESC LIMIT 20";
const BEFORE: &str = "
    SELECT e.operator, e.diff FROM {audit_entries} e
    WHERE e.account_id = $1 AND e.recorded_at >= $2 AND e.act = $3 ORDER BY e.recorded_at DESC LIMIT 60";
/// How long a purpose is offered again.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(60 * 24);
/// Choices on the form.
const CHOICES: usize = 5;
/// What people usually open a dossier for; offered until they said other things.
const USUAL: &[&str] = &[
    "Phục vụ công tác lãnh đạo, chỉ đạo",
    "Kiểm tra, giám sát việc quản lý hồ sơ",
    "Xem xét nhân sự theo quy trình công tác cán bộ",
    "Giải quyết đề nghị của người có hồ sơ",
];
const LONGEST: usize = 300;

/// The purpose that goes on the record with everything of the dossier that is opened; nothing when it must be asked first.
pub(crate) async fn purpose(app: &App, grant: &Grant<ViewRecord>, dossier: &Dossier) -> Result<Option<String>> {
    if let Some(standing) = standing(&grant.visitor, dossier) {
        return Ok(Some(standing));
    }
    let viewer = &grant.visitor.viewer;
    let args = [dossier.id.into(), start_of(app.today()).into(), viewer.account_id().into(), STATED.into()];
    let rows = app.db.read(&**grant).rows(TODAY, &args).await?;
    Ok(stated(&rows, viewer.operator()).into_iter().next())
}

/// The purpose of those who manage the dossier, and of the person.
pub(crate) fn standing(visitor: &Visitor, dossier: &Dossier) -> Option<String> {
    if visitor.viewer.dossier_id() == Some(dossier.id) {
        return Some("xem hồ sơ của chính mình".into());
    }
    let manages = secrecy::manages(&visitor.viewer, dossier.id, &dossier.unit_path);
    manages.then(|| format!("quản lý hồ sơ theo nhiệm vụ, {}", visitor.sign.role))
}

/// Purposes of the operator who asks, newest first.
fn stated(rows: &[Row], operator: Option<&str>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for row in rows {
        let (Ok(who), Ok(diff)) = (row.get::<Option<String>>("operator"), row.text("diff")) else { continue };
        let diff: Json = serde_json::from_str(&diff).unwrap_or_default();
        let words = diff.get("purpose").and_then(Json::as_str).map(str::to_owned);
        found.extend(words.filter(|words| who.as_deref() == operator && !found.contains(words)));
    }
    found
}

/// The first moment of a day in Vietnam.
fn start_of(day: Date) -> Timestamp {
    let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(crate::HOURS_AHEAD));
    zone.to_timestamp(day.at(0, 0, 0, 0)).unwrap_or(Timestamp::MIN)
}

#[derive(Serialize)]
pub(super) struct PurposePage {
    id: i64,
    name: String,
    unit_name: String,
    choices: Vec<String>,
    form: PurposeForm,
    problems: Problems,
}

impl Page for PurposePage {
    const TEMPLATE: &'static str = "dossiers/purpose.html";

    fn samples() -> Vec<PurposePage> {
        let mut wrong = Problems::default();
        wrong.add("other", "Chọn hoặc ghi mục đích xem hồ sơ");
        let page = |problems: Problems| PurposePage {
            id: 1,
            name: "Lò Thị Mai".into(),
            unit_name: "Bệnh viện Đa khoa".into(),
            choices: USUAL.iter().map(|words| (*words).to_owned()).collect(),
            form: PurposeForm { purpose: String::new(), other: String::new(), back: "/ho-so/1".into() },
            problems,
        };
        vec![page(Problems::default()), page(wrong)]
    }
}

/// A purpose as chosen or typed, and what is opened then.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct PurposeForm {
    purpose: String,
    other: String,
    back: String,
}

/// The form before the dossier; `back` is opened when it is filled in.
pub(crate) async fn ask(app: &App, grant: &Grant<ViewRecord>, dossier: &Dossier, back: &str) -> Result<Response> {
    let form = PurposeForm { back: back.to_owned(), ..PurposeForm::default() };
    PurposePage::new(app, grant, dossier, form, Problems::default()).await?.show(app, &grant.visitor)
}

impl PurposePage {
    async fn new(app: &App, grant: &Grant<ViewRecord>, dossier: &Dossier, form: PurposeForm, problems: Problems) -> Result<PurposePage> {
        let mut reader = app.db.read(&**grant);
        let viewer = &grant.visitor.viewer;
        let since = app.now().checked_sub(REMEMBERED).unwrap_or(Timestamp::MIN);
        let rows = reader.rows(BEFORE, &[viewer.account_id().into(), since.into(), STATED.into()]).await?;
        let mut choices = stated(&rows, viewer.operator());
        choices.extend(USUAL.iter().map(|words| (*words).to_owned()).filter(|words| !choices.contains(words)).collect::<Vec<_>>());
        choices.truncate(CHOICES);
        let chosen = if form.purpose.is_empty() && !rows.is_empty() { choices.first().cloned().unwrap_or_default() } else { form.purpose };
        Ok(PurposePage {
            id: dossier.id,
            name: queries::name(&mut reader, dossier.id).await?,
            unit_name: dossier.unit_name.clone(),
            choices,
            form: PurposeForm { purpose: chosen, ..form },
            problems,
        })
    }
}

/// Puts the purpose on the record and goes on to what was asked for.
pub(super) async fn state(
    grant: Grant<ViewRecord>,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(form): Form<PurposeForm>,
) -> Result<Response> {
    let dossier = queries::find(&mut app.db.read(&*grant), id).await?;
    let words = if form.other.trim().is_empty() { form.purpose.trim() } else { form.other.trim() };
    let words: String = words.chars().take(LONGEST).collect();
    if words.is_empty() {
        let mut problems = Problems::default();
        problems.add("other", "Chọn hoặc ghi mục đích xem hồ sơ, ví dụ: chuẩn bị họp xét khen thưởng");
        return PurposePage::new(&app, &grant, &dossier, form, problems).await?.show_again(&app, &grant.visitor);
    }
    app.db.note(&*grant, STATED, Some(id), json!({ "purpose": words })).await?;
    Ok(Redirect::to(&back(id, &form.back)).into_response())
}

/// Only what belongs to the dossier is opened afterwards.
fn back(id: i64, asked: &str) -> String {
    let own = format!("/ho-so/{id}");
    let inside = asked.strip_prefix(&own).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
    if inside && !asked.contains(['\\', '\n', '\r']) { asked.to_owned() } else { own }
}

#[cfg(test)]
mod tests {
    use super::back;

    #[test]
    fn one_goes_on_to_the_dossier_and_nowhere_else() {
        assert_eq!(back(7, "/ho-so/7/in/PBS?tep=docx"), "/ho-so/7/in/PBS?tep=docx");
        for elsewhere in ["", "//evil.test", "/ho-so/78", "/ho-so/7\r\nx: y", "https://evil.test/ho-so/7", "/tai-khoan"] {
            assert_eq!(back(7, elsewhere), "/ho-so/7", "{elsewhere}");
        }
    }
}
