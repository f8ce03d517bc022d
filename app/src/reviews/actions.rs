//! Opening the duty to review, and stating that it was done.

use super::queries::{self, Standing};
use crate::{
    App,
    access::{EditRecord, Grant},
    dossiers::mismatches,
    error::{Error, Result},
    obligations::{self, Opening},
};
use std::time::Duration;

/// The term of the review.
pub(super) const TERM: &str = "review_check";
/// How often units are looked at that owe none yet.
const LOOK: Duration = Duration::from_secs(3600);
/// Among servers that share a database the first does it.
const FIRST_NODE: u8 = 1;

/// Looks every hour for as long as the server runs.
pub fn watch(app: App) {
    if app.config.node != FIRST_NODE {
        return;
    }
    tokio::spawn(async move {
        loop {
            if let Err(error) = keep(&app).await {
                tracing::error!(?error, "duties to review could not be opened and will be tried again");
            }
            tokio::time::sleep(LOOK).await;
        }
    });
}

/// Opens the duty for every unit that keeps dossiers and owes none, counted from its last review, else from today; gives how many.
pub async fn keep(app: &App) -> Result<usize> {
    let Some(installation) = app.db.installation_account().await? else { return Ok(0) };
    let viewer = app.db.console_viewer(installation).await?;
    let grant = viewer.may::<EditRecord>().ok_or(Error::Forbidden)?;
    let owing = queries::owing(&mut app.db.read(&grant)).await?;
    if owing.is_empty() {
        return Ok(0);
    }
    let mut change = app.db.change(&grant, "review.open").await?;
    let mut opened = 0;
    for (unit, path, last_on) in &owing {
        let day = last_on.unwrap_or_else(|| app.today());
        let opening = Opening { event: TERM, from: *unit, to: (*unit, path), dossier: None, about: ("units", *unit), day };
        opened += usize::from(obligations::open(app, &mut change, &opening).await?.is_some());
    }
    change.commit().await?;
    Ok(opened)
}

/// States that the dossiers of a unit were gone through, settles the duty and opens the next.
pub(super) async fn state(app: &App, grant: &Grant<EditRecord>, unit: (i64, &str), standing: Standing, note: &str) -> Result<()> {
    let by = mismatches::person(grant.viewer()).to_owned();
    let today = app.today();
    let mut change = app.db.change(&**grant, "review.state").await?;
    let set = [
        ("unit_id", unit.0.into()),
        ("reviewed_on", today.into()),
        ("reviewed_by", by.as_str().into()),
        ("kept", standing.dossiers.into()),
        ("incomplete", standing.incomplete.into()),
        ("differing", standing.differing.into()),
        ("note", note.into()),
    ];
    change.insert("reviews", &set).await?;
    let about = ("units", unit.0);
    obligations::settle(&mut change, TERM, about, today, &by).await?;
    obligations::open(app, &mut change, &Opening { event: TERM, from: unit.0, to: unit, dossier: None, about, day: today }).await?;
    Ok(change.commit().await?)
}
