//! Movements as both sides see them.

use crate::{
    error::{Error, Result},
    form::show_day,
};
use jiff::civil::Date;
use serde::Serialize;
use vault::{Read, Row, Seen, Value};

const COLUMNS: &str = "
    SELECT m.id, m.version, m.dossier_id, m.from_unit_id, m.from_unit_path, m.to_unit_id, m.to_unit_path, m.kind, m.full_name, m.birth_date,
        m.decision_id, m.number, m.signed_on, m.effective_on, m.body, m.asked_by, m.asked_on, m.state, f.name AS from_unit, g.name AS to_unit,
        (SELECT MIN(o.due_on) FROM {obligations} o WHERE o.about_table = 'movements' AND o.about_id = m.id AND o.state = 'open'
            AND o.event <> 'move_in_forward') AS send_due,
        (SELECT MIN(o.due_on) FROM {obligations} o WHERE o.about_table = 'movements' AND o.about_id = m.id AND o.state = 'open'
            AND o.event = 'move_in_forward') AS receive_due,
        (SELECT MIN(o.id) FROM {obligations} o WHERE o.about_table = 'movements' AND o.about_id = m.id AND o.state = 'open'
            AND o.event <> 'move_in_forward') AS send_duty,
        (SELECT MIN(o.id) FROM {obligations} o WHERE o.about_table = 'movements' AND o.about_id = m.id AND o.state = 'open'
            AND o.event = 'move_in_forward') AS receive_duty
    FROM {movements} m JOIN units f ON f.id = m.from_unit_id JOIN units g ON g.id = m.to_unit_id";
/// Movements shown at once.
const SHOWN: i64 = 200;

/// What a decision orders about a dossier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// To another body.
    #[default]
    Between,
    /// To another unit of the same body.
    Internal,
    /// The person leaves.
    Leave,
}

impl Kind {
    /// The word that is stored.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Kind::Between => "between",
            Kind::Internal => "internal",
            Kind::Leave => "leave",
        }
    }
}

/// A dossier that has to go somewhere.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Movement {
    pub(crate) id: i64,
    #[serde(skip)]
    pub(crate) version: i64,
    pub(crate) dossier: i64,
    pub(crate) kind: Kind,
    pub(crate) name: String,
    pub(crate) born: String,
    pub(crate) from_unit: String,
    pub(crate) to_unit: String,
    #[serde(skip)]
    pub(crate) from: (i64, String),
    #[serde(skip)]
    pub(crate) to: (i64, String),
    pub(crate) decision: i64,
    pub(crate) number: String,
    pub(crate) signed: String,
    pub(crate) effective: String,
    pub(crate) body: String,
    /// Who asked for the dossier, and when.
    pub(crate) asked: Option<String>,
    /// By when it is to be sent, moved or closed, and the duty.
    pub(crate) send_due: Option<String>,
    pub(crate) send_duty: Option<i64>,
    /// By when it is to be with the unit that uses the person, and the duty.
    pub(crate) receive_due: Option<String>,
    pub(crate) receive_duty: Option<i64>,
    /// The term of sending ends after that of receiving: both cannot be kept by waiting.
    pub(crate) is_in_conflict: bool,
    /// `waiting`, `done` or `cancelled`.
    #[serde(skip)]
    pub(crate) state: String,
    /// Days of effect and signature, and when it was asked for.
    #[serde(skip)]
    pub(crate) days: Option<(Date, Date)>,
    #[serde(skip)]
    pub(crate) asked_on: Option<Date>,
}

impl Movement {
    /// The row as it was seen.
    pub(super) fn seen(&self) -> Seen {
        Seen { id: self.id, version: self.version }
    }

    fn read(row: &Row) -> vault::Result<Movement> {
        let text = |column: &str| row.get::<Option<String>>(column).map(Option::unwrap_or_default);
        let day = |column: &str| row.get::<Option<Date>>(column);
        let (send, receive) = (day("send_due")?, day("receive_due")?);
        let asked = day("asked_on")?.map(|on| -> vault::Result<String> { Ok(format!("{}, {}", show_day(on), text("asked_by")?)) });
        Ok(Movement {
            id: row.int("id")?,
            version: row.int("version")?,
            dossier: row.int("dossier_id")?,
            kind: match row.text("kind")?.as_str() {
                "internal" => Kind::Internal,
                "leave" => Kind::Leave,
                _ => Kind::Between,
            },
            name: row.text("full_name")?,
            born: crate::page::show_date(&text("birth_date")?),
            from_unit: row.text("from_unit")?,
            to_unit: row.text("to_unit")?,
            from: (row.int("from_unit_id")?, row.text("from_unit_path")?),
            to: (row.int("to_unit_id")?, row.text("to_unit_path")?),
            decision: row.int("decision_id")?,
            number: row.text("number")?,
            signed: show_day(row.get("signed_on")?),
            effective: show_day(row.get("effective_on")?),
            body: row.text("body")?,
            asked: asked.transpose()?,
            is_in_conflict: send.zip(receive).is_some_and(|(send, receive)| send > receive),
            send_due: send.map(show_day),
            send_duty: row.get("send_duty")?,
            receive_due: receive.map(show_day),
            receive_duty: row.get("receive_duty")?,
            state: row.text("state")?,
            days: Some((row.get("effective_on")?, row.get("signed_on")?)),
            asked_on: day("asked_on")?,
        })
    }
}

/// Seen from which side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Towards units of the area.
    In,
    /// Away from units of the area.
    Out,
}

/// Movements one way that wait, those of the nearest day first.
pub(crate) async fn waiting(from: &mut impl Read, way: Way, tops: &[String]) -> Result<Vec<Movement>> {
    let column = if way == Way::In { "m.to_unit_path" } else { "m.from_unit_path" };
    let mut args: Vec<Value> = vec![SHOWN.into()];
    let mut inside = Vec::new();
    for top in tops {
        args.push(top.as_str().into());
        args.push(format!("{}0", top.trim_end_matches('/')).into());
        inside.push(format!("({column} >= ${} AND {column} < ${})", args.len() - 1, args.len()));
    }
    if inside.is_empty() {
        return Ok(Vec::new());
    }
    let kinds = if way == Way::In { " AND m.kind <> 'leave'" } else { "" };
    let sql = format!("{COLUMNS} WHERE m.state = 'waiting' AND ({}){kinds} ORDER BY m.effective_on, m.id LIMIT $1", inside.join(" OR "));
    read_all(from, &sql, &args).await
}

/// What waits about one dossier, the oldest first.
pub(crate) async fn waiting_for(from: &mut impl Read, dossier: i64) -> Result<Vec<Movement>> {
    read_all(from, &format!("{COLUMNS} WHERE m.dossier_id = $1 AND m.state = 'waiting' ORDER BY m.id"), &[dossier.into()]).await
}

/// What a decision ordered, however it ended.
pub(super) async fn of_decision(from: &mut impl Read, decision: i64) -> Result<Vec<Movement>> {
    read_all(from, &format!("{COLUMNS} WHERE m.decision_id = $1 ORDER BY m.id"), &[decision.into()]).await
}

/// What a transfer carries out.
pub(super) async fn of_transfer(from: &mut impl Read, transfer: i64) -> Result<Vec<Movement>> {
    read_all(from, &format!("{COLUMNS} WHERE m.transfer_id = $1"), &[transfer.into()]).await
}

/// One of them.
pub(crate) async fn one(from: &mut impl Read, id: i64) -> Result<Movement> {
    read_all(from, &format!("{COLUMNS} WHERE m.id = $1"), &[id.into()]).await?.pop().ok_or(Error::NotFound)
}

async fn read_all(from: &mut impl Read, sql: &str, args: &[Value]) -> Result<Vec<Movement>> {
    Ok(from.rows(sql, args).await?.iter().map(Movement::read).collect::<vault::Result<_>>()?)
}
