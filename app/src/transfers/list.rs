//! Dossiers on their way, coming and going, with what is to be done and whose clock runs.

use super::{
    acts,
    queries::{self, Transfer, Way},
};
use crate::{
    App,
    access::{Grant, ListRecords, ReceiveRecord, TransferRecord},
    dossiers::mismatches,
    error::{Error, Result},
    form::show_day,
    movements::{self, Chain, Kind, Movement},
    page::Page,
    units::{self, Place},
};
use axum::{
    Form,
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::{Deserialize, Serialize};

/// Transfers on a page.
const PAGE: usize = 50;

#[derive(Clone, Debug, Default, Serialize)]
struct Line {
    transfer: Transfer,
    /// Units one may name as the using unit.
    below: Vec<(i64, String)>,
    may_receive: bool,
    may_cancel: bool,
    is_inside: bool,
}

/// A dossier that has to go by a decision, before anybody sent it.
#[derive(Clone, Debug, Default, Serialize)]
struct Ordered {
    movement: Movement,
    may_send: bool,
    may_ask: bool,
    /// The article by which the receiver asks; nothing where nobody has to.
    request_article: Option<String>,
}

#[derive(Serialize)]
pub(super) struct TransfersPage {
    incoming: bool,
    ordered: Vec<Ordered>,
    lines: Vec<Line>,
    next: Option<i64>,
    is_first: bool,
    problem: Option<String>,
}

impl Page for TransfersPage {
    const TEMPLATE: &'static str = "transfers/list.html";

    fn samples() -> Vec<TransfersPage> {
        let line = |state: &str, inside: bool| Line {
            transfer: Transfer {
                id: 1,
                state: state.into(),
                name: "Lò Thị Mai".into(),
                due: Some("24/11/2026".into()),
                duty: Some(3),
                article: if inside { "YB-12.2.x".into() } else { "silent".into() },
                is_cancelled: inside,
                is_forwarded: inside,
                ..Transfer::default()
            },
            below: vec![(1, "Sở Y tế".into())],
            may_receive: state == "sent",
            may_cancel: inside,
            is_inside: inside,
        };
        let ordered = |waits: bool| Ordered {
            movement: Movement {
                id: 1,
                name: "Lò Thị Mai".into(),
                asked: (!waits).then(|| "19/11/2026, Hà Thị Mẫu".into()),
                send_due: (!waits).then(|| "24/11/2026".into()),
                send_duty: (!waits).then_some(1),
                receive_due: Some("23/11/2026".into()),
                receive_duty: Some(2),
                is_in_conflict: !waits,
                ..Movement::default()
            },
            may_send: !waits,
            may_ask: waits,
            request_article: Some("HUE-10.2".into()),
        };
        let page = |lines: Vec<Line>, next: Option<i64>| TransfersPage {
            incoming: next.is_none(),
            ordered: if lines.is_empty() { Vec::new() } else { vec![ordered(true), ordered(false)] },
            lines,
            next,
            is_first: next.is_none(),
            problem: next.map(|_| "Ghi lý do".into()),
        };
        vec![
            page(vec![line("sent", false), line("accepted", true), line("accepted", false), line("sent_back", true)], Some(2)),
            page(Vec::new(), None),
        ]
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    huong: String,
    sau: i64,
}

/// The list of one direction.
pub(super) async fn show(grant: Grant<ListRecords>, State(app): State<App>, Query(asked): Query<Asked>) -> Result<Response> {
    page(&app, &grant, &asked, None).await?.show(&app, &grant.visitor)
}

async fn page(app: &App, grant: &Grant<ListRecords>, asked: &Asked, problem: Option<String>) -> Result<TransfersPage> {
    let way = if asked.huong == "di" { Way::Out } else { Way::In };
    let mut reader = app.db.read(&**grant);
    let tops: Vec<String> =
        if grant.reaches_unit("/") { vec!["/".to_owned()] } else { grant.tops().into_iter().map(str::to_owned).collect() };
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut found =
        if tops.is_empty() { Vec::new() } else { queries::list(&mut reader, way, &tops, asked.sau, limit, app.today()).await? };
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(|last| last.id);
    let may = |code: &str| grant.visitor.may(code);
    let mut lines = Vec::with_capacity(found.len());
    for transfer in found {
        let towards_us = grant.reaches_unit(&transfer.to.1);
        let waits = way == Way::In && towards_us && (transfer.state == "sent" || (transfer.state == "accepted" && !transfer.is_forwarded));
        let below = if waits { units::places(&mut reader, &transfer.to.1).await? } else { Vec::new() };
        let label = |unit: &Place| (unit.id, unit.name.clone());
        lines.push(Line {
            below: below.iter().map(label).collect(),
            may_receive: waits && may("receive_record"),
            may_cancel: way == Way::Out && transfer.state == "sent" && may("transfer_record") && grant.reaches_unit(&transfer.from.1),
            is_inside: match transfer.state.as_str() {
                "accepted" => towards_us,
                _ => grant.reaches_unit(&transfer.from.1),
            },
            transfer,
        });
    }
    let side = if way == Way::In { movements::Way::In } else { movements::Way::Out };
    let mut ordered = Vec::new();
    if asked.sau == 0 {
        for mut movement in movements::waiting(&mut reader, side, &tops).await? {
            if movement.send_due.is_none() {
                movement.send_due = movements::send_by(app, &movement).await?.map(show_day);
            }
            let request_article = Chain::at(app, &movement.from.1).await?.request_article;
            let waits = request_article.is_some() && movement.asked.is_none();
            ordered.push(Ordered {
                may_send: way == Way::Out
                    && movement.kind != Kind::Leave
                    && !waits
                    && may("transfer_record")
                    && grant.reaches_unit(&movement.from.1),
                may_ask: way == Way::In && waits && may("receive_record") && grant.reaches_unit(&movement.to.1),
                request_article,
                movement,
            });
        }
    }
    Ok(TransfersPage { ordered, incoming: way == Way::In, lines, next, is_first: asked.sau == 0, problem })
}

/// What a line sends.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Sent {
    version: i64,
    unit: String,
    reason: String,
}

/// The transfer as it is seen from the area, still in the state an act needs.
async fn standing<P: vault::Permission>(app: &App, grant: &vault::Grant<P>, id: i64, state: &str) -> Result<Transfer> {
    let transfer = queries::one(&mut app.db.read(grant), id, app.today()).await?;
    match transfer.state == state {
        true => Ok(transfer),
        false => Err(Error::Conflict("Lần chuyển này đã được xử lý. Tải lại trang để xem".into())),
    }
}

/// The using unit that was chosen, at or below the receiving one.
async fn using<P: vault::Permission>(app: &App, grant: &vault::Grant<P>, transfer: &Transfer, typed: &str) -> Result<Option<i64>> {
    let Ok(chosen) = typed.parse::<i64>() else { return Ok(None) };
    let below = units::places(&mut app.db.read(grant), &transfer.to.1).await?;
    match below.iter().any(|unit| unit.id == chosen) {
        true => Ok(Some(chosen)),
        false => Err(Error::NotFound),
    }
}

/// Asks the unit that keeps a dossier to send it.
pub(super) async fn ask(grant: Grant<ReceiveRecord>, State(app): State<App>, Path(id): Path<i64>) -> Result<Response> {
    let movement = movements::one(&mut app.db.read(&*grant), id).await?;
    if !grant.reaches_unit(&movement.to.1) {
        return Err(Error::NotFound);
    }
    if movement.state != "waiting" || movement.asked.is_some() {
        return Err(Error::Conflict("Hồ sơ này đã được đề nghị hoặc đã chuyển. Tải lại trang để xem".into()));
    }
    let mut change = app.db.change(&*grant, "movement.ask").await?;
    movements::ask(&app, &mut change, &movement, mismatches::person(grant.viewer())).await?;
    change.commit().await?;
    Ok(Redirect::to("/chuyen-ho-so").into_response())
}

/// Takes a dossier in.
pub(super) async fn accept(
    grant: Grant<ReceiveRecord>,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(sent): Form<Sent>,
) -> Result<Response> {
    let transfer = standing(&app, &grant, id, "sent").await?;
    if !grant.reaches_unit(&transfer.to.1) {
        return Err(Error::NotFound);
    }
    let using = using(&app, &grant, &transfer, &sent.unit).await?;
    acts::accept(&app, &grant, &transfer, sent.version, using).await?;
    Ok(Redirect::to(&format!("/ho-so/{}", transfer.dossier)).into_response())
}

/// Hands it on.
pub(super) async fn forward(
    grant: Grant<ReceiveRecord>,
    view: Grant<ListRecords>,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(sent): Form<Sent>,
) -> Result<Response> {
    let transfer = standing(&app, &grant, id, "accepted").await?;
    if !grant.reaches_unit(&transfer.to.1) || transfer.is_forwarded {
        return Err(Error::NotFound);
    }
    match using(&app, &grant, &transfer, &sent.unit).await? {
        Some(unit) => {
            acts::forward(&app, &grant, &transfer, sent.version, unit).await?;
            Ok(Redirect::to("/chuyen-ho-so").into_response())
        }
        None => {
            let problem = format!("Chọn đơn vị sử dụng {} rồi chuyển tiếp", transfer.name);
            page(&app, &view, &Asked::default(), Some(problem)).await?.show_again(&app, &view.visitor)
        }
    }
}

/// Sends it back with a reason.
pub(super) async fn send_back(
    grant: Grant<ReceiveRecord>,
    view: Grant<ListRecords>,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(sent): Form<Sent>,
) -> Result<Response> {
    let transfer = standing(&app, &grant, id, "sent").await?;
    if !grant.reaches_unit(&transfer.to.1) {
        return Err(Error::NotFound);
    }
    let reason = sent.reason.trim();
    if reason.is_empty() {
        let problem = format!("Ghi lý do trả lại hồ sơ của {}", transfer.name);
        return page(&app, &view, &Asked::default(), Some(problem)).await?.show_again(&app, &view.visitor);
    }
    acts::end(&app, &grant, &transfer, sent.version, reason, false).await?;
    Ok(Redirect::to("/chuyen-ho-so").into_response())
}

/// Takes back what nobody accepted.
pub(super) async fn cancel(
    grant: Grant<TransferRecord>,
    view: Grant<ListRecords>,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(sent): Form<Sent>,
) -> Result<Response> {
    let transfer = standing(&app, &grant, id, "sent").await?;
    if !grant.reaches_unit(&transfer.from.1) {
        return Err(Error::NotFound);
    }
    let reason = sent.reason.trim();
    if reason.is_empty() {
        let problem = format!("Ghi lý do hủy lần chuyển hồ sơ của {}", transfer.name);
        let asked = Asked { huong: "di".into(), sau: 0 };
        return page(&app, &view, &asked, Some(problem)).await?.show_again(&app, &view.visitor);
    }
    acts::end(&app, &grant, &transfer, sent.version, reason, true).await?;
    Ok(Redirect::to("/chuyen-ho-so?huong=di").into_response())
}
