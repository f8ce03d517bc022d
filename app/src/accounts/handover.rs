//! Handing over a role of which there is exactly one: from the account that holds it to another, in one act.

use super::{
    actions::{UNIT, give, roles_to_give},
    forms, limits,
    manage::AccountPage,
    model::Document,
    queries,
};
use crate::{
    App,
    access::{Grant, ManageAccounts},
    error::{Error, Result},
    form::Problems,
    page::Page,
};
use axum::{
    Form,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use jiff::civil::Date;
use law::{
    Regulation,
    regulation::{AccountLimit, Role},
};
use serde::{Deserialize, Serialize};
use vault::Read;

/// A role that the account on the page may take over.
#[derive(Serialize)]
pub(super) struct Handover {
    role: String,
    name_vi: String,
    holder: String,
    article: String,
}

/// What was typed about a handover; the names differ from those of the other forms on the page.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct HandoverForm {
    role: String,
    so_ban_giao: String,
    ngay_ban_giao: String,
    noi_ban_giao: String,
}

impl HandoverForm {
    /// The paper of the handover, which must be stated in full.
    fn document(&self, today: Date) -> Result<Document, Problems> {
        let mut found = Problems::default();
        let document = forms::document(&self.so_ban_giao, &self.ngay_ban_giao, &self.noi_ban_giao, today, &mut found);
        forms::complete(&document, &mut found);
        let mut problems = Problems::default();
        for (field, sentence) in found.iter() {
            let field = match field {
                "number" => "so_ban_giao",
                "signed_on" => "ngay_ban_giao",
                _ => "noi_ban_giao",
            };
            problems.add(field, sentence);
        }
        problems.or(Some(document))
    }
}

impl Handover {
    pub(super) fn sample() -> Handover {
        Handover { role: "system_admin".into(), name_vi: "Sở Nội vụ".into(), holder: "dt.quan-tri".into(), article: "DT-PL.5".into() }
    }
}

/// What an account may take over: roles of which there is one, held by another account.
pub(super) async fn offered(
    app: &App,
    from: &mut impl Read,
    regulation: &Regulation,
    roles: &[Role],
    account: i64,
) -> Result<Vec<Handover>> {
    let mut offered = Vec::new();
    for role in roles.iter().filter(|role| role.accounts == AccountLimit::ExactlyOne) {
        let holders = limits::holders(app, from, regulation, role).await?;
        if let Some(holder) = holders.first().filter(|_| holders.iter().all(|holder| holder.id != account)) {
            let (name_vi, article) = (role.name_vi.clone(), role.article.clone());
            offered.push(Handover { role: role.code.clone(), name_vi, holder: holder.login.clone(), article });
        }
    }
    Ok(offered)
}

/// Takes the role over; whoever gave their own away goes to the first page, where they may still be.
pub(super) async fn receive(
    grant: Grant<ManageAccounts>,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(form): Form<HandoverForm>,
) -> Result<Response> {
    let document = match form.document(app.today()) {
        Ok(document) => document,
        Err(problems) => return AccountPage::new(&app, &grant, id).await?.with(form, problems).show_again(&app, &grant.visitor),
    };
    let before = hand_over(&app, &grant, id, &form.role, &document).await?;
    let to = if before.contains(&grant.visitor.viewer.account_id()) { "/".to_owned() } else { format!("/tai-khoan/{id}") };
    Ok(Redirect::to(&to).into_response())
}

/// Ends the role where it is held and gives it to the account; gives the accounts that held it.
async fn hand_over(app: &App, grant: &Grant<ManageAccounts>, id: i64, code: &str, document: &Document) -> Result<Vec<i64>> {
    let today = app.today();
    let mut change = app.db.change(grant, "account.hand_over").await?;
    limits::in_turn(&mut change).await?;
    let account = queries::find(&mut change, id).await?;
    let unit_id = account.unit_id.ok_or(Error::NotFound)?;
    let path = change.one(UNIT, &[unit_id.into()]).await?.text("path")?;
    let regulation = app.db.regulation_at(&path, today).await?.and_then(|code| app.law.regulation(&code)).ok_or(Error::NotFound)?;
    let given = roles_to_give(app, grant, &path).await?;
    let role = given.iter().find(|role| role.code == code && role.accounts == AccountLimit::ExactlyOne);
    let role =
        role.ok_or_else(|| Error::Conflict("Vai trò này không bàn giao như vậy. Thu hồi ở tài khoản cũ rồi cấp ở tài khoản mới".into()))?;
    if account.state != "active" {
        return Err(Error::Conflict("Tài khoản nhận bàn giao phải đang dùng. Mở lại hoặc cấp tài khoản khác".into()));
    }
    let holders = limits::holders(app, &mut change, regulation, role).await?;
    if holders.iter().any(|holder| holder.id == id) {
        return Err(Error::Conflict("Tài khoản này đang giữ vai trò đó rồi".into()));
    }

    let last = today.yesterday().unwrap_or(today);
    for holder in &holders {
        change.update("account_roles", holder.role, &[("until_on", last.into())]).await?;
    }
    give(&mut change, id, &role.code, unit_id, today, document).await?;
    change.commit().await?;
    Ok(holders.iter().map(|holder| holder.id).collect())
}
