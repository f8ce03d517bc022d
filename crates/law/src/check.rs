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
use std::collections::{BTreeMap, BTreeSet};

/// Checks every file of `data/`; no faults means that all is well.
pub fn check(source: &DataSource) -> Faults {
    let mut faults = Vec::new();
    tables::check(source, &mut faults);
    calendar::check(source, &mut faults);
    match Law::load(source) {
        Ok(law) => match Crosswalk::read(source) {
            Ok(crosswalk) => {
                let sources = sources(source, &mut faults);
                catalogues::check(&law, &crosswalk, &sources, &mut faults);
                dossier::check(&law, &sources, &mut faults);
                regulations::check(&law, &crosswalk, &mut faults);
                clauses::check(&law, &mut faults);
                calendar::compare(source, &law, &mut faults);
            }
            Err(fault) => faults.push(fault),
        },
        Err(Faults(found)) => faults.extend(found),
    }
    // A file that cannot be read is met by several checks; it is said once.
    let mut said = BTreeSet::new();
    faults.retain(|fault| said.insert(fault.to_string()));
    Faults(faults)
}

const CROSSWALK: &str = "crosswalk.toml";
const SOURCES: &str = "dossier/sources.toml";

/// Names of the regulation files and the catalogue codes they stand for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Crosswalk {
    #[expect(dead_code, reason = "there is one shape so far")]
    schema_version: u32,
    subject: BTreeMap<String, SubjectCodes>,
    decision_type: BTreeMap<String, Vec<String>>,
    template: BTreeMap<String, TemplateCodes>,
    attachment_event: BTreeMap<String, Vec<String>>,
    status: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SubjectCodes {
    #[serde(default)]
    personnel_types: Vec<String>,
    #[serde(default)]
    contract_types: Vec<String>,
    #[serde(default)]
    dossier_statuses: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TemplateCodes {
    form: String,
    form_public_employee: Option<String>,
    fields: String,
}

impl Crosswalk {
    fn read(source: &DataSource) -> Result<Crosswalk, Fault> {
        source.parse(CROSSWALK)
    }
}

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
