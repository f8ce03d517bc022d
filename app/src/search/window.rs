//! One page of a list, found by its neighbour and not by its number.
//!
//! Rows come in the order of one indexed column, then of ids. Databases disagree on where rows without a value go, so those
//! are read apart and always come last; a page that crosses over is put together from both parts.

use super::{Column, Condition, asked::At};
use crate::error::Result;
use vault::{Read, Reader, Row, Value};

/// Behind the columns: whether the data of a dossier are said to differ from its paper.
const FLAGGED: &str = "CASE WHEN EXISTS (SELECT 1 FROM {discrepancies} x WHERE x.dossier_id = r.dossier_id AND x.state = 'open') THEN 1 ELSE 0 END AS flagged";

/// Rows of a page.
pub(super) const ROWS: usize = 50;

/// In which order, and which columns.
pub(super) struct Order<'a> {
    /// Roster column of the order.
    pub(super) by: &'a str,
    /// Largest first.
    pub(super) descending: bool,
    /// Columns to read behind the dossier's id.
    pub(super) columns: &'a [&'a Column],
}

/// A page.
pub(super) struct Window {
    /// Its rows: dossier id, then the columns, then whether it is flagged.
    pub(super) rows: Vec<Row>,
    /// There are rows before it.
    pub(super) before: bool,
    /// There are rows behind it.
    pub(super) after: bool,
}

/// Where a walk over the rows begins.
enum Start {
    /// At its end.
    Edge,
    /// Behind this row.
    Row(Value, i64),
    /// Behind everybody with this value.
    Past(Value),
    /// At this value.
    Value(String),
}

/// Reads a page.
pub(super) async fn read(reader: &mut Reader<'_>, condition: &Condition, order: &Order<'_>, at: At) -> Result<Window> {
    let (start, backwards) = match at {
        At::First => (Start::Edge, false),
        At::After(id) => (whereabouts(reader, order, id).await?, false),
        At::Before(id) => (whereabouts(reader, order, id).await?, true),
        At::Letter(letter) => (Start::Value(begins(letter, order.descending)), false),
    };
    let entered = !matches!(start, Start::Edge);
    let mut rows = walk(reader, condition, order, start, backwards).await?;
    let more = rows.len() > ROWS;
    rows.truncate(ROWS);
    if backwards {
        rows.reverse();
    }
    Ok(match backwards {
        true => Window { rows, before: more, after: entered },
        false => Window { rows, before: entered, after: more },
    })
}

/// Where a dossier stands in the order; at the edge when it is no longer to be seen.
async fn whereabouts(reader: &mut Reader<'_>, order: &Order<'_>, id: i64) -> Result<Start> {
    let sql = format!("SELECT r.{} FROM {{roster}} r WHERE r.dossier_id = $1", order.by);
    let found = reader.rows(&sql, &[id.into()]).await?;
    let value = found.first().and_then(|row| row.values().first()).cloned();
    Ok(value.map_or(Start::Edge, |value| Start::Row(value, id)))
}

/// The place in the order of names at which a letter begins; walking backwards, the place where it ends.
fn begins(letter: char, descending: bool) -> String {
    let key = vault::sort_name(&letter.to_string());
    let first = key.split('!').next().unwrap_or_default();
    if descending { format!("{first}~") } else { first.to_owned() }
}

async fn walk(reader: &mut Reader<'_>, condition: &Condition, order: &Order<'_>, start: Start, backwards: bool) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    // Rows with a value stand first in the list, so walking backwards they come second.
    let parts = if backwards { [false, true] } else { [true, false] };
    let mut start = Some(start);
    for known in parts {
        let begin = match &start {
            Some(Start::Row(value, _)) if known == matches!(value, Value::Null) => continue,
            Some(Start::Value(_)) if !known => continue,
            _ => start.take().unwrap_or(Start::Edge),
        };
        let steps = match begin {
            // SQLite seeks by the first column of a pair only, so those who share the value are read first, by id.
            Start::Row(value, id) if known => vec![Start::Row(value.clone(), id), Start::Past(value)],
            other => vec![other],
        };
        for step in steps {
            let limit = ROWS + 1 - rows.len();
            if limit > 0 {
                rows.extend(part(reader, condition, order, known, step, backwards, limit).await?);
            }
        }
        if rows.len() > ROWS {
            break;
        }
    }
    Ok(rows)
}

async fn part(
    reader: &mut Reader<'_>,
    condition: &Condition,
    order: &Order<'_>,
    known: bool,
    start: Start,
    backwards: bool,
    limit: usize,
) -> Result<Vec<Row>> {
    let by = order.by;
    let down = order.descending != backwards;
    let (sign, way) = if down { ("<", " DESC") } else { (">", "") };
    let mut args = condition.args.clone();
    let mut bind = |value: Value| {
        args.push(value);
        format!("${}", args.len())
    };
    let list: String = order.columns.iter().map(|column| format!(", r.{}", column.key)).collect();
    let mut found = format!("{{roster}} r WHERE {} AND r.{by} IS {}NULL", condition.sql, if known { "NOT " } else { "" });
    match start {
        Start::Edge => {}
        Start::Row(value, id) if known => {
            let (value, id) = (bind(value), bind(id.into()));
            found.push_str(&format!(" AND r.{by} = {value} AND r.dossier_id {sign} {id}"));
        }
        Start::Past(value) => {
            let value = bind(value);
            found.push_str(&format!(" AND r.{by} {sign} {value}"));
        }
        Start::Row(_, id) => {
            let id = bind(id.into());
            found.push_str(&format!(" AND r.dossier_id {sign} {id}"));
        }
        Start::Value(value) => {
            let value = bind(value.into());
            found.push_str(&format!(" AND r.{by} {sign}= {value}"));
        }
    }
    let limit = bind(i64::try_from(limit).unwrap_or(1).into());
    let ordered = match known {
        true => format!("ORDER BY r.{by}{way}, r.dossier_id{way}"),
        false => format!("ORDER BY r.dossier_id{way}"),
    };
    let sql = match condition.gathers {
        // Sorting hundreds of whole rows to show fifty costs more than finding them, so the fifty are known first.
        true => format!(
            "SELECT r.dossier_id{list}, {FLAGGED} FROM {{roster}} r \
             WHERE r.dossier_id IN (SELECT r.dossier_id FROM {found} {ordered} LIMIT {limit}) {ordered}"
        ),
        false => format!("SELECT r.dossier_id{list}, {FLAGGED} FROM {found} {ordered} LIMIT {limit}"),
    };
    Ok(reader.rows(&sql, &args).await?)
}
