//! The history page.

use super::{
    queries::{self, Wanted},
    words::{Told, told},
};
use crate::{
    App,
    access::{Grant, ViewAudit, ViewRecord},
    dossiers,
    error::Result,
    page::Page,
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use jiff::Timestamp;
use law::Sensitivity;
use serde::{Deserialize, Serialize};

/// Entries on one page.
const SHOWN: usize = 50;

#[derive(Serialize)]
pub(super) struct HistoryPage {
    id: i64,
    name: String,
    sections: Vec<(String, String)>,
    section: String,
    fields: Vec<(String, String)>,
    field: String,
    readings: bool,
    may_see_readings: bool,
    entries: Vec<Told>,
    older: String,
}

impl Page for HistoryPage {
    const TEMPLATE: &'static str = "history/show.html";

    fn samples() -> Vec<HistoryPage> {
        let page = |entries: Vec<Told>, older: &str| HistoryPage {
            id: 1,
            name: "Lò Thị Mai".into(),
            sections: vec![("identity".into(), "Thông tin nhân thân".into())],
            section: "identity".into(),
            fields: vec![("gender".into(), "Giới tính".into())],
            field: String::new(),
            readings: false,
            may_see_readings: true,
            entries,
            older: older.into(),
        };
        let change =
            super::words::Change { label: "Giới tính".into(), field: "gender".into(), before: "Nam".into(), after: "Nữ".into() };
        let entry =
            Told {
                who: "Nông Thị Hạnh".into(), what: "sửa".into(), changes: vec![change], restore: "/ho-so/1".into(), ..Told::default()
            };
        vec![page(vec![], ""), page(vec![entry, Told { unsaid: true, ..Told::default() }], "1.2.3")]
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct HistoryAsked {
    muc: String,
    truong: String,
    xem: String,
    truoc: String,
}

/// What was done, newest first; of the whole dossier, a section or a field.
pub(super) async fn show(
    grant: Grant<ViewRecord>,
    State(app): State<App>,
    Path(id): Path<i64>,
    Query(asked): Query<HistoryAsked>,
) -> Result<Response> {
    let mut reader = app.db.read(&*grant);
    let dossier = dossiers::find(&mut reader, id).await?;
    let Some(purpose) = dossiers::purpose(&app, &grant, &dossier).await? else {
        return dossiers::ask_purpose(&app, &grant, &dossier, &grant.visitor.path).await;
    };
    let viewer = &grant.visitor.viewer;
    let level = dossiers::level(viewer, id, &dossier.unit_path);
    let may_edit = dossiers::may_edit(viewer, &dossier.unit_path);
    let audits = viewer.may::<ViewAudit>().is_some_and(|grant| grant.reaches_unit(&dossier.unit_path));
    let may_see_readings = audits || may_edit || viewer.dossier_id() == Some(id);

    let section = app.law.section(&asked.muc);
    let table = section.map(law::Section::table);
    let field = section.and_then(|section| section.field(&asked.truong)).filter(|field| field.sensitivity <= level);
    let wanted = Wanted {
        dossier_id: id,
        table: table.as_deref(),
        column: field.map(|field| field.key.as_str()),
        readings: may_see_readings && asked.xem == "mo" && table.is_none(),
        before: before(&asked.truoc),
        limit: i64::try_from(SHOWN + 1).unwrap_or(i64::MAX),
    };
    let mut entries = queries::entries(&mut reader, &wanted).await?;
    let more = entries.len() > SHOWN;
    entries.truncate(SHOWN);
    let last = entries.last().filter(|_| more);
    let older = last.map(|entry| format!("{}.{}.{}", entry.recorded_at.as_microsecond(), entry.chain, entry.seq)).unwrap_or_default();
    let keeps = |told: &mut Told| {
        if let Some(field) = field {
            told.changes.retain(|change| change.field == field.key);
            told.unsaid = false;
        }
        field.is_none() || !told.changes.is_empty()
    };
    let own = dossiers::own_fields(&mut reader).await?;
    let mut told: Vec<Told> = entries.iter().map(|entry| told(&app.law, entry, &own, level, id, may_edit)).collect();
    told.retain_mut(keeps);
    app.db.note(&*grant, "dossier.history", Some(id), serde_json::json!({ "purpose": purpose })).await?;

    let readable = |section: &&law::Section| section.fields.iter().any(|field| field.sensitivity <= level);
    let page = HistoryPage {
        id,
        name: dossiers::name(&mut reader, id).await?,
        sections: app.law.sections.iter().filter(readable).map(|section| (section.key.clone(), section.label_vi.clone())).collect(),
        section: section.map(|section| section.key.clone()).unwrap_or_default(),
        fields: section.map(|section| fields(section, level)).unwrap_or_default(),
        field: field.map(|field| field.key.clone()).unwrap_or_default(),
        readings: wanted.readings,
        may_see_readings,
        entries: told,
        older,
    };
    page.show(&app, &grant.visitor)
}

fn fields(section: &law::Section, level: Sensitivity) -> Vec<(String, String)> {
    let readable = section.fields.iter().filter(|field| field.sensitivity <= level);
    readable.map(|field| (field.key.clone(), field.label_vi.clone())).collect()
}

/// `moment.chain.seq` of the last entry that was shown.
fn before(text: &str) -> Option<(Timestamp, i64, i64)> {
    let mut parts = text.split('.');
    let at = Timestamp::from_microsecond(parts.next()?.parse().ok()?).ok()?;
    Some((at, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}
