//! Whether the data files agree with each other. What a file itself must look like is refused when it is read.

mod calendar;
mod catalogues;
mod clauses;
mod dossier;
mod regulations;
mod shapes;
mod tables;

use crate::{
    Law,
    data::{DataSource, Fault, Faults},
};
use serde::Deserialize;
use std::collections::BTreeSet;

/// Checks every file of `data/`; no faults means that all is well.
pub fn check(source: &DataSource) -> Faults {
    let mut faults = Vec::new();
    tables::check(source, &mut faults);
    calendar::check(source, &mut faults);
    match Law::load(source) {
        Ok(law) => {
            let sources = sources(source, &mut faults);
            catalogues::check(&law, &sources, &mut faults);
            dossier::check(&law, &sources, &mut faults);
            regulations::check(&law, &mut faults);
            clauses::check(&law, &mut faults);
            calendar::compare(source, &law, &mut faults);
        }
        Err(Faults(found)) => faults.extend(found),
    }
    // A file that cannot be read is met by several checks; it is said once.
    let mut said = BTreeSet::new();
    faults.retain(|fault| said.insert(fault.to_string()));
    Faults(faults)
}

const SOURCES: &str = "dossier/sources.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceFile {
    source: Vec<SourceEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "words for readers of the file; typed so that a misspelt key is refused")]
struct SourceEntry {
    key: String,
    title: String,
    kind: String,
    authority: String,
    #[serde(rename = "where")]
    found: Option<String>,
}

/// Keys that may be named as a source.
fn sources(source: &DataSource, faults: &mut Vec<Fault>) -> BTreeSet<String> {
    match source.parse::<SourceFile>(SOURCES) {
        Ok(file) => file.source.into_iter().map(|entry| entry.key).collect(),
        Err(fault) => {
            faults.push(fault);
            BTreeSet::new()
        }
    }
}

/// Says which entries of a list stand in it twice.
fn refuse_doubles<'a>(file: &str, entries: impl IntoIterator<Item = &'a str>, faults: &mut Vec<Fault>) {
    let mut seen = BTreeSet::new();
    for entry in entries {
        if !seen.insert(entry) {
            faults.push(Fault::new(file, entry, "trùng mã"));
        }
    }
}

/// Says when a source or a mark of confidence is unknown.
fn refuse_unknown_origin(file: &str, key: &str, origin: (&str, &str), sources: &BTreeSet<String>, faults: &mut Vec<Fault>) {
    let (source, confidence) = origin;
    if !sources.contains(source) {
        faults.push(Fault::new(file, key, format!("không có nguồn {source} trong {SOURCES}")));
    }
    if !["verified", "from-memory"].contains(&confidence) {
        faults.push(Fault::new(file, key, format!("độ tin cậy {confidence} không hợp lệ: verified hoặc from-memory")));
    }
}
