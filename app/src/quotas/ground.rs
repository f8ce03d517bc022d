//! The units a page is about: from the chosen one down, or from where the visitor's area begins.

use super::headcount::ancestors;
use crate::{
    App,
    error::{Error, Result},
    units::{self, Place},
};
use std::collections::HashSet;
use vault::{Grant, Permission};

/// Units of a page, all of them inside the area of its grant.
pub struct Ground {
    /// The chosen unit.
    pub chosen: Option<Place>,
    /// Units above it inside the area, the topmost first.
    pub above: Vec<Place>,
    /// Paths from which the units run.
    pub tops: Vec<String>,
    /// The units that exist, in the order of the tree.
    pub units: Vec<Place>,
}

impl Ground {
    /// Not found when the chosen unit lies outside the area.
    pub async fn read<P: Permission>(app: &App, grant: &Grant<P>, chosen: Option<i64>) -> Result<Ground> {
        let mut reader = app.db.read(grant);
        let chosen = match chosen {
            Some(id) => Some(units::place(&mut reader, id).await?),
            None => None,
        };
        if chosen.as_ref().is_some_and(|unit| !grant.reaches_unit(&unit.path)) {
            return Err(Error::NotFound);
        }
        let tops = match &chosen {
            Some(unit) => vec![unit.path.clone()],
            None => tops(grant),
        };
        let mut found = Vec::new();
        for top in &tops {
            found.extend(units::places(&mut reader, top).await?.into_iter().filter(|unit| grant.reaches_unit(&unit.path)));
        }
        let mut above = Vec::new();
        for id in chosen.iter().flat_map(|unit| unit.path.split('/')).filter_map(|id| id.parse::<i64>().ok()) {
            if chosen.as_ref().is_some_and(|unit| unit.id != id) {
                above.push(units::place(&mut reader, id).await?);
            }
        }
        above.retain(|unit| grant.reaches_unit(&unit.path));
        Ok(Ground { chosen, above, tops, units: found })
    }

    /// The unit in whose name the page speaks: the chosen one, or the one at which the area begins.
    pub fn head(&self) -> Option<&Place> {
        self.chosen.as_ref().or_else(|| self.units.first().filter(|_| self.tops.len() == 1))
    }

    /// The units that lie under no other of them.
    pub fn roots(&self) -> impl Iterator<Item = &Place> {
        let known: HashSet<&str> = self.units.iter().map(|unit| unit.path.as_str()).collect();
        self.units.iter().filter(move |unit| !ancestors(&unit.path).any(|above| above != unit.path && known.contains(above)))
    }

    /// Units that have a line of their own: bodies, and the inner sections of the one in whose name the page speaks.
    pub fn lines(&self) -> impl Iterator<Item = &Place> {
        let head = self.head().map(|unit| unit.id);
        self.units.iter().filter(move |unit| !unit.is_section || (head.is_some() && (unit.parent_id == head || Some(unit.id) == head)))
    }
}

fn tops<P>(grant: &Grant<P>) -> Vec<String> {
    let mut tops: Vec<String> = grant.tops().into_iter().filter(|path| grant.reaches_unit(path)).map(str::to_owned).collect();
    if tops.is_empty() {
        tops.push("/".to_owned());
    }
    tops.sort();
    tops.dedup_by(|below, above| below.starts_with(above.as_str()));
    tops
}
