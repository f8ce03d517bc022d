//! The first page of the desk: how things stand, and where each is looked after.

use super::{jobs, profiles, rights};
use crate::{
    App,
    access::{Administer, ConfigureSystem, Grant, ManageAccounts},
    backups,
    error::Result,
    page::{Page, thousands},
};
use axum::{extract::State, response::Response};
use serde::Serialize;
use vault::Read;

const ACCOUNTS: &str = "SELECT a.state, COUNT(*) AS n FROM {accounts} a WHERE a.kind <> 'installation' GROUP BY a.state";
const OWN_CODES: &str = "SELECT COUNT(*) AS n FROM own_codes o WHERE o.until_on IS NULL OR o.until_on >= $1";
const OWN_FIELDS: &str = "SELECT COUNT(*) AS n FROM own_fields o WHERE o.until_on IS NULL OR o.until_on >= $1";

/// One thing that is looked after.
#[derive(Serialize)]
struct Part {
    href: &'static str,
    title: &'static str,
    what: &'static str,
    /// How it stands, a sentence each.
    facts: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct OverviewPage {
    parts: Vec<Part>,
}

impl Page for OverviewPage {
    const TEMPLATE: &'static str = "administration/overview.html";

    fn samples() -> Vec<OverviewPage> {
        let part =
            Part {
                href: "/tai-khoan", title: "Tài khoản", what: "Cấp, tạm dừng, đóng tài khoản", facts: vec!["12 đang dùng".into()]
            };
        vec![OverviewPage { parts: vec![part] }]
    }
}

async fn count(from: &mut impl Read, sql: &str, app: &App) -> Result<String> {
    Ok(thousands(from.one(sql, &[app.today().into()]).await?.int("n")?))
}

/// How things stand.
pub(super) async fn show(grant: Grant<Administer>, State(app): State<App>) -> Result<Response> {
    let visitor = &grant.visitor;
    let signed_in = visitor.signed_in();
    let mut parts = Vec::new();
    if let Ok(keys) = visitor.grant::<ManageAccounts>() {
        let facts = accounts(&app, &keys).await?;
        parts.push(Part {
            href: "/tai-khoan",
            title: "Tài khoản",
            what: "Cấp, tạm dừng, đóng, cấp lại mật khẩu; giao và thu hồi vai trò",
            facts,
        });
    }
    let roles = rights::regulations(&app, &grant)
        .await?
        .iter()
        .map(|known| (known.identity.name_vi.clone(), known.roles.len()))
        .collect::<Vec<_>>();
    parts.push(Part {
        href: "/quan-tri/quyen",
        title: "Phân quyền",
        what: "Vai trò nào được làm gì, trong phạm vi nào, theo điều khoản nào",
        facts: roles.into_iter().map(|(name, roles)| format!("{name}: {roles} vai trò")).collect(),
    });
    let own = count(&mut app.db.read(&signed_in), OWN_CODES, &app).await?;
    parts.push(Part {
        href: "/quan-tri/danh-muc",
        title: "Danh mục",
        what: "Tra mã, nguồn của mã; thêm mã riêng của địa phương",
        facts: vec![format!("{} danh mục", app.law.catalogues.len()), format!("{own} mã riêng đang dùng")],
    });
    let attached = profiles::rows(&app, &grant).await?.iter().filter(|row| row.holds).count();
    parts.push(Part {
        href: "/quan-tri/quy-che",
        title: "Quy chế áp dụng",
        what: "Đơn vị nào theo quy chế nào, từ ngày nào",
        facts: vec![format!("{attached} nơi đang gắn quy chế")],
    });
    if visitor.grant::<ConfigureSystem>().is_ok() {
        let own = count(&mut app.db.read(&signed_in), OWN_FIELDS, &app).await?;
        parts.push(Part {
            href: "/quan-tri/truong-rieng",
            title: "Trường riêng",
            what: "Thêm trường cho một mục của hồ sơ mà không cần lập trình",
            facts: vec![format!("{own} trường đang dùng")],
        });
    }
    parts.push(Part {
        href: "/quan-tri/cong-viec",
        title: "Công việc",
        what: "Sao lưu, kết xuất, nhập dữ liệu đang chạy; kiểm tra nhật ký",
        facts: work(&app).await?,
    });
    OverviewPage { parts }.show(&app, visitor)
}

async fn accounts(app: &App, keys: &Grant<ManageAccounts>) -> Result<Vec<String>> {
    let rows = app.db.read(keys).rows(ACCOUNTS, &[]).await?;
    let mut facts = Vec::new();
    for (state, words) in [("active", "đang dùng"), ("suspended", "tạm dừng"), ("closed", "đã đóng")] {
        let of_state = rows.iter().find(|row| row.text("state").is_ok_and(|found| found == state));
        let found = of_state.map(|row| row.int("n")).transpose()?.unwrap_or_default();
        if found > 0 || state == "active" {
            facts.push(format!("{} {words}", thousands(found)));
        }
    }
    Ok(facts)
}

async fn work(app: &App) -> Result<Vec<String>> {
    let running = usize::from(app.backups.under_way().is_some()) + app.exports.running().len();
    let copy = match backups::latest(app)? {
        Some(copy) => format!("bản sao lưu mới nhất lúc {}", jobs::moment(copy.at)),
        None => "chưa có bản sao lưu nào".to_owned(),
    };
    Ok(vec![if running == 0 { "Không có việc nào đang chạy".into() } else { format!("{running} việc đang chạy") }, copy])
}
