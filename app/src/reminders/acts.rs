//! What is noted about a duty itself: that it was done where no other act shows it, and that it is counted from another day.

use super::reason::{self, Form};
use crate::{
    App,
    access::{EditRecord, Grant, ListRecords},
    dossiers::mismatches,
    error::{Error, Result},
    form::{self, Problems},
    obligations::{self, Owed},
};
use axum::{
    Form as Posted,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use jiff::civil::Date;
use vault::Basis;

/// Duties of a person that end when a paper is handed in.
const HANDED_IN: &[&str] = &["declare_new", "change_personal"];
/// The longest reason.
const LONGEST: usize = 500;

/// Whether a duty ends by noting that something was handed in.
pub(super) fn is_handed_in(owed: &Owed) -> bool {
    HANDED_IN.contains(&owed.event.as_str()) && owed.about.0 == "dossiers"
}

/// The duty, still open and of a unit that the visitor keeps.
async fn open(app: &App, edit: &Grant<EditRecord>, id: i64) -> Result<Owed> {
    let owed = obligations::one(&mut app.db.read(&**edit), id).await?;
    if !edit.reaches_unit(&owed.unit_path) {
        return Err(Error::NotFound);
    }
    match owed.state.as_str() {
        "open" => Ok(owed),
        _ => Err(Error::Conflict("Việc này đã xong hoặc thôi theo dõi. Tải lại trang để xem".into())),
    }
}

fn day(form: &Form, today: Date, problems: &mut Problems) -> Option<Date> {
    let found = form::day(&form.ngay);
    match found {
        None => problems.add("ngay", "Nhập ngày, ví dụ 15/10/2026"),
        Some(day) if day > today => problems.add("ngay", "Ngày ở sau hôm nay. Kiểm tra lại"),
        Some(_) => {}
    }
    found
}

/// Notes that what the person owed was handed in.
pub(super) async fn settle(
    edit: Grant<EditRecord>,
    view: Grant<ListRecords>,
    State(app): State<App>,
    Path(id): Path<i64>,
    Posted(form): Posted<Form>,
) -> Result<Response> {
    let owed = open(&app, &edit, id).await?;
    if !is_handed_in(&owed) {
        return Err(Error::NotFound);
    }
    let mut problems = Problems::default();
    let on = day(&form, app.today(), &mut problems);
    if on.is_some_and(|on| on < owed.counted_from) {
        problems.add("ngay", "Ngày nộp ở trước ngày bắt đầu tính hạn. Kiểm tra lại");
    }
    let Some(on) = on.filter(|_| problems.is_empty()) else {
        return reason::page(&app, &view, id).await?.again(&app, &view, form, problems);
    };
    let mut change = app.db.change(&*edit, "obligation.settle").await?;
    change.rests_on(Basis::Correction("đã nhận phiếu, giấy tờ".into()));
    obligations::settle_one(&mut change, &owed, on, mismatches::person(edit.viewer())).await?;
    change.commit().await?;
    Ok(Redirect::to(&format!("/thoi-han/{id}")).into_response())
}

/// Counts a duty from another day, with the reason on record.
pub(super) async fn restart(
    edit: Grant<EditRecord>,
    view: Grant<ListRecords>,
    State(app): State<App>,
    Path(id): Path<i64>,
    Posted(form): Posted<Form>,
) -> Result<Response> {
    let owed = open(&app, &edit, id).await?;
    let mut problems = Problems::default();
    let from = day(&form, app.today(), &mut problems);
    let reason = form.ly_do.trim().to_owned();
    if reason.is_empty() {
        problems.add("ly_do", "Ghi lý do, ví dụ: quyết định ghi ngày hiệu lực khác");
    } else if reason.chars().count() > LONGEST {
        problems.add("ly_do", format!("Lý do dài quá {LONGEST} chữ. Ghi ngắn lại"));
    }
    let Some(from) = from.filter(|_| problems.is_empty()) else {
        problems.arrange(["ngay", "ly_do"]);
        return reason::page(&app, &view, id).await?.again(&app, &view, form, problems);
    };
    let mut change = app.db.change(&*edit, "obligation.restart").await?;
    change.rests_on(Basis::Correction(reason));
    if obligations::restart(&app, &mut change, &owed, from).await?.is_none() {
        problems.add("ngay", "Vào ngày này quy chế chưa có hiệu lực ở đơn vị, nên không tính được hạn. Kiểm tra lại");
        return reason::page(&app, &view, id).await?.again(&app, &view, form, problems);
    }
    change.commit().await?;
    Ok(Redirect::to(&format!("/thoi-han/{id}")).into_response())
}
