//! Where code lists and fields come from.

use crate::data::{DataSource, Fault};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Path of the list inside `data/`.
pub(crate) const FILE: &str = "dossier/sources.toml";

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

/// Titles by key.
pub(crate) fn read(source: &DataSource) -> Result<BTreeMap<String, String>, Fault> {
    let file: SourceFile = source.parse(FILE)?;
    Ok(file.source.into_iter().map(|entry| (entry.key, entry.title)).collect())
}
