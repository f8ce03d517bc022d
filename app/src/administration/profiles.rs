//! Which unit follows which regulation, and from when.

use crate::{
    App,
    access::{Administer, Grant},
    error::Result,
    form::show_day,
    page::Page,
};
use axum::{extract::State, response::Response};
use jiff::civil::Date;
use serde::Serialize;
use vault::Read;

const ATTACHED: &str = "
    SELECT u.id, u.name, u.path, r.regulation_code, r.from_on, r.until_on FROM unit_regulations r JOIN units u ON u.id = r.unit_id
    ORDER BY u.path, r.from_on DESC";

/// One attachment.
#[derive(Serialize)]
pub(super) struct Row {
    unit: i64,
    unit_name: String,
    pub(super) code: String,
    name: String,
    number: String,
    from: String,
    until: String,
    /// In force today.
    pub(super) holds: bool,
}

#[derive(Serialize)]
pub(super) struct ProfilesPage {
    rows: Vec<Row>,
    may_attach: bool,
}

impl Page for ProfilesPage {
    const TEMPLATE: &'static str = "administration/profiles.html";

    fn samples() -> Vec<ProfilesPage> {
        let row = |holds: bool| Row {
            unit: 1,
            unit_name: "Tỉnh Mẫu".into(),
            code: "yen-bai-2020".into(),
            name: "Yên Bái 2020".into(),
            number: "1980/QĐ-UBND".into(),
            from: "07/09/2020".into(),
            until: if holds { String::new() } else { "30/06/2025".into() },
            holds,
        };
        vec![ProfilesPage { rows: vec![row(true), row(false)], may_attach: true }, ProfilesPage { rows: vec![], may_attach: false }]
    }
}

/// The attachments at units inside the area, by unit, the newest first.
pub(super) async fn rows(app: &App, grant: &Grant<Administer>) -> Result<Vec<Row>> {
    let today = app.today();
    let mut rows = Vec::new();
    for row in app.db.read(&grant.visitor.signed_in()).rows(ATTACHED, &[]).await? {
        let (path, code) = (row.text("path")?, row.text("regulation_code")?);
        if !(grant.operates() || grant.reaches_unit(&path) || grant.reaches_account(&path)) {
            continue;
        }
        let (from, until): (Date, Option<Date>) = (row.get("from_on")?, row.get("until_on")?);
        let known = app.law.regulation(&code);
        rows.push(Row {
            unit: row.int("id")?,
            unit_name: row.text("name")?,
            name: known.map_or_else(|| code.clone(), |known| known.identity.name_vi.clone()),
            number: known.map(|known| known.identity.number.clone()).unwrap_or_default(),
            code,
            from: show_day(from),
            until: until.map(show_day).unwrap_or_default(),
            holds: from <= today && until.is_none_or(|until| today <= until),
        });
    }
    Ok(rows)
}

/// The attachments.
pub(super) async fn show(grant: Grant<Administer>, State(app): State<App>) -> Result<Response> {
    let rows = rows(&app, &grant).await?;
    ProfilesPage { rows, may_attach: grant.visitor.may("manage_unit_tree") }.show(&app, &grant.visitor)
}
