//! What is owed, as lists and counts.

use crate::error::{Error, Result};
use jiff::civil::Date;
use serde::Serialize;
use vault::{Read, Reader, Row, Value};

const COLUMNS: &str = "
    SELECT o.id, o.version, o.dossier_id, o.event, o.regulation, o.about_table, o.about_id, o.counted_from, o.due_on, o.article,
        o.silent, o.provisional, o.state, o.ended_on, o.ended_by, o.to_unit_path, u.name AS unit_name,
        (SELECT r.full_name FROM {roster} r WHERE r.dossier_id = o.dossier_id) AS full_name
    FROM {obligations} o JOIN units u ON u.id = o.to_unit_id";
const ALL_OPEN: &str = "
    SELECT o.id, o.version, o.dossier_id, o.event, o.regulation, o.about_table, o.about_id, o.counted_from, o.due_on, o.article,
        o.silent, o.provisional, o.state, o.ended_on, o.ended_by, o.to_unit_path, '' AS unit_name, CAST(NULL AS TEXT) AS full_name
    FROM {obligations} o WHERE o.state = 'open'";
const COUNTS: &str = "
    SELECT COUNT(*) AS total,
        SUM(CASE WHEN o.due_on < $1 THEN 1 ELSE 0 END) AS overdue,
        SUM(CASE WHEN o.due_on = $1 THEN 1 ELSE 0 END) AS today,
        SUM(CASE WHEN o.due_on > $1 AND o.due_on <= $2 THEN 1 ELSE 0 END) AS soon
    FROM {obligations} o WHERE o.state = 'open' AND o.to_unit_path >= $3 AND o.to_unit_path < $4";
const BY_UNIT: &str = "
    SELECT o.to_unit_path, COUNT(*) AS total,
        SUM(CASE WHEN o.due_on < $1 THEN 1 ELSE 0 END) AS overdue,
        SUM(CASE WHEN o.due_on = $1 THEN 1 ELSE 0 END) AS today,
        SUM(CASE WHEN o.due_on > $1 AND o.due_on <= $2 THEN 1 ELSE 0 END) AS soon
    FROM {obligations} o WHERE o.state = 'open' AND o.to_unit_path >= $3 AND o.to_unit_path < $4
    GROUP BY o.to_unit_path";

/// Something owed.
#[derive(Clone, Debug)]
pub struct Owed {
    /// The row.
    pub id: i64,
    /// Its version.
    pub version: i64,
    /// Path of the unit that must act.
    pub unit_path: String,
    /// Its name.
    pub unit_name: String,
    /// The person it is about.
    pub dossier: Option<i64>,
    /// The person's name, where the dossier lies inside the area.
    pub name: Option<String>,
    /// Id of the term.
    pub event: String,
    /// Code of the regulation.
    pub regulation: String,
    /// Table and row that it rests on.
    pub about: (String, i64),
    /// The day from which it is counted.
    pub counted_from: Date,
    /// The last day on which it is in time.
    pub due_on: Date,
    /// Clause id, or `silent`.
    pub article: String,
    /// The text says nothing; the term is a default.
    pub silent: bool,
    /// The calendar of some year is not final.
    pub provisional: bool,
    /// `open`, `done` or `cancelled`.
    pub state: String,
    /// When it ended, and who ended it.
    pub ended: Option<(Date, String)>,
}

impl Owed {
    fn read(row: &Row) -> vault::Result<Owed> {
        let ended_on: Option<Date> = row.get("ended_on")?;
        let ended_by: Option<String> = row.get("ended_by")?;
        Ok(Owed {
            id: row.int("id")?,
            version: row.int("version")?,
            unit_path: row.text("to_unit_path")?,
            unit_name: row.text("unit_name")?,
            dossier: row.get("dossier_id")?,
            name: row.get("full_name")?,
            event: row.text("event")?,
            regulation: row.text("regulation")?,
            about: (row.text("about_table")?, row.int("about_id")?),
            counted_from: row.get("counted_from")?,
            due_on: row.get("due_on")?,
            article: row.text("article")?,
            silent: row.get("silent")?,
            provisional: row.get("provisional")?,
            state: row.text("state")?,
            ended: ended_on.map(|on| (on, ended_by.unwrap_or_default())),
        })
    }

    /// Days late on a day or, once ended, on the day it was done; nothing when in time.
    pub fn days_late(&self, today: Date) -> Option<i32> {
        let on = self.ended.as_ref().map_or(today, |(on, _)| *on);
        let days = on.since(self.due_on).map(|span| span.get_days()).unwrap_or_default();
        (days > 0).then_some(days)
    }
}

/// Part of the queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// Whatever is open.
    #[default]
    All,
    /// Past its day.
    Overdue,
    /// Due today.
    Today,
    /// Due after today and by the day given.
    Soon,
    /// Due later.
    Later,
}

/// What of the queue is wanted.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// Units from this path down.
    pub top: &'a str,
    /// Which part.
    pub part: Part,
    /// Id of a term; empty for all.
    pub event: &'a str,
    /// Today, and the last day of what is due soon.
    pub days: (Date, Date),
    /// Day and id of the last one before.
    pub after: Option<(Date, i64)>,
    /// How many.
    pub limit: i64,
    /// Many come into question: they are walked in the order of their days, not gathered and sorted.
    pub is_long: bool,
}

/// Open ones, the earliest due first.
pub async fn page(from: &mut Reader<'_>, wanted: &Wanted<'_>) -> Result<Vec<Owed>> {
    if wanted.is_long {
        from.in_order();
    }
    let path = from.column("o.to_unit_path");
    let (today, soon) = wanted.days;
    let mut args: Vec<Value> = vec![wanted.top.into(), below(wanted.top).into(), wanted.limit.into()];
    let mut more = String::new();
    let mut bind = |value: Value| {
        args.push(value);
        format!("${}", args.len())
    };
    match wanted.part {
        Part::All => {}
        Part::Overdue => more.push_str(&format!(" AND o.due_on < {}", bind(today.into()))),
        Part::Today => more.push_str(&format!(" AND o.due_on = {}", bind(today.into()))),
        Part::Soon => more.push_str(&format!(" AND o.due_on > {} AND o.due_on <= {}", bind(today.into()), bind(soon.into()))),
        Part::Later => more.push_str(&format!(" AND o.due_on > {}", bind(soon.into()))),
    }
    if !wanted.event.is_empty() {
        more.push_str(&format!(" AND o.event = {}", bind(wanted.event.into())));
    }
    if let Some((day, id)) = wanted.after {
        let (day, id) = (bind(day.into()), bind(id.into()));
        more.push_str(&format!(" AND (o.due_on > {day} OR (o.due_on = {day} AND o.id > {id}))"));
    }
    let sql = format!("{COLUMNS} WHERE o.state = 'open' AND {path} >= $1 AND {path} < $2{more} ORDER BY o.due_on, o.id LIMIT $3");
    read(&from.rows(&sql, &args).await?)
}

fn read(rows: &[Row]) -> Result<Vec<Owed>> {
    Ok(rows.iter().map(Owed::read).collect::<vault::Result<_>>()?)
}

/// The end of the range of paths below a path.
fn below(top: &str) -> String {
    format!("{}0", top.trim_end_matches('/'))
}

/// One of them, whatever its state.
pub async fn one(from: &mut impl Read, id: i64) -> Result<Owed> {
    let found = read(&from.rows(&format!("{COLUMNS} WHERE o.id = $1"), &[id.into()]).await?)?;
    found.into_iter().next().ok_or(Error::NotFound)
}

pub(super) async fn all_open(from: &mut impl Read) -> Result<Vec<Owed>> {
    read(&from.rows(ALL_OPEN, &[]).await?)
}

/// How many are open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// All of them.
    pub total: i64,
    /// Past their day.
    pub overdue: i64,
    /// Due today.
    pub today: i64,
    /// Due after today and by the day given.
    pub soon: i64,
}

impl Counts {
    /// Due later.
    pub fn later(&self) -> i64 {
        self.total - self.overdue - self.today - self.soon
    }

    fn read(row: &Row) -> vault::Result<Counts> {
        let number = |column: &str| row.get::<Option<i64>>(column).map(Option::unwrap_or_default);
        Ok(Counts { total: number("total")?, overdue: number("overdue")?, today: number("today")?, soon: number("soon")? })
    }
}

/// Open ones from a unit down; `days` are today and the last day of what is due soon.
pub async fn counts(from: &mut impl Read, top: &str, days: (Date, Date)) -> Result<Counts> {
    let args = [days.0.into(), days.1.into(), top.into(), below(top).into()];
    Ok(from.rows(COUNTS, &args).await?.first().map(Counts::read).transpose()?.unwrap_or_default())
}

/// Open ones by the path of the unit that owes them.
pub async fn by_unit(from: &mut impl Read, top: &str, days: (Date, Date)) -> Result<Vec<(String, Counts)>> {
    let args = [days.0.into(), days.1.into(), top.into(), below(top).into()];
    let rows = from.rows(BY_UNIT, &args).await?;
    Ok(rows.iter().map(|row| Ok((row.text("to_unit_path")?, Counts::read(row)?))).collect::<vault::Result<_>>()?)
}

const ENDED_BY_UNIT: &str = "
    SELECT o.to_unit_path, SUM(CASE WHEN o.ended_on <= o.due_on THEN 1 ELSE 0 END) AS in_time,
        SUM(CASE WHEN o.ended_on > o.due_on THEN 1 ELSE 0 END) AS late
    FROM {obligations} o WHERE o.state = 'done' AND o.ended_on >= $1 AND o.ended_on <= $2 AND o.to_unit_path >= $3 AND o.to_unit_path < $4
    GROUP BY o.to_unit_path";
const OVERDUE_BY_UNIT: &str = "
    SELECT o.to_unit_path, COUNT(*) AS overdue FROM {obligations} o
    WHERE o.state = 'open' AND o.due_on >= $1 AND o.due_on <= $2 AND o.due_on < $3 AND o.to_unit_path >= $4 AND o.to_unit_path < $5
    GROUP BY o.to_unit_path";

/// How a unit kept its terms in a span of days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// Done in time.
    pub in_time: i64,
    /// Done late.
    pub late: i64,
    /// Due in the span and not done yet.
    pub overdue: i64,
}

/// How units kept their terms from a unit down, by the path of the unit that owed.
pub async fn kept_by_unit(from: &mut impl Read, top: &str, (first, last): (Date, Date), today: Date) -> Result<Vec<(String, Kept)>> {
    let span: Vec<Value> = vec![first.into(), last.into()];
    let below: Vec<Value> = vec![top.into(), below(top).into()];
    let ended: Vec<Value> = span.iter().chain(&below).cloned().collect();
    let rows = from.rows(ENDED_BY_UNIT, &ended).await?;
    let mut all: Vec<(String, Kept)> = rows
        .iter()
        .map(|row| Ok((row.text("to_unit_path")?, Kept { in_time: row.int("in_time")?, late: row.int("late")?, overdue: 0 })))
        .collect::<vault::Result<_>>()?;
    let open: Vec<Value> = span.into_iter().chain([today.into()]).chain(below).collect();
    for row in from.rows(OVERDUE_BY_UNIT, &open).await? {
        all.push((row.text("to_unit_path")?, Kept { overdue: row.int("overdue")?, ..Kept::default() }));
    }
    Ok(all)
}
