//! One import: its mapping and preview, its progress, its result, and the way back.

use super::{
    actions,
    actions::Blocked,
    files,
    files::Which,
    forms::{self, Fields},
    model::{Import, Mode, State},
    preview::DraftPage,
    queries, returned,
};
use crate::{
    App,
    access::{CreateRecord, Grant},
    error::{Error, Result},
    form::show_moment,
    page::Page,
};
use axum::{
    extract::{Form, Path, Query, State as Extract},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::{Deserialize, Serialize};

/// Which rows of the preview are looked at.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    loc: String,
    tu: usize,
}

#[derive(Serialize)]
pub(super) struct WritingPage {
    id: i64,
    file_name: String,
    done: usize,
    total: usize,
    failure: String,
}

impl Page for WritingPage {
    const TEMPLATE: &'static str = "imports/writing.html";

    fn samples() -> Vec<WritingPage> {
        let page = |failure: &str| WritingPage { id: 1, file_name: "DS.xlsx".into(), done: 41, total: 58, failure: failure.into() };
        vec![page(""), page("Máy chủ gặp trục trặc")]
    }
}

#[derive(Serialize)]
pub(super) struct DonePage {
    id: i64,
    file_name: String,
    unit: String,
    at: String,
    undone_at: String,
    is_undone: bool,
    rows: usize,
    created: usize,
    updated: usize,
    cells: usize,
    skipped: usize,
    bad: usize,
    written: usize,
    has_fix: bool,
}

impl Page for DonePage {
    const TEMPLATE: &'static str = "imports/done.html";

    fn samples() -> Vec<DonePage> {
        let page = |is_undone, has_fix| DonePage {
            id: 1,
            file_name: "DS.xlsx".into(),
            unit: "Sở Mẫu".into(),
            at: "08:42 19/11/2026".into(),
            undone_at: "09:42 19/11/2026".into(),
            is_undone,
            rows: 46,
            created: 31,
            updated: 9,
            cells: 22,
            skipped: 3,
            bad: 3,
            written: 40,
            has_fix,
        };
        vec![page(false, true), page(true, false)]
    }
}

impl DonePage {
    fn new(app: &App, import: &Import) -> DonePage {
        let outcome = &import.outcome;
        DonePage {
            id: import.id,
            file_name: import.file_name.clone(),
            unit: import.unit_name.clone(),
            at: import.finished_at.map(show_moment).unwrap_or_default(),
            undone_at: import.undone_at.map(show_moment).unwrap_or_default(),
            is_undone: import.state == State::Undone,
            rows: outcome.rows,
            created: outcome.created,
            updated: outcome.updated,
            cells: outcome.cells,
            skipped: outcome.skipped,
            bad: outcome.bad,
            written: outcome.written(),
            has_fix: files::is_kept(app, import.id, Which::ToFix),
        }
    }
}

#[derive(Serialize)]
pub(super) struct UndoPage {
    id: i64,
    file_name: String,
    created: usize,
    updated: usize,
    blocked: Vec<Blocked>,
}

impl Page for UndoPage {
    const TEMPLATE: &'static str = "imports/undo.html";

    fn samples() -> Vec<UndoPage> {
        let blocked = vec![Blocked { id: 7, name: "Lò Thị Mai".into(), unit: "Sở Mẫu".into() }];
        let page = |blocked| UndoPage { id: 1, file_name: "DS.xlsx".into(), created: 31, updated: 9, blocked };
        vec![page(Vec::new()), page(blocked)]
    }
}

/// An import, wherever it stands.
pub(super) async fn show(
    grant: Grant<CreateRecord>,
    Extract(app): Extract<App>,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let import = queries::find(&mut app.db.read(&grant), id).await?;
    if let Some(job) = app.desk.job(id) {
        let (done, total) = job.get();
        let failure = match job.ended() {
            Some(Ok(())) => {
                app.desk.seen(id);
                return Ok(back(id));
            }
            Some(Err(sentence)) => {
                app.desk.seen(id);
                sentence
            }
            None => String::new(),
        };
        return WritingPage { id, file_name: import.file_name, done, total, failure }.show(&app, &grant.visitor);
    }
    match import.state {
        State::Draft => {
            let task = actions::task(&app, &grant, &import).await?;
            let report = actions::report(&app, &task, &import).await?;
            DraftPage::new(&task, &import, &report, &grant.visitor, &asked.loc, asked.tu).show(&app, &grant.visitor)
        }
        State::Done | State::Undone => DonePage::new(&app, &import).show(&app, &grant.visitor),
        State::Dropped => Err(Error::NotFound),
    }
}

fn back(id: i64) -> Response {
    Redirect::to(&format!("/nhap-excel/{id}")).into_response()
}

/// Whoever may not write in dossiers may only open new ones.
fn may_update(grant: &Grant<CreateRecord>, wanted: bool) -> Result<()> {
    if wanted && !grant.visitor.may("edit_record") { Err(Error::Forbidden) } else { Ok(()) }
}

/// Keeps what the columns mean and how the file is taken.
pub(super) async fn map(
    grant: Grant<CreateRecord>,
    Extract(app): Extract<App>,
    Path(id): Path<i64>,
    Form(fields): Form<Fields>,
) -> Result<Response> {
    let said = forms::said(&fields);
    may_update(&grant, said.mode.is_some_and(Mode::updates))?;
    actions::map(&app, &grant, id, said).await?;
    Ok(back(id))
}

/// Keeps what is decided about people who are there already.
pub(super) async fn choose(
    grant: Grant<CreateRecord>,
    Extract(app): Extract<App>,
    Path(id): Path<i64>,
    Form(fields): Form<Fields>,
) -> Result<Response> {
    let choices = forms::choices(&fields);
    may_update(&grant, choices.values().any(|choice| *choice == super::model::Choice::Update))?;
    actions::choose(&app, &grant, id, choices).await?;
    let filter = fields.get("loc").filter(|filter| filter.chars().all(|c| c.is_ascii_lowercase() || c == '-'));
    Ok(Redirect::to(&format!("/nhap-excel/{id}?loc={}", filter.map_or("", String::as_str))).into_response())
}

/// Begins to write.
pub(super) async fn write(grant: Grant<CreateRecord>, Extract(app): Extract<App>, Path(id): Path<i64>) -> Result<Response> {
    actions::begin(&app, &grant, id).await?;
    Ok(back(id))
}

/// Gives a draft up.
pub(super) async fn give_up(grant: Grant<CreateRecord>, Extract(app): Extract<App>, Path(id): Path<i64>) -> Result<Response> {
    actions::give_up(&app, &grant, id).await?;
    Ok(Redirect::to("/nhap-excel").into_response())
}

/// The rows to put right, before or after writing.
pub(super) async fn rows_to_fix(grant: Grant<CreateRecord>, Extract(app): Extract<App>, Path(id): Path<i64>) -> Result<Response> {
    let import = queries::find(&mut app.db.read(&grant), id).await?;
    let bytes = match import.state {
        State::Draft => {
            let task = actions::task(&app, &grant, &import).await?;
            let report = actions::report(&app, &task, &import).await?;
            super::checking::blocking(move || returned::rows_to_fix(&task, &report)).await??
        }
        State::Done | State::Undone | State::Dropped => files::read(&app, id, Which::ToFix)?,
    };
    app.db.note(&grant, "import.fetch_rows_to_fix", None, serde_json::json!({ "import": id })).await?;
    Ok(workbook("can-sua.xlsx", bytes))
}

/// Asks before a batch is taken back.
pub(super) async fn ask_undo(grant: Grant<CreateRecord>, Extract(app): Extract<App>, Path(id): Path<i64>) -> Result<Response> {
    let import = queries::find(&mut app.db.read(&grant), id).await?;
    match import.state {
        State::Done => undo_page(&import, Vec::new()).show(&app, &grant.visitor),
        State::Draft | State::Undone | State::Dropped => Ok(back(id)),
    }
}

/// Takes a batch back, or says what is in the way.
pub(super) async fn undo(grant: Grant<CreateRecord>, Extract(app): Extract<App>, Path(id): Path<i64>) -> Result<Response> {
    let blocked = actions::undo(&app, &grant, id).await?;
    if blocked.is_empty() {
        return Ok(back(id));
    }
    let import = queries::find(&mut app.db.read(&grant), id).await?;
    undo_page(&import, blocked).show_as(&app, &grant.visitor, StatusCode::CONFLICT)
}

fn undo_page(import: &Import, blocked: Vec<Blocked>) -> UndoPage {
    let outcome = &import.outcome;
    UndoPage { id: import.id, file_name: import.file_name.clone(), created: outcome.created, updated: outcome.updated, blocked }
}

/// A workbook to be saved.
pub(super) fn workbook(name: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, bytes).into_response()
}
