//! Decisions whose day has come: what they do is written then, by the running server.

use super::{
    effects,
    preview::facts_of,
    queries::{self, Candidate},
};
use crate::{
    App,
    access::EditRecord,
    dossiers::Typed,
    error::{Error, Result},
};
use std::time::Duration;
use vault::{Basis, Grant, Read, Seen};

/// How often the day is looked at.
const LOOK: Duration = Duration::from_secs(300);
/// Among servers that share a database the first does it.
const FIRST_NODE: u8 = 1;
const WAITING: &str = "
    SELECT p.id, p.version, p.decision_id, p.dossier_id, p.typed, d.effect FROM {decision_people} p JOIN {decisions} d ON d.id = p.decision_id
    WHERE d.effect IS NOT NULL AND d.effective_on <= $1 AND d.withdrawn_on IS NULL AND p.applied_on IS NULL ORDER BY d.effective_on, p.id LIMIT 500";

/// Looks every few minutes for as long as the server runs.
pub fn watch(app: App) {
    if app.config.node != FIRST_NODE {
        return;
    }
    tokio::spawn(async move {
        loop {
            if let Err(error) = apply(&app).await {
                tracing::error!(?error, "decisions whose day has come could not be applied and will be tried again");
            }
            tokio::time::sleep(LOOK).await;
        }
    });
}

/// Writes what decisions do whose day has come, each person in a change of its own; gives how many, and how many cannot be written as
/// the dossier stands now.
pub async fn apply(app: &App) -> Result<(usize, usize)> {
    let Some(installation) = app.db.installation_account().await? else { return Ok((0, 0)) };
    let viewer = app.db.console_viewer(installation).await?;
    let grant = viewer.may::<EditRecord>().ok_or(Error::Forbidden)?;
    let rows = app.db.read(&grant).rows(WAITING, &[app.today().into()]).await?;
    let (mut done, mut stuck) = (0, 0);
    for row in &rows {
        let waiting = Waiting {
            seen: row.seen()?,
            decision: row.int("decision_id")?,
            dossier: row.int("dossier_id")?,
            effect: row.text("effect")?,
            typed: row.get::<Option<serde_json::Value>>("typed")?.and_then(|typed| serde_json::from_value(typed).ok()).unwrap_or_default(),
        };
        match one(app, &grant, &waiting).await? {
            true => done += 1,
            false => stuck += 1,
        }
    }
    Ok((done, stuck))
}

struct Waiting {
    seen: Seen,
    decision: i64,
    dossier: i64,
    effect: String,
    typed: Typed,
}

async fn one(app: &App, grant: &Grant<EditRecord>, waiting: &Waiting) -> Result<bool> {
    let Some(effect) = app.law.effect(&waiting.effect) else { return Ok(false) };
    let mut reader = app.db.read(grant);
    let decision = queries::one(&mut reader, waiting.decision).await?;
    let facts = facts_of(&mut reader, &decision).await?;
    let Some(person) = queries::by_id(&mut reader, waiting.dossier).await? else { return Ok(false) };
    let mut change = app.db.change(grant, "decision.apply").await?;
    let plan = effects::plan(app, &mut change, effect, &facts, &waiting.typed, &person as &Candidate).await?;
    if plan.problems.iter().any(|(field, _)| field != effects::GOING) {
        return Ok(false);
    }
    change.rests_on(Basis::Correction(format!("quyết định số {}", facts.text("number"))));
    change.update("decision_people", waiting.seen, &[("applied_on", app.today().into())]).await?;
    change.rests_on(Basis::Decision(waiting.decision));
    effects::write(&mut change, waiting.dossier, &plan).await?;
    change.commit().await?;
    Ok(true)
}
