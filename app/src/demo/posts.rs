//! Posts assigned to the units of a body, and what some of them say of their people.

use super::{body::Body, book::Book, load::Stored};
use crate::{
    App,
    access::{CreateRecord, ManageQuota, ViewReports},
    error::{Error, Result},
    quotas::{self, Alike, Assigning, Ground, Reporting, Rules, Tallies},
    units::Place,
};
use law::QuotaKind;
use std::collections::{BTreeMap, HashMap};
use vault::Viewer;

/// Enters one decision for each kind of posts, and a report for each unit that has an operator.
pub async fn enter(
    app: &App,
    viewer: &Viewer,
    book: &Book,
    body: &Body,
    units: &HashMap<String, i64>,
    people: &BTreeMap<String, Vec<Stored>>,
) -> Result<()> {
    let view = viewer.may::<ViewReports>().ok_or(Error::Forbidden)?;
    let root = body.units.first().and_then(|unit| units.get(&unit.key)).copied().ok_or(Error::NotFound)?;
    let ground = Ground::read(app, &view, Some(root)).await?;
    let mut reader = app.db.read(&view);
    let rules = Rules::read(app, &mut reader).await?;
    let mut present = Vec::new();
    for top in &ground.tops {
        present.extend(quotas::alike(&mut reader, top).await?);
    }
    let manage = viewer.may::<ManageQuota>().ok_or(Error::Forbidden)?;
    let settings = &book.words.settings;
    for (place, kind) in app.law.quota_kinds().into_iter().enumerate() {
        let posts = posts(&rules, &ground.units, &present, &kind, &settings.spare_posts);
        if posts.iter().any(|(_, number)| *number > 0) {
            let given = Assigning {
                kind: kind.code,
                year: settings.as_of().year().into(),
                number: format!("{}/QĐ-UBND", 21 + place),
                signed_on: settings.posts_signed_on(),
                issuer: settings.posts_issuer.clone(),
                posts,
            };
            quotas::assign(app, &manage, &given).await?;
        }
    }
    report(app, viewer, book, body, units, people, &Tallies::of(&rules, &ground.units, &present)).await
}

/// What each body is assigned: its own people, a few more or one less, and what the bodies below it have.
fn posts(rules: &Rules, units: &[Place], people: &[Alike], kind: &QuotaKind, spare: &[i64]) -> Vec<(i64, i64)> {
    let of_kind: Vec<Alike> = people.iter().filter(|alike| kind.held.holds(&alike.personnel_type, &alike.contract_type)).cloned().collect();
    let tallies = Tallies::of(rules, units, &of_kind);
    let mut below: HashMap<i64, i64> = HashMap::new();
    let mut posts = Vec::new();
    for (place, unit) in units.iter().enumerate().rev().filter(|(_, unit)| !unit.is_section) {
        let own = tallies.own(unit.id).present();
        let more = spare.get(place % spare.len().max(1)).copied().unwrap_or_default();
        let more = if kind.in_quota && own > 0 { more } else { 0 };
        let number = own + more + below.get(&unit.id).copied().unwrap_or_default();
        if let Some(above) = unit.parent_id {
            *below.entry(above).or_default() += number;
        }
        posts.push((unit.id, number));
    }
    posts.retain(|(_, number)| *number > 0);
    posts
}

/// Units with an operator say how many people they have; every third of them knows of one without a dossier.
async fn report(
    app: &App,
    viewer: &Viewer,
    book: &Book,
    body: &Body,
    units: &HashMap<String, i64>,
    people: &BTreeMap<String, Vec<Stored>>,
    tallies: &Tallies,
) -> Result<()> {
    let create = viewer.may::<CreateRecord>().ok_or(Error::Forbidden)?;
    let operators = body.accounts.iter().filter(|account| !account.personal && !account.unused && account.until().is_none());
    let mut said: Vec<&str> = Vec::new();
    for (place, account) in operators.enumerate() {
        let section = body.units.iter().any(|unit| unit.key == account.unit && unit.section);
        let by = people.get(&account.unit).and_then(|seated| seated.get(account.person.checked_sub(1)?));
        let (Some(unit), Some(by), false) = (units.get(&account.unit), by, section || said.contains(&account.unit.as_str())) else {
            continue;
        };
        said.push(&account.unit);
        let missing = i64::from(place % 3 == 2);
        let present = tallies.own(*unit).present() + missing;
        let given = Reporting { unit: *unit, as_of: book.words.settings.as_of(), present, by: by.name.clone() };
        quotas::report(app, &create, &given).await?;
    }
    Ok(())
}
