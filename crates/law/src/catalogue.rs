//! Code lists: what a coded field may hold, from when until when, and where that is written.

use crate::data::{DataSource, Fault};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// One code list, in the order of its file.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// Its key, as fields name it.
    pub key: String,
    /// What it lists.
    pub label_vi: String,
    /// Its entries.
    pub items: Vec<Item>,
    places: HashMap<String, usize>,
}

/// One coded value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The code that is stored.
    pub code: String,
    /// What people read.
    pub label_vi: String,
    /// First day it may be used.
    pub effective_from: Option<Date>,
    /// Last day it may be used.
    pub effective_to: Option<Date>,
    /// Everything else the list says of it, as text (`province_code`, `unit_type`, `aliases` …).
    pub more: BTreeMap<String, String>,
    /// Source key of `dossier/sources.toml`.
    pub source: String,
    /// `verified` or `from-memory`.
    pub confidence: String,
}

impl Catalogue {
    /// The entry with this code.
    pub fn item(&self, code: &str) -> Option<&Item> {
        self.items.get(*self.places.get(code)?)
    }

    /// What people read for a code; the code itself when the list does not know it.
    pub fn label<'a>(&'a self, code: &'a str) -> &'a str {
        self.item(code).map_or(code, |item| &item.label_vi)
    }

    pub(crate) fn new(key: &str, label_vi: &str, items: Vec<Item>) -> Catalogue {
        let places = items.iter().enumerate().map(|(place, item)| (item.code.clone(), place)).collect();
        Catalogue { key: key.to_owned(), label_vi: label_vi.to_owned(), items, places }
    }
}

#[derive(Deserialize)]
struct CatalogueFile {
    catalogue: String,
    label_vi: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    confidence: String,
    effective_from: Option<toml::Value>,
    effective_to: Option<toml::Value>,
    #[serde(default)]
    item: Vec<BTreeMap<String, toml::Value>>,
}

/// Reads one file of `data/catalogues/`.
pub(crate) fn read(source: &DataSource, file: &str) -> Result<Catalogue, Fault> {
    let raw: CatalogueFile = source.parse(file)?;
    let mut items = Vec::with_capacity(raw.item.len());
    for mut entry in raw.item {
        let code = entry.remove("code").map(plain).ok_or_else(|| Fault::new(file, "item", "thiếu code"))?;
        let label_vi = entry.remove("label_vi").map(plain).ok_or_else(|| Fault::new(file, code.as_str(), "thiếu label_vi"))?;
        let day = |value: Option<toml::Value>| -> Result<Option<Date>, Fault> {
            let parse = |text: String| text.parse().map_err(|_| Fault::new(file, code.as_str(), format!("{text} không phải là ngày")));
            value.map(plain).filter(|text| !text.is_empty()).map(parse).transpose()
        };
        let effective_from = day(entry.remove("effective_from").or_else(|| raw.effective_from.clone()))?;
        let effective_to = day(entry.remove("effective_to").or_else(|| raw.effective_to.clone()))?;
        let own_source = entry.remove("source").map_or_else(|| raw.source.clone(), plain);
        let confidence = entry.remove("confidence").map_or_else(|| raw.confidence.clone(), plain);
        let more = entry.into_iter().map(|(key, value)| (key, plain(value))).collect();
        items.push(Item { code, label_vi, effective_from, effective_to, more, source: own_source, confidence });
    }
    Ok(Catalogue::new(&raw.catalogue, &raw.label_vi, items))
}

/// A TOML value as words; lists are joined with `; `.
fn plain(value: toml::Value) -> String {
    match value {
        toml::Value::String(text) => text,
        toml::Value::Array(values) => values.into_iter().map(plain).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}
