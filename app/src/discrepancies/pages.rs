//! The unit's list of open differences, and those of one dossier with the form to flag one.

use super::queries::{self, FlagLine};
use crate::{
    App,
    access::{EditRecord, Grant, ListRecords, ViewRecord},
    dossiers::{self, Dossier, mismatches},
    error::{Error, Result},
    form::Problems,
    page::Page,
};
use axum::{
    Form,
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use law::Sensitivity;
use serde::{Deserialize, Serialize};
use vault::Seen;

/// Flags on one page of the list.
const PAGE: usize = 50;
/// The longest words of a flag or a reason.
const LONGEST: usize = 500;

#[derive(Serialize)]
pub(super) struct ListPage {
    flags: Vec<FlagLine>,
    may_settle: bool,
    next: Option<i64>,
    is_first: bool,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "discrepancies/list.html";

    fn samples() -> Vec<ListPage> {
        let page =
            |flags: Vec<FlagLine>, next: Option<i64>, may_settle: bool| ListPage { flags, may_settle, next, is_first: next.is_none() };
        vec![page(Vec::new(), None, false), page(vec![sample("open")], Some(1), true)]
    }
}

fn sample(outcome: &str) -> FlagLine {
    FlagLine {
        id: 1,
        dossier_id: 1,
        name: "Lò Thị Mai".into(),
        unit_name: "Bệnh viện Đa khoa".into(),
        spot: "Thông tin nhân thân, ngày sinh".into(),
        words: "Giấy khai sinh ghi 28/03/1990".into(),
        opened_by: "Hà Thị Mẫu".into(),
        opened_on: "19/11/2026".into(),
        outcome: outcome.into(),
        settled: "Hà Thị Mẫu, 09:10 20/11/2026: đã đối chiếu bản chính".into(),
        ..FlagLine::default()
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct ListAsked {
    sau: i64,
}

/// Open differences inside the area, oldest first.
pub(super) async fn list(grant: Grant<ListRecords>, State(app): State<App>, Query(asked): Query<ListAsked>) -> Result<Response> {
    let viewer = &grant.visitor.viewer;
    let level = |dossier: i64, unit_path: &str| dossiers::level(viewer, dossier, unit_path);
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut flags = queries::open(&app, &mut app.db.read(&*grant), level, asked.sau, limit).await?;
    let more = flags.len() > PAGE;
    flags.truncate(PAGE);
    let next = flags.last().filter(|_| more).map(|flag| flag.id);
    ListPage { flags, may_settle: grant.visitor.may("edit_record"), next, is_first: asked.sau == 0 }.show(&app, &grant.visitor)
}

/// A section with the places in it that may be flagged.
#[derive(Serialize, Clone)]
struct Group {
    label: String,
    spots: Vec<(String, String)>,
}

/// A flag as typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct FlagForm {
    truong: String,
    words: String,
}

#[derive(Serialize)]
pub(super) struct DossierPage {
    id: i64,
    name: String,
    flags: Vec<FlagLine>,
    may_flag: bool,
    may_settle: bool,
    groups: Vec<Group>,
    form: FlagForm,
    problems: Problems,
}

impl Page for DossierPage {
    const TEMPLATE: &'static str = "discrepancies/show.html";

    fn samples() -> Vec<DossierPage> {
        let mut problems = Problems::default();
        problems.add("words", "Ghi hồ sơ giấy viết thế nào, ví dụ: giấy khai sinh ghi 28/03/1990");
        let group = Group { label: "Thông tin nhân thân".into(), spots: vec![("identity.birth_date".into(), "Ngày sinh".into())] };
        let page = |flags: Vec<FlagLine>, problems: Problems| DossierPage {
            id: 1,
            name: "Lò Thị Mai".into(),
            may_flag: !flags.is_empty(),
            may_settle: !flags.is_empty(),
            flags,
            groups: vec![group.clone()],
            form: FlagForm { truong: "identity.birth_date".into(), words: String::new() },
            problems,
        };
        vec![page(Vec::new(), Problems::default()), page(["open", "corrected", "rejected"].map(sample).to_vec(), problems)]
    }
}

impl DossierPage {
    async fn new(app: &App, grant: &Grant<ViewRecord>, dossier: &Dossier, form: FlagForm, problems: Problems) -> Result<DossierPage> {
        let (viewer, id) = (&grant.visitor.viewer, dossier.id);
        let level = dossiers::level(viewer, id, &dossier.unit_path);
        let mut reader = app.db.read(&**grant);
        let may_flag = dossiers::manages(viewer, id, &dossier.unit_path);
        Ok(DossierPage {
            id,
            name: dossiers::name(&mut reader, id).await?,
            flags: queries::of_dossier(app, &mut reader, id, level).await?,
            may_flag,
            may_settle: dossiers::may_edit(viewer, &dossier.unit_path),
            groups: if may_flag { groups(app, level) } else { Vec::new() },
            form,
            problems,
        })
    }
}

/// Every place that somebody of this level reads, in the order of the page.
fn groups(app: &App, level: Sensitivity) -> Vec<Group> {
    let group = |section: &law::Section| {
        let readable = section.fields.iter().filter(|field| field.sensitivity <= level);
        let fields = readable.map(|field| (format!("{}.{}", section.key, field.key), field.label_vi.clone()));
        let whole =
            (mismatches::Spot { section, field: None }).readable(level).then(|| (section.key.clone(), "Cả mục, dòng còn thiếu".to_owned()));
        Group { label: section.label_vi.clone(), spots: fields.chain(whole).collect() }
    };
    app.law.sections.iter().map(group).filter(|group| !group.spots.is_empty()).collect()
}

/// Differences of one dossier, and the form to flag another.
pub(super) async fn show(
    grant: Grant<ViewRecord>,
    State(app): State<App>,
    Path(id): Path<i64>,
    Query(form): Query<FlagForm>,
) -> Result<Response> {
    let dossier = dossiers::find(&mut app.db.read(&*grant), id).await?;
    let Some(purpose) = dossiers::purpose(&app, &grant, &dossier).await? else {
        return dossiers::ask_purpose(&app, &grant, &dossier, &grant.visitor.path).await;
    };
    app.db.note(&*grant, "dossier.discrepancies", Some(id), serde_json::json!({ "purpose": purpose })).await?;
    DossierPage::new(&app, &grant, &dossier, form, Problems::default()).await?.show(&app, &grant.visitor)
}

/// Flags a difference.
pub(super) async fn flag(
    grant: Grant<ViewRecord>,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(form): Form<FlagForm>,
) -> Result<Response> {
    let dossier = dossiers::find(&mut app.db.read(&*grant), id).await?;
    let viewer = &grant.visitor.viewer;
    if !dossiers::manages(viewer, id, &dossier.unit_path) {
        return Err(Error::Forbidden);
    }
    let level = dossiers::level(viewer, id, &dossier.unit_path);
    let mut problems = Problems::default();
    let spot = mismatches::Spot::named(&app.law, &form.truong).filter(|spot| spot.readable(level));
    if spot.is_none() {
        problems.add("truong", "Chọn trường thông tin khác với hồ sơ giấy");
    }
    let words: String = form.words.trim().chars().take(LONGEST).collect();
    if words.is_empty() {
        problems.add("words", "Ghi hồ sơ giấy viết thế nào, ví dụ: giấy khai sinh ghi 28/03/1990");
    }
    match problems.or(spot) {
        Ok(spot) => {
            mismatches::flag(&app.db, &grant, id, spot, &words).await?;
            Ok(Redirect::to(&format!("/ho-so/{id}/sai-lech")).into_response())
        }
        Err(problems) => DossierPage::new(&app, &grant, &dossier, form, problems).await?.show_again(&app, &grant.visitor),
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct RejectForm {
    version: i64,
    reason: String,
}

/// Rejects a flag: the data agree with the paper.
pub(super) async fn reject(
    grant: Grant<EditRecord>,
    State(app): State<App>,
    Path((id, flag)): Path<(i64, i64)>,
    Form(form): Form<RejectForm>,
) -> Result<Response> {
    let mut reader = app.db.read(&*grant);
    let dossier = dossiers::find(&mut reader, id).await?;
    let all = queries::of_dossier(&app, &mut reader, id, Sensitivity::Secret).await?;
    all.iter().find(|line| line.id == flag && line.outcome == "open").ok_or(Error::NotFound)?;
    let reason: String = form.reason.trim().chars().take(LONGEST).collect();
    if reason.is_empty() {
        let mut problems = Problems::default();
        problems.add(format!("reason-{flag}"), "Ghi lý do bác bỏ, ví dụ: đã đối chiếu bản chính, dữ liệu đúng");
        let view = grant.visitor.grant::<ViewRecord>()?;
        return DossierPage::new(&app, &view, &dossier, FlagForm::default(), problems).await?.show_again(&app, &grant.visitor);
    }
    mismatches::reject(&app.db, &grant, Seen { id: flag, version: form.version }, &reason).await?;
    Ok(Redirect::to(&format!("/ho-so/{id}/sai-lech")).into_response())
}
