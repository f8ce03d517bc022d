//! Going through a dossier before something is decided on it: what is missing, what differs from the paper, and that it was looked at.

use super::queries;
use crate::{
    App,
    access::{Grant, ViewRecord},
    dossiers::{self, mismatches},
    error::{Error, Result},
    form::{Problems, show_day},
    page::Page,
};
use axum::{
    Form,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::{Deserialize, Serialize};
use vault::Basis;

/// The longest note.
const LONGEST: usize = 500;

#[derive(Serialize)]
pub(super) struct CheckingPage {
    id: i64,
    name: String,
    unit: String,
    article: String,
    missing: Vec<String>,
    flags: usize,
    /// Who went through it, when, with which note, whether the dossier was written since.
    checks: Vec<Check>,
    note: String,
    problems: Problems,
}

/// Somebody went through it.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Check {
    pub(super) by: String,
    pub(super) on: String,
    pub(super) note: String,
    /// Nothing was written since.
    pub(super) stands: bool,
}

impl Page for CheckingPage {
    const TEMPLATE: &'static str = "decisions/checking.html";

    fn samples() -> Vec<CheckingPage> {
        let page = |missing: Vec<String>, checks: Vec<Check>, problem: Option<&str>| {
            let mut problems = Problems::default();
            if let Some(sentence) = problem {
                problems.add("note", sentence);
            }
            CheckingPage {
                id: 1,
                name: "Lò Thị Mai".into(),
                unit: "Bệnh viện Đa khoa".into(),
                article: "HUE-17.2.c".into(),
                flags: missing.len(),
                missing,
                checks,
                note: String::new(),
                problems,
            }
        };
        let check = |stands: bool| Check { by: "Hà Thị Mẫu".into(), on: "19/11/2026".into(), note: "Đủ".into(), stands };
        vec![page(Vec::new(), Vec::new(), None), page(vec!["Quê quán".into()], vec![check(true), check(false)], Some("Ghi lý do"))]
    }
}

async fn page(app: &App, grant: &Grant<ViewRecord>, id: i64, note: String, problems: Problems) -> Result<CheckingPage> {
    let mut reader = app.db.read(&**grant);
    let dossier = dossiers::find(&mut reader, id).await?;
    let regulation = dossiers::regulation(app, &dossier.unit_path).await?.ok_or(Error::NotFound)?;
    let gate = dossiers::checking_gate(regulation, &grant.visitor.viewer).ok_or(Error::NotFound)?;
    let sheet = dossiers::sheet(&mut reader, &app.law, id).await?;
    let gaps = sheet.completeness(&app.law, &dossier.form).missing;
    let label = |gap: &law::Gap<'_>| match gap.field {
        Some(field) => format!("{}, {}", gap.section.label_vi, dossiers::lower(&field.label_vi)),
        None => gap.section.label_vi.clone(),
    };
    Ok(CheckingPage {
        id,
        name: dossiers::name(&mut reader, id).await?,
        unit: dossier.unit_name.clone(),
        article: gate.article.clone(),
        missing: gaps.iter().map(label).collect(),
        flags: queries::open_flags(&mut reader, id).await?,
        checks: queries::checks(&mut reader, id).await?,
        note,
        problems,
    })
}

/// The page.
pub(super) async fn show(grant: Grant<ViewRecord>, State(app): State<App>, Path(id): Path<i64>) -> Result<Response> {
    page(&app, &grant, id, String::new(), Problems::default()).await?.show(&app, &grant.visitor)
}

/// What was typed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Typed {
    note: String,
}

/// Notes that it was gone through.
pub(super) async fn state(
    grant: Grant<ViewRecord>,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(typed): Form<Typed>,
) -> Result<Response> {
    let found = page(&app, &grant, id, typed.note.clone(), Problems::default()).await?;
    let note = typed.note.trim();
    let mut problems = Problems::default();
    if note.chars().count() > LONGEST {
        problems.add("note", format!("Ghi chú dài quá {LONGEST} chữ. Ghi ngắn lại"));
    } else if note.is_empty() && (!found.missing.is_empty() || found.flags > 0) {
        problems.add("note", "Hồ sơ còn thiếu hoặc sai lệch: ghi rõ vì sao vẫn giải quyết được");
    }
    if !problems.is_empty() {
        return CheckingPage { problems, ..found }.show_again(&app, &grant.visitor);
    }
    let mut change = app.db.change(&*grant, "record.check").await?;
    change.rests_on(Basis::Correction("đã kiểm tra hồ sơ trước khi giải quyết".into()));
    let set = [
        ("dossier_id", id.into()),
        ("checked_by", mismatches::person(grant.viewer()).into()),
        ("checked_on", app.today().into()),
        ("note", note.into()),
    ];
    change.insert("record_checks", &set).await?;
    change.commit().await?;
    Ok(Redirect::to(&format!("/ho-so/{id}/kiem-tra")).into_response())
}

impl Check {
    /// From a row with `checked_by`, `checked_on`, `note` and `stands`.
    pub(super) fn read(row: &vault::Row) -> vault::Result<Check> {
        Ok(Check {
            by: row.text("checked_by")?,
            on: show_day(row.get("checked_on")?),
            note: row.text("note")?,
            stands: row.int("stands")? == 1,
        })
    }
}
