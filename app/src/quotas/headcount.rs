//! Who is present, counted once for the whole page and added up along the tree.

use super::Rules;
use crate::{error::Result, units::Place};
use std::collections::{BTreeMap, HashMap};
use vault::{Read, Row};

const ALIKE: &str = "
    SELECT r.unit_path, r.personnel_type, r.contract_type, r.dossier_status, COUNT(*) AS people,
        CAST(SUM(r.completeness) AS BIGINT) AS percent, COUNT(CASE WHEN r.completeness >= 100 THEN 1 END) AS whole
    FROM {roster} r WHERE r.state = 'active' AND r.unit_path >= $1 AND r.unit_path < $2
    GROUP BY r.unit_path, r.personnel_type, r.contract_type, r.dossier_status";

/// People of one unit who are alike in all that counting asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// Their unit.
    pub unit_path: String,
    /// Their kind.
    pub personnel_type: String,
    /// The basis of their latest contract.
    pub contract_type: String,
    /// The status of their dossiers.
    pub status: String,
    /// How many they are.
    pub people: i64,
    /// How full their dossiers are, in percent, added up.
    pub percent: i64,
    /// How many dossiers are complete.
    pub whole: i64,
}

/// Everybody present from a unit down, in one question.
pub async fn alike(from: &mut impl Read, top: &str) -> Result<Vec<Alike>> {
    let until = format!("{}0", top.trim_end_matches('/'));
    let text = |row: &Row, column: &str| -> Result<String> { Ok(row.get::<Option<String>>(column)?.unwrap_or_default()) };
    let rows = from.rows(ALIKE, &[top.into(), until.into()]).await?;
    let read = |row: &Row| {
        Ok(Alike {
            unit_path: row.text("unit_path")?,
            personnel_type: text(row, "personnel_type")?,
            contract_type: text(row, "contract_type")?,
            status: text(row, "dossier_status")?,
            people: row.int("people")?,
            percent: row.get::<Option<i64>>("percent")?.unwrap_or_default(),
            whole: row.int("whole")?,
        })
    };
    rows.iter().map(read).collect()
}

/// How many there are of each group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Within the quota.
    pub in_quota: i64,
    /// Beside it, by code of the kind.
    pub beside: BTreeMap<String, i64>,
    /// Of no kind that the regulation names.
    pub other: i64,
    /// Not counted here.
    pub uncounted: i64,
    /// Complete dossiers of those counted.
    pub whole: i64,
    percent: i64,
}

impl Tally {
    /// All who are counted.
    pub fn present(&self) -> i64 {
        self.in_quota + self.contracts() + self.other
    }

    /// All of a kind beside the quota.
    pub fn contracts(&self) -> i64 {
        self.beside.values().sum()
    }

    /// How full the dossiers are on average, in percent; nothing without people.
    pub fn percent(&self) -> Option<i64> {
        self.percent.checked_div(self.present())
    }

    /// How many there are of a group of [`Rules`].
    pub fn of(&self, group: &str) -> i64 {
        match group {
            super::IN_QUOTA => self.in_quota,
            super::BESIDE => self.contracts() + self.other,
            super::OTHER => self.other,
            super::COUNTED => self.present(),
            super::UNCOUNTED => self.uncounted,
            code => self.beside.get(code).copied().unwrap_or_default(),
        }
    }

    /// Both together.
    pub fn and(mut self, more: &Tally) -> Tally {
        self.in_quota += more.in_quota;
        self.other += more.other;
        self.uncounted += more.uncounted;
        self.whole += more.whole;
        self.percent += more.percent;
        for (code, people) in &more.beside {
            *self.beside.entry(code.clone()).or_default() += people;
        }
        self
    }

    fn add(&mut self, rules: &Rules, alike: &Alike) {
        if !rules.is_counted(&alike.status) {
            self.uncounted += alike.people;
            return;
        }
        self.percent += alike.percent;
        self.whole += alike.whole;
        let mut staff = rules.staff_at(&alike.unit_path).iter();
        match staff.find(|staff| staff.held.holds(&alike.personnel_type, &alike.contract_type)) {
            Some(staff) if staff.in_quota => self.in_quota += alike.people,
            Some(staff) => *self.beside.entry(staff.code.clone()).or_default() += alike.people,
            None => self.other += alike.people,
        }
    }
}

/// The tally of each unit, with everything below it and alone.
#[derive(Default)]
pub struct Tallies {
    below: HashMap<i64, Tally>,
    own: HashMap<i64, Tally>,
}

impl Tallies {
    /// Adds up people along the tree; an inner section belongs to its unit.
    pub fn of(rules: &Rules, units: &[Place], people: &[Alike]) -> Tallies {
        let by_path: HashMap<&str, &Place> = units.iter().map(|unit| (unit.path.as_str(), unit)).collect();
        let mut tallies = Tallies::default();
        for alike in people {
            let above: Vec<&Place> = ancestors(&alike.unit_path).filter_map(|path| by_path.get(path).copied()).collect();
            for unit in &above {
                tallies.below.entry(unit.id).or_default().add(rules, alike);
            }
            if let Some(unit) = above.iter().rev().find(|unit| !unit.is_section) {
                tallies.own.entry(unit.id).or_default().add(rules, alike);
            }
        }
        tallies
    }

    /// A unit with everything below it.
    pub fn below(&self, unit: i64) -> Tally {
        self.below.get(&unit).cloned().unwrap_or_default()
    }

    /// A unit with its inner sections, without the units below it.
    pub fn own(&self, unit: i64) -> Tally {
        self.own.get(&unit).cloned().unwrap_or_default()
    }
}

/// `/1/`, `/1/2/`, `/1/2/3/` for `/1/2/3/`.
pub(super) fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').skip(1).filter_map(|(end, _)| path.get(..=end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_above_is_named_once() {
        assert_eq!(ancestors("/1/20/3/").collect::<Vec<_>>(), ["/1/", "/1/20/", "/1/20/3/"]);
    }
}
