//! Consents of a dossier.

use super::forms::LEVELS;
use crate::{
    error::Result,
    form::{show_day, show_moment},
};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use vault::{Read, Seen};

const OF_DOSSIER: &str = "
    SELECT c.id, c.version, c.account_id, c.level, c.document_number, c.document_signed_on, c.from_on, c.until_on, c.given_by,
        c.withdrawn_at, c.withdrawn_by, c.withdrawn_reason
    FROM {consents} c WHERE c.dossier_id = $1 ORDER BY c.id DESC LIMIT 200";
const ACCOUNT: &str = "SELECT a.id FROM {accounts} a WHERE a.login = $1 AND a.state = 'active'";

/// One consent as the page shows it.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct ConsentLine {
    pub(super) id: i64,
    pub(super) version: i64,
    pub(super) account: String,
    pub(super) level: String,
    pub(super) document: String,
    pub(super) from_on: String,
    pub(super) until_on: String,
    pub(super) given_by: String,
    /// `in_force`, `to_come`, `expired` or `withdrawn`.
    pub(super) standing: &'static str,
    pub(super) withdrawn: String,
}

impl ConsentLine {
    /// The row, as it was seen.
    pub(super) fn seen(&self) -> Seen {
        Seen { id: self.id, version: self.version }
    }
}

/// Consents of a dossier, newest first.
pub(super) async fn of_dossier(from: &mut impl Read, dossier_id: i64, today: Date) -> Result<Vec<ConsentLine>> {
    let rows = from.rows(OF_DOSSIER, &[dossier_id.into()]).await?;
    let accounts: Vec<i64> = rows.iter().map(|row| row.int("account_id")).collect::<vault::Result<_>>()?;
    let names = names(from, &accounts).await?;
    let line = |row: &vault::Row| -> Result<ConsentLine> {
        let (from_on, until_on) = (row.get::<Date>("from_on")?, row.get::<Date>("until_on")?);
        let withdrawn: Option<Timestamp> = row.get("withdrawn_at")?;
        let standing = match withdrawn {
            Some(_) => "withdrawn",
            None if today > until_on => "expired",
            None if today < from_on => "to_come",
            None => "in_force",
        };
        let (account, level) = (row.int("account_id")?, row.text("level")?);
        let who: Option<String> = row.get("withdrawn_by")?;
        let why: Option<String> = row.get("withdrawn_reason")?;
        Ok(ConsentLine {
            id: row.int("id")?,
            version: row.int("version")?,
            account: names.iter().find(|(id, _)| *id == account).map_or_else(|| "tài khoản ngoài phạm vi".into(), |(_, name)| name.clone()),
            level: LEVELS.iter().find(|(code, _)| *code == level).map(|(_, words)| (*words).to_owned()).unwrap_or_default(),
            document: format!("{} ngày {}", row.text("document_number")?, show_day(row.get("document_signed_on")?)),
            from_on: show_day(from_on),
            until_on: show_day(until_on),
            given_by: row.text("given_by")?,
            standing,
            withdrawn: withdrawn
                .map(|at| format!("{}, {}: {}", show_moment(at), who.unwrap_or_default(), why.unwrap_or_default()))
                .unwrap_or_default(),
        })
    };
    rows.iter().map(line).collect()
}

async fn names(from: &mut impl Read, accounts: &[i64]) -> Result<Vec<(i64, String)>> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    let marks: Vec<String> = (1..=accounts.len()).map(|place| format!("${place}")).collect();
    let args: Vec<vault::Value> = accounts.iter().map(|id| (*id).into()).collect();
    let sql = format!("SELECT a.id, a.name, a.login FROM {{accounts}} a WHERE a.id IN ({})", marks.join(", "));
    let rows = from.rows(&sql, &args).await?;
    let named = |row: &vault::Row| -> Result<(i64, String)> {
        let login: Option<String> = row.get("login")?;
        Ok((row.int("id")?, format!("{} ({})", row.text("name")?, login.unwrap_or_default())))
    };
    rows.iter().map(named).collect()
}

/// The open account with this login, inside the area.
pub(super) async fn account(from: &mut impl Read, login: &str) -> Result<Option<i64>> {
    let rows = from.rows(ACCOUNT, &[login.into()]).await?;
    Ok(rows.first().map(|row| row.int("id")).transpose()?)
}
