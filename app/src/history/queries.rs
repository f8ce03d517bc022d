//! Entries of the record about one dossier.

use crate::error::Result;
use jiff::Timestamp;
use serde_json::Value as Json;
use vault::{Read, Value};

const COLUMNS: &str = "e.chain, e.seq, e.recorded_at, e.account_name, e.operator, e.act, e.basis, e.table_name, e.row_id, e.diff";
const BEFORE: &str = "(e.recorded_at < $2 OR (e.recorded_at = $2 AND (e.chain > $3 OR (e.chain = $3 AND e.seq < $4))))";
const ORDER: &str = "ORDER BY e.recorded_at DESC, e.chain, e.seq DESC LIMIT $5";

/// One entry.
pub(super) struct Entry {
    pub(super) chain: i64,
    pub(super) seq: i64,
    pub(super) recorded_at: Timestamp,
    pub(super) account: String,
    pub(super) operator: Option<String>,
    pub(super) act: String,
    pub(super) basis: Option<String>,
    pub(super) table: String,
    pub(super) row_id: i64,
    pub(super) diff: Json,
}

/// What to look for.
pub(super) struct Wanted<'a> {
    pub(super) dossier_id: i64,
    /// A table, or all.
    pub(super) table: Option<&'a str>,
    /// A column of it, or all.
    pub(super) column: Option<&'a str>,
    /// Entries about opening and printing as well.
    pub(super) readings: bool,
    /// Only those before this one: moment, chain, place in it.
    pub(super) before: Option<(Timestamp, i64, i64)>,
    pub(super) limit: i64,
}

/// Entries, newest first.
pub(super) async fn entries(from: &mut impl Read, wanted: &Wanted<'_>) -> Result<Vec<Entry>> {
    let (at, chain, seq) = wanted.before.unwrap_or((Timestamp::MAX, 0, 0));
    let at = if wanted.before.is_some() { at } else { "9000-01-01T00:00:00Z".parse().unwrap_or(at) };
    let mut args: Vec<Value> = vec![wanted.dossier_id.into(), at.into(), chain.into(), seq.into(), wanted.limit.into()];
    let mut conditions = String::new();
    if let Some(table) = wanted.table {
        args.push(table.into());
        conditions.push_str(&format!(" AND (e.table_name = ${} OR e.table_name = 'dossiers')", args.len()));
    }
    if let Some(column) = wanted.column {
        args.push(format!("%\"{column}%").as_str().into());
        conditions.push_str(&format!(" AND e.diff LIKE ${}", args.len()));
    }
    if !wanted.readings {
        conditions.push_str(" AND e.table_name <> ''");
    }
    let sql = format!("SELECT {COLUMNS} FROM {{audit_entries}} e WHERE e.dossier_id = $1 AND {BEFORE}{conditions} {ORDER}");
    let rows = from.rows(&sql, &args).await?;
    rows.iter()
        .map(|row| {
            Ok(Entry {
                chain: row.int("chain")?,
                seq: row.int("seq")?,
                recorded_at: row.get("recorded_at")?,
                account: row.text("account_name")?,
                operator: row.get("operator")?,
                act: row.text("act")?,
                basis: row.get("basis")?,
                table: row.text("table_name")?,
                row_id: row.int("row_id")?,
                diff: serde_json::from_str(&row.text("diff")?).unwrap_or_default(),
            })
        })
        .collect()
}
