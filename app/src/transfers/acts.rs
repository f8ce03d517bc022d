//! Sending, accepting, forwarding, sending back, cancelling: one act, one change, one keeper.

use super::queries::{self, Transfer};
use crate::{
    App,
    dossiers::{Dossier, Paper, mismatches},
    error::{Error, Result},
    movements::{
        self, Chain, Kind,
        chain::{INTERNAL, RECEIVE, SEND, arrival},
    },
    obligations::{self, Opening},
};
use jiff::civil::Date;
use vault::{Basis, Grant, Permission, Seen};

/// The row on which duties of a transfer rest.
const TABLE: &str = "transfers";

/// What is sent, where to, on which paper.
pub(super) struct Sending {
    pub(super) to: (i64, String),
    pub(super) effective_on: Date,
    pub(super) number: String,
    pub(super) signed_on: Date,
    pub(super) body: String,
    /// Both units lie in one body: nobody has to accept.
    pub(super) is_internal: bool,
}

/// Why a dossier was not sent.
pub(super) enum NotSent {
    /// It is on its way.
    UnderWay,
}

/// Sends a dossier, or moves it inside its body.
pub(super) async fn send<P: Permission>(
    app: &App,
    grant: &Grant<P>,
    dossier: &Dossier,
    chain: &Chain,
    sending: &Sending,
    (paper, scan): (Option<&Paper>, Option<i64>),
) -> Result<std::result::Result<i64, NotSent>> {
    let today = app.today();
    let by = mismatches::person(grant.viewer()).to_owned();
    let mut change = app.db.change(grant, if sending.is_internal { "dossier.move" } else { "transfer.send" }).await?;
    change.take_turn(&format!("transfer {}", dossier.id)).await?;
    if queries::under_way(&mut change, dossier.id).await? {
        return Ok(Err(NotSent::UnderWay));
    }
    let (name, born, ..) = queries::person(&mut change, dossier.id).await?;
    change.rests_on(Basis::Correction(format!("quyết định số {}", sending.number)));
    let file = match paper {
        Some(paper) => Some(paper.keep(&mut change, dossier.id, grant.viewer()).await?),
        None => scan,
    };
    let (seen, ..) = queries::standing(&mut change, dossier.id).await?;
    let set = [
        ("dossier_id", dossier.id.into()),
        ("from_unit_id", dossier.unit_id.into()),
        ("to_unit_id", sending.to.0.into()),
        ("state", "sent".into()),
        ("effective_on", sending.effective_on.into()),
        ("kind", if sending.is_internal { "internal" } else { "between" }.into()),
        ("full_name", name.into()),
        ("birth_date", born.into()),
        ("decision_number", sending.number.as_str().into()),
        ("decision_signed_on", sending.signed_on.into()),
        ("decision_body", sending.body.as_str().into()),
        ("file_id", file.into()),
        ("sent_by", by.as_str().into()),
        ("sent_at", app.now().into()),
    ];
    let id = change.insert(TABLE, &set).await?;
    let about = (TABLE, id);
    let from = (dossier.unit_id, dossier.unit_path.as_str());
    let kinds: &[Kind] = if sending.is_internal { &[Kind::Internal] } else { &[Kind::Between] };
    let ordered = movements::done(&mut change, dossier.id, kinds, Some(id), today, &by).await?;
    if ordered.is_empty() {
        let (event, day) = match sending.is_internal {
            true => (INTERNAL, sending.effective_on),
            false => (SEND, chain.start(sending.effective_on, sending.signed_on, today)),
        };
        let opening = Opening { event, from: from.0, to: from, dossier: Some(dossier.id), about, day };
        obligations::open(app, &mut change, &opening).await?;
        obligations::settle(&mut change, event, about, today, &by).await?;
    }
    if sending.is_internal {
        change.rests_on(Basis::Transfer(id));
        change.update("dossiers", seen, &[("unit_id", sending.to.0.into())]).await?;
        let ended = [
            ("state", "accepted".into()),
            ("using_unit_id", sending.to.0.into()),
            ("ended_by", by.as_str().into()),
            ("ended_on", today.into()),
        ];
        change.update(TABLE, Seen { id, version: 1 }, &ended).await?;
    } else if ordered.iter().all(|movement| movement.receive_duty.is_none()) {
        let to = (sending.to.0, sending.to.1.as_str());
        let day = arrival(app, to.1, sending.effective_on, sending.signed_on).await?;
        obligations::open(app, &mut change, &Opening { event: RECEIVE, from: from.0, to, dossier: Some(dossier.id), about, day }).await?;
    }
    change.commit().await?;
    Ok(Ok(id))
}

/// Takes a dossier in; with the unit that uses the person nothing is left to forward.
pub(super) async fn accept<P: Permission>(
    app: &App,
    grant: &Grant<P>,
    transfer: &Transfer,
    version: i64,
    using: Option<i64>,
) -> Result<()> {
    let (today, by) = (app.today(), mismatches::person(grant.viewer()).to_owned());
    let mut change = app.db.change(grant, "transfer.accept").await?;
    change.cross(transfer.id).await?;
    let (seen, ..) = queries::standing(&mut change, transfer.dossier).await?;
    change.update("dossiers", seen, &[("unit_id", using.unwrap_or(transfer.to.0).into())]).await?;
    let ended =
        [("state", "accepted".into()), ("using_unit_id", using.into()), ("ended_by", by.as_str().into()), ("ended_on", today.into())];
    change.update(TABLE, Seen { id: transfer.id, version }, &ended).await?;
    if using.is_some() {
        received(&mut change, transfer.id, today, &by).await?;
    }
    Ok(change.commit().await?)
}

/// Hands a dossier that was taken in to the unit that uses the person.
pub(super) async fn forward<P: Permission>(app: &App, grant: &Grant<P>, transfer: &Transfer, version: i64, using: i64) -> Result<()> {
    let (today, by) = (app.today(), mismatches::person(grant.viewer()).to_owned());
    let mut change = app.db.change(grant, "transfer.forward").await?;
    let (seen, unit, ..) = queries::standing(&mut change, transfer.dossier).await?;
    if unit != transfer.to.0 {
        return Err(Error::Conflict("Hồ sơ đã được chuyển khỏi đơn vị tiếp nhận. Tải lại trang".into()));
    }
    change.rests_on(Basis::Transfer(transfer.id));
    change.update("dossiers", seen, &[("unit_id", using.into())]).await?;
    change.update(TABLE, Seen { id: transfer.id, version }, &[("using_unit_id", using.into())]).await?;
    received(&mut change, transfer.id, today, &by).await?;
    Ok(change.commit().await?)
}

/// The dossier is with the unit that uses the person: the term of receiving ends.
async fn received(change: &mut vault::Change, transfer: i64, today: Date, by: &str) -> Result<()> {
    obligations::settle(change, RECEIVE, (TABLE, transfer), today, by).await?;
    movements::received(change, transfer, today, by).await
}

/// Ends a transfer that nobody accepted: sent back by the receiver, or cancelled by the sender. The sender keeps the dossier.
pub(super) async fn end<P: Permission>(
    app: &App,
    grant: &Grant<P>,
    transfer: &Transfer,
    version: i64,
    reason: &str,
    is_cancelled: bool,
) -> Result<()> {
    let (today, by) = (app.today(), mismatches::person(grant.viewer()).to_owned());
    let mut change = app.db.change(grant, if is_cancelled { "transfer.cancel" } else { "transfer.send_back" }).await?;
    let set = [
        ("state", "sent_back".into()),
        ("is_cancelled", is_cancelled.into()),
        ("reason", reason.into()),
        ("ended_by", by.as_str().into()),
        ("ended_on", today.into()),
    ];
    change.update(TABLE, Seen { id: transfer.id, version }, &set).await?;
    obligations::cancel(&mut change, (TABLE, transfer.id), today, &by).await?;
    movements::again(app, &mut change, transfer.id).await?;
    Ok(change.commit().await?)
}
