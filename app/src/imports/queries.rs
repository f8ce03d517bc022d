//! All SQL of this slice.

use super::{
    fates::{Key, Recognised},
    judging::Stored,
    model::Import,
    units::Place,
};
use crate::{dossiers::Shape, error::Result};
use std::collections::{HashMap, HashSet};
use vault::{Read, Reader, Row, Value};

const COLUMNS: &str = "i.id, i.version, i.unit_id, u.name AS unit_name, i.file_name, i.mode, i.state, i.mapping, i.outcome, i.created_at, i.finished_at, i.undone_at";
const UNITS: &str = "
    SELECT u.id, u.name, u.short_name, u.identifier, u.path FROM units u
    WHERE u.dissolved_on IS NULL AND u.path >= $1 AND u.path < $2 ORDER BY u.path LIMIT 20000";
const MAPPING: &str = "
    SELECT m.id, m.version, m.mapping FROM {import_mappings} m WHERE m.unit_id = $1 AND m.headings = $2 ORDER BY m.id DESC LIMIT 1";
const KNOWN: &str =
    "SELECT r.dossier_id, r.personal_id_number, r.folded_name, r.birth_date, r.unit_name FROM {roster} r WHERE r.state = 'active'";
/// Values asked for together.
const TOGETHER: usize = 200;
/// A file with more people than this is compared with the whole list at once.
const MANY: usize = 2000;

/// Somebody who has an active dossier inside the area.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) dossier_id: i64,
    pub(super) number: String,
    pub(super) name: String,
    pub(super) born: String,
    pub(super) unit_name: String,
}

impl Known {
    fn read(row: &Row) -> Result<Known> {
        let text = |column: &str| -> Result<String> { Ok(row.get::<Option<String>>(column)?.unwrap_or_default()) };
        Ok(Known {
            dossier_id: row.int("dossier_id")?,
            number: text("personal_id_number")?,
            name: text("folded_name")?,
            born: text("birth_date")?,
            unit_name: text("unit_name")?,
        })
    }
}

/// One import inside the area.
pub(super) async fn find(from: &mut impl Read, id: i64) -> Result<Import> {
    let sql = format!("SELECT {COLUMNS} FROM {{imports}} i JOIN units u ON u.id = i.unit_id WHERE i.id = $1");
    Import::read(&from.one(&sql, &[id.into()]).await?)
}

/// Imports inside the area, newest first.
pub(super) async fn latest(from: &mut impl Read, limit: i64) -> Result<Vec<Import>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM {{imports}} i JOIN units u ON u.id = i.unit_id WHERE i.state <> 'dropped' ORDER BY i.id DESC LIMIT $1"
    );
    from.rows(&sql, &[limit.into()]).await?.iter().map(Import::read).collect()
}

/// Living units at and below a place.
pub(super) async fn units(from: &mut impl Read, top: &str) -> Result<Vec<Place>> {
    let past = format!("{}0", top.trim_end_matches('/'));
    let text = |row: &Row, column: &str| -> Result<String> { Ok(row.get::<Option<String>>(column)?.unwrap_or_default()) };
    let place = |row: &Row| {
        Ok(Place {
            id: row.int("id")?,
            name: row.text("name")?,
            short_name: text(row, "short_name")?,
            identifier: text(row, "identifier")?,
            path: row.text("path")?,
        })
    };
    from.rows(UNITS, &[top.into(), past.as_str().into()]).await?.iter().map(place).collect()
}

/// The mapping a unit used last for these headings: id, version, content.
pub(super) async fn remembered(from: &mut impl Read, unit_id: i64, headings: &str) -> Result<Option<(vault::Seen, serde_json::Value)>> {
    let rows = from.rows(MAPPING, &[unit_id.into(), headings.into()]).await?;
    rows.first().map(|row| Ok((row.seen()?, row.get("mapping")?))).transpose()
}

/// Who of these people has an active dossier.
pub(super) async fn recognise(reader: &mut Reader<'_>, keys: &[Key]) -> Result<Recognised> {
    let numbers: HashSet<&str> = keys.iter().map(|key| key.number.as_str()).filter(|number| !number.is_empty()).collect();
    let names: HashSet<&str> =
        keys.iter().filter(|key| !key.name.is_empty() && !key.born.is_empty()).map(|key| key.name.as_str()).collect();
    let mut found = Recognised::default();
    let mut take = |known: Known| {
        if numbers.contains(known.number.as_str()) {
            found.by_number.insert(known.number.clone(), known.clone());
        }
        if names.contains(known.name.as_str()) {
            found.by_name.entry(known.name.clone()).or_default().push(known);
        }
    };
    if keys.len() > MANY {
        let mut rows = reader.stream(KNOWN, &[]).await?;
        while let Some(page) = rows.next().await? {
            for row in &page {
                take(Known::read(row)?);
            }
        }
    } else {
        let mut seen = HashSet::new();
        for (column, wanted) in [("personal_id_number", &numbers), ("folded_name", &names)] {
            let wanted: Vec<&str> = wanted.iter().copied().collect();
            for some in wanted.chunks(TOGETHER) {
                for row in reader.rows(&format!("{KNOWN} AND r.{column} IN ({})", marks(some.len(), 1)), &values(some)).await? {
                    let known = Known::read(&row)?;
                    if seen.insert(known.dossier_id) {
                        take(known);
                    }
                }
            }
        }
    }
    let all: Vec<String> = numbers.into_iter().map(str::to_owned).collect();
    found.taken = reader.numbers_taken(&all).await?.into_iter().collect();
    Ok(found)
}

/// Rows of the sections of a plan of these dossiers.
pub(super) async fn stored(reader: &mut Reader<'_>, shapes: &[Shape<'_>], dossiers: &[i64]) -> Result<Stored> {
    let mut stored: Stored = HashMap::new();
    for some in dossiers.chunks(TOGETHER) {
        let args: Vec<Value> = some.iter().map(|id| (*id).into()).collect();
        for (place, shape) in shapes.iter().enumerate() {
            // In the order of `Shape::select`, by which a line is read.
            let names: String = shape.columns.iter().map(|(_, column)| format!(", t.{}", column.name)).collect();
            let sql = format!(
                "SELECT t.id, t.version, t.own_fields{names}, t.dossier_id FROM {{{}}} t WHERE t.dossier_id IN ({}) ORDER BY t.dossier_id, t.ordinal, t.id",
                shape.section.table(),
                marks(some.len(), 1)
            );
            for row in reader.rows(&sql, &args).await? {
                stored.entry((row.int("dossier_id")?, place)).or_default().push(shape.line(&row)?);
            }
        }
    }
    Ok(stored)
}

fn marks(count: usize, first: usize) -> String {
    (first..first + count).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ")
}

fn values(some: &[&str]) -> Vec<Value> {
    some.iter().map(|text| (*text).into()).collect()
}
