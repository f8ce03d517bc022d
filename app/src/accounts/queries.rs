//! All SQL of this slice.

use super::{
    limits::Holder,
    model::{AccountLine, OperatorLine, RoleLine},
};
use crate::{
    App,
    access::{Grant, ManageAccounts, Visitor},
    error::{Error, Result},
    form::show_moment,
};
use serde::Serialize;
use vault::{Read, Row};

const OWN_LOGIN: &str = "SELECT a.login FROM {accounts} a WHERE a.id = $1";
const OWN_SESSIONS: &str = "
    SELECT s.token_hash, s.operator, s.from_where, s.created_at, s.last_seen_at FROM {sessions} s
    WHERE s.account_id = $1 AND s.ended_at IS NULL ORDER BY s.last_seen_at DESC LIMIT 200";
const LIST: &str = "
    SELECT a.id, a.version, a.login, a.name, a.kind, a.state, a.unit_id, a.dossier_id, a.must_change_password, u.name AS unit_name
    FROM {accounts} a LEFT JOIN units u ON u.id = a.unit_id
    WHERE (a.login > $1) AND ($2 = '' OR a.login LIKE $2 OR LOWER(a.name) LIKE $2)
    ORDER BY a.login LIMIT $3";
const ONE: &str = "
    SELECT a.id, a.version, a.login, a.name, a.kind, a.state, a.unit_id, a.dossier_id, a.must_change_password, u.name AS unit_name
    FROM {accounts} a LEFT JOIN units u ON u.id = a.unit_id WHERE a.id = $1";
const ROLES: &str = "
    SELECT r.id, r.version, r.role_code, r.from_on, r.until_on, r.document_number, r.document_signed_on, r.document_issuer, r.unit_id, u.name AS unit_name, u.path
    FROM {account_roles} r JOIN units u ON u.id = r.unit_id WHERE r.account_id = $1 ORDER BY r.id DESC";
const OPERATORS: &str = "
    SELECT o.id, o.version, o.name, o.from_on, o.until_on, o.document_number, o.document_signed_on, o.document_issuer
    FROM {operators} o WHERE o.account_id = $1 ORDER BY o.id DESC";
const LOGIN_TAKEN: &str = "SELECT a.id FROM {accounts} a WHERE a.login = $1";
const WITH_ROLE: &str = "
    SELECT a.id, a.login, a.name, a.state, a.dossier_id, u.path, r.id AS role_id, r.version AS role_version FROM {account_roles} r
    JOIN {accounts} a ON a.id = r.account_id JOIN units u ON u.id = r.unit_id
    WHERE r.role_code = $1 AND a.state <> 'closed' AND (r.until_on IS NULL OR r.until_on >= $2)";
const UNITS: &str = "SELECT u.id, u.path, u.name FROM units u WHERE u.dissolved_on IS NULL ORDER BY u.path";

/// A session as its owner sees it.
#[derive(Serialize)]
pub(super) struct SessionLine {
    pub(super) key: String,
    pub(super) created_at: String,
    pub(super) last_seen_at: String,
    pub(super) from_where: String,
    pub(super) operator: String,
    pub(super) this_one: bool,
}

/// The login of the visitor's own account.
pub(super) async fn own_login(app: &App, visitor: &Visitor) -> Result<String> {
    let grant = visitor.signed_in();
    Ok(app.db.read(&grant).one(OWN_LOGIN, &[visitor.viewer.account_id().into()]).await?.text("login")?)
}

/// Sessions of the visitor's own account; `this` is the hash of the token in use.
pub(super) async fn own_sessions(app: &App, visitor: &Visitor, this: &[u8]) -> Result<Vec<SessionLine>> {
    let grant = visitor.signed_in();
    let rows = app.db.read(&grant).rows(OWN_SESSIONS, &[visitor.viewer.account_id().into()]).await?;
    let line = |row: &Row| -> Result<SessionLine> {
        let hash = row.get::<Vec<u8>>("token_hash")?;
        Ok(SessionLine {
            key: key(&hash),
            created_at: show_moment(row.get("created_at")?),
            last_seen_at: show_moment(row.get("last_seen_at")?),
            from_where: row.get::<Option<String>>("from_where")?.unwrap_or_default(),
            operator: row.get::<Option<String>>("operator")?.unwrap_or_default(),
            this_one: hash == this,
        })
    };
    rows.iter().map(line).collect()
}

/// The token hash behind the key of a session line, if it is the visitor's own.
pub(super) async fn own_session_token(app: &App, visitor: &Visitor, wanted: &str) -> Result<Option<Vec<u8>>> {
    let grant = visitor.signed_in();
    let rows = app.db.read(&grant).rows(OWN_SESSIONS, &[visitor.viewer.account_id().into()]).await?;
    for row in &rows {
        let hash = row.get::<Vec<u8>>("token_hash")?;
        if key(&hash) == wanted {
            return Ok(Some(hash));
        }
    }
    Ok(None)
}

/// A name for a session that gives nothing away.
fn key(hash: &[u8]) -> String {
    hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// A page of accounts inside the area, after a login, containing some words.
pub(super) async fn list(app: &App, grant: &Grant<ManageAccounts>, after: &str, words: &str, limit: i64) -> Result<Vec<AccountLine>> {
    let pattern = if words.is_empty() { String::new() } else { format!("%{}%", words.to_lowercase()) };
    let rows = app.db.read(grant).rows(LIST, &[after.into(), pattern.as_str().into(), limit.into()]).await?;
    rows.iter().map(account).collect()
}

/// One account inside the area.
pub(super) async fn find(from: &mut impl Read, id: i64) -> Result<AccountLine> {
    account(&from.one(ONE, &[id.into()]).await?)
}

/// Its roles, the newest first.
pub(super) async fn roles(from: &mut impl Read, id: i64) -> Result<Vec<RoleLine>> {
    from.rows(ROLES, &[id.into()]).await?.iter().map(RoleLine::read).collect()
}

/// Its operators, the newest first.
pub(super) async fn operators(from: &mut impl Read, id: i64) -> Result<Vec<OperatorLine>> {
    from.rows(OPERATORS, &[id.into()]).await?.iter().map(OperatorLine::read).collect()
}

/// Whether a login is in use inside the area.
pub(super) async fn login_taken(from: &mut impl Read, login: &str) -> Result<bool> {
    Ok(!from.rows(LOGIN_TAKEN, &[login.into()]).await?.is_empty())
}

/// Open accounts that hold a role on a day.
pub(super) async fn holders(from: &mut impl Read, role: &str, today: jiff::civil::Date) -> Result<Vec<Holder>> {
    let rows = from.rows(WITH_ROLE, &[role.into(), today.into()]).await?;
    rows.iter().map(Holder::read).collect()
}

/// Units that still exist: id, path, name.
pub(super) async fn units(from: &mut impl Read) -> Result<Vec<(i64, String, String)>> {
    let rows = from.rows(UNITS, &[]).await?;
    rows.iter().map(|row| Ok((row.int("id")?, row.text("path")?, row.text("name")?))).collect()
}

fn account(row: &Row) -> Result<AccountLine, Error> {
    Ok(AccountLine {
        id: row.int("id")?,
        version: row.int("version")?,
        login: row.get::<Option<String>>("login")?.unwrap_or_default(),
        name: row.text("name")?,
        kind: row.text("kind")?,
        state: row.text("state")?,
        unit_id: row.get("unit_id")?,
        dossier_id: row.get("dossier_id")?,
        unit_name: row.get::<Option<String>>("unit_name")?.unwrap_or_default(),
        must_change_password: row.bool("must_change_password")?,
    })
}
