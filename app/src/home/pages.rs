//! What waits for the visitor.

use super::queries::{self, MOST, count};
use crate::{
    App,
    access::{CreateRecord, EditRecord, ListRecords, ManageAccounts, Search, ViewRecord, Visitor},
    error::Result,
    form::show_day,
    obligations::{self, Counts},
    page::{Page, thousands},
};
use axum::{extract::State, response::Response};
use jiff::ToSpan;
use serde::Serialize;
use vault::Read;

/// Days ahead that the page looks.
const AHEAD: i64 = 30;

/// One thing that waits.
#[derive(Serialize)]
struct Waiting {
    count: String,
    what: String,
    why: String,
    href: String,
    act: &'static str,
}

/// A dossier that a written consent opens.
#[derive(Serialize)]
struct Consented {
    id: i64,
    name: String,
    unit: String,
    until: String,
}

#[derive(Serialize)]
pub(super) struct HomePage {
    person: String,
    waiting: Vec<Waiting>,
    /// The visitor's own dossier.
    own: Option<i64>,
    /// Dossiers that written consents open to the visitor.
    consented: Vec<Consented>,
    /// People present, and dossiers that are complete.
    figures: Option<(String, String)>,
    may_search: bool,
    may_create: bool,
    may_manage_accounts: bool,
}

impl Page for HomePage {
    const TEMPLATE: &'static str = "home/show.html";

    fn samples() -> Vec<HomePage> {
        let waiting = Waiting {
            count: "12".into(),
            what: "hồ sơ chưa đầy đủ".into(),
            why: "Còn thiếu dữ liệu bắt buộc".into(),
            href: "/ho-so?dd=chua-du".into(),
            act: "Xem danh sách",
        };
        let page = |waiting: Vec<Waiting>, own: Option<i64>, may: bool| HomePage {
            person: "Nông Thị Hạnh".into(),
            waiting,
            own,
            consented: own
                .map(|id| Consented { id, name: "Lò Thị Mai".into(), unit: "Bệnh viện".into(), until: "30/11/2026".into() })
                .into_iter()
                .collect(),
            figures: may.then(|| ("412".into(), "400".into())),
            may_search: may,
            may_create: may,
            may_manage_accounts: may,
        };
        vec![page(vec![waiting], None, true), page(vec![], Some(7), false), page(vec![], None, false)]
    }
}

/// The first page after signing in.
pub(super) async fn home(visitor: Visitor, State(app): State<App>) -> Result<Response> {
    let mut waiting = Vec::new();
    let mut add = |found: i64, what: &str, why: String, href: String, act: &'static str| {
        if found > 0 {
            let count = if found > MOST { format!("hơn {}", thousands(MOST)) } else { thousands(found) };
            waiting.push(Waiting { count, what: what.into(), why, href, act });
        }
    };
    let today = app.today();
    let until = today.saturating_add(AHEAD.days());
    let range = |column: &str| format!("/ho-so?loc={column}~tu~{}~{}&xep={column}", show_day(today), show_day(until));
    if let (Ok(view), true) = (visitor.grant::<ListRecords>(), visitor.may("view_record")) {
        let (account, question) = (visitor.viewer.account_id(), format!("home {today}"));
        let counting = async { obligations::counts(&mut app.db.read(&view), "/", (today, until)).await };
        let found = obligations::remembered(&app, account, question, |counts: &Counts| counts.total > obligations::LONG, counting).await?;
        let why = "Theo thời hạn của quy chế";
        add(found.overdue, "việc quá hạn", why.into(), "/thoi-han?phan=qua-han".into(), "Xem thời hạn");
        add(found.today, "việc đến hạn hôm nay", why.into(), "/thoi-han?phan=hom-nay".into(), "Xem thời hạn");
    }
    let mut figures = None;
    if let (Ok(view), Ok(_)) = (visitor.grant::<ListRecords>(), visitor.grant::<Search>()) {
        let mut reader = app.db.read(&view);
        let present = count(&mut reader, queries::PRESENT, &[]).await?;
        let incomplete = count(&mut reader, queries::INCOMPLETE, &[]).await?;
        let most = |found: i64| if found > MOST { format!("hơn {}", thousands(MOST)) } else { thousands(found) };
        let complete = if present > MOST { String::new() } else { thousands(present - incomplete) };
        figures = Some((most(present), complete));
    }
    if let (Ok(edit), Ok(_)) = (visitor.grant::<EditRecord>(), visitor.grant::<Search>()) {
        let mut reader = app.db.read(&edit);
        let days = [today.into(), until.into()];
        let why = || "Còn thiếu dữ liệu bắt buộc của mẫu lý lịch".to_owned();
        add(
            count(&mut reader, queries::INCOMPLETE, &[]).await?,
            "hồ sơ chưa đầy đủ",
            why(),
            "/ho-so?dd=chua-du&xep=completeness".into(),
            "Xem danh sách",
        );
        let why = "Thiếu số này thì không nhận ra người đã có hồ sơ ở nơi khác".to_owned();
        add(
            count(&mut reader, queries::UNNUMBERED, &[]).await?,
            "hồ sơ thiếu số định danh cá nhân",
            why,
            "/ho-so?loc=personal_id_number~thieu".into(),
            "Xem danh sách",
        );
        let why = || format!("Từ nay đến {}", show_day(until));
        add(
            count(&mut reader, queries::RAISES, &days).await?,
            "người đến mốc xét nâng bậc lương",
            why(),
            range("next_raise_due"),
            "Xem danh sách",
        );
        add(
            count(&mut reader, queries::TERMS, &days).await?,
            "người hết thời hạn giữ chức vụ",
            why(),
            range("term_end_on"),
            "Xem danh sách",
        );
    }
    if let Ok(edit) = visitor.grant::<EditRecord>() {
        let found = count(&mut app.db.read(&edit), queries::DISCREPANCIES, &[]).await?;
        let why = "Dữ liệu khác hồ sơ giấy, chờ đính chính hoặc bác bỏ".to_owned();
        add(found, "sai lệch với hồ sơ giấy", why, "/sai-lech".into(), "Xem danh sách");
    }
    if let Ok(create) = visitor.grant::<CreateRecord>() {
        let mine = [visitor.viewer.account_id().into()];
        let found = count(&mut app.db.read(&create), queries::IMPORTS, &mine).await?;
        add(found, "lần nhập từ Excel chưa ghi", "Đã đọc tệp nhưng chưa ghi dòng nào".into(), "/nhap-excel".into(), "Tiếp tục nhập");
    }
    if let Ok(keys) = visitor.grant::<ManageAccounts>() {
        let mut reader = app.db.read(&keys);
        let found = count(&mut reader, queries::LOCKED, &[app.now().into()]).await?;
        add(found, "tài khoản đang tạm khóa", "Đăng nhập sai nhiều lần".into(), "/tai-khoan".into(), "Mở danh sách tài khoản");
        let found = count(&mut reader, queries::UNUSED, &[today.into()]).await?;
        add(
            found,
            "tài khoản đơn vị chưa có người sử dụng",
            "Cần phân công người sử dụng".into(),
            "/tai-khoan".into(),
            "Mở danh sách tài khoản",
        );
    }
    HomePage {
        person: visitor.sign.person.clone(),
        waiting,
        own: visitor.viewer.dossier_id(),
        consented: consented(&visitor, &app).await?,
        figures,
        may_search: visitor.may("search"),
        may_create: visitor.may("create_record"),
        may_manage_accounts: visitor.grant::<ManageAccounts>().is_ok(),
    }
    .show(&app, &visitor)
}

/// Dossiers that somebody agreed to show to this account, with the last day; asked only for those who have any.
async fn consented(visitor: &Visitor, app: &App) -> Result<Vec<Consented>> {
    if visitor.viewer.consents().is_empty() {
        return Ok(Vec::new());
    }
    let grant = visitor.grant::<ViewRecord>()?;
    let rows = app.db.read(&*grant).rows(queries::CONSENTED, &[visitor.viewer.account_id().into(), app.today().into()]).await?;
    let line = |row: &vault::Row| {
        let name: Option<String> = row.get("full_name")?;
        let unit: Option<String> = row.get("unit_name")?;
        let until = show_day(row.get("until_on")?);
        Ok(Consented { id: row.int("dossier_id")?, name: name.unwrap_or_default(), unit: unit.unwrap_or_default(), until })
    };
    rows.iter().map(line).collect()
}
