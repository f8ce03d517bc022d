//! Code lists: what a coded field may hold, from when until when, and where that is written.

use crate::data::{DataSource, Fault};
use jiff::civil::Date;
use serde::Deserialize;
use std::{
    collections::{BTreeMap, HashMap},
    sync::OnceLock,
};

/// One code list, in the order of its file.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// Its key, as fields name it.
    pub key: String,
    /// What it lists.
    pub label_vi: String,
    /// Its entries.
    pub items: Vec<Item>,
    /// What readers of the list should know.
    pub note: String,
    /// A province may add codes of its own.
    pub takes_own_codes: bool,
    places: HashMap<String, Vec<usize>>,
    /// The list as it stands since codes of a province's own were added. Whoever read the former one keeps it.
    next: OnceLock<Box<Catalogue>>,
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

    /// The list as it stands now.
    pub(crate) fn newest(&self) -> &Catalogue {
        let mut newest = self;
        while let Some(next) = newest.next.get() {
            newest = next;
        }
        newest
    }

    /// Puts these codes of a province's own behind those of the law, in place of the ones it had before.
    pub(crate) fn add_own(&self, own: &[Item]) {
        let mut items = self.items.clone();
        items.extend(own.iter().filter(|item| !self.places.contains_key(&item.code)).cloned());
        let mut newest = self.newest();
        if newest.items == items {
            return;
        }
        let mut joined = Catalogue::new(&self.key, &self.label_vi, items);
        (joined.note, joined.takes_own_codes) = (self.note.clone(), self.takes_own_codes);
        let mut joined = Box::new(joined);
        // Somebody may add at the same moment; then this list comes behind theirs.
        while let Err(refused) = newest.next.set(joined) {
            (joined, newest) = (refused, newest.newest());
        }
    }

    pub(crate) fn new(key: &str, label_vi: &str, items: Vec<Item>) -> Catalogue {
        let mut places: HashMap<String, Vec<usize>> = HashMap::with_capacity(items.len());
        for (place, item) in items.iter().enumerate() {
            places.entry(item.code.clone()).or_default().push(place);
        }
        Catalogue {
            key: key.to_owned(),
            label_vi: label_vi.to_owned(),
            items,
            note: String::new(),
            takes_own_codes: false,
            places,
            next: OnceLock::new(),
        }
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
#[expect(dead_code, reason = "some notes are for readers of the file; typed so that a misspelt key is refused")]
struct CatalogueFile {
    catalogue: String,
    label_vi: String,
    code_note: Option<String>,
    note: Option<String>,
    #[serde(default)]
    own_codes: bool,
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
    let mut list = Catalogue::new(&raw.catalogue, &raw.label_vi, items);
    (list.note, list.takes_own_codes) = (raw.note.unwrap_or_default(), raw.own_codes);
    Ok(list)
}

/// A TOML value as words; lists are joined with `; `.
fn plain(value: toml::Value) -> String {
    match value {
        toml::Value::String(text) => text,
        toml::Value::Array(values) => values.into_iter().map(plain).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(code: &str, label_vi: &str) -> Item {
        let (more, source, confidence) = (BTreeMap::new(), String::new(), String::new());
        Item { code: code.into(), label_vi: label_vi.into(), effective_from: None, effective_to: None, more, source, confidence }
    }

    #[test]
    fn own_codes_stand_behind_those_of_the_law_and_never_replace_them() {
        let list = Catalogue::new("courses", "Bồi dưỡng", vec![item("a", "Một")]);
        list.add_own(&[item("a", "Khác"), item("r_b", "Hai")]);
        let now = list.newest();
        assert_eq!((now.label("a"), now.label("r_b"), now.items.len()), ("Một", "Hai", 2));
        list.add_own(&[item("r_b", "Hai, sửa"), item("r_c", "Ba")]);
        assert_eq!((list.newest().label("r_b"), list.newest().items.len()), ("Hai, sửa", 3));
        assert_eq!(now.label("r_b"), "Hai", "whoever reads the former list keeps it");
        list.add_own(&[]);
        assert_eq!(list.newest().items.len(), 1);
    }
}
