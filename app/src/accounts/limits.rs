//! How many accounts of a role there may be, and who may have them.

use super::{actions::UNIT, model::AccountLine, queries};
use crate::{
    App,
    error::{Error, Result},
};
use law::{
    Regulation,
    regulation::{AccountLimit, Role},
};
use std::collections::HashMap;
use vault::{Change, Read, Row, folded};

/// An account that holds a role already.
#[derive(Clone, Debug)]
pub(super) struct Holder {
    pub(super) id: i64,
    pub(super) login: String,
    pub(super) name: String,
    pub(super) state: String,
    pub(super) dossier: Option<i64>,
    pub(super) unit_path: String,
    pub(super) role: vault::Seen,
}

impl Holder {
    pub(super) fn read(row: &Row) -> Result<Holder> {
        Ok(Holder {
            id: row.int("id")?,
            login: row.get::<Option<String>>("login")?.unwrap_or_default(),
            name: row.text("name")?,
            state: row.text("state")?,
            dossier: row.get("dossier_id")?,
            unit_path: row.text("path")?,
            role: vault::Seen { id: row.int("role_id")?, version: row.int("role_version")? },
        })
    }
}

/// Who is to have a role.
pub(super) struct Candidate<'a> {
    /// The account, when there is one.
    pub(super) account: Option<i64>,
    pub(super) name: &'a str,
    pub(super) kind: &'a str,
    pub(super) dossier: Option<i64>,
    pub(super) unit_path: &'a str,
}

impl<'a> Candidate<'a> {
    /// An account that is open already.
    pub(super) fn of(account: &'a AccountLine, unit_path: &'a str) -> Candidate<'a> {
        let AccountLine { id, name, kind, dossier_id, .. } = account;
        Candidate { account: Some(*id), name, kind, dossier: *dossier_id, unit_path }
    }

    /// Whether a holder is the same person: by the dossier where both are tied to one, else by name within the unit.
    fn is(&self, holder: &Holder) -> bool {
        match (self.dossier, holder.dossier) {
            (Some(own), Some(other)) => own == other,
            _ => self.unit_path == holder.unit_path && folded(self.name) == folded(&holder.name),
        }
    }
}

/// Whoever gives or ends a role, or puts an account out of use, does so in turn: how many hold a role is asked before it is written.
pub(super) async fn in_turn(change: &mut Change) -> Result<()> {
    Ok(change.take_turn("holders of roles").await?)
}

/// Open accounts that hold a role under a regulation, as far as its limit asks for them; the same code means another role elsewhere.
pub(super) async fn holders(app: &App, from: &mut impl Read, regulation: &Regulation, role: &Role) -> Result<Vec<Holder>> {
    if !matches!(role.accounts, AccountLimit::ExactlyOne | AccountLimit::OnePerBody | AccountLimit::OnePerLeader) {
        return Ok(Vec::new());
    }
    let (mut under, mut known) = (Vec::new(), HashMap::new());
    for holder in queries::holders(from, &role.code, app.today()).await? {
        let holds = match known.get(&holder.unit_path) {
            Some(holds) => *holds,
            None => {
                let holds = app.db.regulation_at(&holder.unit_path, app.today()).await?.as_deref() == Some(regulation.code());
                known.insert(holder.unit_path.clone(), holds);
                holds
            }
        };
        if holds {
            under.push(holder);
        }
    }
    Ok(under)
}

/// Refuses an account beyond the number the regulation allows: the field, and the sentence.
pub(super) fn within(role: &Role, holders: &[Holder], candidate: &Candidate<'_>) -> Result<(), (&'static str, String)> {
    let article = &role.article;
    let full = match role.accounts {
        AccountLimit::ExactlyOne => holders.first(),
        AccountLimit::OnePerBody => holders.iter().find(|holder| holder.unit_path == candidate.unit_path),
        AccountLimit::None | AccountLimit::UsesTheUnitAccount => {
            return Err(("role", format!("Quy chế không cấp tài khoản riêng cho vai trò này ({article})")));
        }
        AccountLimit::OnePerLeader => return own_account(role, holders, candidate),
        AccountLimit::OnePerPerson
        | AccountLimit::OnePerPersonOnRequest
        | AccountLimit::NamedByDecision
        | AccountLimit::NamedByUnit
        | AccountLimit::ByDelegation
        | AccountLimit::Silent => None,
    };
    match full {
        Some(holder) => Err((
            "role",
            format!(
                "Quy chế chỉ cho một tài khoản giữ vai trò này, hiện là {}. Bàn giao hoặc thu hồi vai trò ở tài khoản đó trước ({article})",
                holder.login
            ),
        )),
        None => Ok(()),
    }
}

/// Each leader has one account, and it is their own.
fn own_account(role: &Role, holders: &[Holder], candidate: &Candidate<'_>) -> Result<(), (&'static str, String)> {
    let article = &role.article;
    if candidate.kind != "personal" {
        return Err(("kind", format!("Mỗi lãnh đạo có một tài khoản riêng, không dùng chung. Chọn tài khoản cá nhân ({article})")));
    }
    match holders.iter().find(|holder| candidate.is(holder)) {
        Some(holder) if Some(holder.id) == candidate.account => Err(("role", "Tài khoản này đang giữ vai trò đó rồi".into())),
        Some(holder) => Err((
            "name",
            format!(
                "{} đã có tài khoản {}; mỗi lãnh đạo chỉ có một tài khoản riêng ({article}). Nếu là người khác trùng họ tên, nhập số định danh cá nhân của từng người",
                holder.name, holder.login
            ),
        )),
        None => Ok(()),
    }
}

/// The roles of a limit that an account holds today, with the regulation that says so.
async fn held<'a>(
    app: &'a App,
    from: &mut impl Read,
    account: &AccountLine,
    limit: AccountLimit,
) -> Result<Vec<(&'a Regulation, &'a Role)>> {
    let Some(unit) = account.unit_id else { return Ok(Vec::new()) };
    let path = from.one(UNIT, &[unit.into()]).await?.text("path")?;
    let Some(regulation) = app.db.regulation_at(&path, app.today()).await?.and_then(|code| app.law.regulation(&code)) else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for role in regulation.roles.iter().filter(|role| role.accounts == limit) {
        if queries::holders(from, &role.code, app.today()).await?.iter().any(|holder| holder.id == account.id) {
            found.push((regulation, role));
        }
    }
    Ok(found)
}

/// Refuses to hand the account of one person to another: a person gets an account of their own.
pub(super) async fn may_pass_on(app: &App, change: &mut Change, account: &AccountLine) -> Result<()> {
    if let Some((_, role)) = held(app, change, account, AccountLimit::OnePerLeader).await?.first() {
        return Err(Error::Conflict(format!(
            "Đây là tài khoản riêng của {}. Mỗi lãnh đạo có một tài khoản riêng ({}); cấp tài khoản khác cho người mới",
            account.name, role.article
        )));
    }
    match account.kind.as_str() {
        "unit" => Ok(()),
        _ => Err(Error::Conflict("Tài khoản cá nhân chỉ do chính người đó sử dụng. Cấp tài khoản riêng cho người khác".into())),
    }
}

/// Refuses to put the one highest account out of use.
pub(super) async fn stays_in_use(app: &App, change: &mut Change, account: &AccountLine) -> Result<()> {
    for (regulation, role) in held(app, change, account, AccountLimit::ExactlyOne).await? {
        others_hold(app, change, regulation, role, account.id).await?;
    }
    Ok(())
}

/// Refuses to end a role of which there must be exactly one holder.
pub(super) async fn stays_held(app: &App, change: &mut Change, role: &Role, unit_path: &str, account: i64) -> Result<()> {
    let regulation = app.db.regulation_at(unit_path, app.today()).await?.and_then(|code| app.law.regulation(&code));
    match regulation {
        Some(regulation) if role.accounts == AccountLimit::ExactlyOne => others_hold(app, change, regulation, role, account).await,
        Some(_) | None => Ok(()),
    }
}

async fn others_hold(app: &App, change: &mut Change, regulation: &Regulation, role: &Role, account: i64) -> Result<()> {
    let holders = holders(app, change, regulation, role).await?;
    match holders.iter().any(|holder| holder.id != account && holder.state == "active") {
        true => Ok(()),
        false => Err(Error::Conflict(format!(
            "Quy chế cần đúng một tài khoản giữ vai trò {} ({}). Mở tài khoản sẽ nhận và bàn giao vai trò trước",
            role.name_vi, role.article
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holder(dossier: Option<i64>, name: &str) -> Holder {
        let role = vault::Seen { id: 1, version: 1 };
        Holder { id: 1, login: "mau".into(), name: name.into(), state: "active".into(), dossier, unit_path: "/1/".into(), role }
    }

    #[test]
    fn people_of_the_same_name_are_told_apart_by_their_dossiers() {
        let candidate = |dossier| Candidate { account: None, name: "Hà Văn Mẫu", kind: "personal", dossier, unit_path: "/1/" };
        assert!(candidate(None).is(&holder(None, "hà văn  mẫu")));
        assert!(candidate(Some(1)).is(&holder(Some(1), "Hà Văn Mẫu (cũ)")));
        assert!(!candidate(Some(1)).is(&holder(Some(2), "Hà Văn Mẫu")));
        assert!(!candidate(None).is(&holder(None, "Hà Văn Mẩy")));
    }
}
