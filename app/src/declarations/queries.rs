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
        c.approved_by, c.approved_on, c.reason, c.created_at, r.full_name, r.birth_date, r.unit_path, r.state AS dossier_state, u.name AS unit_name
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
    pub(super) unit_path: String,
    pub(super) section: String,
    #[serde(skip)]
    pub(super) section_key: String,
    /// `sent`, `returned`, `verified`, `approved`, `withdrawn`.
    pub(super) state: String,
    pub(super) made: String,
    pub(super) checked: String,
    pub(super) approved: String,
    pub(super) reason: String,
    pub(super) file: Option<i64>,
    pub(super) differences: Vec<Difference>,
    /// Somebody wrote the row since it was seen.
    pub(super) is_overtaken: bool,
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
        unit_path: row.text("unit_path")?,
        section: app.law.section(&section_key).map(|section| section.label_vi.clone()).unwrap_or_default(),
        section_key,
        state: row.text("state")?,
        made: format!("{}, {}", row.text("made_by")?, crate::form::show_moment(row.get("created_at")?)),
        checked: by("checked_by", "checked_on")?,
        approved: by("approved_by", "approved_on")?,
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
        }
        all.push(one);
    }
    Ok(all)
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

/// How many wait in a state.
pub(super) async fn count(from: &mut impl Read, state: &str) -> Result<i64> {
    let rows = from.rows("SELECT COUNT(*) AS waiting FROM {declarations} c WHERE c.state = $1", &[state.into()]).await?;
    Ok(rows.first().map_or(Ok(0), |row| row.int("waiting"))?)
}
