//! Transfers as both sides see them.

use crate::{
    error::{Error, Result},
    form::show_day,
};
use jiff::civil::Date;
use serde::Serialize;
use vault::{Read, Row, Value};

const COLUMNS: &str = "
    SELECT t.id, t.version, t.dossier_id, t.from_unit_id, t.to_unit_id, t.from_unit_path, t.to_unit_path, t.state, t.effective_on, t.kind, t.full_name,
        t.birth_date, t.decision_number, t.decision_signed_on, t.sent_by, t.is_cancelled, t.ended_by, t.ended_on, t.reason, t.using_unit_id,
        f.name AS from_unit, g.name AS to_unit,
        (SELECT MIN(o.due_on) FROM {obligations} o WHERE o.about_table = 'transfers' AND o.about_id = t.id AND o.state = 'open') AS due_on,
        (SELECT MIN(o.article) FROM {obligations} o WHERE o.about_table = 'transfers' AND o.about_id = t.id AND o.state = 'open') AS article,
        (SELECT MIN(o.id) FROM {obligations} o WHERE o.about_table = 'transfers' AND o.about_id = t.id AND o.state = 'open') AS duty_id
    FROM {transfers} t JOIN units f ON f.id = t.from_unit_id JOIN units g ON g.id = t.to_unit_id";
const OPEN: &str = "SELECT t.id FROM {transfers} t WHERE t.dossier_id = $1 AND t.state = 'sent'";
const VERSION: &str = "SELECT d.id, d.version, d.unit_id, d.unit_path, d.state FROM {dossiers} d WHERE d.id = $1";
const PERSON: &str = "
    SELECT r.full_name, r.birth_date, r.dossier_status, d.version, d.state FROM {roster} r JOIN {dossiers} d ON d.id = r.dossier_id WHERE r.dossier_id = $1";

/// A transfer.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Transfer {
    pub(super) id: i64,
    pub(super) version: i64,
    pub(super) dossier: i64,
    pub(super) from_unit: String,
    pub(super) to_unit: String,
    #[serde(skip)]
    pub(super) from: (i64, String),
    #[serde(skip)]
    pub(super) to: (i64, String),
    /// `sent`, `accepted` or `sent_back`.
    pub(super) state: String,
    pub(super) is_cancelled: bool,
    pub(super) internal: bool,
    pub(super) effective: String,
    pub(super) name: String,
    pub(super) born: String,
    pub(super) decision: String,
    pub(super) sent_by: String,
    pub(super) ended: String,
    pub(super) reason: String,
    /// The unit that uses the person is known: nothing is left to forward.
    pub(super) is_forwarded: bool,
    /// When the receiver must have forwarded it, by which article, and the duty.
    pub(super) due: Option<String>,
    pub(super) is_late: bool,
    pub(super) article: String,
    pub(super) duty: Option<i64>,
}

fn read(row: &Row, today: Date) -> vault::Result<Transfer> {
    let text = |column: &str| row.get::<Option<String>>(column).map(Option::unwrap_or_default);
    let signed: Option<Date> = row.get("decision_signed_on")?;
    let ended: Option<Date> = row.get("ended_on")?;
    let due: Option<Date> = row.get("due_on")?;
    let number = text("decision_number")?;
    let by = text("ended_by")?;
    Ok(Transfer {
        id: row.int("id")?,
        version: row.int("version")?,
        dossier: row.int("dossier_id")?,
        from_unit: row.text("from_unit")?,
        to_unit: row.text("to_unit")?,
        from: (row.int("from_unit_id")?, row.text("from_unit_path")?),
        to: (row.int("to_unit_id")?, row.text("to_unit_path")?),
        state: row.text("state")?,
        is_cancelled: row.get::<Option<bool>>("is_cancelled")?.unwrap_or_default(),
        internal: text("kind")? == "internal",
        effective: show_day(row.get("effective_on")?),
        name: text("full_name")?,
        born: crate::page::show_date(&text("birth_date")?),
        decision: signed.map_or(number.clone(), |on| format!("{number} ngày {}", show_day(on))),
        sent_by: text("sent_by")?,
        ended: ended.map(|on| format!("{}, {by}", show_day(on))).unwrap_or_default(),
        reason: text("reason")?,
        is_forwarded: row.get::<Option<i64>>("using_unit_id")?.is_some(),
        due: due.map(show_day),
        is_late: due.is_some_and(|on| on < today),
        article: text("article")?,
        duty: row.get("duty_id")?,
    })
}

/// Which way, seen from the area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Towards units of the area.
    In,
    /// Away from units of the area.
    Out,
}

/// The latest transfers one way, those under way first.
pub(super) async fn list(from: &mut impl Read, way: Way, tops: &[String], after: i64, limit: i64, today: Date) -> Result<Vec<Transfer>> {
    let column = if way == Way::In { "t.to_unit_path" } else { "t.from_unit_path" };
    let mut args: Vec<Value> = vec![limit.into()];
    let mut inside = Vec::new();
    for top in tops {
        args.push(top.as_str().into());
        args.push(format!("{}0", top.trim_end_matches('/')).into());
        inside.push(format!("({column} >= ${} AND {column} < ${})", args.len() - 1, args.len()));
    }
    let more = if after > 0 {
        args.push(after.into());
        format!(" AND t.id < ${}", args.len())
    } else {
        String::new()
    };
    let sql = format!("{COLUMNS} WHERE ({}){more} ORDER BY t.id DESC LIMIT $1", inside.join(" OR "));
    Ok(from.rows(&sql, &args).await?.iter().map(|row| read(row, today)).collect::<vault::Result<_>>()?)
}

/// One transfer that either side sees.
pub(super) async fn one(from: &mut impl Read, id: i64, today: Date) -> Result<Transfer> {
    let rows = from.rows(&format!("{COLUMNS} WHERE t.id = $1"), &[id.into()]).await?;
    Ok(read(rows.first().ok_or(Error::NotFound)?, today)?)
}

/// Whether the dossier is on its way already.
pub(super) async fn under_way(from: &mut impl Read, dossier: i64) -> Result<bool> {
    Ok(!from.rows(OPEN, &[dossier.into()]).await?.is_empty())
}

/// The dossier as it stands: version, unit and path, state.
pub(super) async fn standing(from: &mut impl Read, dossier: i64) -> Result<(vault::Seen, i64, String, String)> {
    let row = from.one(VERSION, &[dossier.into()]).await?;
    Ok((row.seen()?, row.int("unit_id")?, row.text("unit_path")?, row.text("state")?))
}

/// The person of a dossier: name, birth date, status, version and state of the dossier.
pub(super) async fn person(from: &mut impl Read, dossier: i64) -> Result<(String, String, String, i64, String)> {
    let row = from.one(PERSON, &[dossier.into()]).await?;
    let text = |column: &str| row.get::<Option<String>>(column).map(Option::unwrap_or_default);
    Ok((text("full_name")?, text("birth_date")?, text("dossier_status")?, row.int("version")?, row.text("state")?))
}
