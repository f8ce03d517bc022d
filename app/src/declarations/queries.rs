//! Declarations as they are read, with what they would change.

use crate::{
    App,
    dossiers::{Around, Line, Person, Shape, Typed, check, value},
    error::{Error, Result},
    form::show_day,
};
use jiff::civil::Date;
use law::Sensitivity;
use serde::Serialize;
use vault::{Read, Row, Seen, Value};

const COLUMNS: &str = "
    SELECT c.id, c.version, c.dossier_id, c.section, c.row_id, c.row_version, c.proposed, c.file_id, c.state, c.made_by, c.checked_by, c.checked_on,
        c.approved_by, c.approved_on, c.accepted_by, c.accepted_on, c.reason, c.created_at, r.full_name, r.birth_date, r.unit_id, r.unit_path, r.state AS dossier_state, u.name AS unit_name
    FROM {declarations} c JOIN {roster} r ON r.dossier_id = c.dossier_id JOIN units u ON u.id = r.unit_id";

/// A field before and after.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Difference {
    pub(super) label: String,
    pub(super) before: String,
    pub(super) after: String,
}

/// A declaration.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Declaration {
    pub(super) id: i64,
    pub(super) version: i64,
    pub(super) dossier: i64,
    pub(super) name: String,
    pub(super) unit: String,
    #[serde(skip)]
    pub(super) unit_id: i64,
    #[serde(skip)]
    pub(super) unit_path: String,
    pub(super) section: String,
    #[serde(skip)]
    pub(super) section_key: String,
    /// `sent`, `returned`, `verified`, `approved`, `withdrawn`.
    pub(super) state: String,
    pub(super) made: String,
    pub(super) checked: String,
    pub(super) approved: String,
    /// Who at Home Affairs approved what the unit had approved, and when.
    pub(super) accepted: String,
    pub(super) reason: String,
    pub(super) file: Option<i64>,
    pub(super) differences: Vec<Difference>,
    /// Somebody wrote the row since it was seen.
    pub(super) is_overtaken: bool,
    /// Why its words no longer hold.
    pub(super) problem: String,
    #[serde(skip)]
    pub(super) proposed: Typed,
    #[serde(skip)]
    pub(super) row: Option<Seen>,
    #[serde(skip)]
    pub(super) born: String,
    /// The person left: nothing is written any more.
    pub(super) is_closed: bool,
}

/// What writing a declaration means now.
pub(super) struct Meaning {
    pub(super) row: Option<Seen>,
    pub(super) set: Vec<(String, Value)>,
    pub(super) is_overtaken: bool,
    pub(super) differences: Vec<Difference>,
    pub(super) problems: Vec<String>,
}

fn read(app: &App, row: &Row) -> vault::Result<Declaration> {
    let text = |column: &str| row.get::<Option<String>>(column).map(Option::unwrap_or_default);
    let by = |who: &str, on: &str| -> vault::Result<String> {
        let day: Option<Date> = row.get(on)?;
        Ok(day.map(|day| format!("{}, {}", text(who).unwrap_or_default(), show_day(day))).unwrap_or_default())
    };
    let section_key = row.text("section")?;
    let row_id: Option<i64> = row.get("row_id")?;
    let version = row.int("row_version")?;
    Ok(Declaration {
        id: row.int("id")?,
        version: row.int("version")?,
        dossier: row.int("dossier_id")?,
        name: text("full_name")?,
        born: text("birth_date")?,
        is_closed: row.text("dossier_state")? != "active",
        unit: row.text("unit_name")?,
        unit_id: row.int("unit_id")?,
        unit_path: row.text("unit_path")?,
        section: app.law.section(&section_key).map(|section| section.label_vi.clone()).unwrap_or_default(),
        section_key,
        state: row.text("state")?,
        made: format!("{}, {}", row.text("made_by")?, crate::form::show_moment(row.get("created_at")?)),
        checked: by("checked_by", "checked_on")?,
        approved: by("approved_by", "approved_on")?,
        accepted: by("accepted_by", "accepted_on")?,
        reason: text("reason")?,
        file: row.get("file_id")?,
        proposed: serde_json::from_value(row.get("proposed")?).unwrap_or_default(),
        row: row_id.map(|id| Seen { id, version }),
        ..Declaration::default()
    })
}

/// What a declaration means against the dossier as it stands.
pub(super) async fn meaning(app: &App, from: &mut impl Read, declaration: &Declaration) -> Result<Meaning> {
    let section = app.law.section(&declaration.section_key).ok_or(Error::NotFound)?;
    let shape = Shape::new(&app.law, section);
    let rows = from.rows(&shape.select(), &[declaration.dossier.into()]).await?;
    let lines = rows.iter().map(|row| shape.line(row)).collect::<vault::Result<Vec<Line>>>()?;
    let stored = match (section.is_single(), declaration.row) {
        (true, _) => lines.first(),
        (false, Some(seen)) => lines.iter().find(|line| line.id == seen.id),
        (false, None) => None,
    };
    let seen = declaration.row.map(|seen| seen.version);
    let is_overtaken = stored.map(|line| line.version) != seen;
    let others: Vec<Line> = lines.iter().filter(|line| stored.is_none_or(|stored| stored.id != line.id)).cloned().collect();
    let person = Person { born: declaration.born.clone() };
    let around = Around { stored, others: &others, person: &person, today: app.today(), level: Sensitivity::Secret };
    let checked = check(&shape, &declaration.proposed, &around);
    let closed = declaration.is_closed.then(|| "Hồ sơ đã khép lại".to_owned());
    let difference = |(column, after): &(String, Value)| {
        let spot = shape.spots().find(|spot| spot.column.name == *column)?;
        let before = stored.map(|line| value::show(spot, line.value(&shape, column))).unwrap_or_default();
        Some(Difference { label: spot.field.label_vi.clone(), before, after: value::show(spot, after) })
    };
    Ok(Meaning {
        row: stored.map(|line| Seen { id: line.id, version: line.version }),
        differences: checked.set.iter().filter_map(difference).collect(),
        set: checked.set,
        is_overtaken,
        problems: closed.into_iter().chain(checked.problems.iter().map(|(_, sentence)| sentence.to_owned())).collect(),
    })
}

async fn filled(app: &App, from: &mut impl Read, rows: &[Row]) -> Result<Vec<Declaration>> {
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let mut one = read(app, row)?;
        if matches!(one.state.as_str(), "sent" | "verified" | "returned") {
            let meaning = meaning(app, from, &one).await?;
            one.differences = meaning.differences;
            one.is_overtaken = meaning.is_overtaken;
            one.problem = meaning.problems.into_iter().next().unwrap_or_default();
        } else {
            one.differences = as_typed(app, &one);
        }
        all.push(one);
    }
    Ok(all)
}

/// What was proposed, in the words as they were typed.
fn as_typed(app: &App, declaration: &Declaration) -> Vec<Difference> {
    let Some(section) = app.law.section(&declaration.section_key) else { return Vec::new() };
    let shape = Shape::new(&app.law, section);
    let typed = |spot: value::Spot<'_>| {
        let words = declaration.proposed.get(&spot.column.name)?;
        let list = spot.field.catalogue.as_ref().and_then(|list| app.law.catalogue(list));
        let after = list.map_or_else(|| words.clone(), |list| list.label(words).to_owned());
        Some(Difference { label: spot.field.label_vi.clone(), before: String::new(), after })
    };
    shape.spots().filter_map(typed).collect()
}

const WAITING_AT: &str = "
    SELECT COUNT(*) AS waiting FROM {declarations} c JOIN {roster} r ON r.dossier_id = c.dossier_id
    WHERE c.state = 'verified' AND r.unit_path = $1";
const APPROVED_AT: &str = "
    SELECT c.id, c.version FROM {declarations} c JOIN {roster} r ON r.dossier_id = c.dossier_id
    WHERE c.state = 'approved' AND c.accepted_on IS NULL AND r.unit_path = $1";
const BY_UNIT: &str = "
    SELECT r.unit_path, u.id, u.name,
        SUM(CASE WHEN c.state = 'sent' THEN 1 ELSE 0 END) AS sent,
        SUM(CASE WHEN c.state = 'verified' THEN 1 ELSE 0 END) AS verified,
        SUM(CASE WHEN c.state = 'verified' AND c.checked_on <= $1 THEN 1 ELSE 0 END) AS missed,
        SUM(CASE WHEN c.state = 'approved' AND c.accepted_on IS NULL THEN 1 ELSE 0 END) AS approved,
        SUM(CASE WHEN c.state = 'approved' AND c.accepted_on >= $2 THEN 1 ELSE 0 END) AS accepted
    FROM {declarations} c JOIN {roster} r ON r.dossier_id = c.dossier_id JOIN units u ON u.id = r.unit_id
    GROUP BY r.unit_path, u.id, u.name ORDER BY r.unit_path";

/// How a unit stands with its declarations.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct UnitLine {
    pub(super) id: i64,
    pub(super) name: String,
    /// Waiting for the check, for the approval of the unit; of these, left over from a window that ended.
    pub(super) sent: i64,
    pub(super) verified: i64,
    pub(super) missed: i64,
    /// Approved by the unit and waiting for Home Affairs; approved by it since the month began.
    pub(super) approved: i64,
    pub(super) accepted: i64,
}

/// How many wait for the approval of a unit.
pub(super) async fn waiting_at(from: &mut impl Read, unit_path: &str) -> Result<i64> {
    Ok(from.one(WAITING_AT, &[unit_path.into()]).await?.int("waiting")?)
}

/// What a unit approved and Home Affairs did not yet.
pub(super) async fn approved_at(from: &mut impl Read, unit_path: &str) -> Result<Vec<Seen>> {
    Ok(from.rows(APPROVED_AT, &[unit_path.into()]).await?.iter().map(Row::seen).collect::<vault::Result<_>>()?)
}

/// Units with declarations; left over is what was checked by the day on which the last window ended.
pub(super) async fn by_unit(from: &mut impl Read, closed_on: Option<Date>, month: Date) -> Result<Vec<UnitLine>> {
    let never: Date = jiff::civil::date(1900, 1, 1);
    let rows = from.rows(BY_UNIT, &[closed_on.unwrap_or(never).into(), month.into()]).await?;
    let line = |row: &Row| -> vault::Result<UnitLine> {
        Ok(UnitLine {
            id: row.int("id")?,
            name: row.text("name")?,
            sent: row.int("sent")?,
            verified: row.int("verified")?,
            missed: row.int("missed")?,
            approved: row.int("approved")?,
            accepted: row.int("accepted")?,
        })
    };
    Ok(rows.iter().map(line).collect::<vault::Result<_>>()?)
}

/// Declarations in a state, oldest first, behind one of them.
pub(super) async fn in_state(app: &App, from: &mut impl Read, state: &str, after: i64, limit: i64) -> Result<Vec<Declaration>> {
    let rows = from
        .rows(&format!("{COLUMNS} WHERE c.state = $1 AND c.id > $2 ORDER BY c.id LIMIT $3"), &[state.into(), after.into(), limit.into()])
        .await?;
    filled(app, from, &rows).await
}

/// Those of one dossier, newest first.
pub(super) async fn of_dossier(app: &App, from: &mut impl Read, dossier: i64) -> Result<Vec<Declaration>> {
    let rows = from.rows(&format!("{COLUMNS} WHERE c.dossier_id = $1 ORDER BY c.id DESC LIMIT 100"), &[dossier.into()]).await?;
    filled(app, from, &rows).await
}

/// One of them.
pub(super) async fn one(app: &App, from: &mut impl Read, id: i64) -> Result<Declaration> {
    let rows = from.rows(&format!("{COLUMNS} WHERE c.id = $1"), &[id.into()]).await?;
    Ok(read(app, rows.first().ok_or(Error::NotFound)?)?)
}

/// The latest that waits in a state.
pub(super) async fn latest(from: &mut impl Read, state: &str) -> Result<i64> {
    let rows = from.rows("SELECT COALESCE(MAX(c.id), 0) AS latest FROM {declarations} c WHERE c.state = $1", &[state.into()]).await?;
    Ok(rows.first().map_or(Ok(0), |row| row.int("latest"))?)
}

/// How many wait in a state.
pub(super) async fn count(from: &mut impl Read, state: &str) -> Result<i64> {
    let rows = from.rows("SELECT COUNT(*) AS waiting FROM {declarations} c WHERE c.state = $1", &[state.into()]).await?;
    Ok(rows.first().map_or(Ok(0), |row| row.int("waiting"))?)
}
