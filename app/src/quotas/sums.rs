//! Posts and reports along the tree.

use super::{Quota, Reported, Tallies, headcount::ancestors};
use crate::units::Place;
use std::collections::HashMap;

/// Posts assigned to units, and to the bodies directly below them.
#[derive(Default)]
pub struct Posts {
    assigned: HashMap<i64, i64>,
    below: HashMap<i64, i64>,
    years: HashMap<i64, i64>,
}

impl Posts {
    /// Adds up what stands assigned, for the kinds of posts that are wanted.
    pub fn of(units: &[Place], standing: &HashMap<(i64, String), Quota>, wanted: impl Fn(&str) -> bool) -> Posts {
        let mut posts = Posts::default();
        for quota in standing.values().filter(|quota| wanted(&quota.kind)) {
            *posts.assigned.entry(quota.unit_id).or_default() += quota.assigned;
            let year = posts.years.entry(quota.unit_id).or_insert(quota.year);
            *year = quota.year.min(*year);
        }
        for unit in units {
            if let (Some(above), Some(assigned)) = (unit.parent_id, posts.assigned.get(&unit.id)) {
                *posts.below.entry(above).or_default() += assigned;
            }
        }
        posts
    }

    /// Posts of a unit, everything below it included; nothing when no decision names it.
    pub fn assigned(&self, unit: i64) -> Option<i64> {
        self.assigned.get(&unit).copied()
    }

    /// What the bodies directly below have together; nothing when no decision names one of them.
    pub fn below(&self, unit: i64) -> Option<i64> {
        self.below.get(&unit).copied()
    }

    /// The earliest year whose numbers still stand at a unit.
    pub fn year(&self, unit: i64) -> Option<i64> {
        self.years.get(&unit).copied()
    }
}

/// What bodies said about their people, against their dossiers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// People present, as the bodies that reported say.
    pub present: i64,
    /// Dossiers that are missing for it.
    pub missing: i64,
    /// Dossiers beyond it.
    pub beyond: i64,
    /// Bodies that reported.
    pub bodies: i64,
    /// Bodies that did not.
    pub silent: i64,
}

impl Said {
    /// Both together.
    pub fn and(self, more: &Said) -> Said {
        Said {
            present: self.present + more.present,
            missing: self.missing + more.missing,
            beyond: self.beyond + more.beyond,
            bodies: self.bodies + more.bodies,
            silent: self.silent + more.silent,
        }
    }
}

/// What was said at each unit and below it.
pub fn said(units: &[Place], tallies: &Tallies, reports: &HashMap<i64, Reported>) -> HashMap<i64, Said> {
    let by_path: HashMap<&str, i64> = units.iter().map(|unit| (unit.path.as_str(), unit.id)).collect();
    let mut sums: HashMap<i64, Said> = HashMap::new();
    for unit in units.iter().filter(|unit| !unit.is_section) {
        let dossiers = tallies.own(unit.id).present();
        let one = match reports.get(&unit.id) {
            Some(report) => Said {
                present: report.present,
                missing: (report.present - dossiers).max(0),
                beyond: (dossiers - report.present).max(0),
                bodies: 1,
                silent: 0,
            },
            // A body without people of its own has nothing to say.
            None => Said { silent: i64::from(dossiers > 0), ..Said::default() },
        };
        for above in ancestors(&unit.path).filter_map(|path| by_path.get(path)) {
            let sum = sums.entry(*above).or_default();
            *sum = sum.and(&one);
        }
    }
    sums
}
