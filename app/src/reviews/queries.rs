//! Reviews, and how the dossiers of a unit stand.

use crate::{error::Result, form::show_day};
use jiff::civil::Date;
use serde::Serialize;
use vault::{Read, Row};

const OF_UNIT: &str = "
    SELECT v.id, v.reviewed_on, v.reviewed_by, v.kept, v.incomplete, v.differing, v.note, u.name AS unit_name
    FROM {reviews} v JOIN units u ON u.id = v.unit_id WHERE v.unit_path >= $1 AND v.unit_path < $2 ORDER BY v.reviewed_on DESC, v.id DESC LIMIT 100";
const STANDING: &str = "
    SELECT COUNT(*) AS kept, SUM(CASE WHEN r.completeness < 100 THEN 1 ELSE 0 END) AS incomplete,
        SUM(CASE WHEN EXISTS (SELECT 1 FROM {discrepancies} x WHERE x.dossier_id = r.dossier_id AND x.state = 'open') THEN 1 ELSE 0 END) AS differing
    FROM {roster} r WHERE r.unit_path = $1 AND r.state = 'active'";
/// Units that keep dossiers and owe no review yet; the day of the last one where there was any.
const OWING: &str = "
    SELECT u.id, u.path, (SELECT MAX(v.reviewed_on) FROM {reviews} v WHERE v.unit_id = u.id) AS last_on
    FROM units u WHERE u.dissolved_on IS NULL AND u.kind_is_section = $1
        AND EXISTS (SELECT 1 FROM {dossiers} d WHERE d.unit_id = u.id AND d.state = 'active')
        AND NOT EXISTS (SELECT 1 FROM {obligations} o
            WHERE o.to_unit_path = u.path AND o.event = 'review_check' AND o.state = 'open')";

/// A review as it was stated.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Review {
    pub(super) unit: String,
    pub(super) on: String,
    pub(super) by: String,
    pub(super) standing: Standing,
    pub(super) note: String,
}

/// How the dossiers of a unit stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Standing {
    pub(super) dossiers: i64,
    pub(super) incomplete: i64,
    pub(super) differing: i64,
}

impl Standing {
    fn read(row: &Row) -> vault::Result<Standing> {
        let number = |column: &str| row.get::<Option<i64>>(column).map(Option::unwrap_or_default);
        Ok(Standing { dossiers: number("kept")?, incomplete: number("incomplete")?, differing: number("differing")? })
    }
}

/// Reviews from a unit down, newest first.
pub(super) async fn of_unit(from: &mut impl Read, top: &str) -> Result<Vec<Review>> {
    let until = format!("{}0", top.trim_end_matches('/'));
    let rows = from.rows(OF_UNIT, &[top.into(), until.into()]).await?;
    let read = |row: &Row| -> vault::Result<Review> {
        Ok(Review {
            unit: row.text("unit_name")?,
            on: show_day(row.get("reviewed_on")?),
            by: row.text("reviewed_by")?,
            standing: Standing::read(row)?,
            note: row.text("note")?,
        })
    };
    Ok(rows.iter().map(read).collect::<vault::Result<_>>()?)
}

/// How the dossiers that a unit itself keeps stand.
pub(super) async fn standing(from: &mut impl Read, unit_path: &str) -> Result<Standing> {
    Ok(from.rows(STANDING, &[unit_path.into()]).await?.first().map(Standing::read).transpose()?.unwrap_or_default())
}

/// Units that owe no review yet: id, path, the day of the last one.
pub(super) async fn owing(from: &mut impl Read) -> Result<Vec<(i64, String, Option<Date>)>> {
    let rows = from.rows(OWING, &[false.into()]).await?;
    Ok(rows.iter().map(|row| Ok((row.int("id")?, row.text("path")?, row.get("last_on")?))).collect::<vault::Result<_>>()?)
}
