//! Dossiers that were just opened: the terms for entering and declaring them run until nothing is missing.

use super::{mismatches, queries};
use crate::{
    App,
    access::EditRecord,
    error::{Error, Result},
    obligations::{self, Opening},
};
use jiff::civil::Date;
use std::time::Duration;
use vault::{Change, Grant, Read};

/// Terms that run from the opening of a dossier: of whoever enters it, of the person, of whoever takes in somebody from outside.
const ENTER: &str = "new_record";
const DECLARE: &str = "declare_new";
const ARRIVE: &str = "incoming_external";
/// How often dossiers completed by other doors are looked for, and how many are ended at once.
const LOOK: Duration = Duration::from_secs(300);
const AT_ONCE: i64 = 500;
/// Among servers that share a database the first does it.
const FIRST_NODE: u8 = 1;
const COMPLETE: &str = "
    SELECT o.about_id FROM {obligations} o JOIN {roster} r ON r.dossier_id = o.about_id
    WHERE o.about_table = 'dossiers' AND o.state = 'open' AND o.event IN ('new_record', 'declare_new', 'incoming_external')
        AND r.completeness = 100";
const RUNNING: &str = "
    SELECT o.id FROM {obligations} o WHERE o.about_table = 'dossiers' AND o.about_id = $1 AND o.event IN ('new_record', 'incoming_external')
        AND o.state = 'open'";

/// Why a dossier is opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Why {
    /// Somebody was recruited.
    #[default]
    Recruited,
    /// Somebody came from outside the software.
    Arrived,
    /// Somebody who worked here all along had no dossier yet: no term runs.
    Present,
}

impl Why {
    /// The word of the form.
    pub(super) fn read(word: &str) -> Why {
        match word {
            "tiep_nhan" => Why::Arrived,
            "dang_cong_tac" => Why::Present,
            _ => Why::Recruited,
        }
    }
}

/// Opens the terms of a new dossier, counted from the day that starts them.
pub(super) async fn begin(app: &App, change: &mut Change, dossier: i64, unit: (i64, &str), why: Why, day: Date) -> Result<()> {
    let events: &[&str] = match why {
        Why::Recruited => &[ENTER, DECLARE],
        Why::Arrived => &[ARRIVE],
        Why::Present => &[],
    };
    for event in events {
        let opening = Opening { event, from: unit.0, to: unit, dossier: Some(dossier), about: ("dossiers", dossier), day };
        obligations::open(app, change, &opening).await?;
    }
    Ok(())
}

/// Whether the dossier of somebody new is still being entered.
pub(super) async fn is_unfinished(from: &mut impl Read, dossier: i64) -> Result<bool> {
    Ok(!from.rows(RUNNING, &[dossier.into()]).await?.is_empty())
}

/// Ends the terms of a dossier in which nothing is missing any more; nothing happens while something is.
pub(super) async fn finish(app: &App, grant: &Grant<EditRecord>, dossier: i64) -> Result<()> {
    let rows = app.db.read(grant).rows(&format!("{COMPLETE} AND o.about_id = $1"), &[dossier.into()]).await?;
    if rows.is_empty() {
        return Ok(());
    }
    end(app, grant, &[dossier], mismatches::person(grant.viewer())).await
}

async fn end(app: &App, grant: &Grant<EditRecord>, dossiers: &[i64], by: &str) -> Result<()> {
    let mut change = app.db.change(grant, "dossier.entered").await?;
    for dossier in dossiers {
        for event in [ENTER, DECLARE, ARRIVE] {
            obligations::settle(&mut change, event, ("dossiers", *dossier), app.today(), by).await?;
        }
    }
    Ok(change.commit().await?)
}

/// Looks every few minutes for as long as the server runs.
pub fn watch(app: App) {
    if app.config.node != FIRST_NODE {
        return;
    }
    tokio::spawn(async move {
        loop {
            if let Err(error) = keep(&app).await {
                tracing::error!(?error, "terms of new dossiers could not be ended and will be tried again");
            }
            tokio::time::sleep(LOOK).await;
        }
    });
}

/// Ends the terms of dossiers that were completed by an import, a decision or a declaration; gives how many.
pub async fn keep(app: &App) -> Result<usize> {
    let Some(installation) = app.db.installation_account().await? else { return Ok(0) };
    let viewer = app.db.console_viewer(installation).await?;
    let grant = viewer.may::<EditRecord>().ok_or(Error::Forbidden)?;
    let rows = app.db.read(&grant).rows(&format!("{COMPLETE} ORDER BY o.about_id LIMIT $1"), &[AT_ONCE.into()]).await?;
    let mut found = rows.iter().map(|row| row.int("about_id")).collect::<vault::Result<Vec<i64>>>()?;
    found.dedup();
    if !found.is_empty() {
        end(app, &grant, &found, "phần mềm").await?;
    }
    Ok(found.len())
}

/// The article by which numbers and cards of somebody new wait until the dossier is entered, when the columns are among them.
pub(super) async fn waits<'a>(
    app: &'a App,
    from: &mut impl Read,
    unit_path: &str,
    dossier: i64,
    fields: impl Iterator<Item = &'a law::Field>,
) -> Result<Option<(&'a str, &'a str)>> {
    const GATE: &str = "card_before_record";
    let Some(gate) = queries::regulation(app, unit_path).await?.and_then(|regulation| regulation.gates(GATE).next()) else {
        return Ok(None);
    };
    let refused = |field: &&law::Field| field.act.as_ref().is_some_and(|act| gate.blocks.contains(act));
    let Some(field) = fields.into_iter().find(refused) else { return Ok(None) };
    Ok(is_unfinished(from, dossier).await?.then_some((field.key.as_str(), gate.article.as_str())))
}
