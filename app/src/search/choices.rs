//! Units to choose from: where the visitor's area begins, the way down to the chosen unit, and what lies directly below it.

use crate::{App, error::Result, page::escaped};
use jiff::{SignedDuration, Timestamp};
use std::{collections::HashMap, fmt::Write, sync::Arc, sync::Mutex};
use vault::{Grant, Permission, Read, Reader, Row};

const BY_PATH: &str = "SELECT u.id, u.name, u.path FROM units u WHERE u.path = $1";
const ROOTS: &str = "SELECT u.id, u.name, u.path FROM units u WHERE u.parent_id IS NULL AND u.dissolved_on IS NULL ORDER BY u.name";
const BELOW: &str = "
    SELECT u.id, u.name, u.path FROM units u WHERE u.parent_id = $1 AND u.dissolved_on IS NULL
    ORDER BY u.sort_order, u.name LIMIT 400";
const ONE: &str = "SELECT u.id, u.name, u.path FROM units u WHERE u.id = $1";

/// The tree is read anew after this long.
const STANDS: SignedDuration = SignedDuration::from_secs(10);

/// Options by area and chosen unit, for a few seconds.
pub(super) type Kept = Mutex<HashMap<(String, Option<i64>), (Timestamp, Arc<str>)>>;

/// The options as HTML; the first, without a value, is the whole area.
pub(super) async fn units<P: Permission>(app: &App, grant: &Grant<P>, chosen: Option<i64>) -> Result<Arc<str>> {
    let key = (grant.tops().join(" "), chosen);
    let now = app.now();
    let known = app.lists.units.lock().ok().and_then(|kept| kept.get(&key).cloned());
    if let Some((_, options)) = known.filter(|(at, _)| now.duration_since(*at) < STANDS) {
        return Ok(options);
    }
    let options: Arc<str> = read(app, grant, chosen).await?.into();
    if let Ok(mut kept) = app.lists.units.lock() {
        if kept.len() > 1000 {
            kept.clear();
        }
        kept.insert(key, (now, options.clone()));
    }
    Ok(options)
}

async fn read<P: Permission>(app: &App, grant: &Grant<P>, chosen: Option<i64>) -> Result<String> {
    let mut reader = app.db.read(grant);
    let mut tops = Vec::new();
    for path in grant.tops() {
        tops.extend(units_of(reader.rows(BY_PATH, &[path.into()]).await?)?);
    }
    if tops.is_empty() {
        tops = units_of(reader.rows(ROOTS, &[]).await?)?;
    }
    let mut out = String::from("<option value=\"\">Toàn bộ phạm vi</option>");
    let way = match chosen {
        Some(id) => way_down(&mut reader, id, &tops).await?,
        None => Vec::new(),
    };
    match (way.last(), tops.as_slice()) {
        (Some(last), _) => {
            way.iter().enumerate().for_each(|(depth, unit)| option(&mut out, unit, depth, chosen));
            let depth = way.len();
            units_of(reader.rows(BELOW, &[last.0.into()]).await?)?.iter().for_each(|unit| option(&mut out, unit, depth, chosen));
        }
        (None, [top]) => {
            units_of(reader.rows(BELOW, &[top.0.into()]).await?)?.iter().for_each(|unit| option(&mut out, unit, 0, chosen));
        }
        (None, tops) => tops.iter().for_each(|unit| option(&mut out, unit, 0, chosen)),
    }
    Ok(out)
}

type Unit = (i64, String, String);

fn units_of(rows: Vec<Row>) -> Result<Vec<Unit>> {
    rows.iter().map(|row| Ok((row.int("id")?, row.text("name")?, row.text("path")?))).collect()
}

/// From the top of the area down to a unit inside it, both included; nothing when it lies outside.
async fn way_down(reader: &mut Reader<'_>, id: i64, tops: &[Unit]) -> Result<Vec<Unit>> {
    let Some(unit) = units_of(reader.rows(ONE, &[id.into()]).await?)?.pop() else { return Ok(Vec::new()) };
    let Some(top) = tops.iter().find(|top| unit.2.starts_with(top.2.as_str())) else { return Ok(Vec::new()) };
    let mut way = Vec::new();
    for above in unit.2.split('/').filter_map(|part| part.parse::<i64>().ok()) {
        way.extend(units_of(reader.rows(ONE, &[above.into()]).await?)?);
    }
    way.retain(|above| above.2.len() >= top.2.len());
    Ok(way)
}

fn option(out: &mut String, unit: &Unit, depth: usize, chosen: Option<i64>) {
    let selected = if chosen == Some(unit.0) { " selected" } else { "" };
    write!(out, "<option value=\"{}\"{selected}>", unit.0).unwrap_or_default();
    out.extend(std::iter::repeat_n("– ", depth));
    escaped(&unit.1, out);
    out.push_str("</option>");
}
