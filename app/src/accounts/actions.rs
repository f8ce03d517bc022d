//! What changes accounts: each act one transaction, on the record.

use super::{
    forms::Open,
    limits::{self, Candidate},
    model::{AccountLine, Document, opening_rule},
    password, queries,
};
use crate::{
    App,
    access::{Grant, ListRecords, ManageAccounts},
    error::{Error, Result},
    form::Problems,
};
use jiff::civil::Date;
use law::regulation::Role;
use vault::{Read, Seen};

pub(super) const UNIT: &str = "SELECT u.path, u.level_rank FROM units u WHERE u.id = $1";
const PERSON: &str = "SELECT r.dossier_id FROM {roster} r WHERE r.personal_id_number = $1 AND r.state = 'active'";

/// An account just opened, with the password to hand over.
pub(super) struct Opened {
    pub(super) id: i64,
    pub(super) password: String,
}

/// The roles the visitor may give at a unit, under the regulation in force there.
pub(super) async fn roles_to_give(app: &App, grant: &Grant<ManageAccounts>, unit_path: &str) -> Result<Vec<Role>> {
    let Some(code) = app.db.regulation_at(unit_path, app.today()).await? else { return Ok(Vec::new()) };
    let regulation = app.law.regulation(&code).ok_or(Error::NotFound)?;
    let viewer = &grant.visitor.viewer;
    let covered = |role: &Role| {
        let held = app.grantings.iter().filter(|granting| viewer.holds(&granting.permission));
        held.into_iter().any(|granting| granting.covers(&role.code, viewer.unit_path(), unit_path))
    };
    Ok(regulation.roles.iter().filter(|role| covered(role)).cloned().collect())
}

/// Opens an account with one role; problems name the field and the article.
pub(super) async fn open(app: &App, grant: &Grant<ManageAccounts>, given: Open) -> Result<Result<Opened, Problems>> {
    let today = app.today();
    let mut problems = Problems::default();
    let mut change = app.db.change(grant, "account.open").await?;
    limits::in_turn(&mut change).await?;
    let unit = change.one(UNIT, &[given.unit_id.into()]).await?;
    let unit_path = unit.text("path")?;
    let Some(regulation) = app.db.regulation_at(&unit_path, today).await?.and_then(|code| app.law.regulation(&code)) else {
        problems.add("unit", "Đơn vị này chưa gắn với quy chế nào. Gắn quy chế ở trang đơn vị trước");
        return Ok(Err(problems));
    };
    let Some(role) = roles_to_give(app, grant, &unit_path).await?.into_iter().find(|role| role.code == given.role) else {
        problems.add("role", "Tài khoản đang dùng không được cấp vai trò này tại đơn vị đã chọn. Chọn vai trò khác");
        return Ok(Err(problems));
    };
    let rule = opening_rule(regulation, &role, unit.get("level_rank")?);
    if let Some(rule) = rule.filter(|rule| rule.requires_document) {
        let mut missing = Problems::default();
        super::forms::complete(&given.document, &mut missing);
        missing.iter().for_each(|(field, sentence)| problems.add(field, format!("{sentence} ({})", rule.article)));
    }
    if queries::login_taken(&mut change, &given.login).await? || app.db.sign_in_lookup(&given.login).await?.is_some() {
        problems.add("login", "Tên đăng nhập này đã có. Chọn tên khác");
    }
    let dossier_id = match &given.personal_number {
        None => None,
        Some(number) => match person(app, grant, number).await? {
            Some(id) => Some(id),
            None => {
                problems.add("personal_number", "Không có hồ sơ nào trong phạm vi được giao mang số này. Kiểm tra lại 12 chữ số");
                None
            }
        },
    };
    let candidate = Candidate { account: None, name: &given.name, kind: given.kind.code(), dossier: dossier_id, unit_path: &unit_path };
    let holders = limits::holders(app, &mut change, regulation, &role).await?;
    if let Err((field, sentence)) = limits::within(&role, &holders, &candidate) {
        problems.add(field, sentence);
    }
    if !problems.is_empty() {
        return Ok(Err(problems));
    }

    let issued = password::issued();
    let id = change
        .insert(
            "accounts",
            &[
                ("login", given.login.as_str().into()),
                ("name", given.name.as_str().into()),
                ("kind", given.kind.code().into()),
                ("unit_id", given.unit_id.into()),
                ("dossier_id", dossier_id.into()),
                ("password_hash", password::hash(&issued)?.into()),
                ("must_change_password", true.into()),
                ("failed_count", 0.into()),
                ("state", "active".into()),
                ("created_at", app.now().into()),
            ],
        )
        .await?;
    give(&mut change, id, &role.code, given.unit_id, today, &given.document).await?;
    if let Some(name) = &given.operator {
        assign(&mut change, id, name, today, &given.document).await?;
    }
    change.commit().await?;
    Ok(Ok(Opened { id, password: issued }))
}

async fn person(app: &App, grant: &Grant<ManageAccounts>, number: &str) -> Result<Option<i64>> {
    let Some(view) = grant.visitor.viewer.may::<ListRecords>() else { return Ok(None) };
    let found = app.db.read(&view).rows(PERSON, &[number.into()]).await?;
    Ok(found.first().map(|row| row.int("dossier_id")).transpose()?)
}

/// Issues a new password; sessions of the account end.
pub(super) async fn reset_password(app: &App, grant: &Grant<ManageAccounts>, id: i64) -> Result<String> {
    let issued = password::issued();
    let mut change = app.db.change(grant, "account.reset_password").await?;
    let account = queries::find(&mut change, id).await?;

    let set = [("password_hash", password::hash(&issued)?.into()), ("must_change_password", true.into())];
    change.update("accounts", account.seen(), &set).await?;
    change.commit().await?;
    app.db.end_sessions_of(grant, id).await?;
    Ok(issued)
}

/// Suspends, reopens or closes an account; its sessions end unless it was reopened.
pub(super) async fn set_state(app: &App, grant: &Grant<ManageAccounts>, id: i64, next: &str) -> Result<AccountLine> {
    let mut change = app.db.change(grant, "account.set_state").await?;
    limits::in_turn(&mut change).await?;
    let account = queries::find(&mut change, id).await?;
    account.may_become(next)?;
    if next != "active" {
        limits::stays_in_use(app, &mut change, &account).await?;
    }

    change.update("accounts", account.seen(), &[("state", next.into())]).await?;
    change.commit().await?;
    if next != "active" {
        app.db.end_sessions_of(grant, id).await?;
    }
    Ok(account)
}

/// Names the person who uses a unit's account from a day; the one before ends, and a new password is issued.
pub(super) async fn name_operator(
    app: &App,
    grant: &Grant<ManageAccounts>,
    id: i64,
    name: &str,
    from_on: Date,
    document: &Document,
) -> Result<String> {
    let issued = password::issued();
    let mut change = app.db.change(grant, "account.name_operator").await?;
    let account = queries::find(&mut change, id).await?;
    limits::may_pass_on(app, &mut change, &account).await?;
    let before = queries::operators(&mut change, id).await?;

    for operator in before.iter().filter(|operator| operator.until_on.is_empty()) {
        let last = from_on.yesterday().unwrap_or(from_on);
        change.update("operators", Seen { id: operator.id, version: operator.version }, &[("until_on", last.into())]).await?;
    }
    assign(&mut change, id, name, from_on, document).await?;
    let set = [("password_hash", password::hash(&issued)?.into()), ("must_change_password", true.into())];
    change.update("accounts", account.seen(), &set).await?;
    change.commit().await?;
    app.db.end_sessions_of(grant, id).await?;
    Ok(issued)
}

/// Gives one more role at the account's unit.
pub(super) async fn give_role(
    app: &App,
    grant: &Grant<ManageAccounts>,
    id: i64,
    role: &str,
    document: &Document,
) -> Result<Result<(), Problems>> {
    let today = app.today();
    let mut problems = Problems::default();
    let mut change = app.db.change(grant, "account.give_role").await?;
    limits::in_turn(&mut change).await?;
    let account = queries::find(&mut change, id).await?;
    let unit_id = account.unit_id.ok_or(Error::NotFound)?;
    let unit_path = change.one(UNIT, &[unit_id.into()]).await?.text("path")?;
    match roles_to_give(app, grant, &unit_path).await?.into_iter().find(|known| known.code == role) {
        None => problems.add("role", "Tài khoản đang dùng không được cấp vai trò này. Chọn vai trò khác"),
        Some(known) => {
            let regulation = app.db.regulation_at(&unit_path, today).await?.and_then(|code| app.law.regulation(&code));
            let holders = limits::holders(app, &mut change, regulation.ok_or(Error::NotFound)?, &known).await?;
            if let Err((_, sentence)) = limits::within(&known, &holders, &Candidate::of(&account, &unit_path)) {
                problems.add("role", sentence);
            }
        }
    }
    if !problems.is_empty() {
        return Ok(Err(problems));
    }

    give(&mut change, id, role, unit_id, today, document).await?;
    change.commit().await?;
    Ok(Ok(()))
}

/// Ends a role; it is gone at the account's next request.
pub(super) async fn end_role(app: &App, grant: &Grant<ManageAccounts>, id: i64, role_id: i64) -> Result<()> {
    let mut change = app.db.change(grant, "account.end_role").await?;
    limits::in_turn(&mut change).await?;
    let roles = queries::roles(&mut change, id).await?;
    let role = roles.into_iter().find(|role| role.id == role_id).ok_or(Error::NotFound)?;
    let given = roles_to_give(app, grant, &role.unit_path).await?;
    let Some(known) = given.iter().find(|known| known.code == role.role) else { return Err(Error::Forbidden) };
    limits::stays_held(app, &mut change, known, &role.unit_path, id).await?;

    let last = app.today().yesterday().unwrap_or(app.today());
    change.update("account_roles", Seen { id: role.id, version: role.version }, &[("until_on", last.into())]).await?;
    change.commit().await?;
    Ok(())
}

pub(super) async fn give(
    change: &mut vault::Change,
    account: i64,
    role: &str,
    unit: i64,
    from_on: Date,
    document: &Document,
) -> Result<()> {
    let mut set = vec![("account_id", account.into()), ("role_code", role.into()), ("unit_id", unit.into()), ("from_on", from_on.into())];
    set.extend(columns(document));
    change.insert("account_roles", &set).await?;
    Ok(())
}

async fn assign(change: &mut vault::Change, account: i64, name: &str, from_on: Date, document: &Document) -> Result<()> {
    let mut set = vec![("account_id", account.into()), ("name", name.into()), ("from_on", from_on.into())];
    set.extend(columns(document));
    change.insert("operators", &set).await?;
    Ok(())
}

fn columns(document: &Document) -> [(&'static str, vault::Value); 3] {
    [
        ("document_number", document.number.as_deref().into()),
        ("document_signed_on", document.signed_on.into()),
        ("document_issuer", document.issuer.as_deref().into()),
    ]
}
