//! Opening, ending and counting anew.

use super::queries::{self, Owed};
use crate::{App, error::Result};
use jiff::civil::Date;
use law::{NoDue, Regulation};
use std::{
    borrow::Cow,
    collections::{HashMap, hash_map::Entry},
};
use vault::{Change, Grant, Permission, Read, Seen, Value};

const ABOUT: &str = "
    SELECT o.id, o.version FROM {obligations} o
    WHERE o.about_table = $1 AND o.about_id = $2 AND o.event = $3 AND o.state = 'open'";
const ALL_ABOUT: &str = "SELECT o.id, o.version FROM {obligations} o WHERE o.about_table = $1 AND o.about_id = $2 AND o.state = 'open'";

/// An event that makes something due.
#[derive(Clone, Copy, Debug)]
pub struct Opening<'a> {
    /// Id of the term, one of the twelve of every regulation: `move_in_forward`.
    pub event: &'a str,
    /// The unit at which it happened; one of the two must lie inside the area of the act.
    pub from: i64,
    /// The unit that must act: id and path.
    pub to: (i64, &'a str),
    /// The person it is about.
    pub dossier: Option<i64>,
    /// Table and row that it rests on.
    pub about: (&'a str, i64),
    /// The day from which the term is counted (`counted_from` of the term).
    pub day: Date,
}

/// The regulation in force at a unit on a day; one whose text came without a date holds from the day on which it was given to the unit.
pub async fn regulation<'a>(app: &'a App, unit_path: &str, day: Date) -> Result<Option<Cow<'a, Regulation>>> {
    let Some((code, since)) = app.db.regulation_since(unit_path, day).await? else { return Ok(None) };
    let found = app.law.regulation(&code);
    Ok(found.map(|regulation| match regulation.waits_for_activation() {
        true => Cow::Owned(regulation.activated("", since)),
        false => Cow::Borrowed(regulation),
    }))
}

/// When something is due at a unit, with the code of its regulation; nothing where the regulation has no such term or has none yet.
pub async fn due(app: &App, unit_path: &str, event: &str, day: Date) -> Result<Option<(String, law::Due)>> {
    let Some(regulation) = regulation(app, unit_path, day).await? else { return Ok(None) };
    match app.law.due_under(&regulation, event, day) {
        Ok(due) => Ok(Some((regulation.code().to_owned(), due))),
        Err(NoDue::Disabled { .. } | NoDue::NotActivated | NoDue::BeforeEffect(_)) => Ok(None),
        Err(unknown @ (NoDue::UnknownRegulation(_) | NoDue::UnknownEvent(_))) => Err(crate::error::Error::Broken(Box::new(unknown))),
    }
}

/// Opens what is due; nothing where the regulation has no such term, has none yet, or the unit has no regulation.
pub async fn open(app: &App, change: &mut Change, opening: &Opening<'_>) -> Result<Option<i64>> {
    let Some((code, due)) = due(app, opening.to.1, opening.event, opening.day).await? else { return Ok(None) };
    let set = [
        ("from_unit_id", opening.from.into()),
        ("to_unit_id", opening.to.0.into()),
        ("dossier_id", opening.dossier.into()),
        ("event", opening.event.into()),
        ("regulation", code.as_str().into()),
        ("about_table", opening.about.0.into()),
        ("about_id", opening.about.1.into()),
        ("counted_from", opening.day.into()),
        ("due_on", due.on.into()),
        ("remind_on", due.remind_on.into()),
        ("article", due.article.as_str().into()),
        ("silent", due.silent.into()),
        ("provisional", due.provisional.into()),
        ("state", "open".into()),
    ];
    Ok(Some(change.insert("obligations", &set).await?))
}

/// Whether something of this kind is open about a row.
pub async fn is_open(from: &mut impl Read, event: &str, about: (&str, i64)) -> Result<bool> {
    Ok(!from.rows(ABOUT, &[about.0.into(), about.1.into(), event.into()]).await?.is_empty())
}

/// Ends what is open about a row: the thing was done on this day, in time or late.
pub async fn settle(change: &mut Change, event: &str, about: (&str, i64), on: Date, by: &str) -> Result<()> {
    let rows = change.rows(ABOUT, &[about.0.into(), about.1.into(), event.into()]).await?;
    end(change, &rows, "done", on, by).await
}

/// Ends everything open about a row that fell away.
pub async fn cancel(change: &mut Change, about: (&str, i64), on: Date, by: &str) -> Result<()> {
    let rows = change.rows(ALL_ABOUT, &[about.0.into(), about.1.into()]).await?;
    end(change, &rows, "cancelled", on, by).await
}

async fn end(change: &mut Change, rows: &[vault::Row], state: &str, on: Date, by: &str) -> Result<()> {
    for row in rows {
        let set: [(&str, Value); 3] = [("state", state.into()), ("ended_on", on.into()), ("ended_by", by.into())];
        change.update("obligations", row.seen()?, &set).await?;
    }
    Ok(())
}

/// Counts one duty anew from another day, because the fact that started it became known or was corrected.
pub async fn restart(app: &App, change: &mut Change, owed: &Owed, day: Date) -> Result<Option<Date>> {
    let Some((_, due)) = due(app, &owed.unit_path, &owed.event, day).await? else { return Ok(None) };
    let set = [
        ("counted_from", day.into()),
        ("due_on", due.on.into()),
        ("remind_on", due.remind_on.into()),
        ("provisional", due.provisional.into()),
    ];
    change.update("obligations", Seen { id: owed.id, version: owed.version }, &set).await?;
    Ok(Some(due.on))
}

/// Ends one duty: the thing was done on this day.
pub async fn settle_one(change: &mut Change, owed: &Owed, on: Date, by: &str) -> Result<()> {
    let set: [(&str, Value); 3] = [("state", "done".into()), ("ended_on", on.into()), ("ended_by", by.into())];
    change.update("obligations", Seen { id: owed.id, version: owed.version }, &set).await?;
    Ok(())
}

/// Counts everything open inside the area anew, after a holiday was announced or a term changed. Gives how many days moved, and of
/// how many.
pub async fn recount<P: Permission>(app: &App, grant: &Grant<P>) -> Result<(usize, usize)> {
    let all = queries::all_open(&mut app.db.read(grant)).await?;
    let mut known: HashMap<(&str, &str, Date), Option<law::Due>> = HashMap::new();
    let mut moved = Vec::new();
    for owed in &all {
        let key = (owed.unit_path.as_str(), owed.event.as_str(), owed.counted_from);
        let found = match known.entry(key) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => unknown.insert(due(app, key.0, key.1, key.2).await?.map(|(_, due)| due)),
        };
        if let Some(due) = found
            && (due.on != owed.due_on || due.provisional != owed.provisional)
        {
            moved.push((owed, due.clone()));
        }
    }
    if !moved.is_empty() {
        let mut change = app.db.change(grant, "obligation.recount").await?;
        for (owed, due) in &moved {
            rewrite(&mut change, owed, due).await?;
        }
        change.commit().await?;
    }
    Ok((moved.len(), all.len()))
}

async fn rewrite(change: &mut Change, owed: &Owed, due: &law::Due) -> Result<()> {
    let set = [("due_on", due.on.into()), ("remind_on", due.remind_on.into()), ("provisional", due.provisional.into())];
    Ok(change.update("obligations", Seen { id: owed.id, version: owed.version }, &set).await?)
}
