//! What is assigned, who is present and what is unfilled, unit by unit.

use super::{Ground, IN_QUOTA, Posts, Rules, Tallies, headcount, queries};
use crate::{
    App,
    access::{Grant, ManageQuota, ViewReports, Visitor},
    error::Result,
    page::Page,
    units::Place,
};
use axum::{
    extract::{Query, State},
    response::Response,
};
use law::QuotaKind;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Units shown at once; the rest is opened branch by branch.
const SHOWN: usize = 600;

/// One unit on the board.
#[derive(Serialize)]
pub(super) struct Line {
    id: i64,
    name: String,
    depth: usize,
    assigned: Option<i64>,
    /// The year of the number, where it is an earlier one.
    year: Option<i64>,
    present: i64,
    /// Assigned and not filled; below nothing when there are too many people.
    unfilled: Option<i64>,
    below: Option<i64>,
    /// What of the number is not passed on; below nothing when more is passed on than there is.
    left: Option<i64>,
}

#[derive(Serialize)]
pub(super) struct BoardPage {
    head: String,
    above: Vec<Place>,
    chosen: Option<Place>,
    year: i64,
    years: Vec<i64>,
    kinds: Vec<(String, String)>,
    kind: String,
    kind_label: String,
    /// What the list of people behind a figure is asked for besides the unit.
    people: String,
    lines: Vec<Line>,
    cut: bool,
    /// Units with more people than posts.
    over: usize,
    any: bool,
    may_list: bool,
    may_manage: bool,
}

impl Page for BoardPage {
    const TEMPLATE: &'static str = "quotas/board.html";

    fn samples() -> Vec<BoardPage> {
        let line = |assigned: Option<i64>, present: i64, below: Option<i64>| Line {
            id: 2,
            name: "Sở Y tế".into(),
            depth: 1,
            assigned,
            year: assigned.map(|_| 2025),
            present,
            unfilled: assigned.map(|assigned| assigned - present),
            below,
            left: assigned.zip(below).map(|(assigned, below)| assigned - below),
        };
        let page = |lines: Vec<Line>, chosen: Option<Place>, may: bool| BoardPage {
            head: "Tỉnh Mẫu".into(),
            above: chosen.iter().cloned().collect(),
            chosen,
            year: 2026,
            years: vec![2026, 2025],
            kinds: vec![("hanh_chinh".into(), "Biên chế cán bộ, công chức".into())],
            kind: String::new(),
            kind_label: "Tất cả biên chế".into(),
            people: "nhom=bien-che".into(),
            over: lines.iter().filter(|line| line.unfilled.is_some_and(|left| left < 0)).count(),
            any: !lines.is_empty(),
            lines,
            cut: may,
            may_list: may,
            may_manage: may,
        };
        vec![
            page(vec![], None, true),
            page(vec![], None, false),
            page(vec![line(Some(30), 28, Some(31)), line(Some(30), 31, Some(20)), line(None, 2, None)], Some(Place::sample()), true),
        ]
    }
}

/// What the board is asked for.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    dv: Option<i64>,
    nam: Option<i64>,
    loai: String,
}

/// The board.
pub(super) async fn show(grant: Grant<ViewReports>, State(app): State<App>, Query(asked): Query<Asked>) -> Result<Response> {
    BoardPage::new(&app, &grant, &asked).await?.show(&app, &grant.visitor)
}

impl BoardPage {
    async fn new(app: &App, grant: &Grant<ViewReports>, asked: &Asked) -> Result<BoardPage> {
        let ground = Ground::read(app, grant, asked.dv).await?;
        let this_year = i64::from(app.today().year());
        let year = asked.nam.unwrap_or(this_year);
        let kinds = app.law.quota_kinds();
        let kind = kinds.iter().find(|kind| kind.code == asked.loai);
        let mut reader = app.db.read(grant);
        let rules = Rules::read(app, &mut reader).await?;
        let (mut people, mut standing) = (Vec::new(), HashMap::new());
        for top in &ground.tops {
            people.extend(headcount::alike(&mut reader, top).await?);
            standing.extend(queries::standing(&mut reader, top, year).await?);
        }
        let posts = Posts::of(&ground.units, &standing, |code| wanted(&kinds, kind, code));
        let tallies = Tallies::of(&rules, &ground.units, &people);
        let mut filled: HashMap<i64, i64> = HashMap::new();
        if let Some(kind) = kind {
            let of_kind = people.into_iter().filter(|alike| kind.held.holds(&alike.personnel_type, &alike.contract_type));
            let tallies = Tallies::of(&rules, &ground.units, &of_kind.collect::<Vec<_>>());
            filled = ground.units.iter().map(|unit| (unit.id, tallies.below(unit.id).present())).collect();
        }
        let present =
            |unit: i64| if kind.is_some() { filled.get(&unit).copied().unwrap_or_default() } else { tallies.below(unit).in_quota };
        let shallowest = ground.units.iter().map(Place::depth).min().unwrap_or_default();
        let bodies: Vec<&Place> = ground.units.iter().filter(|unit| !unit.is_section || Some(unit.id) == asked.dv).collect();
        let cut = bodies.len() > SHOWN;
        let shown = bodies.into_iter().filter(|unit| !cut || unit.depth() <= shallowest + 1);
        let line = |unit: &Place| {
            let (assigned, below) = (posts.assigned(unit.id), posts.below(unit.id));
            Line {
                id: unit.id,
                name: unit.name.clone(),
                depth: unit.depth() - shallowest,
                assigned,
                year: posts.year(unit.id).filter(|of| *of != year),
                present: present(unit.id),
                unfilled: assigned.map(|assigned| assigned - present(unit.id)),
                below,
                left: assigned.zip(below).map(|(assigned, below)| assigned - below),
            }
        };
        let lines: Vec<Line> = shown.map(line).collect();
        let visitor = &grant.visitor;
        Ok(BoardPage {
            head: ground.head().map_or_else(|| visitor.sign.unit_name.clone(), |unit| unit.name.clone()),
            years: (this_year - 4..=this_year + 1).rev().collect(),
            year,
            kind_label: kind.map_or("Tất cả biên chế", |kind| kind.label_vi.as_str()).to_owned(),
            kind: kind.map(|kind| kind.code.clone()).unwrap_or_default(),
            people: kind.map_or_else(|| format!("nhom={IN_QUOTA}"), asked_of),
            kinds: kinds.iter().map(|kind| (kind.code.clone(), kind.label_vi.clone())).collect(),
            over: lines.iter().filter(|line| line.unfilled.is_some_and(|left| left < 0)).count(),
            any: lines.iter().any(|line| line.assigned.is_some()),
            lines,
            cut,
            may_list: may_list(visitor),
            may_manage: visitor.grant::<ManageQuota>().is_ok(),
            above: ground.above,
            chosen: ground.chosen,
        })
    }
}

/// Whether a kind of posts is looked at: the chosen one, or all that are quota.
fn wanted(kinds: &[QuotaKind], chosen: Option<&QuotaKind>, code: &str) -> bool {
    match chosen {
        Some(kind) => kind.code == code,
        None => kinds.iter().any(|kind| kind.code == code && kind.in_quota),
    }
}

/// The people who fill posts of a kind, as a list is asked for them.
pub(super) fn asked_of(kind: &QuotaKind) -> String {
    let mut pairs =
        vec![("nhom", super::COUNTED.to_owned()), ("loc", format!("personnel_type~la~{}", kind.held.personnel_types.join(",")))];
    if !kind.held.contract_types.is_empty() {
        pairs.push(("loc", format!("contract_type~la~{}", kind.held.contract_types.join(","))));
    }
    serde_urlencoded::to_string(pairs).unwrap_or_default()
}

/// Whether a figure may be opened as a list.
pub(super) fn may_list(visitor: &Visitor) -> bool {
    visitor.may("search") && visitor.may("view_record")
}
