//! The roster kept up to date within each change, and built anew from the sections.

use crate::{
    Change, Db, Result, Row, Value,
    roster::{Facts, Part},
    sqlite::Ask,
};
use serde_json::{Map, Value as Json};
use std::collections::{BTreeSet, HashMap};

const DOSSIER: &str = "
    SELECT d.unit_id, d.unit_path, d.form, d.state, d.missing, u.name AS unit_name
    FROM dossiers d JOIN units u ON u.id = d.unit_id WHERE d.id = $1";
const CHANGED: &str = "UPDATE dossiers SET missing = $2, changed_at = $3 WHERE id = $1";
const BATCH: &str = "
    SELECT d.id AS dossier_id, d.unit_id, d.unit_path, d.form, d.state, d.changed_at, u.name AS unit_name
    FROM dossiers d JOIN units u ON u.id = d.unit_id WHERE d.id > $1 ORDER BY d.id LIMIT $2";
const MISSING: &str = "UPDATE dossiers SET missing = $2 WHERE id = $1";
/// Dossiers rebuilt together.
const TOGETHER: i64 = 500;

impl Change {
    /// Brings the roster row of every touched dossier up to date, from the tables that were written.
    pub(crate) async fn keep_roster(&mut self) -> Result<()> {
        for (dossier_id, tables) in std::mem::take(&mut self.touched) {
            self.keep_one(dossier_id, &tables).await?;
        }
        Ok(())
    }

    async fn keep_one(&mut self, dossier_id: i64, tables: &BTreeSet<String>) -> Result<()> {
        let db = self.db().clone();
        let plan = &db.inner.plan;
        let parts: Vec<&Part> = tables.iter().filter_map(|table| plan.part(table)).filter(|part| !part.is_idle()).collect();
        let mut asks: Vec<Ask> = vec![(DOSSIER.into(), vec![dossier_id.into()])];
        for part in &parts {
            let sql = format!("SELECT {} FROM {} WHERE dossier_id = $1 ORDER BY ordinal, id", part.wanted.join(", "), part.table);
            asks.push((sql.into(), vec![dossier_id.into()]));
        }
        let mut answers = self.many(asks).await?.into_iter();
        let dossier = answers.next().and_then(|rows| rows.into_iter().next()).ok_or(crate::Error::NotFound)?;
        let Json::Object(mut missing) = dossier.get::<Json>("missing")? else {
            return Err(crate::Error::Column("dossiers.missing".into()));
        };
        let mut set: Vec<(&str, Value)> = Vec::new();
        for column in ["unit_id", "unit_path", "state"] {
            set.push((column, dossier.value(column)?.clone()));
        }
        for (part, rows) in parts.iter().zip(answers) {
            let rows: Vec<Facts<'_>> = rows.iter().map(facts).collect();
            put(&mut missing, part, &rows);
            set.extend(part.fill(&rows));
        }
        let now = Value::from(db.instant());
        set.extend(plan.unit_name.as_deref().map(|column| (column, dossier.value("unit_name").cloned().unwrap_or(Value::Null))));
        let complete = plan.completeness(&dossier.text("form")?, &missing);
        set.extend(plan.completeness.as_deref().map(|column| (column, complete.into())));
        // Work around a dossier, such as a check or a declaration, does not change it.
        let is_written = tables.iter().any(|table| table == "dossiers" || table.starts_with("s_"));
        set.extend(plan.changed_at.as_deref().filter(|_| is_written).map(|column| (column, now.clone())));
        let assign: Vec<String> = (2..).zip(&set).map(|(number, (column, _))| format!("{column} = ${number}")).collect();
        let sql = format!("UPDATE roster SET {} WHERE dossier_id = $1", assign.join(", "));
        let args = std::iter::once(dossier_id.into()).chain(set.into_iter().map(|(_, value)| value)).collect();
        let mut asks = vec![(sql.into(), args)];
        if is_written {
            asks.push((CHANGED.into(), vec![dossier_id.into(), Json::Object(missing).into(), now]));
        }
        self.many(asks).await.map(|_| ())
    }
}

impl Db {
    /// Builds the roster anew from the sections; gives the number of rows. `progress` hears how many are done.
    pub async fn rebuild_roster(&self, mut progress: impl FnMut(i64) + Send) -> Result<i64> {
        let mut tx = self.begin().await?;
        tx.batch(self.dialect().unhurried()).await?;
        tx.query("DELETE FROM roster", &[]).await?;
        let (mut last, mut done) = (0, 0);
        loop {
            let dossiers = tx.query(BATCH, &[last.into(), TOGETHER.into()]).await?;
            let Some(end) = dossiers.last() else { break };
            let (from, until) = (last, end.int("dossier_id")?);
            let asks = self.inner.plan.sections.iter().filter(|part| !part.is_idle()).map(|part| range(part, from, until)).collect();
            let answers = tx.many(asks).await?;
            tx.many(self.rebuilt(&dossiers, answers)?).await?;
            last = until;
            done += i64::try_from(dossiers.len()).unwrap_or(0);
            progress(done);
        }
        tx.commit().await?;
        Ok(done)
    }

    fn rebuilt(&self, dossiers: &[Row], answers: Vec<Vec<Row>>) -> Result<Vec<Ask>> {
        let plan = &self.inner.plan;
        let parts: Vec<&Part> = plan.sections.iter().filter(|part| !part.is_idle()).collect();
        let mut held: Vec<HashMap<i64, Vec<Facts<'_>>>> = Vec::with_capacity(answers.len());
        for rows in &answers {
            let mut of: HashMap<i64, Vec<Facts<'_>>> = HashMap::new();
            for row in rows {
                of.entry(row.int("dossier_id")?).or_default().push(facts(row));
            }
            held.push(of);
        }
        let mut asks = Vec::with_capacity(dossiers.len() * 2);
        for dossier in dossiers {
            let id = dossier.int("dossier_id")?;
            let mut missing = Map::new();
            let mut set: Vec<(&str, Value)> = Vec::new();
            for column in ["dossier_id", "unit_id", "unit_path", "state"] {
                set.push((column, dossier.value(column)?.clone()));
            }
            for (part, of) in parts.iter().zip(&held) {
                let rows = of.get(&id).map_or(&[][..], Vec::as_slice);
                put(&mut missing, part, rows);
                set.extend(part.fill(rows));
            }
            set.extend(plan.unit_name.as_deref().map(|column| (column, dossier.value("unit_name").cloned().unwrap_or(Value::Null))));
            let complete = plan.completeness(&dossier.text("form")?, &missing);
            set.extend(plan.completeness.as_deref().map(|column| (column, complete.into())));
            set.extend(plan.changed_at.as_deref().map(|column| (column, dossier.value("changed_at").cloned().unwrap_or(Value::Null))));
            let names: Vec<&str> = set.iter().map(|(column, _)| *column).collect();
            let marks: Vec<String> = (1..=set.len()).map(|number| format!("${number}")).collect();
            let sql = format!("INSERT INTO roster ({}) VALUES ({})", names.join(", "), marks.join(", "));
            asks.push((sql.into(), set.into_iter().map(|(_, value)| value).collect()));
            asks.push((MISSING.into(), vec![id.into(), Json::Object(missing).into()]));
        }
        Ok(asks)
    }
}

fn range(part: &Part, from: i64, until: i64) -> Ask {
    let sql = format!(
        "SELECT {} FROM {} WHERE dossier_id > $1 AND dossier_id <= $2 ORDER BY dossier_id, ordinal, id",
        part.wanted.join(", "),
        part.table
    );
    (sql.into(), vec![from.into(), until.into()])
}

fn facts(row: &Row) -> Facts<'_> {
    row.columns.iter().map(String::as_str).zip(row.values.iter().cloned()).collect()
}

fn put(missing: &mut Map<String, Json>, part: &Part, rows: &[Facts<'_>]) {
    match part.gaps(rows) {
        Some(gaps) => missing.insert(part.key.clone(), gaps),
        None => missing.remove(&part.key),
    };
}
