//! A body to be set up: its tree, its seats, its accounts.

use super::{person::Workplace, words::day_of};
use jiff::civil::Date;
use law::{DataSource, Faults};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A body under one regulation; a file of `data/demo/bodies/`, or made for a whole province.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    pub key: String,
    pub regulation: String,
    regulation_from: toml::value::Datetime,
    pub old_province: String,
    pub province: String,
    pub identifier: String,
    #[serde(rename = "unit")]
    pub units: Vec<Unit>,
    #[serde(rename = "account")]
    pub accounts: Vec<Account>,
}

/// A unit with its seats: profession or `post:profession`, and how many.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    pub key: String,
    pub parent: Option<String>,
    pub name: String,
    pub short: Option<String>,
    #[serde(rename = "type")]
    pub kind: String,
    pub rank: Option<i64>,
    #[serde(default)]
    pub section: bool,
    pub founded: Option<toml::value::Datetime>,
    pub dissolved: Option<toml::value::Datetime>,
    pub before: Option<String>,
    pub commune: Option<String>,
    pub staff: Vec<(String, usize)>,
}

/// An account to be opened; `person` counts the people of the unit from 1.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    pub login: String,
    pub unit: String,
    pub role: String,
    pub person: usize,
    #[serde(default)]
    pub personal: bool,
    until: Option<toml::value::Datetime>,
    /// Opened, but no password was issued yet.
    #[serde(default)]
    pub unused: bool,
}

impl Body {
    /// The small bodies, one for each regulation.
    pub fn small(source: &DataSource) -> Result<Vec<Body>, Faults> {
        let read = |file: &String| source.parse::<Body>(file).map_err(Faults::from);
        source.list("demo/bodies").iter().map(read).collect()
    }

    /// An empty body of a province.
    pub fn of_province(key: &str, regulation: &str, from: toml::value::Datetime, old_province: &str, province: &str) -> Body {
        Body {
            key: key.to_owned(),
            regulation: regulation.to_owned(),
            regulation_from: from,
            old_province: old_province.to_owned(),
            province: province.to_owned(),
            identifier: format!("Y{province}"),
            units: Vec::new(),
            accounts: Vec::new(),
        }
    }

    /// The first day of the regulation.
    pub fn regulation_from(&self) -> Date {
        day_of(&self.regulation_from)
    }

    /// How many people it has.
    pub fn people(&self) -> usize {
        self.units.iter().flat_map(|unit| &unit.staff).map(|(_, count)| count).sum()
    }

    /// Where the people of each unit work, by the unit's key.
    pub fn workplaces(&self) -> BTreeMap<&str, Workplace> {
        let mut places: BTreeMap<&str, Workplace> = BTreeMap::new();
        for unit in &self.units {
            let above = unit.parent.as_deref().and_then(|parent| places.get(parent));
            let inside = above.filter(|_| unit.section);
            let before = match (unit.founded_on(), &unit.before) {
                (Some(founded), Some(before)) => Some((founded, before.clone())),
                // What belongs to a commune today belonged to the district until then.
                _ => above.and_then(|above| above.authority_before.clone()).map(|(until, before)| match unit.kind == "dvsn_xa" {
                    true => (until, before.split_once(", ").map_or(before.clone(), |(_, district)| format!("Ủy ban nhân dân {district}"))),
                    false => (until, before),
                }),
            };
            let place = Workplace {
                authority_before: before,
                authority: match (inside, above, unit.rank) {
                    (Some(inside), ..) => inside.authority.clone(),
                    (None, Some(above), Some(1)) if !unit.kind.starts_with("ubnd") => above.authority.clone(),
                    _ => unit.name.clone(),
                },
                unit: inside.map_or_else(|| unit.name.clone(), |inside| inside.unit.clone()),
                before: inside.map_or_else(|| unit.before.clone(), |inside| inside.before.clone()),
                department: inside.map(|_| unit.name.clone()),
                old_province: self.old_province.clone(),
                province: self.province.clone(),
                commune: unit.commune.clone().or_else(|| above.and_then(|above| above.commune.clone())),
                founded: unit.founded_on().or_else(|| inside.and_then(|inside| inside.founded)),
            };
            places.insert(&unit.key, place);
        }
        places
    }
}

impl Unit {
    /// Its first day.
    pub fn founded_on(&self) -> Option<Date> {
        self.founded.as_ref().map(day_of)
    }

    /// Its last day.
    pub fn dissolved_on(&self) -> Option<Date> {
        self.dissolved.as_ref().map(day_of)
    }
}

impl Account {
    /// An account of a unit that works.
    pub fn new(login: String, unit: &str, role: &str, person: usize) -> Account {
        Account { login, unit: unit.to_owned(), role: role.to_owned(), person, personal: false, until: None, unused: false }
    }

    /// The last day of its role.
    pub fn until(&self) -> Option<Date> {
        self.until.as_ref().map(day_of)
    }
}
