//! What waits, counted inside the visitor's area and never beyond what matters.

use crate::error::Result;
use vault::{Read, Value};

/// Beyond this a count is only said to be more.
pub(super) const MOST: i64 = 100_000;

pub(super) const PRESENT: &str = "SELECT 1 AS one FROM {roster} r WHERE r.state = 'active'";
pub(super) const INCOMPLETE: &str = "SELECT 1 AS one FROM {roster} r WHERE r.state = 'active' AND r.completeness < 100";
pub(super) const UNNUMBERED: &str = "SELECT 1 AS one FROM {roster} r WHERE r.state = 'active' AND r.personal_id_number IS NULL";
pub(super) const RAISES: &str =
    "SELECT 1 AS one FROM {roster} r WHERE r.state = 'active' AND r.next_raise_due >= $1 AND r.next_raise_due <= $2";
pub(super) const TERMS: &str = "SELECT 1 AS one FROM {roster} r WHERE r.state = 'active' AND r.term_end_on >= $1 AND r.term_end_on <= $2";
pub(super) const IMPORTS: &str =
    "SELECT 1 AS one FROM {imports} i WHERE i.account_id = $1 AND i.finished_at IS NULL AND i.undone_at IS NULL AND i.state = 'draft'";
pub(super) const LOCKED: &str = "SELECT 1 AS one FROM {accounts} a WHERE a.state = 'active' AND a.locked_until > $1";
pub(super) const UNUSED: &str = "
    SELECT 1 AS one FROM {accounts} a WHERE a.state = 'active' AND a.kind = 'unit'
    AND NOT EXISTS (SELECT 1 FROM {operators} o WHERE o.account_id = a.id AND (o.until_on IS NULL OR o.until_on >= $1))";

pub(super) const DISCREPANCIES: &str = "SELECT 1 AS one FROM {discrepancies} x WHERE x.state = 'open'";
pub(super) const CONSENTED: &str = "
    SELECT c.dossier_id, c.until_on, r.full_name, r.unit_name FROM {consents} c JOIN {roster} r ON r.dossier_id = c.dossier_id
    WHERE c.account_id = $1 AND c.withdrawn_at IS NULL AND c.from_on <= $2 AND c.until_on >= $2 ORDER BY c.until_on, c.id";

/// How many rows a text finds, counted no further than matters.
pub(super) async fn count(from: &mut impl Read, sql: &str, args: &[Value]) -> Result<i64> {
    let sql = format!("SELECT count(*) AS n FROM ({sql} LIMIT {}) x", MOST + 1);
    Ok(from.one(&sql, args).await?.int("n")?)
}
