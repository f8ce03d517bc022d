//! What is under way: copies, lists on their way out, files on their way in, checks of the record.

use super::record;
use crate::{
    App,
    access::{Administer, BackupRestore, Grant, ViewAudit, Visitor},
    backups,
    error::{Error, Result},
    form::show_moment,
    page::{Page, thousands},
};
use axum::{
    extract::{Path, State},
    response::{Redirect, Response},
};
use jiff::civil::DateTime;
use serde::Serialize;
use serde_json::json;
use std::sync::atomic::Ordering;
use vault::Read;

const ACCOUNT: &str = "SELECT a.name FROM {accounts} a WHERE a.id = $1";
const IMPORTS: &str = "
    SELECT i.id, i.file_name, i.created_at, u.name AS unit_name FROM {imports} i JOIN units u ON u.id = i.unit_id
    WHERE i.state = 'draft' AND i.finished_at IS NULL ORDER BY i.id DESC LIMIT 100";

/// A list that is being written.
#[derive(Serialize)]
struct ExportLine {
    id: String,
    who: String,
    rows: String,
    total: String,
}

/// A file that was brought and is not written yet.
#[derive(Serialize)]
struct ImportLine {
    id: i64,
    file: String,
    unit: String,
    at: String,
    /// Rows written and all rows while it is being written.
    under_way: String,
}

#[derive(Serialize)]
pub(super) struct JobsPage {
    copy: String,
    latest: String,
    failure: String,
    may_copy: bool,
    exports: Vec<ExportLine>,
    hidden_exports: usize,
    imports: Vec<ImportLine>,
    may_import: bool,
    may_check: bool,
    checking: bool,
    checked_at: String,
    entries: String,
    fault: String,
}

impl Page for JobsPage {
    const TEMPLATE: &'static str = "administration/jobs.html";

    fn samples() -> Vec<JobsPage> {
        let page = |busy: bool| JobsPage {
            copy: if busy { "sao lưu, đã xong 1.200 dòng và tệp".into() } else { String::new() },
            latest: if busy { String::new() } else { "01:30 19/11/2026".into() },
            failure: if busy { "Máy chủ gặp trục trặc".into() } else { String::new() },
            may_copy: true,
            exports: vec![ExportLine { id: "1".into(), who: "Văn phòng".into(), rows: "1.000".into(), total: "5.000".into() }],
            hidden_exports: usize::from(busy),
            imports: vec![ImportLine {
                id: 1,
                file: "danh-sach.xlsx".into(),
                unit: "Sở Y tế".into(),
                at: "08:00 19/11/2026".into(),
                under_way: if busy { "200/412".into() } else { String::new() },
            }],
            may_import: true,
            may_check: true,
            checking: busy,
            checked_at: "08:00 19/11/2026".into(),
            entries: if busy { String::new() } else { "12".into() },
            fault: if busy { "Nhật ký bị sửa đổi".into() } else { String::new() },
        };
        let idle = JobsPage { exports: vec![], imports: vec![], hidden_exports: 0, checked_at: String::new(), ..page(false) };
        vec![page(true), page(false), idle]
    }
}

/// A moment by the clocks of Vietnam as people read it.
pub(super) fn moment(at: DateTime) -> String {
    at.strftime("%H:%M %d/%m/%Y").to_string()
}

fn figure(number: impl TryInto<i64>) -> String {
    thousands(number.try_into().unwrap_or(i64::MAX))
}

/// What is under way inside the area.
pub(super) async fn show(grant: Grant<Administer>, State(app): State<App>) -> Result<Response> {
    let visitor = &grant.visitor;
    let running = app.exports.running();
    let exports = exports(&app, &grant).await?;
    let record = app.record.state();
    let (entries, fault) = match record.found {
        Some(Ok(entries)) => (figure(entries), String::new()),
        Some(Err(fault)) => (String::new(), fault),
        None => (String::new(), String::new()),
    };
    let page = JobsPage {
        copy: app.backups.under_way().map(|(what, done)| format!("{what}, đã xong {} dòng và tệp", figure(done))).unwrap_or_default(),
        latest: backups::latest(&app)?.map(|copy| moment(copy.at)).unwrap_or_default(),
        failure: app.backups.failure().unwrap_or_default(),
        may_copy: visitor.grant::<BackupRestore>().is_ok_and(|grant| grant.operates() || grant.reaches_whole()),
        hidden_exports: running.len().saturating_sub(exports.len()),
        exports,
        imports: imports(&app, &grant).await?,
        may_import: visitor.may("create_record"),
        may_check: may_check(visitor).is_ok(),
        checking: record.running,
        checked_at: record.ended,
        entries,
        fault,
    };
    page.show(&app, visitor)
}

/// Lists of accounts inside the area.
async fn exports(app: &App, grant: &Grant<Administer>) -> Result<Vec<ExportLine>> {
    let mut lines = Vec::new();
    for (id, job) in app.exports.running() {
        let found = app.db.read(grant).rows(ACCOUNT, &[job.account.into()]).await?;
        if let Some(account) = found.first() {
            let rows = figure(job.progress.rows.load(Ordering::Relaxed));
            lines.push(ExportLine { id, who: account.text("name")?, rows, total: figure(job.total) });
        }
    }
    Ok(lines)
}

async fn imports(app: &App, grant: &Grant<Administer>) -> Result<Vec<ImportLine>> {
    let rows = app.db.read(grant).rows(IMPORTS, &[]).await?;
    let line = |row: &vault::Row| -> Result<ImportLine> {
        let id = row.int("id")?;
        let under_way = app.desk.under_way(id).map(|(done, total)| format!("{}/{}", figure(done), figure(total)));
        Ok(ImportLine {
            id,
            file: row.text("file_name")?,
            unit: row.text("unit_name")?,
            at: show_moment(row.get("created_at")?),
            under_way: under_way.unwrap_or_default(),
        })
    };
    rows.iter().map(line).collect()
}

/// The record is one for the whole installation, so whoever checks it must reach the whole.
fn may_check(visitor: &Visitor) -> Result<Grant<ViewAudit>> {
    let grant = visitor.grant::<ViewAudit>()?;
    if grant.operates() || grant.reaches_whole() { Ok(grant) } else { Err(Error::Forbidden) }
}

/// Begins to walk the record.
pub(super) async fn check_record(grant: Grant<Administer>, State(app): State<App>) -> Result<Redirect> {
    let audit = may_check(&grant.visitor)?;
    if !record::begin(&app) {
        return Err(Error::Conflict("Nhật ký đang được kiểm tra. Chờ xong rồi kiểm tra lại".into()));
    }
    app.db.note(&audit, "audit.check", None, json!({})).await?;
    Ok(Redirect::to("/quan-tri/cong-viec"))
}

/// Calls off a list of an account inside the area.
pub(super) async fn stop_export(grant: Grant<Administer>, State(app): State<App>, Path(id): Path<String>) -> Result<Redirect> {
    if !exports(&app, &grant).await?.iter().any(|line| line.id == id) {
        return Err(Error::NotFound);
    }
    app.exports.drop_job(&id);
    app.db.note(&grant, "export.stop", None, json!({})).await?;
    Ok(Redirect::to("/quan-tri/cong-viec"))
}
