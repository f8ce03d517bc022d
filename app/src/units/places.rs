//! The tree as other slices walk it: units that exist, in its order.

use crate::error::Result;
use serde::Serialize;
use std::collections::HashMap;
use vault::{Read, Row};

const BELOW: &str = "
    SELECT u.id, u.parent_id, u.path, u.name, u.type_code, u.level_rank, u.kind_is_section, u.sort_order FROM units u
    WHERE u.path >= $1 AND u.path < $2 AND u.dissolved_on IS NULL ORDER BY u.path";
const ONE: &str = "
    SELECT u.id, u.parent_id, u.path, u.name, u.type_code, u.level_rank, u.kind_is_section, u.sort_order FROM units u WHERE u.id = $1";
const IN_FORCE: &str = "
    SELECT u.path, r.regulation_code FROM unit_regulations r JOIN units u ON u.id = r.unit_id
    WHERE r.from_on <= $1 AND (r.until_on IS NULL OR r.until_on >= $1) ORDER BY u.path";

/// A unit and its place in the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Its id.
    pub id: i64,
    /// The unit above.
    pub parent_id: Option<i64>,
    /// Its path of ids.
    pub path: String,
    /// Its name.
    pub name: String,
    /// Code of its type.
    pub type_code: String,
    /// Level of management, where it has one.
    pub level_rank: Option<i64>,
    /// An inner section of the unit above.
    pub is_section: bool,
    sort_order: Option<i64>,
}

impl Place {
    fn read(row: &Row) -> Result<Place> {
        Ok(Place {
            id: row.int("id")?,
            parent_id: row.get("parent_id")?,
            path: row.text("path")?,
            name: row.text("name")?,
            type_code: row.get::<Option<String>>("type_code")?.unwrap_or_default(),
            level_rank: row.get("level_rank")?,
            is_section: row.bool("kind_is_section")?,
            sort_order: row.get("sort_order")?,
        })
    }

    /// How deep it stands.
    pub fn depth(&self) -> usize {
        self.path.matches('/').count()
    }

    /// A unit as it may look.
    #[cfg_attr(not(test), allow(dead_code))]
    pub fn sample() -> Place {
        Place {
            id: 2,
            parent_id: Some(1),
            path: "/1/2/".into(),
            name: "Sở Y tế".into(),
            type_code: "so".into(),
            level_rank: Some(2),
            is_section: false,
            sort_order: None,
        }
    }
}

/// One unit.
pub async fn place(from: &mut impl Read, id: i64) -> Result<Place> {
    Place::read(&from.one(ONE, &[id.into()]).await?)
}

/// The units from here down that exist, each behind the one above it, siblings in their order.
pub async fn places(from: &mut impl Read, path: &str) -> Result<Vec<Place>> {
    let until = format!("{}0", path.trim_end_matches('/'));
    let rows = from.rows(BELOW, &[path.into(), until.into()]).await?;
    Ok(in_order(rows.iter().map(Place::read).collect::<Result<Vec<_>>>()?))
}

/// Units one may choose; a larger tree is searched by name first.
const CHOICES: usize = 3000;

/// Every unit that exists as one chooses it: id, and its name under those above.
pub async fn choices(from: &mut impl Read) -> Result<Vec<(i64, String)>> {
    let mut all = places(from, "/").await?;
    all.truncate(CHOICES);
    let shallowest = all.iter().map(Place::depth).min().unwrap_or_default();
    Ok(all.into_iter().map(|unit| (unit.id, format!("{}{}", "— ".repeat(unit.depth() - shallowest), unit.name))).collect())
}

/// Codes of regulations with the units from which they hold on a day.
pub async fn regulations_in_force(from: &mut impl Read, day: jiff::civil::Date) -> Result<Vec<(String, String)>> {
    let rows = from.rows(IN_FORCE, &[day.into()]).await?;
    rows.iter().map(|row| Ok((row.text("path")?, row.text("regulation_code")?))).collect()
}

fn in_order(units: Vec<Place>) -> Vec<Place> {
    let known: HashMap<i64, ()> = units.iter().map(|unit| (unit.id, ())).collect();
    let mut below: HashMap<Option<i64>, Vec<Place>> = HashMap::new();
    for unit in units {
        below.entry(unit.parent_id.filter(|above| known.contains_key(above))).or_default().push(unit);
    }
    let last = i64::MAX;
    below.values_mut().for_each(|siblings| {
        siblings.sort_by(|a, b| {
            (!a.is_section, a.sort_order.unwrap_or(last), &a.name).cmp(&(!b.is_section, b.sort_order.unwrap_or(last), &b.name))
        });
        siblings.reverse();
    });
    let mut open = below.remove(&None).unwrap_or_default();
    let mut ordered = Vec::new();
    while let Some(unit) = open.pop() {
        open.extend(below.remove(&Some(unit.id)).unwrap_or_default());
        ordered.push(unit);
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_runs_by_order_and_name_with_inner_sections_first() {
        let unit = |id: i64, parent: i64, name: &str, sort_order: Option<i64>, is_section: bool| Place {
            id,
            parent_id: Some(parent),
            name: name.into(),
            sort_order,
            is_section,
            ..Place::sample()
        };
        let given = vec![
            unit(2, 1, "B", None, false),
            unit(3, 1, "A", None, false),
            unit(4, 2, "C", None, false),
            unit(5, 2, "D", None, true),
            unit(6, 1, "Z", Some(1), false),
        ];
        let names: Vec<String> = in_order(given).into_iter().map(|unit| unit.name).collect();
        assert_eq!(names, ["Z", "A", "B", "D", "C"]);
    }
}
