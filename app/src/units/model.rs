//! A unit, its life and its place.

use crate::{
    error::{Error, Result},
    form::show_day,
};
use jiff::civil::Date;
use serde::Serialize;
use vault::Row;

/// One unit.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Unit {
    pub(super) id: i64,
    pub(super) version: i64,
    pub(super) parent_id: Option<i64>,
    pub(super) path: String,
    pub(super) name: String,
    pub(super) short_name: String,
    pub(super) type_code: String,
    pub(super) level_rank: Option<i64>,
    pub(super) identifier: String,
    pub(super) is_section: bool,
    pub(super) founded_on: String,
    pub(super) dissolved_on: String,
}

impl Unit {
    pub(super) fn read(row: &Row) -> Result<Unit> {
        let day = |column: &str| -> Result<String> { Ok(row.get::<Option<Date>>(column)?.map(show_day).unwrap_or_default()) };
        let text = |column: &str| -> Result<String> { Ok(row.get::<Option<String>>(column)?.unwrap_or_default()) };
        Ok(Unit {
            id: row.int("id")?,
            version: row.int("version")?,
            parent_id: row.get("parent_id")?,
            path: row.text("path")?,
            name: row.text("name")?,
            short_name: text("short_name")?,
            type_code: text("type_code")?,
            level_rank: row.get("level_rank")?,
            identifier: text("identifier")?,
            is_section: row.bool("kind_is_section")?,
            founded_on: day("founded_on")?,
            dissolved_on: day("dissolved_on")?,
        })
    }

    /// Whether it still exists.
    pub(super) fn exists(&self) -> Result<()> {
        match self.dissolved_on.is_empty() {
            true => Ok(()),
            false => Err(Error::Conflict(format!("Đơn vị đã kết thúc hoạt động từ {}", self.dissolved_on))),
        }
    }

    /// A unit as it may look.
    pub(super) fn sample() -> Unit {
        Unit {
            id: 2,
            version: 1,
            parent_id: Some(1),
            path: "/1/2/".into(),
            name: "UBND xã Mẫu".into(),
            short_name: String::new(),
            type_code: "ubnd_xa".into(),
            level_rank: Some(1),
            identifier: String::new(),
            is_section: false,
            founded_on: "01/07/2025".into(),
            dissolved_on: String::new(),
        }
    }
}

/// One line of the tree: a unit, how deep it stands, how many people are present there and below.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Line {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) type_name: String,
    pub(super) depth: usize,
    pub(super) is_section: bool,
    pub(super) dissolved_on: String,
    pub(super) here: i64,
    pub(super) total: i64,
    pub(super) has_children: bool,
}

/// Adds up who is present: `lines` in the order of their paths, `counts` by path.
pub(super) fn totals(paths: &[String], counts: &[(String, i64)]) -> Vec<(i64, i64)> {
    let sum = |path: &str| {
        let from = counts.partition_point(|(counted, _)| counted.as_str() < path);
        counts.iter().skip(from).take_while(|(counted, _)| counted.starts_with(path)).map(|(_, count)| count).sum()
    };
    let here = |path: &str| {
        counts
            .binary_search_by(|(counted, _)| counted.as_str().cmp(path))
            .ok()
            .and_then(|place| counts.get(place))
            .map_or(0, |(_, count)| *count)
    };
    paths.iter().map(|path| (here(path), sum(path))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_above_counts_a_person_once() {
        let paths: Vec<String> = ["/1/", "/1/2/", "/1/2/5/", "/1/20/"].map(str::to_owned).to_vec();
        let counts = vec![("/1/".to_owned(), 1), ("/1/2/5/".to_owned(), 3), ("/1/20/".to_owned(), 4)];
        assert_eq!(totals(&paths, &counts), [(1, 8), (0, 3), (3, 3), (4, 4)]);
    }
}
