//! Signing in, sessions and passwords: the only part that answers without a grant.
//!
//! Passwords are hashed and compared outside; here are only the words that result.

use crate::{
    AccountKind, Db, Error, Grant, Permission, Read, Result, Session, Value, Viewer,
    audit::{self, Actor, Entry},
    rights::{self, Remembered},
    tx::Tx,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value as Json, json};
use std::sync::Arc;

const BY_LOGIN: &str =
    "SELECT id, name, kind, state, password_hash, must_change_password, locked_until, failed_count FROM accounts WHERE login = $1";
const OPERATORS: &str = "
    SELECT name FROM operators
    WHERE account_id = $1 AND (from_on IS NULL OR from_on <= $2) AND (until_on IS NULL OR until_on >= $2) ORDER BY id";
const FAILED: &str = "UPDATE accounts SET failed_count = failed_count + 1, locked_until = $2 WHERE id = $1";
const SUCCEEDED: &str = "UPDATE accounts SET failed_count = 0, locked_until = NULL WHERE id = $1";
const BEGIN: &str = "
    INSERT INTO sessions (token_hash, account_id, unit_path, operator, from_where, created_at, last_seen_at)
    SELECT $1, id, unit_path, $3, $4, $5, $5 FROM accounts WHERE id = $2 AND state = 'active' RETURNING account_id";
const SESSION: &str = "
    SELECT account_id, operator, from_where, created_at, last_seen_at FROM sessions WHERE token_hash = $1 AND ended_at IS NULL";
const SEEN: &str = "UPDATE sessions SET last_seen_at = $2 WHERE token_hash = $1 AND ended_at IS NULL";
const EPOCH: &str = "SELECT epoch FROM rights_epoch WHERE id = 1";
const END_ONE: &str =
    "UPDATE sessions SET ended_at = $2 WHERE token_hash = $1 AND account_id = $3 AND ended_at IS NULL RETURNING account_id";
const END_ALL: &str =
    "UPDATE sessions SET ended_at = $2 WHERE account_id = $3 AND ended_at IS NULL AND token_hash <> $1 RETURNING account_id";
const ACCOUNT_INSIDE: &str = "SELECT a.id FROM {accounts} a WHERE a.id = $1";
const PASSWORD: &str = "UPDATE accounts SET password_hash = $2, must_change_password = $3, version = version + 1 WHERE id = $1";
const NAME: &str = "SELECT name FROM accounts WHERE id = $1";

/// What a sign-in page needs to know of an account; never shown.
#[derive(Clone, Debug)]
pub struct SignInAccount {
    /// The account.
    pub id: i64,
    /// Whose it is.
    pub kind: AccountKind,
    /// It is neither suspended nor closed.
    pub active: bool,
    /// The stored hash of the password; nothing before one was issued.
    pub password_hash: Option<String>,
    /// The password was issued by somebody else.
    pub must_change_password: bool,
    /// No attempt is answered before.
    pub locked_until: Option<Timestamp>,
    /// Failed attempts since the last success.
    pub failed_count: i64,
    /// People named to use it, if it is a unit's.
    pub operators: Vec<String>,
}

/// How an attempt to sign in ended.
#[derive(Clone, Debug)]
pub enum Attempt<'a> {
    /// A session begins.
    Succeeded {
        /// Hash of the token that the browser keeps.
        token_hash: &'a [u8],
        /// The person who uses a unit's account.
        operator: Option<&'a str>,
    },
    /// It was refused.
    Failed {
        /// No further attempt is answered before.
        locked_until: Option<Timestamp>,
    },
}

/// Which sessions end.
#[derive(Clone, Copy, Debug)]
pub enum Ending<'a> {
    /// The one with this token.
    One(&'a [u8]),
    /// All.
    All,
    /// All but the one with this token.
    Others(&'a [u8]),
}

impl Db {
    /// What is known of a login name; nothing when there is no such account.
    pub async fn sign_in_lookup(&self, login: &str) -> Result<Option<SignInAccount>> {
        let found = self.query(BY_LOGIN, &[login.into()]).await?;
        let Some(row) = found.first() else { return Ok(None) };
        let id = row.int("id")?;
        let operators = self.query(OPERATORS, &[id.into(), self.today().into()]).await?;
        Ok(Some(SignInAccount {
            id,
            kind: AccountKind::read(&row.text("kind")?).ok_or_else(|| Error::Column("accounts.kind".into()))?,
            active: row.text("state")? == "active",
            password_hash: row.get("password_hash")?,
            must_change_password: row.bool("must_change_password")?,
            locked_until: row.get("locked_until")?,
            failed_count: row.int("failed_count")?,
            operators: operators.iter().map(|operator| operator.text("name")).collect::<Result<_>>()?,
        }))
    }

    /// Records an attempt: a session begins, or the failure is counted; either is on the record.
    pub async fn record_sign_in(&self, account_id: i64, from: &str, attempt: Attempt<'_>) -> Result<()> {
        let mut tx = self.begin().await?;
        let (act, operator, details) = match attempt {
            Attempt::Succeeded { token_hash, operator } => {
                let now = self.instant();
                let args = [token_hash.to_vec().into(), account_id.into(), operator.into(), from.into(), now.into()];
                tx.query(BEGIN, &args).await?.first().ok_or(Error::NotFound)?;
                tx.query(SUCCEEDED, &[account_id.into()]).await?;
                ("session.begin", operator, json!({}))
            }
            Attempt::Failed { locked_until } => {
                tx.query(FAILED, &[account_id.into(), locked_until.into()]).await?;
                let until = locked_until.map(|at| at.to_string());
                (if until.is_some() { "account.lock" } else { "session.refuse" }, None, json!({ "locked_until": until }))
            }
        };
        self.seal_for(&mut tx, account_id, operator, from, act, details).await?;
        tx.commit().await
    }

    /// The session behind a token, unless it ended, lay idle too long, or its account is no longer active.
    pub async fn session(&self, token_hash: &[u8], idle: SignedDuration) -> Result<Option<Session>> {
        let (now, rights) = (self.instant(), &self.inner.rights);
        if rights.asks(now) {
            let epoch = self.query(EPOCH, &[]).await?;
            rights.heard(epoch.first().ok_or(Error::NotFound)?.int("epoch")?, self.today());
        }
        let kept = match rights.find(token_hash) {
            Some(kept) => Some(kept),
            None => self.read_session(token_hash).await?,
        };
        let Some(kept) = kept.filter(|kept| now.duration_since(kept.last_seen_at) < idle) else { return Ok(None) };
        if rights.seen(token_hash, now) {
            let mut tx = self.begin().await?;
            tx.query(SEEN, &[token_hash.to_vec().into(), now.into()]).await?;
            tx.commit().await?;
        }
        Ok(Some(kept.session))
    }

    /// Ends sessions of the viewer's own account, at once and on the record; says how many.
    pub async fn end_sessions(&self, viewer: &Viewer, ending: Ending<'_>) -> Result<usize> {
        let (sql, mut args) = match ending {
            Ending::One(token) => (END_ONE, vec![token.to_vec().into()]),
            Ending::All => (END_ALL, vec![Vec::new().into()]),
            Ending::Others(token) => (END_ALL, vec![token.to_vec().into()]),
        };
        args.extend([self.instant().into(), viewer.account_id().into()]);
        self.end(viewer, viewer.account_id(), sql, &args).await
    }

    /// Ends every session of an account inside the area; for keepers of accounts.
    pub async fn end_sessions_of<P: Permission>(&self, grant: &Grant<P>, account_id: i64) -> Result<usize> {
        self.read(grant).one(ACCOUNT_INSIDE, &[account_id.into()]).await?;
        let args = [Vec::new().into(), self.instant().into(), account_id.into()];
        self.end(grant.viewer(), account_id, END_ALL, &args).await
    }

    async fn end(&self, viewer: &Viewer, account_id: i64, sql: &str, args: &[Value]) -> Result<usize> {
        let mut tx = self.begin().await?;
        let ended = tx.query(sql, args).await?.len();
        if ended > 0 {
            let entry = Entry {
                act: "session.end".into(),
                table: "sessions".into(),
                row_id: account_id,
                dossier_id: None,
                basis: None,
                diff: json!({ "ended": ended }).to_string(),
            };
            audit::seal(self, &mut tx, vec![(Arc::new(viewer.actor()), entry)]).await?;
            rights::raise(&mut tx).await?;
        }
        tx.commit().await?;
        self.inner.rights.forget();
        Ok(ended)
    }

    /// Sets the viewer's own password; `hash` is what is stored.
    pub async fn change_own_password(&self, viewer: &Viewer, hash: &str) -> Result<()> {
        let mut tx = self.begin().await?;
        tx.query(PASSWORD, &[viewer.account_id().into(), hash.into(), false.into()]).await?;
        let from = viewer.from.as_deref().unwrap_or_default().to_owned();
        self.seal_for(&mut tx, viewer.account_id(), viewer.operator(), &from, "account.change_password", json!({})).await?;
        rights::raise(&mut tx).await?;
        tx.commit().await?;
        self.inner.rights.forget();
        Ok(())
    }

    async fn read_session(&self, token_hash: &[u8]) -> Result<Option<Remembered>> {
        let turn = self.inner.rights.turn();
        let found = self.query(SESSION, &[token_hash.to_vec().into()]).await?;
        let Some(row) = found.first() else { return Ok(None) };
        let mut viewer = match self.viewer(row.int("account_id")?).await {
            Ok(viewer) => viewer,
            Err(Error::NotFound) => return Ok(None),
            Err(error) => return Err(error),
        };
        viewer.operator = row.get::<Option<String>>("operator")?.map(Into::into);
        viewer.from = row.get::<Option<String>>("from_where")?.map(Into::into);
        let last_seen_at = row.get("last_seen_at")?;
        let session = Session { viewer, created_at: row.get("created_at")? };
        let kept = Remembered { session, last_seen_at, written_at: last_seen_at };
        self.inner.rights.keep(token_hash, kept.clone(), turn);
        Ok(Some(kept))
    }

    /// Seals one entry about an account that acts on itself.
    async fn seal_for(&self, tx: &mut Tx, account_id: i64, operator: Option<&str>, from: &str, act: &str, details: Json) -> Result<()> {
        let name = tx.query(NAME, &[account_id.into()]).await?.first().ok_or(Error::NotFound)?.text("name")?;
        let actor = Actor { account_id, name, operator: operator.map(str::to_owned), from: Some(from.to_owned()) };
        let entry = Entry {
            act: act.into(),
            table: "accounts".into(),
            row_id: account_id,
            dossier_id: None,
            basis: None,
            diff: details.to_string(),
        };
        audit::seal(self, tx, vec![(Arc::new(actor), entry)]).await
    }
}
