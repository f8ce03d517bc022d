//! All SQL of this slice.

use super::model::Unit;
use crate::error::{Error, Result};
use jiff::civil::Date;
use vault::{Read, Row};

const COLUMNS: &str = "u.id, u.version, u.parent_id, u.path, u.name, u.short_name, u.type_code, u.level_rank, u.identifier, u.kind_is_section, u.founded_on, u.dissolved_on";
const NAMES: &str = "SELECT n.name, n.from_on, n.until_on, n.decision_number FROM unit_names n WHERE n.unit_id = $1 ORDER BY n.id DESC";
const REGULATIONS: &str =
    "SELECT r.id, r.version, r.regulation_code, r.from_on, r.until_on FROM unit_regulations r WHERE r.unit_id = $1 ORDER BY r.from_on DESC";
const PRESENT: &str = "
    SELECT r.unit_path, COUNT(*) AS present FROM {roster} r
    WHERE r.state = 'active' AND r.unit_path >= $1 AND r.unit_path < $2 GROUP BY r.unit_path ORDER BY r.unit_path";
const BY_IDENTIFIER: &str = "SELECT u.id, u.name FROM units u WHERE u.identifier = $1";

/// One unit.
pub(super) async fn find(from: &mut impl Read, id: i64) -> Result<Unit> {
    let sql = format!("SELECT {COLUMNS} FROM units u WHERE u.id = $1");
    Unit::read(&from.one(&sql, &[id.into()]).await?)
}

/// A unit and everything below it, in the order of the tree.
pub(super) async fn below(from: &mut impl Read, path: &str) -> Result<Vec<Unit>> {
    let sql = format!("SELECT {COLUMNS} FROM units u WHERE u.path >= $1 AND u.path < $2 ORDER BY u.path");
    from.rows(&sql, &[path.into(), past(path).into()]).await?.iter().map(Unit::read).collect()
}

/// The units above, the topmost first.
pub(super) async fn above(from: &mut impl Read, path: &str) -> Result<Vec<(i64, String)>> {
    let ids: Vec<i64> = path.split('/').filter_map(|id| id.parse().ok()).collect();
    let mut found = Vec::new();
    for id in ids.iter().take(ids.len().saturating_sub(1)) {
        let unit = find(from, *id).await?;
        found.push((unit.id, unit.name));
    }
    Ok(found)
}

/// People present inside the area at and below a unit, by path.
pub(super) async fn present(from: &mut impl Read, path: &str) -> Result<Vec<(String, i64)>> {
    let rows = from.rows(PRESENT, &[path.into(), past(path).into()]).await?;
    rows.iter().map(|row| Ok((row.text("unit_path")?, row.int("present")?))).collect()
}

/// Former names with their days: name, from, until, decision.
pub(super) async fn names(from: &mut impl Read, id: i64) -> Result<Vec<(String, Option<Date>, Option<Date>, Option<String>)>> {
    let read = |row: &Row| Ok((row.text("name")?, row.get("from_on")?, row.get("until_on")?, row.get("decision_number")?));
    from.rows(NAMES, &[id.into()]).await?.iter().map(read).collect()
}

/// Regulations attached at this very unit: id, version, code, from, until.
pub(super) async fn regulations(from: &mut impl Read, id: i64) -> Result<Vec<(i64, i64, String, Date, Option<Date>)>> {
    let read =
        |row: &Row| Ok((row.int("id")?, row.int("version")?, row.text("regulation_code")?, row.date("from_on")?, row.get("until_on")?));
    from.rows(REGULATIONS, &[id.into()]).await?.iter().map(read).collect()
}

/// The unit that carries an identifier: id and name.
pub(super) async fn holder_of(from: &mut impl Read, identifier: &str) -> Result<Option<(i64, String)>, Error> {
    let rows = from.rows(BY_IDENTIFIER, &[identifier.into()]).await?;
    rows.first().map(|row| Ok((row.int("id")?, row.text("name")?))).transpose()
}

/// The first key after every path under `path`.
fn past(path: &str) -> String {
    format!("{}0", path.trim_end_matches('/'))
}
