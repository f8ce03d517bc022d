//! What waits to be checked and approved, and the declarations of one dossier.

use super::{
    acts::{self, Outcome},
    chain::Chain,
    queries::{self, Declaration, Difference},
};
use crate::{
    App,
    access::{ApproveData, CheckDeclarations, Grant, SubmitDeclaration, ViewRecord},
    dossiers,
    error::{Error, Result},
    page::Page,
};
use axum::{
    Form,
    extract::{Path, Query, RawForm, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::{Deserialize, Serialize};

/// Declarations on a page; approved in one act at most.
const PAGE: usize = 50;
const AT_ONCE: i64 = 2000;

fn sample(state: &str) -> Declaration {
    Declaration {
        id: 1,
        name: "Lò Thị Mai".into(),
        section: "Thông tin liên hệ".into(),
        state: state.into(),
        differences: vec![Difference { label: "Điện thoại".into(), before: "0912".into(), after: "0913".into() }],
        is_overtaken: state == "verified",
        file: Some(2),
        ..Declaration::default()
    }
}

#[derive(Serialize)]
pub(super) struct QueuePage {
    /// `sent` or `verified`.
    state: &'static str,
    sent: i64,
    verified: i64,
    lines: Vec<Declaration>,
    may_check: bool,
    may_approve: bool,
    /// Why nothing can be approved today.
    refusal: Option<String>,
    article: String,
    /// The article by which the paper dossier is supplemented too.
    also_article: Option<String>,
    /// The latest that "all" means: what comes afterwards was not looked at.
    until: i64,
    next: Option<i64>,
    said: Option<Said>,
}

/// A sentence above the list, with the article it cites.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Said {
    words: String,
    article: String,
}

impl From<String> for Said {
    fn from(words: String) -> Said {
        Said { words, article: String::new() }
    }
}

impl Page for QueuePage {
    const TEMPLATE: &'static str = "declarations/queue.html";

    fn samples() -> Vec<QueuePage> {
        let page = |state: &'static str, lines: Vec<Declaration>, refusal: Option<&str>| QueuePage {
            state,
            sent: 1,
            verified: 2,
            may_check: !lines.is_empty(),
            may_approve: !lines.is_empty(),
            lines,
            refusal: refusal.map(str::to_owned),
            article: "VP-8.1".into(),
            also_article: refusal.map(|_| "LS-7.2".into()),
            until: 9,
            next: refusal.map(|_| 3),
            said: refusal.map(|_| Said { words: "Ghi lý do".into(), article: "VP-8.1".into() }),
        };
        vec![
            page("sent", vec![sample("sent")], None),
            page("verified", vec![sample("verified")], Some("Chỉ phê duyệt trong kỳ")),
            page("verified", vec![sample("verified")], None),
            page("sent", Vec::new(), None),
        ]
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    phan: String,
    sau: i64,
}

impl Asked {
    /// The tab on which a declaration in this state stands.
    fn tab(state: &str) -> Asked {
        Asked { phan: if state == "verified" { "cho-duyet".into() } else { String::new() }, sau: 0 }
    }
}

async fn page(app: &App, grant: &Grant<CheckDeclarations>, asked: &Asked, said: Option<Said>) -> Result<QueuePage> {
    let state = if asked.phan == "cho-duyet" { "verified" } else { "sent" };
    let mut reader = app.db.read(&**grant);
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut lines = queries::in_state(app, &mut reader, state, asked.sau, limit).await?;
    let more = lines.len() > PAGE;
    lines.truncate(PAGE);
    let chain = Chain::at(app, grant.visitor.viewer.unit_path()).await?;
    Ok(QueuePage {
        state,
        sent: queries::count(&mut reader, "sent").await?,
        verified: queries::count(&mut reader, "verified").await?,
        next: lines.last().filter(|_| more).map(|last| last.id),
        may_check: grant.visitor.may("verify_data") || grant.visitor.may("edit_record"),
        may_approve: grant.visitor.may("approve_data"),
        refusal: chain.refusal(),
        also_article: chain.also_article.clone(),
        until: queries::latest(&mut reader, "verified").await?,
        article: if state == "sent" { chain.check_article } else { chain.approval_article },
        lines,
        said,
    })
}

/// The queue of those who check and approve.
pub(super) async fn queue(grant: Grant<CheckDeclarations>, State(app): State<App>, Query(asked): Query<Asked>) -> Result<Response> {
    page(&app, &grant, &asked, None).await?.show(&app, &grant.visitor)
}

/// What a line sends.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Sent {
    version: i64,
    reason: String,
    /// The paper dossier was supplemented too.
    giay: String,
}

async fn standing<P: vault::Permission>(app: &App, grant: &vault::Grant<P>, id: i64, states: &[&str]) -> Result<Declaration> {
    let declaration = queries::one(app, &mut app.db.read(grant), id).await?;
    match states.contains(&declaration.state.as_str()) {
        true => Ok(declaration),
        false => Err(Error::Conflict("Khai báo này đã được xử lý. Tải lại trang để xem".into())),
    }
}

fn may_check(grant: &Grant<CheckDeclarations>) -> Result<()> {
    match grant.visitor.may("verify_data") || grant.visitor.may("edit_record") {
        true => Ok(()),
        false => Err(Error::Forbidden),
    }
}

/// Agrees with the paper: passed on for approval, or written at once where nobody approves.
pub(super) async fn verify(
    grant: Grant<CheckDeclarations>,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(sent): Form<Sent>,
) -> Result<Response> {
    may_check(&grant)?;
    let declaration = standing(&app, &grant, id, &["sent"]).await?;
    let chain = Chain::at(&app, &declaration.unit_path).await?;
    if let Some(article) = chain.also_article.as_ref().filter(|_| sent.giay.is_empty()) {
        let words = format!("Đánh dấu đã bổ sung hồ sơ giấy của {} rồi ghi", declaration.name);
        return again(&app, &grant, "sent", Said { words, article: article.clone() }).await;
    }
    if let Some(article) = chain.paper_article.as_ref().filter(|_| declaration.file.is_none()) {
        let words = format!("Khai báo của {} chưa có giấy tờ kèm theo. Trả lại để bổ sung", declaration.name);
        return again(&app, &grant, "sent", Said { words, article: article.clone() }).await;
    }
    if chain.has_approval {
        acts::verify(&app, &grant, &declaration, sent.version).await?;
        return Ok(Redirect::to("/khai-bao").into_response());
    }
    match acts::approve(&app, &grant, std::slice::from_ref(&declaration)).await?.first() {
        Some((_, Outcome::Written)) => Ok(Redirect::to("/khai-bao").into_response()),
        Some((_, Outcome::Refused(sentence))) => {
            let words = format!("Chưa ghi được khai báo của {}: {sentence}. Trả lại để người khai sửa", declaration.name);
            again(&app, &grant, "sent", words.into()).await
        }
        Some((_, Outcome::Overtaken)) | None => {
            let words = "Nội dung trong hồ sơ đã được sửa sau khi khai báo. Trả lại để người khai xem nội dung mới".to_owned();
            again(&app, &grant, "sent", words.into()).await
        }
    }
}

async fn again(app: &App, grant: &Grant<CheckDeclarations>, state: &str, said: Said) -> Result<Response> {
    page(app, grant, &Asked::tab(state), Some(said)).await?.show_again(app, &grant.visitor)
}

/// Sends it back with what is to be done.
pub(super) async fn send_back(
    grant: Grant<CheckDeclarations>,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(sent): Form<Sent>,
) -> Result<Response> {
    let declaration = standing(&app, &grant, id, &["sent", "verified"]).await?;
    let reason = sent.reason.trim();
    if reason.is_empty() {
        return again(&app, &grant, &declaration.state, format!("Ghi lý do trả lại khai báo của {}", declaration.name).into()).await;
    }
    acts::end(&app, &grant, &declaration, sent.version, "returned", reason).await?;
    Ok(Redirect::to(if declaration.state == "verified" { "/khai-bao?phan=cho-duyet" } else { "/khai-bao" }).into_response())
}

/// Taken back by whoever made it, before it was checked.
pub(super) async fn withdraw(
    grant: Grant<SubmitDeclaration>,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(sent): Form<Sent>,
) -> Result<Response> {
    let declaration = standing(&app, &grant, id, &["sent"]).await?;
    acts::end(&app, &grant, &declaration, sent.version, "withdrawn", "người khai rút lại").await?;
    Ok(Redirect::to(&format!("/ho-so/{}/khai-bao", declaration.dossier)).into_response())
}

/// Approves those that are ticked, or all that wait but those taken out; one act.
pub(super) async fn approve(
    may: Grant<ApproveData>,
    grant: Grant<CheckDeclarations>,
    State(app): State<App>,
    RawForm(body): RawForm,
) -> Result<Response> {
    let pairs = serde_urlencoded::from_bytes::<Vec<(String, String)>>(&body).unwrap_or_default();
    let ids: Vec<i64> = pairs.iter().filter(|(name, _)| name == "chon").filter_map(|(_, id)| id.parse().ok()).collect();
    let all = pairs.iter().any(|(name, _)| name == "tat_ca");
    let mut waiting = queries::in_state(&app, &mut app.db.read(&*may), "verified", 0, AT_ONCE).await?;
    let until: i64 = pairs.iter().find(|(name, _)| name == "den").and_then(|(_, id)| id.parse().ok()).unwrap_or(i64::MAX);
    waiting.retain(|declaration| all != ids.contains(&declaration.id) && declaration.id <= until);
    if waiting.is_empty() {
        return again(&app, &grant, "verified", "Đánh dấu ít nhất một khai báo để phê duyệt".to_owned().into()).await;
    }
    let mut chains: std::collections::BTreeMap<String, Chain> = std::collections::BTreeMap::new();
    for declaration in &waiting {
        if !chains.contains_key(&declaration.unit_path) {
            chains.insert(declaration.unit_path.clone(), Chain::at(&app, &declaration.unit_path).await?);
        }
    }
    // A unit whose window is shut keeps the others from nothing.
    let refusal = chains.values().find_map(|chain| Some((chain.refusal()?, chain.approval_article.clone())));
    let all_asked = waiting.len();
    waiting.retain(|declaration| chains.get(&declaration.unit_path).is_some_and(|chain| chain.is_open));
    let shut = all_asked - waiting.len();
    if let (Some((words, article)), true) = (&refusal, waiting.is_empty()) {
        return again(&app, &grant, "verified", Said { words: words.clone(), article: article.clone() }).await;
    }
    let outcomes = acts::approve(&app, &may, &waiting).await?;
    let sentences = left_out(&waiting, &outcomes, shut);
    match sentences.is_empty() {
        true => Ok(Redirect::to("/khai-bao?phan=cho-duyet").into_response()),
        false => {
            let written = outcomes.iter().filter(|(_, outcome)| *outcome == Outcome::Written).count();
            let article = refusal.filter(|_| shut > 0).map(|(_, article)| article).unwrap_or_default();
            let words = format!("Đã duyệt {written}; {}", sentences.join("; "));
            again(&app, &grant, "verified", Said { words, article }).await
        }
    }
}

/// What an approval left out, and why, in sentences.
fn left_out(asked: &[Declaration], outcomes: &[(i64, Outcome)], shut: usize) -> Vec<String> {
    let mut sentences = Vec::new();
    let overtaken = outcomes.iter().filter(|(_, outcome)| *outcome == Outcome::Overtaken).count();
    if overtaken > 0 {
        sentences.push(format!("còn {overtaken} khai báo mà hồ sơ đã được sửa sau đó: trả lại để người khai xem"));
    }
    for (id, outcome) in outcomes {
        if let Outcome::Refused(sentence) = outcome {
            let name = asked.iter().find(|one| one.id == *id).map(|one| one.name.as_str()).unwrap_or_default();
            sentences.push(format!("chưa ghi được của {name}: {sentence}"));
        }
    }
    if shut > 0 {
        sentences.push(format!("{shut} khai báo của đơn vị chưa đến kỳ phê duyệt"));
    }
    sentences
}

#[derive(Serialize)]
pub(super) struct OfDossierPage {
    id: i64,
    name: String,
    lines: Vec<Declaration>,
    sections: Vec<(String, String)>,
    may_declare: bool,
}

impl Page for OfDossierPage {
    const TEMPLATE: &'static str = "declarations/dossier.html";

    fn samples() -> Vec<OfDossierPage> {
        let page = |lines: Vec<Declaration>| OfDossierPage {
            id: 1,
            name: "Lò Thị Mai".into(),
            may_declare: !lines.is_empty(),
            lines,
            sections: vec![("contact".into(), "Thông tin liên hệ".into())],
        };
        vec![page(["sent", "verified", "returned", "approved", "withdrawn"].map(sample).to_vec()), page(Vec::new())]
    }
}

/// The declarations of one dossier, pending ones with what they would change.
pub(super) async fn of_dossier(grant: Grant<ViewRecord>, State(app): State<App>, Path(id): Path<i64>) -> Result<Response> {
    let mut reader = app.db.read(&*grant);
    let dossier = dossiers::find(&mut reader, id).await?;
    if !dossiers::manages(&grant.visitor.viewer, id, &dossier.unit_path) {
        return Err(Error::NotFound);
    }
    let held = grant.visitor.viewer.may::<SubmitDeclaration>();
    let page = OfDossierPage {
        id,
        name: dossiers::name(&mut reader, id).await?,
        lines: queries::of_dossier(&app, &mut reader, id).await?,
        sections: app.law.sections.iter().map(|section| (section.key.clone(), section.label_vi.clone())).collect(),
        may_declare: dossier.state == "active"
            && (grant.visitor.viewer.dossier_id() == Some(id) || held.is_some_and(|held| held.reaches_unit(&dossier.unit_path))),
    };
    page.show(&app, &grant.visitor)
}
