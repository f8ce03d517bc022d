//! Ranks of civil servants and professional titles of public employees, offered as a code list.

use crate::{
    catalogue::{Catalogue, Item},
    data::{DataSource, Fault},
    dates,
};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Path of the list inside `data/`.
pub(crate) const FILE: &str = "law/ranks.toml";
/// Key of the code list made from it.
pub(crate) const KEY: &str = "ranks";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RankFile {
    meta: Meta,
    #[expect(dead_code, reason = "checked with the other files of the law")]
    sources: toml::Table,
    rank: Vec<Rank>,
    #[expect(dead_code, reason = "checked with the other files of the law")]
    code_conversion: Vec<toml::Table>,
    #[expect(dead_code, reason = "checked with the other files of the law")]
    entry_step: Vec<toml::Table>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "rules in words are for readers of the file")]
struct Meta {
    title: String,
    personnel_types: Vec<String>,
    next_rank_rule: String,
    grade_2026_rule: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rank {
    code: String,
    label: String,
    personnel_type: String,
    field: String,
    scale: String,
    next: String,
    job_grade: Option<u8>,
    #[serde(deserialize_with = "dates::day")]
    effective_from: Date,
    #[serde(default, deserialize_with = "dates::maybe_day")]
    effective_to: Option<Date>,
    reference: String,
    source: String,
    confidence: String,
    #[serde(default)]
    note: String,
}

/// Reads the ranks. A rank may be entered from the day its present rules hold, but people held it before: the first
/// day is kept in `more`, not as a bar on choosing it.
pub(crate) fn read(source: &DataSource) -> Result<Catalogue, Fault> {
    let file: RankFile = source.parse(FILE)?;
    Ok(Catalogue::new(KEY, &file.meta.title, file.rank.into_iter().map(Item::from).collect()))
}

impl From<Rank> for Item {
    fn from(rank: Rank) -> Item {
        let mut more = BTreeMap::from([
            ("personnel_type".to_owned(), rank.personnel_type),
            ("field".to_owned(), rank.field),
            ("scale".to_owned(), rank.scale),
            ("next".to_owned(), rank.next),
            ("rules_from".to_owned(), rank.effective_from.to_string()),
            ("reference".to_owned(), rank.reference),
            ("note".to_owned(), rank.note),
        ]);
        if let Some(grade) = rank.job_grade {
            more.insert("job_grade".to_owned(), grade.to_string());
        }
        Item {
            code: rank.code,
            label_vi: rank.label,
            effective_from: None,
            effective_to: rank.effective_to,
            more,
            source: rank.source,
            confidence: rank.confidence,
        }
    }
}
