//! The month's approval unit by unit: what waits, what a closed window left behind, what Home Affairs approves in its turn.

use super::{
    acts,
    chain::Chain,
    queries::{self, UnitLine},
};
use crate::{
    App,
    access::{Grant, ListRecords, SignApprove},
    error::{Error, Result},
    form::show_day,
    page::Page,
    units,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct MonthsPage {
    units: Vec<UnitLine>,
    /// The window that ended last; the days of the next one, when none is open.
    closed_on: Option<String>,
    refusal: Option<String>,
    approval_article: String,
    /// Home Affairs approves too, by this article; this account may.
    accept_article: Option<String>,
    may_accept: bool,
}

impl Page for MonthsPage {
    const TEMPLATE: &'static str = "declarations/months.html";

    fn samples() -> Vec<MonthsPage> {
        let line =
            |missed: i64| UnitLine { id: 1, name: "Bệnh viện Đa khoa".into(), sent: 2, verified: 3, missed, approved: 4, accepted: 5 };
        let page = |units: Vec<UnitLine>| MonthsPage {
            closed_on: (!units.is_empty()).then(|| "31/10/2026".into()),
            refusal: (!units.is_empty()).then(|| "Chỉ phê duyệt được trong kỳ cuối tháng".into()),
            approval_article: "VP-8.1".into(),
            accept_article: (!units.is_empty()).then(|| "VP-8.2".into()),
            may_accept: !units.is_empty(),
            units,
        };
        vec![page(vec![line(0), line(3)]), page(Vec::new())]
    }
}

/// The page.
pub(super) async fn show(grant: Grant<ListRecords>, State(app): State<App>) -> Result<Response> {
    let chain = Chain::at(&app, grant.visitor.viewer.unit_path()).await?;
    let units = queries::by_unit(&mut app.db.read(&*grant), chain.closed_on, app.today().first_of_month()).await?;
    let page = MonthsPage {
        units,
        closed_on: chain.closed_on.map(show_day),
        refusal: chain.refusal().filter(|_| chain.is_monthly),
        approval_article: chain.approval_article.clone(),
        may_accept: chain.accept_article.is_some() && grant.visitor.may("sign_approve"),
        accept_article: chain.accept_article,
    };
    page.show(&app, &grant.visitor)
}

/// Home Affairs approves what a unit approved.
pub(super) async fn accept(grant: Grant<SignApprove>, State(app): State<App>, Path(id): Path<i64>) -> Result<Response> {
    let place = units::place(&mut app.db.read(&*grant), id).await?;
    if !grant.reaches_unit(&place.path) {
        return Err(Error::NotFound);
    }
    match acts::accept(&app, &grant, &place.path).await? {
        0 => Err(Error::Conflict("Không còn khai báo nào của đơn vị này chờ duyệt. Tải lại trang để xem".into())),
        _ => Ok(Redirect::to("/khai-bao/don-vi").into_response()),
    }
}
