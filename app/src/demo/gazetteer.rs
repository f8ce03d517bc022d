//! Provinces, districts and communes of both models, ready to be drawn from.

use super::dice::Dice;
use law::Law;
use std::collections::{BTreeMap, HashMap};

/// A commune that stood until 30 June 2025, and what it belongs to now.
pub struct OldCommune {
    pub code: String,
    pub district_code: String,
    /// `xã …, huyện …, tỉnh …`.
    pub words: String,
    /// The same in two levels.
    pub now: String,
}

/// A commune since 1 July 2025.
pub struct Commune {
    pub code: String,
    pub label: String,
    /// `xã …, tỉnh …`.
    pub words: String,
    /// Who it was before, in words.
    pub before: String,
}

/// All places of the country.
pub struct Gazetteer {
    old: BTreeMap<String, Vec<OldCommune>>,
    new: BTreeMap<String, Vec<Commune>>,
    successors: HashMap<String, String>,
    labels: HashMap<String, String>,
    codes: Vec<String>,
}

impl Gazetteer {
    /// Reads the catalogues.
    pub fn read(law: &Law) -> Gazetteer {
        let none = Vec::new();
        let items = |key: &str| law.catalogue(key).map_or(&none, |catalogue| &catalogue.items);
        let more = |item: &law::Item, key: &str| item.more.get(key).cloned().unwrap_or_default();
        let (mut labels, mut old_labels, mut successors, mut codes) = (HashMap::new(), HashMap::new(), HashMap::new(), Vec::new());
        for item in items("provinces") {
            match item.more.get("period").map(String::as_str) {
                Some("2025") => {
                    labels.insert(item.code.clone(), item.label_vi.clone());
                    if !codes.contains(&item.code) {
                        codes.push(item.code.clone());
                    }
                }
                _ => {
                    old_labels.insert(item.code.clone(), item.label_vi.clone());
                    successors.insert(item.code.clone(), more(item, "successor_code"));
                }
            }
        }
        let districts: HashMap<&str, (String, String)> = items("districts_until_2025_06_30")
            .iter()
            .map(|item| (item.code.as_str(), (item.label_vi.clone(), more(item, "province_code"))))
            .collect();
        let mut new: BTreeMap<String, Vec<Commune>> = BTreeMap::new();
        let mut now: HashMap<&str, String> = HashMap::new();
        for item in items("communes") {
            let province = more(item, "province_code");
            let words = format!("{}, {}", lower(&item.label_vi), lower(labels.get(&province).map_or("", String::as_str)));
            now.insert(item.code.as_str(), words.clone());
            let commune = Commune { code: item.code.clone(), label: item.label_vi.clone(), words, before: String::new() };
            new.entry(province).or_default().push(commune);
        }
        let mut old: BTreeMap<String, Vec<OldCommune>> = BTreeMap::new();
        let mut before: HashMap<String, String> = HashMap::new();
        for item in items("communes_until_2025_06_30") {
            let district_code = more(item, "district_code");
            let Some((district, province)) = districts.get(district_code.as_str()) else { continue };
            // A commune of today keeps the code of one it was made from: only these have a known successor.
            let Some(now) = now.get(item.code.as_str()) else { continue };
            let above = format!("{}, {}", lower(district), lower(old_labels.get(province).map_or("", String::as_str)));
            before.insert(item.code.clone(), format!("{}, {above}", item.label_vi));
            let commune = OldCommune {
                code: item.code.clone(),
                district_code,
                words: format!("{}, {above}", lower(&item.label_vi)),
                now: now.clone(),
            };
            old.entry(province.clone()).or_default().push(commune);
        }
        for commune in new.values_mut().flatten() {
            commune.before = before.remove(&commune.code).unwrap_or_default();
        }
        Gazetteer { old, new, successors, labels, codes }
    }

    /// Codes of the provinces of today.
    pub fn provinces(&self) -> &[String] {
        &self.codes
    }

    /// Name of a province of today.
    pub fn label(&self, province: &str) -> &str {
        self.labels.get(province).map_or("", String::as_str)
    }

    /// The province of today that an old one went into.
    pub fn successor(&self, old_province: &str) -> &str {
        self.successors.get(old_province).map_or("", String::as_str)
    }

    /// Old provinces that went into a province of today.
    pub fn merged_into(&self, province: &str) -> Vec<&str> {
        self.old.keys().filter(|old| self.successor(old) == province).map(String::as_str).collect()
    }

    /// Communes of a province of today.
    pub fn communes(&self, province: &str) -> &[Commune] {
        self.new.get(province).map_or(&[], Vec::as_slice)
    }

    /// The commune of today with this code.
    pub fn commune(&self, province: &str, code: &str) -> Option<&Commune> {
        self.communes(province).iter().find(|commune| commune.code == code)
    }

    /// Any old province.
    pub fn any_old_province(&self, dice: &mut Dice) -> &str {
        let count = u64::try_from(self.old.len()).unwrap_or(1);
        let place = usize::try_from(dice.below(count)).unwrap_or_default();
        self.old.keys().nth(place).map_or("01", String::as_str)
    }

    /// Any commune of an old province.
    pub fn any_old(&self, old_province: &str, dice: &mut Dice) -> Option<&OldCommune> {
        draw(self.old.get(old_province)?, dice)
    }

    /// Any commune of a province of today.
    pub fn any_new(&self, province: &str, dice: &mut Dice) -> Option<&Commune> {
        draw(self.new.get(province)?, dice)
    }
}

fn draw<'a, T>(among: &'a [T], dice: &mut Dice) -> Option<&'a T> {
    let count = u64::try_from(among.len()).unwrap_or(1);
    among.get(usize::try_from(dice.below(count)).unwrap_or_default())
}

/// `Xã` as it stands inside a sentence; names keep their capitals.
fn lower(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
