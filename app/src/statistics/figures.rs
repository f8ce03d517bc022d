//! The figures of the overview: one line for each unit, one for each kind of staff.

use crate::{
    App,
    dossiers::mismatches,
    error::Result,
    quotas::{self, Alike, COUNTED, Ground, IN_QUOTA, OTHER, Posts, Rules, Said, Tallies, Tally, UNCOUNTED},
    units::Place,
};
use std::collections::{BTreeMap, HashMap};
use vault::{Grant, Permission};

/// A column of people: which group, its heading, and where that is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) code: String,
    pub(super) label: String,
    pub(super) article: String,
}

/// One unit with everything below it.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) depth: usize,
    pub(super) tally: Tally,
    pub(super) assigned: Option<i64>,
    pub(super) said: Said,
    /// Dossiers that differ from the paper and are not corrected yet.
    pub(super) flagged: i64,
}

/// People of one kind on one basis of contract, within the whole page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    pub(super) personnel_type: String,
    pub(super) contract_type: Option<String>,
    pub(super) in_quota: bool,
    pub(super) people: i64,
}

/// Everything the page shows.
pub(super) struct Figures {
    pub(super) groups: Vec<Group>,
    pub(super) total: Tally,
    pub(super) lines: Vec<Line>,
    pub(super) kinds: Vec<Kind>,
    pub(super) said: Said,
    /// There are more units than are shown at once.
    pub(super) cut: bool,
}

impl Line {
    /// Posts that are not filled; below nothing when there are too many people.
    pub(super) fn unfilled(&self) -> Option<i64> {
        self.assigned.map(|assigned| assigned - self.tally.in_quota)
    }

    /// Dossiers without an open difference from the paper, in percent; nothing without people.
    pub(super) fn accuracy(&self) -> Option<i64> {
        ((self.tally.present() - self.flagged) * 100).checked_div(self.tally.present())
    }

    /// Dossiers that are not complete.
    pub(super) fn incomplete(&self) -> i64 {
        self.tally.present() - self.tally.whole
    }
}

impl Figures {
    /// Reads and adds up; at most `shown` units have a line of their own.
    pub(super) async fn read<P: Permission>(app: &App, grant: &Grant<P>, ground: &Ground, shown: usize) -> Result<Figures> {
        let mut reader = app.db.read(grant);
        let rules = Rules::read(app, &mut reader).await?;
        let (mut people, mut standing, mut reports, mut flags) = (Vec::new(), HashMap::new(), HashMap::new(), Vec::new());
        for top in &ground.tops {
            people.extend(quotas::alike(&mut reader, top).await?);
            standing.extend(quotas::standing(&mut reader, top, i64::from(app.today().year())).await?);
            flags.extend(mismatches::open_by_unit(&mut reader, top).await?);
            reports.extend(quotas::reports(&mut reader, top).await?);
        }
        flags.retain(|(_, status, _)| rules.is_counted(status));
        let flagged = |path: &str| flags.iter().filter(|(unit, ..)| unit.starts_with(path)).map(|(.., dossiers)| dossiers).sum();
        let quota_kinds = app.law.quota_kinds();
        let posts = Posts::of(&ground.units, &standing, |code| quota_kinds.iter().any(|kind| kind.code == code && kind.in_quota));
        let tallies = Tallies::of(&rules, &ground.units, &people);
        let said = quotas::said(&ground.units, &tallies, &reports);
        let lines: Vec<&Place> = ground.lines().collect();
        let cut = lines.len() > shown;
        let shallowest = lines.iter().map(|unit| unit.depth()).min().unwrap_or_default();
        let line = |unit: &Place| Line {
            id: unit.id,
            name: unit.name.clone(),
            depth: unit.depth() - shallowest,
            tally: tallies.below(unit.id),
            assigned: posts.assigned(unit.id),
            said: said.get(&unit.id).copied().unwrap_or_default(),
            flagged: flagged(&unit.path),
        };
        let total = ground.roots().fold(Tally::default(), |sum, unit| sum.and(&tallies.below(unit.id)));
        Ok(Figures {
            groups: groups(&rules, ground, &total),
            lines: lines.into_iter().filter(|unit| !cut || unit.depth() <= shallowest + 1).map(line).collect(),
            kinds: kinds(&rules, &people),
            said: ground.roots().filter_map(|unit| said.get(&unit.id)).fold(Said::default(), |sum, one| sum.and(one)),
            total,
            cut,
        })
    }
}

/// Quota first, then the kinds beside it that are covered or met, then who remains.
fn groups(rules: &Rules, ground: &Ground, total: &Tally) -> Vec<Group> {
    let plain = |code: &str| Group { code: code.into(), label: rules.label(code).unwrap_or(code).to_owned(), article: String::new() };
    let mut groups = vec![plain(IN_QUOTA)];
    for staff in rules.beside(ground.units.iter().map(|unit| unit.path.as_str())) {
        if staff.included || total.of(&staff.code) > 0 {
            groups.push(Group { code: staff.code.clone(), label: staff.label_vi.clone(), article: staff.article.clone() });
        }
    }
    if total.other > 0 {
        groups.push(plain(OTHER));
    }
    groups.push(Group { code: COUNTED.into(), label: "Có mặt".into(), article: String::new() });
    if total.uncounted > 0 {
        groups.push(plain(UNCOUNTED));
    }
    groups
}

/// Kinds of staff, those on contracts apart by basis.
fn kinds(rules: &Rules, people: &[Alike]) -> Vec<Kind> {
    let mut found: BTreeMap<(bool, String, Option<String>), i64> = BTreeMap::new();
    for alike in people.iter().filter(|alike| rules.is_counted(&alike.status)) {
        let mut staff = rules.staff_at(&alike.unit_path).iter();
        let in_quota = staff.any(|staff| staff.in_quota && staff.held.holds(&alike.personnel_type, &alike.contract_type));
        let contract = (!in_quota).then(|| alike.contract_type.clone());
        *found.entry((!in_quota, alike.personnel_type.clone(), contract)).or_default() += alike.people;
    }
    let kind = |((beside, personnel_type, contract_type), people): ((bool, String, Option<String>), i64)| Kind {
        personnel_type,
        contract_type,
        in_quota: !beside,
        people,
    };
    found.into_iter().map(kind).collect()
}
