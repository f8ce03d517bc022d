//! The way in: a file is chosen for a unit; imports so far are listed.

use super::{
    actions, files,
    model::{Import, State},
    queries,
};
use crate::{
    App,
    access::{CreateRecord, Grant},
    error::{Error, Result},
    form::{Problems, show_moment},
    page::Page,
};
use axum::{
    extract::{Multipart, State as Extract, multipart::Field},
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

const SHOWN: i64 = 50;

/// One import in the list.
#[derive(Debug, Serialize)]
struct Line {
    id: i64,
    at: String,
    file_name: String,
    unit: String,
    mode: &'static str,
    rows: usize,
    written: usize,
    left: usize,
    state: State,
    done: usize,
    total: usize,
    is_writing: bool,
    has_fix: bool,
}

impl Line {
    fn new(app: &App, import: &Import) -> Line {
        let job = app.desk.job(import.id).filter(|job| job.ended().is_none());
        let (done, total) = job.as_ref().map(|job| job.get()).unwrap_or_default();
        Line {
            id: import.id,
            at: show_moment(import.finished_at.unwrap_or(import.created_at)),
            file_name: import.file_name.clone(),
            unit: import.unit_name.clone(),
            mode: import.mode.label(),
            rows: import.outcome.rows,
            written: import.outcome.written(),
            left: import.outcome.left(),
            state: import.state,
            done,
            total,
            is_writing: job.is_some(),
            has_fix: files::is_kept(app, import.id, files::Which::ToFix),
        }
    }

    #[cfg_attr(not(test), allow(dead_code))]
    fn sample(state: State) -> Line {
        Line {
            id: 1,
            at: "08:42 19/11/2026".into(),
            file_name: "DS.xlsx".into(),
            unit: "Sở Mẫu".into(),
            mode: "Chỉ lập hồ sơ mới",
            rows: 46,
            written: 40,
            left: 6,
            state,
            done: 12,
            total: 46,
            is_writing: state == State::Draft,
            has_fix: state == State::Done,
        }
    }
}

#[derive(Serialize)]
pub(super) struct ListPage {
    units: Vec<(i64, String)>,
    unit_id: i64,
    megabytes: usize,
    lines: Vec<Line>,
    problems: Problems,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "imports/list.html";

    fn samples() -> Vec<ListPage> {
        let page =
            |lines| ListPage { units: vec![(1, "Sở Mẫu".into())], unit_id: 1, megabytes: 20, lines, problems: Problems::default() };
        let mut refused = page(Vec::new());
        refused.problems.add("tep", "Tệp bị hỏng");
        vec![page(vec![Line::sample(State::Draft), Line::sample(State::Done), Line::sample(State::Undone)]), refused]
    }
}

impl ListPage {
    async fn new(app: &App, grant: &Grant<CreateRecord>, chosen: Option<i64>, problems: Problems) -> Result<ListPage> {
        let units = actions::units(app, grant).await?;
        let own = grant.visitor.viewer.unit_id().filter(|id| units.get(*id).is_some());
        let unit_id = chosen.or(own).or_else(|| units.all().first().map(|place| place.id)).unwrap_or_default();
        let top = units.all().iter().map(|place| place.path.matches('/').count()).min().unwrap_or_default();
        let named = |place: &super::units::Place| {
            let depth = place.path.matches('/').count() - top;
            (place.id, format!("{}{}", "\u{a0}\u{a0}".repeat(depth), place.name))
        };
        let imports = queries::latest(&mut app.db.read(grant), SHOWN).await?;
        Ok(ListPage {
            units: units.all().iter().map(named).collect(),
            unit_id,
            megabytes: app.config.upload_mb,
            lines: imports.iter().map(|import| Line::new(app, import)).collect(),
            problems,
        })
    }
}

/// Imports so far, and the form for another one.
pub(super) async fn list(grant: Grant<CreateRecord>, Extract(app): Extract<App>) -> Result<Response> {
    files::sweep(&app);
    ListPage::new(&app, &grant, None, Problems::default()).await?.show(&app, &grant.visitor)
}

/// Takes a file in.
pub(super) async fn receive(
    grant: Grant<CreateRecord>,
    Extract(app): Extract<App>,
    form: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Result<Response> {
    let mut form = form.map_err(|_| Error::Refused("Chọn tệp danh sách rồi tải lên".into()))?;
    let (mut unit_id, mut file) = (None, None);
    let mut problems = Problems::default();
    while let Ok(Some(field)) = form.next_field().await {
        match field.name() {
            Some("don-vi") => unit_id = field.text().await.ok().and_then(|text| text.parse().ok()),
            Some("tep") => {
                let name = field.file_name().unwrap_or_default().to_owned();
                match bytes(field, app.config.upload_mb << 20).await {
                    Some(bytes) if !bytes.is_empty() => file = Some((name, bytes)),
                    Some(_) => {}
                    None => problems.add("tep", format!("Tệp lớn hơn {} MB. Chia danh sách thành nhiều tệp nhỏ hơn", app.config.upload_mb)),
                }
            }
            _ => {}
        }
        if !problems.is_empty() {
            break;
        }
    }
    if let (Some(unit_id), Some((name, bytes)), true) = (unit_id, file, problems.is_empty()) {
        match actions::receive(&app, &grant, unit_id, &name, bytes).await? {
            Ok(id) => return Ok(Redirect::to(&format!("/nhap-excel/{id}")).into_response()),
            Err(refusal) => problems.add("tep", refusal.to_string()),
        }
    }
    problems.add("tep", "Chọn tệp .xlsx, .xls hoặc .csv có danh sách");
    ListPage::new(&app, &grant, unit_id, problems).await?.show_again(&app, &grant.visitor)
}

/// A file as it arrives; nothing once it grows beyond the limit or breaks off.
async fn bytes(mut field: Field<'_>, limit: usize) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        match field.chunk().await {
            Ok(Some(chunk)) if bytes.len() + chunk.len() <= limit => bytes.extend_from_slice(&chunk),
            Ok(Some(_)) | Err(_) => return None,
            Ok(None) => return Some(bytes),
        }
    }
}
