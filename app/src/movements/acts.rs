//! Ordering, asking for, ending.

use super::{
    chain::{self, Chain, INTERNAL, RECEIVE, SEND, above},
    queries::{self, Kind, Movement},
};
use crate::{
    App,
    error::Result,
    obligations::{self, Opening},
    units,
};
use jiff::civil::Date;
use vault::{Change, Read};

/// The row on which duties of a movement rest.
const TABLE: &str = "movements";
/// Terms that end when the dossier was sent, moved or closed.
const SENDING: [&str; 4] = [SEND, INTERNAL, chain::LEAVE_SERVICE, chain::LEAVE_SCOPE];
/// The units of a path.
const BY_PATH: &str = "SELECT u.id FROM units u WHERE u.path = $1";

/// Where a dossier has to go.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Goal<'a> {
    /// To the unit where the person works from then on: id and path.
    Unit(i64, &'a str),
    /// To those who left, with this status as terms of leaving name it.
    Leavers(&'a str),
}

/// What a decision orders about one dossier.
pub(crate) struct Ordered<'a> {
    /// The dossier, with the person's name and birth date as they travel along.
    pub(crate) dossier: i64,
    pub(crate) name: &'a str,
    pub(crate) born: &'a str,
    /// Who keeps it: id and path.
    pub(crate) from: (i64, &'a str),
    /// Where it has to go.
    pub(crate) goal: Goal<'a>,
    /// The decision: its row, number, issuing body, days of signature and effect.
    pub(crate) decision: i64,
    pub(crate) number: &'a str,
    pub(crate) body: &'a str,
    pub(crate) signed_on: Date,
    pub(crate) effective_on: Date,
}

/// Notes where a dossier has to go, and opens the terms that run from the decision.
pub(crate) async fn order(app: &App, change: &mut Change, ordered: &Ordered<'_>) -> Result<i64> {
    let in_force = units::regulations_in_force(change, app.today()).await?;
    let (to, kind) = match ordered.goal {
        Goal::Leavers(_) => (ordered.from.0, Kind::Leave),
        Goal::Unit(to, path) if chain::in_one_body(&in_force, ordered.from.1, path) => (to, Kind::Internal),
        Goal::Unit(to, _) => (to, Kind::Between),
    };
    let set = [
        ("dossier_id", ordered.dossier.into()),
        ("from_unit_id", ordered.from.0.into()),
        ("to_unit_id", to.into()),
        ("kind", kind.word().into()),
        ("full_name", ordered.name.into()),
        ("birth_date", ordered.born.into()),
        ("decision_id", ordered.decision.into()),
        ("number", ordered.number.into()),
        ("signed_on", ordered.signed_on.into()),
        ("effective_on", ordered.effective_on.into()),
        ("body", ordered.body.into()),
        ("state", "waiting".into()),
    ];
    let id = change.insert(TABLE, &set).await?;
    for (event, to, day) in terms(app, change, ordered, kind).await? {
        let about = (TABLE, id);
        let opening = Opening { event, from: ordered.from.0, to: (to.0, &to.1), dossier: Some(ordered.dossier), about, day };
        obligations::open(app, change, &opening).await?;
    }
    Ok(id)
}

/// The terms that run from a decision: which, at which unit, counted from which day.
async fn terms(app: &App, change: &mut Change, ordered: &Ordered<'_>, kind: Kind) -> Result<Vec<(&'static str, (i64, String), Date)>> {
    let own = (ordered.from.0, ordered.from.1.to_owned());
    let (to, path) = match (ordered.goal, kind) {
        (Goal::Leavers(status), _) => {
            let event = chain::leaving_term(app, ordered.from.1, status).await?;
            return Ok(vec![(event, own, ordered.effective_on)]);
        }
        (Goal::Unit(..), Kind::Internal) => return Ok(vec![(INTERNAL, own, ordered.effective_on)]),
        (Goal::Unit(to, path), _) => (to, path),
    };
    let mut found = Vec::new();
    let chain = Chain::at(app, ordered.from.1).await?;
    // Where the receiver has to ask, nobody's term of sending runs before.
    if chain.request_article.is_none() {
        let day = chain.start(ordered.effective_on, ordered.signed_on, app.today());
        found.push((SEND, sender(change, &chain, own).await?, day));
    }
    if chain::runs_from_decision(app, path).await? {
        let day = chain::arrival(app, path, ordered.effective_on, ordered.signed_on).await?;
        found.push((RECEIVE, (to, path.to_owned()), day));
    }
    Ok(found)
}

/// The unit that sends: the one above where the regulation says so, else the one that keeps the dossier.
async fn sender(from: &mut impl Read, chain: &Chain, own: (i64, String)) -> Result<(i64, String)> {
    if !chain.by_superior {
        return Ok(own);
    }
    let path = above(&own.1).to_owned();
    let rows = from.rows(BY_PATH, &[path.as_str().into()]).await?;
    Ok(match rows.first() {
        Some(row) => (row.int("id")?, path),
        None => own,
    })
}

/// By when a dossier must be sent, for those who see the movement and not the duty of whoever sends.
pub(crate) async fn send_by(app: &App, movement: &Movement) -> Result<Option<Date>> {
    let Some((effective_on, signed_on)) = movement.days.filter(|_| movement.kind == Kind::Between) else { return Ok(None) };
    let chain = Chain::at(app, &movement.from.1).await?;
    let day = match (&chain.request_article, movement.asked_on) {
        (Some(_), None) => return Ok(None),
        (Some(_), Some(on)) => on,
        (None, _) => chain.start(effective_on, signed_on, app.today()),
    };
    let path = if chain.by_superior { above(&movement.from.1) } else { &movement.from.1 };
    Ok(obligations::due(app, path, SEND, day).await?.map(|(_, due)| due.on))
}

/// Notes that the receiving unit asked for the dossier; the sender's term runs from today.
pub(crate) async fn ask(app: &App, change: &mut Change, movement: &Movement, by: &str) -> Result<()> {
    let today = app.today();
    change.update(TABLE, movement.seen(), &[("asked_by", by.into()), ("asked_on", today.into())]).await?;
    let chain = Chain::at(app, &movement.from.1).await?;
    let to = sender(change, &chain, movement.from.clone()).await?;
    let opening = Opening {
        event: SEND,
        from: movement.to.0,
        to: (to.0, &to.1),
        dossier: Some(movement.dossier),
        about: (TABLE, movement.id),
        day: today,
    };
    obligations::open(app, change, &opening).await?;
    Ok(())
}

/// Ends what waits about a dossier because it was sent by a transfer, moved or closed. The terms of doing so end; a term of receiving
/// that runs already goes on.
pub(crate) async fn done(
    change: &mut Change,
    dossier: i64,
    kinds: &[Kind],
    transfer: Option<i64>,
    on: Date,
    by: &str,
) -> Result<Vec<Movement>> {
    let mut waiting = queries::waiting_for(change, dossier).await?;
    waiting.retain(|movement| kinds.contains(&movement.kind));
    for movement in &waiting {
        change.update(TABLE, movement.seen(), &[("state", "done".into()), ("transfer_id", transfer.into())]).await?;
        for event in SENDING {
            obligations::settle(change, event, (TABLE, movement.id), on, by).await?;
        }
    }
    Ok(waiting)
}

/// Ends the term of receiving that ran from the decision behind a transfer.
pub(crate) async fn received(change: &mut Change, transfer: i64, on: Date, by: &str) -> Result<()> {
    for movement in queries::of_transfer(change, transfer).await? {
        obligations::settle(change, RECEIVE, (TABLE, movement.id), on, by).await?;
    }
    Ok(())
}

/// A transfer came to nothing: the dossier still has to go, and the term of sending runs on from the day it was counted from.
pub(crate) async fn again(app: &App, change: &mut Change, transfer: i64) -> Result<()> {
    for movement in queries::of_transfer(change, transfer).await? {
        let none: Option<i64> = None;
        change.update(TABLE, movement.seen(), &[("state", "waiting".into()), ("transfer_id", none.into())]).await?;
        let Some((effective_on, signed_on)) = movement.days else { continue };
        let chain = Chain::at(app, &movement.from.1).await?;
        let to = sender(change, &chain, movement.from.clone()).await?;
        let day = match (&chain.request_article, movement.asked_on) {
            (Some(_), Some(on)) => on,
            _ => chain.start(effective_on, signed_on, app.today()),
        };
        let opening = Opening {
            event: SEND,
            // Ended by either side: one of the two lies inside the area of whoever did.
            from: movement.to.0,
            to: (to.0, &to.1),
            dossier: Some(movement.dossier),
            about: (TABLE, movement.id),
            day,
        };
        obligations::open(app, change, &opening).await?;
    }
    Ok(())
}

/// Ends what a decision ordered because it was withdrawn. What was carried out already is given back and stays.
pub(crate) async fn cancel(change: &mut Change, decision: i64, on: Date, by: &str) -> Result<Vec<Movement>> {
    let all = queries::of_decision(change, decision).await?;
    let (waiting, done): (Vec<Movement>, Vec<Movement>) =
        all.into_iter().filter(|movement| movement.state != "cancelled").partition(|movement| movement.state == "waiting");
    if done.is_empty() {
        for movement in &waiting {
            change.update(TABLE, movement.seen(), &[("state", "cancelled".into())]).await?;
            obligations::cancel(change, (TABLE, movement.id), on, by).await?;
        }
    }
    Ok(done)
}
