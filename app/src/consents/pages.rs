//! The page of consents of one dossier.

use super::{
    actions,
    forms::{ConsentForm, LEVELS},
    queries::{self, ConsentLine},
};
use crate::{
    App,
    access::{AssignRights, Grant},
    dossiers::{self, Dossier},
    error::{Error, Result},
    form::Problems,
    page::Page,
};
use axum::{
    Form,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::{Deserialize, Serialize};
use vault::AccountKind;

#[derive(Serialize, Clone)]
struct Choice {
    value: &'static str,
    label: &'static str,
}

#[derive(Serialize)]
pub(super) struct ConsentsPage {
    id: i64,
    name: String,
    unit_name: String,
    /// Whether its keeper may open the dossier as well, so that the name leads there.
    may_open: bool,
    consents: Vec<ConsentLine>,
    levels: Vec<Choice>,
    form: ConsentForm,
    problems: Problems,
}

impl Page for ConsentsPage {
    const TEMPLATE: &'static str = "consents/show.html";

    fn samples() -> Vec<ConsentsPage> {
        let line = |standing: &'static str| ConsentLine {
            id: 1,
            account: "Thanh tra Sở (thanh-tra)".into(),
            level: "Toàn bộ hồ sơ".into(),
            document: "15/CV-SYT ngày 18/11/2026".into(),
            standing,
            withdrawn: "08:42 19/11/2026, Hà Thị Mẫu: hết việc".into(),
            ..ConsentLine::default()
        };
        let mut problems = Problems::default();
        problems.add("number", "Nhập số, ký hiệu văn bản đồng ý, ví dụ 15/CV-SYT");
        let page = |consents: Vec<ConsentLine>, problems: Problems| ConsentsPage {
            id: 1,
            name: "Lò Thị Mai".into(),
            unit_name: "Bệnh viện Đa khoa".into(),
            may_open: problems.is_empty(),
            consents,
            levels: levels(),
            form: ConsentForm::default(),
            problems,
        };
        let all = ["in_force", "to_come", "expired", "withdrawn"].map(line).to_vec();
        vec![page(Vec::new(), Problems::default()), page(all, problems)]
    }
}

fn levels() -> Vec<Choice> {
    LEVELS.iter().map(|(value, label)| Choice { value, label }).collect()
}

/// The dossier, for those to whom a role table gives the assigning of rights; who set the installation up sees nobody's.
async fn dossier(app: &App, grant: &Grant<AssignRights>, id: i64) -> Result<Dossier> {
    match grant.visitor.viewer.kind() {
        AccountKind::Installation => Err(Error::NotFound),
        AccountKind::Unit | AccountKind::Personal => dossiers::find(&mut app.db.read(&**grant), id).await,
    }
}

impl ConsentsPage {
    async fn new(app: &App, grant: &Grant<AssignRights>, id: i64, form: ConsentForm, problems: Problems) -> Result<ConsentsPage> {
        let dossier = dossier(app, grant, id).await?;
        let mut reader = app.db.read(&**grant);
        Ok(ConsentsPage {
            id,
            name: dossiers::name(&mut reader, id).await?,
            may_open: grant.visitor.may("view_record"),
            consents: queries::of_dossier(&mut reader, id, app.today()).await?,
            unit_name: dossier.unit_name,
            levels: levels(),
            form,
            problems,
        })
    }
}

/// Who may open the dossier by consent, and the form to give one.
pub(super) async fn show(grant: Grant<AssignRights>, State(app): State<App>, Path(id): Path<i64>) -> Result<Response> {
    ConsentsPage::new(&app, &grant, id, ConsentForm::default(), Problems::default()).await?.show(&app, &grant.visitor)
}

/// Gives one.
pub(super) async fn give(
    grant: Grant<AssignRights>,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(form): Form<ConsentForm>,
) -> Result<Response> {
    // Outside the area nothing is said of what was typed.
    dossier(&app, &grant, id).await?;
    let problems = match form.check(app.today()) {
        Ok(given) => match actions::give(&app, &grant, id, &given).await? {
            Ok(()) => return Ok(Redirect::to(&format!("/ho-so/{id}/dong-y")).into_response()),
            Err(problems) => problems,
        },
        Err(problems) => problems,
    };
    ConsentsPage::new(&app, &grant, id, form, problems).await?.show_again(&app, &grant.visitor)
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct WithdrawForm {
    version: i64,
    reason: String,
}

/// Withdraws one, with a reason.
pub(super) async fn withdraw(
    grant: Grant<AssignRights>,
    State(app): State<App>,
    Path((id, consent)): Path<(i64, i64)>,
    Form(form): Form<WithdrawForm>,
) -> Result<Response> {
    dossier(&app, &grant, id).await?;
    let consents = queries::of_dossier(&mut app.db.read(&*grant), id, app.today()).await?;
    let line = consents.iter().find(|line| line.id == consent && line.standing != "withdrawn").ok_or(Error::NotFound)?;
    let reason = form.reason.trim();
    if reason.is_empty() {
        let mut problems = Problems::default();
        problems.add(format!("reason-{consent}"), "Ghi lý do rút đồng ý, ví dụ: đã hết việc, người có hồ sơ đề nghị");
        return ConsentsPage::new(&app, &grant, id, ConsentForm::default(), problems).await?.show_again(&app, &grant.visitor);
    }
    actions::withdraw(&app, &grant, vault::Seen { version: form.version, ..line.seen() }, reason).await?;
    Ok(Redirect::to(&format!("/ho-so/{id}/dong-y")).into_response())
}
