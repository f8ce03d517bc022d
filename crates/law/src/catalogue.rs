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
    places: HashMap<String, Vec<usize>>,
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
    /// The entry with this code. Codes are given out again (`15` was Yên Bái and is Lào Cai): then the latest one.
    pub fn item(&self, code: &str) -> Option<&Item> {
        self.with_code(code).max_by_key(|item| item.effective_to.unwrap_or(Date::MAX))
    }

    /// The entry that had this code on a day.
    pub fn item_on(&self, code: &str, day: Date) -> Option<&Item> {
        self.with_code(code).find(|item| item.is_valid_on(day))
    }

    /// The entries that may be chosen on a day, in the order of the file.
    pub fn valid_on(&self, day: Date) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |item| item.is_valid_on(day))
    }

    /// Every entry that ever had this code.
    pub fn with_code(&self, code: &str) -> impl Iterator<Item = &Item> {
        self.places.get(code).into_iter().flatten().filter_map(|place| self.items.get(*place))
    }

    /// What people read for a code; the code itself when the list does not know it.
    pub fn label<'a>(&'a self, code: &'a str) -> &'a str {
        self.item(code).map_or(code, |item| &item.label_vi)
    }

    pub(crate) fn new(key: &str, label_vi: &str, items: Vec<Item>) -> Catalogue {
        let mut places: HashMap<String, Vec<usize>> = HashMap::with_capacity(items.len());
        for (place, item) in items.iter().enumerate() {
            places.entry(item.code.clone()).or_default().push(place);
        }
        Catalogue { key: key.to_owned(), label_vi: label_vi.to_owned(), items, places }
    }
}

impl Item {
    /// Whether it may be used on a day.
    pub fn is_valid_on(&self, day: Date) -> bool {
        self.effective_from.is_none_or(|first| first <= day) && self.effective_to.is_none_or(|last| day <= last)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "notes are for readers of the file; typed so that a misspelt key is refused")]
struct CatalogueFile {
    catalogue: String,
    label_vi: String,
    code_note: Option<String>,
    note: Option<String>,
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
