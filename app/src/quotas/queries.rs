//! All SQL of this slice but the count of people.

use crate::error::Result;
use jiff::{Timestamp, civil::Date};
use std::collections::HashMap;
use vault::{Read, Row, Seen};

const QUOTAS: &str = "
    SELECT q.id, q.version, q.unit_id, q.kind, q.year, q.assigned, q.decision_number, q.decision_signed_on, q.decision_issuer
    FROM {quotas} q WHERE q.unit_path >= $1 AND q.unit_path < $2 AND q.year <= $3
    ORDER BY q.year, q.decision_signed_on, q.id";
const OF_UNIT: &str = "
    SELECT q.id, q.version, q.unit_id, q.kind, q.year, q.assigned, q.decision_number, q.decision_signed_on, q.decision_issuer
    FROM {quotas} q WHERE q.unit_id = $1 ORDER BY q.year DESC, q.decision_signed_on DESC, q.id DESC LIMIT 200";
const SAME: &str = "
    SELECT q.id, q.version FROM {quotas} q
    WHERE q.unit_id = $1 AND q.kind = $2 AND q.year = $3 AND q.decision_number = $4 AND q.decision_signed_on = $5";
const REPORTS: &str = "
    SELECT h.unit_id, h.as_of, h.present, h.reported_by, h.recorded_at FROM {headcount_reports} h
    WHERE h.unit_path >= $1 AND h.unit_path < $2 AND NOT EXISTS (
        SELECT 1 FROM {headcount_reports} n WHERE n.unit_path = h.unit_path AND (n.as_of > h.as_of OR (n.as_of = h.as_of AND n.id > h.id)))";
const REPORTS_OF_UNIT: &str = "
    SELECT h.unit_id, h.as_of, h.present, h.reported_by, h.recorded_at FROM {headcount_reports} h
    WHERE h.unit_id = $1 ORDER BY h.as_of DESC, h.id DESC LIMIT 200";

/// Posts that a decision assigns to a unit, everything below it included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quota {
    /// The row.
    pub id: i64,
    /// How often it was written; more than once when it was corrected.
    pub version: i64,
    /// The unit.
    pub unit_id: i64,
    /// Code of the kind of posts.
    pub kind: String,
    /// The year for which they are assigned.
    pub year: i64,
    /// How many.
    pub assigned: i64,
    /// Number of the decision.
    pub number: String,
    /// Day on which it was signed.
    pub signed_on: Date,
    /// Who issued it.
    pub issuer: String,
}

/// How many people a unit says it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    /// The unit.
    pub unit_id: i64,
    /// The day for which it says so.
    pub as_of: Date,
    /// How many.
    pub present: i64,
    /// Who said it.
    pub by: String,
    /// When.
    pub recorded_at: Timestamp,
}

impl Quota {
    fn read(row: &Row) -> Result<Quota> {
        Ok(Quota {
            id: row.int("id")?,
            version: row.int("version")?,
            unit_id: row.int("unit_id")?,
            kind: row.text("kind")?,
            year: row.int("year")?,
            assigned: row.int("assigned")?,
            number: row.text("decision_number")?,
            signed_on: row.date("decision_signed_on")?,
            issuer: row.text("decision_issuer")?,
        })
    }
}

impl Reported {
    fn read(row: &Row) -> Result<Reported> {
        Ok(Reported {
            unit_id: row.int("unit_id")?,
            as_of: row.date("as_of")?,
            present: row.int("present")?,
            by: row.text("reported_by")?,
            recorded_at: row.get("recorded_at")?,
        })
    }
}

/// What stands assigned in a year by unit and kind: of the latest year, the decision signed last.
pub async fn standing(from: &mut impl Read, top: &str, year: i64) -> Result<HashMap<(i64, String), Quota>> {
    let until = format!("{}0", top.trim_end_matches('/'));
    let rows = from.rows(QUOTAS, &[top.into(), until.into(), year.into()]).await?;
    let quotas = rows.iter().map(Quota::read).collect::<Result<Vec<_>>>()?;
    Ok(quotas.into_iter().map(|quota| ((quota.unit_id, quota.kind.clone()), quota)).collect())
}

/// Everything ever assigned to one unit, the latest first.
pub(super) async fn of_unit(from: &mut impl Read, unit: i64) -> Result<Vec<Quota>> {
    from.rows(OF_UNIT, &[unit.into()]).await?.iter().map(Quota::read).collect()
}

/// The line of the same decision for the same unit, if it was entered before.
pub(super) async fn same(from: &mut impl Read, unit: i64, kind: &str, year: i64, number: &str, signed_on: Date) -> Result<Option<Seen>> {
    let args = [unit.into(), kind.into(), year.into(), number.into(), signed_on.into()];
    Ok(from.rows(SAME, &args).await?.first().map(Row::seen).transpose()?)
}

/// The last report of each unit.
pub async fn reports(from: &mut impl Read, top: &str) -> Result<HashMap<i64, Reported>> {
    let until = format!("{}0", top.trim_end_matches('/'));
    let rows = from.rows(REPORTS, &[top.into(), until.into()]).await?;
    rows.iter().map(|row| Reported::read(row).map(|reported| (reported.unit_id, reported))).collect()
}

/// Every report of one unit, the latest first.
pub(super) async fn reports_of(from: &mut impl Read, unit: i64) -> Result<Vec<Reported>> {
    from.rows(REPORTS_OF_UNIT, &[unit.into()]).await?.iter().map(Reported::read).collect()
}
