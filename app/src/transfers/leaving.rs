//! Leaving: retirement, severance, death, or a move out of what the software covers. The dossier is closed to writing and followed.

use super::queries;
use crate::{
    App,
    access::{ChangeStatus, Grant},
    dossiers::{self, Dossier, mismatches},
    error::{Error, Result},
    form::{self, Problems},
    movements::{self, Kind},
    obligations::{self, Opening},
    page::Page,
};
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use jiff::civil::Date;
use law::Law;
use serde::{Deserialize, Serialize};
use vault::{Basis, Read, Value};

/// Terms of leaving; each names the statuses it covers.
const TERMS: [&str; 2] = ["leave_service", "leave_scope"];
/// Who came back works.
const WORKING: &str = "working";
const HEADER: &str = "SELECT t.id, t.version FROM {s_dossier_header} t WHERE t.dossier_id = $1";

/// What was typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    status: String,
    effective_on: String,
    number: String,
    signed_on: String,
    body: String,
    receiving_body: String,
    reason: String,
}

#[derive(Serialize)]
pub(super) struct LeavePage {
    id: i64,
    name: String,
    unit: String,
    /// The person left already: the form brings them back.
    has_left: bool,
    /// Code, label, the article of the term it falls under.
    statuses: Vec<(String, String, String)>,
    form: Typed,
    refusal: Option<String>,
    problems: Problems,
}

impl Page for LeavePage {
    const TEMPLATE: &'static str = "transfers/leave.html";

    fn samples() -> Vec<LeavePage> {
        let page = |has_left: bool, problem: Option<&str>| {
            let mut problems = Problems::default();
            if let Some(sentence) = problem {
                ["status", "effective_on", "number", "signed_on", "body", "reason"].iter().for_each(|field| problems.add(*field, sentence));
            }
            LeavePage {
                id: 1,
                name: "Lò Thị Mai".into(),
                unit: "Bệnh viện Đa khoa".into(),
                has_left,
                statuses: vec![
                    ("retired".into(), "Nghỉ hưu".into(), "YB-12.3".into()),
                    ("missing".into(), "Mất tích".into(), String::new()),
                ],
                form: Typed { status: "retired".into(), ..Typed::default() },
                refusal: problem.map(str::to_owned),
                problems,
            }
        };
        vec![page(false, None), page(true, Some("Nhập ô này")), page(false, Some("Nhập ô này"))]
    }
}

/// Codes of leaving with their labels, and the term and article under which each falls: those of the regulation first.
fn statuses(law: &Law, regulation: Option<&law::Regulation>) -> Vec<(String, String, String, &'static str)> {
    let list = law.catalogue("dossier_statuses");
    let closed = list.iter().flat_map(|list| &list.items).filter(|item| item.more.get("group").is_some_and(|group| group == "closed"));
    let term = |code: &str| {
        let covers = |status: &String| {
            law.crosswalk.status.get(status).is_some_and(|codes| codes.iter().any(|known| known == code)) || status == code
        };
        TERMS.into_iter().find_map(|event| {
            let term = regulation?.deadline(event).filter(|term| term.statuses.iter().any(covers))?;
            Some((event, term.article.clone()))
        })
    };
    let mut all: Vec<_> = closed
        .map(|item| {
            let (event, article) = term(&item.code).unwrap_or((TERMS[0], String::new()));
            (item.code.clone(), item.label_vi.clone(), article, event)
        })
        .collect();
    all.sort_by_key(|(_, _, article, _)| article.is_empty());
    all
}

async fn page(app: &App, grant: &Grant<ChangeStatus>, dossier: &Dossier, form: Typed, problems: Problems) -> Result<LeavePage> {
    let mut reader = app.db.read(&**grant);
    let regulation = obligations::regulation(app, &dossier.unit_path, app.today()).await?;
    let refusal = match queries::under_way(&mut reader, dossier.id).await? {
        true => Some("Hồ sơ đang được chuyển, chờ nơi nhận. Hủy lần chuyển đó trước.".to_owned()),
        false => None,
    };
    Ok(LeavePage {
        id: dossier.id,
        name: dossiers::name(&mut reader, dossier.id).await?,
        unit: dossier.unit_name.clone(),
        has_left: dossier.state == "left",
        statuses: statuses(&app.law, regulation.as_deref()).into_iter().map(|(code, label, article, _)| (code, label, article)).collect(),
        form,
        refusal,
        problems,
    })
}

/// The form.
pub(super) async fn form(grant: Grant<ChangeStatus>, State(app): State<App>, Path(id): Path<i64>) -> Result<Response> {
    let dossier = dossiers::find(&mut app.db.read(&*grant), id).await?;
    let ordered = movements::waiting_for(&mut app.db.read(&*grant), id).await?.into_iter().find(|movement| movement.kind == Kind::Leave);
    let typed = ordered.map(|movement| Typed {
        effective_on: movement.effective,
        number: movement.number,
        signed_on: movement.signed,
        body: movement.body,
        ..Typed::default()
    });
    page(&app, &grant, &dossier, typed.unwrap_or_default(), Problems::default()).await?.show(&app, &grant.visitor)
}

/// Closes the dossier of somebody who left.
pub(super) async fn leave(
    grant: Grant<ChangeStatus>,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(typed): Form<Typed>,
) -> Result<Response> {
    let dossier = dossiers::find(&mut app.db.read(&*grant), id).await?;
    if dossier.state != "active" || queries::under_way(&mut app.db.read(&*grant), id).await? {
        return Err(Error::Refused("Hồ sơ này đang được chuyển hoặc đã khép lại. Mở lại hồ sơ để xem".into()));
    }
    let regulation = obligations::regulation(&app, &dossier.unit_path, app.today()).await?;
    let known = statuses(&app.law, regulation.as_deref());
    let chosen = known.iter().find(|(code, ..)| *code == typed.status);
    let mut problems = Problems::default();
    if chosen.is_none() {
        problems.add("status", "Chọn tình trạng");
    }
    let effective_on = form::day(&typed.effective_on);
    match effective_on {
        None => problems.add("effective_on", "Nhập ngày hiệu lực, ví dụ 01/05/2026"),
        Some(on) if on > app.today() => {
            problems.add("effective_on", "Ngày hiệu lực chưa đến. Ghi vào ngày đó, hoặc ghi quyết định trước ở Sổ quyết định")
        }
        Some(_) => {}
    }
    let signed_on = form::day(&typed.signed_on);
    if signed_on.is_none() {
        problems.add("signed_on", "Nhập ngày ký, ví dụ 15/04/2026");
    }
    for (field, text, sentence) in
        [("number", &typed.number, "Nhập số quyết định, giấy tờ"), ("body", &typed.body, "Nhập cơ quan ban hành")]
    {
        if text.trim().is_empty() {
            problems.add(field, sentence);
        }
    }
    let (Some((code, _, _, event)), Some(effective_on), Some(signed_on), true) = (chosen, effective_on, signed_on, problems.is_empty())
    else {
        problems.arrange(["status", "effective_on", "number", "signed_on", "body"]);
        return page(&app, &grant, &dossier, typed, problems).await?.show_as(&app, &grant.visitor, StatusCode::UNPROCESSABLE_ENTITY);
    };
    close(&app, &grant, &dossier, (code, event), (effective_on, signed_on), &typed).await?;
    Ok(Redirect::to(&format!("/ho-so/{id}")).into_response())
}

async fn close(
    app: &App,
    grant: &Grant<ChangeStatus>,
    dossier: &Dossier,
    (code, event): (&str, &str),
    (effective_on, signed_on): (Date, Date),
    typed: &Typed,
) -> Result<()> {
    let (today, by) = (app.today(), mismatches::person(grant.viewer()).to_owned());
    let mut change = app.db.change(&**grant, "dossier.close").await?;
    change.rests_on(Basis::Correction(format!("quyết định số {}", typed.number.trim())));
    let row = [
        ("kind", code.into()),
        ("effective_date", effective_on.into()),
        ("receiving_body", Some(typed.receiving_body.trim()).filter(|text| !text.is_empty()).map(str::to_owned).into()),
        ("decision_number", typed.number.trim().into()),
        ("decision_signed_on", signed_on.into()),
        ("decision_issuing_body", typed.body.trim().into()),
    ];
    change.write_section(dossier.id, "termination", None, &row).await?;
    status(&mut change, dossier.id, code, effective_on).await?;
    let (seen, ..) = queries::standing(&mut change, dossier.id).await?;
    change.update("dossiers", seen, &[("state", "left".into())]).await?;
    if movements::done(&mut change, dossier.id, &[Kind::Leave], None, today, &by).await?.is_empty() {
        let (unit, about) = ((dossier.unit_id, dossier.unit_path.as_str()), ("dossiers", dossier.id));
        let opening = Opening { event, from: unit.0, to: unit, dossier: Some(dossier.id), about, day: effective_on };
        obligations::open(app, &mut change, &opening).await?;
        obligations::settle(&mut change, event, about, today, &by).await?;
    }
    Ok(change.commit().await?)
}

async fn status(change: &mut vault::Change, dossier: i64, code: &str, on: Date) -> Result<()> {
    let seen = change.rows(HEADER, &[dossier.into()]).await?.first().map(|row| row.seen()).transpose()?;
    let set: [(&str, Value); 2] = [("dossier_status", code.into()), ("status_effective_date", on.into())];
    change.write_section(dossier, "dossier_header", seen, &set).await?;
    Ok(())
}

/// Opens the dossier of somebody who left again, with a reason.
pub(super) async fn come_back(
    grant: Grant<ChangeStatus>,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(typed): Form<Typed>,
) -> Result<Response> {
    let dossier = dossiers::find(&mut app.db.read(&*grant), id).await?;
    if dossier.state != "left" {
        return Err(Error::Refused("Hồ sơ này đang hoạt động".into()));
    }
    let reason = typed.reason.trim().to_owned();
    if reason.is_empty() {
        let mut problems = Problems::default();
        problems.add("reason", "Ghi lý do, ví dụ: tuyển dụng lại theo Quyết định số 12/QĐ-SNV");
        return page(&app, &grant, &dossier, typed, problems).await?.show_as(&app, &grant.visitor, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let mut change = app.db.change(&*grant, "dossier.reopen").await?;
    change.rests_on(Basis::Correction(reason));
    let (seen, ..) = queries::standing(&mut change, id).await?;
    change.update("dossiers", seen, &[("state", "active".into())]).await?;
    status(&mut change, id, WORKING, app.today()).await?;
    change.commit().await?;
    Ok(Redirect::to(&format!("/ho-so/{id}")).into_response())
}
