//! Asking for a list, watching it being written, fetching it.

use super::{
    jobs::{self, Outcome},
    write::{Asking, Format},
};
use crate::{
    App,
    access::{Export, Grant},
    error::{Error, Result},
    page::{Page, render, thousands},
    search::{Asked, Scope, chosen_columns, chosen_own_columns, count, own_columns},
};
use axum::{
    body::Body,
    extract::{Path, RawForm, State},
    http::{HeaderMap, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use serde::Serialize;
use std::sync::atomic::Ordering;
use tokio_util::io::ReaderStream;

/// People that one export may pick out by a tick; a page of the list holds fewer.
const CHOSEN: usize = 500;

/// What the form holds.
#[derive(Default)]
struct ExportForm {
    ve: String,
    purpose: String,
    columns: String,
    format: String,
    /// The form stands below a list in which people are ticked.
    by_tick: bool,
    chosen: Vec<i64>,
}

impl ExportForm {
    /// Names may come twice, for everyone who is ticked.
    fn read(body: &[u8]) -> ExportForm {
        let mut form = ExportForm::default();
        for (name, value) in serde_urlencoded::from_bytes::<Vec<(String, String)>>(body).unwrap_or_default() {
            match name.as_str() {
                "ve" => form.ve = value,
                "purpose" => form.purpose = value.trim().chars().take(300).collect(),
                "columns" => form.columns = value,
                "format" => form.format = value,
                "theo-lo" => form.by_tick = true,
                "chon" => form.chosen.extend(value.parse::<i64>().ok()),
                _ => {}
            }
        }
        form.chosen.truncate(CHOSEN);
        form
    }
}

#[derive(Serialize)]
pub(super) struct ExportPage {
    id: String,
    purpose: String,
    back: String,
    rows: String,
    written: u64,
    total: i64,
    running: bool,
    failure: String,
    file: String,
    size: String,
}

impl Page for ExportPage {
    const TEMPLATE: &'static str = "exports/show.html";

    fn samples() -> Vec<ExportPage> {
        let page = |running: bool, failure: &str, file: &str| ExportPage {
            id: "ab".into(),
            purpose: "Báo cáo quý IV".into(),
            back: "/ho-so".into(),
            rows: "1.200".into(),
            written: 1200,
            total: 2400,
            running,
            failure: failure.into(),
            file: file.into(),
            size: "1,2 MB".into(),
        };
        vec![page(true, "", ""), page(false, "Máy chủ gặp trục trặc", ""), page(false, "", "danh-sach.xlsx")]
    }
}

/// Begins to write the list that was being looked at.
pub(super) async fn begin(grant: Grant<Export>, State(app): State<App>, RawForm(body): RawForm) -> Result<Redirect> {
    let form = ExportForm::read(&body);
    if form.by_tick && form.chosen.is_empty() {
        return Err(Error::Refused("Chưa chọn ai. Về danh sách, đánh dấu ở đầu dòng của từng người rồi kết xuất".into()));
    }
    if form.purpose.is_empty() {
        return Err(Error::Refused("Nhập mục đích kết xuất, ví dụ: báo cáo chất lượng đội ngũ quý IV theo yêu cầu của Sở Nội vụ".into()));
    }
    let scope = Scope::of(&grant.visitor, &grant);
    let asked = Asked::read(&form.ve);
    let columns = match form.columns.as_str() {
        "all" => {
            let own = own_columns(&app, &mut app.db.read(&grant), &scope).await?;
            scope.columns(&app.lists).map(|column| column.key.clone()).chain(own.into_iter().map(|column| column.key)).collect()
        }
        _ => {
            let own = chosen_own_columns(&app, &grant.visitor, &scope).await?;
            let chosen = chosen_columns(&app, &grant.visitor, &scope).await?;
            chosen.into_iter().map(|column| column.key.clone()).chain(own.into_iter().map(|column| column.key)).collect()
        }
    };
    let format = if form.format == "csv" { Format::Csv } else { Format::Xlsx };
    let total = match form.by_tick {
        true => i64::try_from(form.chosen.len()).unwrap_or(0),
        false => count(&app, &grant, &scope, &asked).await?,
    };
    let who = format!("{} ({})", grant.visitor.sign.person, grant.visitor.sign.unit_name);
    let address = app.address(grant.viewer().regulation().and_then(|code| app.law.regulation(code)));
    let asking = Asking { asked, chosen: form.chosen, columns, format, purpose: form.purpose, who, address };
    let id = jobs::begin(&app, (*grant).clone(), scope, asking, total);
    let id = id.ok_or_else(|| Error::Conflict("Đang kết xuất ba danh sách. Chờ xong hoặc bỏ bớt rồi kết xuất tiếp".into()))?;
    Ok(Redirect::to(&format!("/ho-so/ket-xuat/{id}")))
}

/// How far the list is.
pub(super) async fn show(grant: Grant<Export>, State(app): State<App>, Path(id): Path<String>, headers: HeaderMap) -> Result<Response> {
    let job = app.exports.find(&id, grant.viewer().account_id()).ok_or(Error::NotFound)?;
    let written = job.progress.rows.load(Ordering::Relaxed);
    let mut page = ExportPage {
        id,
        purpose: job.asking.purpose.clone(),
        back: format!("/ho-so?{}", job.asking.asked.query()),
        rows: thousands(i64::try_from(written).unwrap_or(0)),
        written,
        total: job.total,
        running: job.is_running(),
        failure: String::new(),
        file: String::new(),
        size: String::new(),
    };
    if let Ok(outcome) = job.outcome.lock() {
        match &*outcome {
            Outcome::Running => {}
            Outcome::Ready(finished) => {
                page.file = format!("danh-sach-{}.{}", app.today(), job.asking.format.ending());
                page.size = size(finished.length);
            }
            Outcome::Failed(why) => page.failure = why.clone(),
        }
    }
    if headers.contains_key("hx-request") {
        return Ok(Html(render(&app, "exports/progress.html", minijinja::Value::from_serialize(&page), None)?).into_response());
    }
    page.show(&app, &grant.visitor)
}

/// `1,2 MB`.
fn size(bytes: u64) -> String {
    match bytes {
        ..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        _ => format!("{},{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// The file.
pub(super) async fn fetch(grant: Grant<Export>, State(app): State<App>, Path(id): Path<String>) -> Result<Response> {
    let job = app.exports.find(&id, grant.viewer().account_id()).ok_or(Error::NotFound)?;
    let opened = match job.outcome.lock() {
        Ok(outcome) => match &*outcome {
            Outcome::Ready(finished) => Some((finished.file.reopen()?, finished.length)),
            Outcome::Running | Outcome::Failed(_) => None,
        },
        Err(_) => None,
    };
    let (file, length) = opened.ok_or_else(|| Error::Conflict("Danh sách chưa viết xong. Mở lại trang kết xuất để xem".into()))?;
    let name = format!("attachment; filename=\"danh-sach-{}.{}\"", app.today(), job.asking.format.ending());
    let headers = [
        (header::CONTENT_TYPE, job.asking.format.mime().to_owned()),
        (header::CONTENT_LENGTH, length.to_string()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, Body::from_stream(ReaderStream::new(tokio::fs::File::from_std(file)))).into_response())
}

/// Calls the writing off, or lets the file go.
pub(super) async fn call_off(grant: Grant<Export>, State(app): State<App>, Path(id): Path<String>) -> Result<Redirect> {
    let job = app.exports.find(&id, grant.viewer().account_id()).ok_or(Error::NotFound)?;
    app.exports.drop_job(&id);
    Ok(Redirect::to(&format!("/ho-so?{}", job.asking.asked.query())))
}
