//! How the units below stand: open, overdue, today, this week; each figure leads to the queue of that unit.

use super::pages::days;
use crate::{
    App,
    access::{Grant, ListRecords},
    error::Result,
    obligations::{self, Counts},
    page::Page,
    units::{self, Place},
};
use axum::{
    extract::{Query, State},
    response::Response,
};
use serde::{Deserialize, Serialize};

/// Units on the page; a larger tree is entered branch by branch.
const LINES: usize = 400;

/// A unit with everything below it.
#[derive(Clone, Serialize)]
struct UnitLine {
    id: i64,
    name: String,
    depth: usize,
    counts: Counts,
    later: i64,
}

#[derive(Serialize)]
pub(super) struct UnitsPage {
    place: Option<Place>,
    units: Vec<UnitLine>,
    cut: bool,
}

impl Page for UnitsPage {
    const TEMPLATE: &'static str = "reminders/units.html";

    fn samples() -> Vec<UnitsPage> {
        let counts = Counts { total: 9, overdue: 2, today: 1, soon: 3 };
        let line = UnitLine { id: 1, name: "Sở Y tế".into(), depth: 0, counts, later: 3 };
        vec![
            UnitsPage { place: Some(Place::sample()), units: vec![line], cut: true },
            UnitsPage { place: None, units: Vec::new(), cut: false },
        ]
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    dv: Option<i64>,
}

/// Units of the area, or of a branch.
pub(super) async fn show(grant: Grant<ListRecords>, State(app): State<App>, Query(asked): Query<Asked>) -> Result<Response> {
    let mut reader = app.db.read(&*grant);
    let place = match asked.dv {
        Some(id) => Some(units::place(&mut reader, id).await?),
        None => None,
    };
    let top = place.as_ref().map_or("/", |place| place.path.as_str());
    let (account, question) = (grant.viewer().account_id(), format!("units {top} {}", app.today()));
    let many = |counted: &Vec<(String, Counts)>| counted.iter().map(|(_, counts)| counts.total).sum::<i64>() > obligations::LONG;
    let counting = async { obligations::by_unit(&mut app.db.read(&*grant), top, days(&app)).await };
    let counted = obligations::remembered(&app, account, question, many, counting).await?;
    let places = units::places(&mut reader, top).await?;
    let inside: Vec<&Place> = places.iter().filter(|place| grant.reaches_unit(&place.path)).collect();
    let shallowest = inside.iter().map(|place| place.depth()).min().unwrap_or_default();
    let cut = inside.len() > LINES;
    let shown = inside.into_iter().filter(|place| !cut || place.depth() <= shallowest + 1);
    let line = |place: &Place| {
        let below = counted.iter().filter(|(path, _)| path.starts_with(&place.path)).map(|(_, counts)| counts);
        let counts = below.fold(Counts::default(), |sum, one| Counts {
            total: sum.total + one.total,
            overdue: sum.overdue + one.overdue,
            today: sum.today + one.today,
            soon: sum.soon + one.soon,
        });
        UnitLine { id: place.id, name: place.name.clone(), depth: place.depth() - shallowest, later: counts.later(), counts }
    };
    let units = shown.map(line).filter(|line| line.counts.total > 0 || line.depth == 0).collect();
    UnitsPage { units, cut, place }.show(&app, &grant.visitor)
}
