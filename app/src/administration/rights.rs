//! Who may do what: the role tables of the regulations in force, and how many accounts hold each role.

use super::profiles;
use crate::{
    App,
    access::{Administer, Grant, ManageAccounts},
    error::Result,
    page::Page,
};
use axum::{
    extract::{Query, State},
    response::Response,
};
use law::{Regulation, regulation::Role};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use vault::Read;

const HELD: &str = "
    SELECT r.role_code, u.path FROM {account_roles} r JOIN {accounts} a ON a.id = r.account_id JOIN units u ON u.id = r.unit_id
    WHERE a.state <> 'closed' AND (r.from_on IS NULL OR r.from_on <= $1) AND (r.until_on IS NULL OR r.until_on >= $1)";

/// One role as the table shows it.
#[derive(Serialize)]
struct RoleLine {
    name: String,
    scope: &'static str,
    limit: &'static str,
    rights: Vec<String>,
    held: usize,
    article: String,
}

#[derive(Serialize)]
pub(super) struct RightsPage {
    name: String,
    number: String,
    code: String,
    roles: Vec<RoleLine>,
    others: Vec<(String, String)>,
    may_give: bool,
}

impl Page for RightsPage {
    const TEMPLATE: &'static str = "administration/rights.html";

    fn samples() -> Vec<RightsPage> {
        let role = RoleLine {
            name: "Sở Nội vụ".into(),
            scope: "toàn tỉnh",
            limit: "một tài khoản trong toàn hệ thống",
            rights: vec!["Xem hồ sơ".into()],
            held: 1,
            article: "DT-PL.5".into(),
        };
        let silent = RoleLine {
            article: "silent".into(),
            rights: vec![],
            limit: "",
            held: 0,
            name: "Cá nhân".into(),
            scope: "hồ sơ của chính mình",
        };
        let others = vec![("dong-thap-2014".into(), "Đồng Tháp".into()), ("yen-bai-2020".into(), "Yên Bái".into())];
        let page = |roles| RightsPage {
            name: "Đồng Tháp".into(),
            number: "539/QĐ-UBND-HC".into(),
            code: "dong-thap-2014".into(),
            roles,
            others: others.clone(),
            may_give: true,
        };
        vec![page(vec![role, silent]), page(vec![])]
    }
}

/// The regulations in force somewhere inside the area; all of them before there is any.
pub(super) async fn regulations<'a>(app: &'a App, grant: &Grant<Administer>) -> Result<Vec<&'a Regulation>> {
    let mut found: Vec<&Regulation> = Vec::new();
    for row in profiles::rows(app, grant).await?.iter().filter(|row| row.holds) {
        if let Some(known) = app.law.regulation(&row.code).filter(|known| found.iter().all(|other| other.code() != known.code())) {
            found.push(known);
        }
    }
    if found.is_empty() {
        found.extend(&app.law.regulations);
    }
    Ok(found)
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    qc: String,
}

/// The role table of one regulation.
pub(super) async fn show(grant: Grant<Administer>, State(app): State<App>, Query(asked): Query<Asked>) -> Result<Response> {
    let known = regulations(&app, &grant).await?;
    let own = grant.visitor.viewer.regulation();
    let chosen = known.iter().find(|known| known.code() == asked.qc).or_else(|| known.iter().find(|known| own == Some(known.code())));
    let Some(chosen) = chosen.or(known.first()) else { return Err(crate::error::Error::NotFound) };
    let held = held(&app, &grant, chosen).await?;
    let page = RightsPage {
        name: chosen.identity.name_vi.clone(),
        number: chosen.identity.number.clone(),
        code: chosen.code().to_owned(),
        roles: chosen.roles.iter().map(|role| line(&app, role, held.get(role.code.as_str()).copied().unwrap_or_default())).collect(),
        others: known.iter().map(|known| (known.code().to_owned(), known.identity.name_vi.clone())).collect(),
        may_give: grant.visitor.grant::<ManageAccounts>().is_ok(),
    };
    page.show(&app, &grant.visitor)
}

fn line(app: &App, role: &Role, held: usize) -> RoleLine {
    let list = app.law.catalogue("permissions");
    let name = |code: &str| list.map_or(code.to_owned(), |list| list.label(code).to_owned());
    let mut rights = role.all_permissions();
    // In the order of the list of permissions, which goes from reading to looking after.
    rights.sort_by_key(|code| list.and_then(|list| list.items.iter().position(|item| item.code == *code)));
    RoleLine {
        name: role.name_vi.clone(),
        scope: role.scope.name_vi(),
        limit: role.accounts.name_vi(),
        rights: rights.into_iter().map(name).collect(),
        held,
        article: role.article.clone(),
    }
}

/// Open accounts inside the area that hold each role of a regulation today.
async fn held(app: &App, grant: &Grant<Administer>, of: &Regulation) -> Result<HashMap<String, usize>> {
    let mut held: HashMap<String, usize> = HashMap::new();
    let Ok(keys) = grant.visitor.grant::<ManageAccounts>() else { return Ok(held) };
    let mut known: HashMap<String, bool> = HashMap::new();
    for row in app.db.read(&keys).rows(HELD, &[app.today().into()]).await? {
        let path = row.text("path")?;
        let under = match known.get(&path) {
            Some(under) => *under,
            None => {
                let under = app.db.regulation_at(&path, app.today()).await?.as_deref() == Some(of.code());
                known.insert(path, under);
                under
            }
        };
        if under {
            *held.entry(row.text("role_code")?).or_default() += 1;
        }
    }
    Ok(held)
}
