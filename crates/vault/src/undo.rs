//! Withdrawing a basis: what rested on it is undone, and the record that it once stood remains.

use crate::{
    Basis, Change, Db, Error, Grant, Permission, Result, Row, Seen, Value,
    schema::{Scope, Table},
};
use serde_json::{Map, Value as Json, json};

/// A row that somebody wrote after the basis did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InTheWay {
    /// Its table.
    pub table: String,
    /// The row.
    pub row_id: i64,
    /// Whose it is.
    pub dossier_id: Option<i64>,
}

/// How an undoing ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undone {
    /// Everything is as before; so many writings were taken back.
    Done(usize),
    /// Nothing was changed, because of these rows.
    Blocked(Vec<InTheWay>),
}

const ENTRIES: &str = "
    SELECT seq, table_name, row_id, dossier_id, version_before, version_after FROM undo_entries WHERE basis = $1 ORDER BY seq DESC";
const LATER: &str = "
    SELECT table_name, row_id FROM audit_entries
    WHERE dossier_id = $1 AND table_name <> '' AND (basis IS NULL OR basis <> $2) LIMIT 1";
const PAST: &str = "SELECT content FROM past_rows WHERE table_name = $1 AND row_id = $2 AND version = $3";
const HIDE: &str = "UPDATE dossiers SET state = 'hidden', version = version + 1 WHERE id = $1";
const FORGET: &str = "DELETE FROM undo_entries WHERE basis = $1";
const STANDS_FOR: &str = "UPDATE undo_entries SET version_after = $4 WHERE table_name = $1 AND row_id = $2 AND version_after = $3";
const OWNED: &str = "SELECT id, version FROM ";

impl Db {
    /// Takes back everything that rests on a basis, in one transaction, if nobody wrote the same rows since.
    ///
    /// Rows written are restored, rows added are taken out, rows taken out return; a dossier that the basis opened is
    /// hidden and its rows are taken out. All of it must lie inside the area.
    pub async fn undo<P: Permission>(&self, grant: &Grant<P>, act: &'static str, basis: Basis) -> Result<Undone> {
        let mut change = self.change(grant, act).await?;
        let undone = change.withdraw(basis).await?;
        if let Undone::Done(_) = undone {
            change.commit().await?;
        }
        Ok(undone)
    }
}

impl Change {
    /// The same within a change that writes more, such as the mark that it was undone. Blocked, it has written nothing, and
    /// the change is to be dropped.
    pub async fn withdraw(&mut self, basis: Basis) -> Result<Undone> {
        let words = basis.words();
        self.rests_on(Basis::Undo(Box::new(basis)));
        let entries = self.query(ENTRIES, &[words.as_str().into()]).await?;
        let blocked = self.in_the_way(&entries, &words).await?;
        if !blocked.is_empty() {
            return Ok(Undone::Blocked(blocked));
        }
        for entry in &entries {
            self.take_back(entry).await?;
        }
        self.query(FORGET, &[words.as_str().into()]).await?;
        Ok(Undone::Done(entries.len()))
    }

    /// Rows whose last writing is not the one that the basis did last; a dossier it opened must be untouched as a whole.
    async fn in_the_way(&mut self, entries: &[Row], words: &str) -> Result<Vec<InTheWay>> {
        let mut blocked = Vec::new();
        let mut seen: Vec<(String, i64)> = Vec::new();
        for entry in entries {
            let (table, row_id) = (entry.text("table_name")?, entry.int("row_id")?);
            let dossier_id: Option<i64> = entry.get("dossier_id")?;
            if table == "dossiers" && entry.int("version_before")? == 0 {
                let later = self.query(LATER, &[row_id.into(), words.into()]).await?;
                if let Some(later) = later.first() {
                    blocked.push(InTheWay { table: later.text("table_name")?, row_id: later.int("row_id")?, dossier_id });
                }
            } else if !seen.contains(&(table.clone(), row_id)) {
                let now = self.query(&format!("SELECT version FROM {table} WHERE id = $1"), &[row_id.into()]).await?;
                let version = now.first().map_or(Ok(0), |row| row.int("version"))?;
                if version != entry.int("version_after")? {
                    blocked.push(InTheWay { table: table.clone(), row_id, dossier_id });
                }
                seen.push((table, row_id));
            }
        }
        Ok(blocked)
    }

    async fn take_back(&mut self, entry: &Row) -> Result<()> {
        let done = self.reverse(entry).await;
        self.keep(done)
    }

    async fn reverse(&mut self, entry: &Row) -> Result<()> {
        let db = self.db().clone();
        let (name, row_id, before) = (entry.text("table_name")?, entry.int("row_id")?, entry.int("version_before")?);
        let table = db.schema().table(&name)?;
        match before {
            0 if name == "dossiers" => self.hide(row_id).await,
            0 => match self.query(&format!("SELECT version FROM {name} WHERE id = $1"), &[row_id.into()]).await?.first() {
                Some(row) => self.retract(&name, Seen { id: row_id, version: row.int("version")? }).await,
                None => Ok(()),
            },
            _ => {
                self.restore(table, row_id, before).await?;
                self.stand_for(&name, row_id, before).await
            }
        }
    }

    /// The row as it stands again is the one that whatever rested on the former version wrote: that can be taken back in turn.
    async fn stand_for(&mut self, name: &str, row_id: i64, former: i64) -> Result<()> {
        let now = self.query(&format!("SELECT version FROM {name} WHERE id = $1"), &[row_id.into()]).await?;
        let Some(now) = now.first() else { return Ok(()) };
        let version = now.int("version")?;
        self.query(STANDS_FOR, &[name.into(), row_id.into(), former.into(), version.into()]).await.map(|_| ())
    }

    /// A dossier that was opened by mistake: out of every list, its rows taken out, its history kept.
    async fn hide(&mut self, dossier_id: i64) -> Result<()> {
        let db = self.db().clone();
        let dossiers = self.writable(&db, "dossiers")?;
        self.row(dossiers, dossier_id.into(), "id", &self.home.clone()).await?;
        for name in db.schema().order.iter().filter(|name| name.starts_with("s_")) {
            for row in self.query(&format!("{OWNED}{name} WHERE dossier_id = $1"), &[dossier_id.into()]).await? {
                self.retract(name, row.seen()?).await?;
            }
        }
        self.query(HIDE, &[dossier_id.into()]).await?;
        self.record("dossiers", dossier_id, Some(dossier_id), Map::from_iter([("state".to_owned(), json!(["active", "hidden"]))]));
        Ok(())
    }

    /// Puts a row back as it stood at a version, whether it was written or taken out since.
    async fn restore(&mut self, table: &Table, row_id: i64, version: i64) -> Result<()> {
        let found = self.query(PAST, &[table.name.as_str().into(), row_id.into(), version.into()]).await?;
        let Json::Object(content) = found.first().ok_or(Error::NotFound)?.get::<Json>("content")? else { return Err(Error::NotFound) };
        let kept = |column: &str| !matches!(column, "id" | "version" | "recorded_at") && !column.ends_with("path");
        let now = self.query(&format!("SELECT {} FROM {} WHERE id = $1", table.list, table.name), &[row_id.into()]).await?;
        match now.first() {
            Some(now) => {
                let fixed = |column: &str| column == "dossier_id" && table.scope == Scope::Dossier;
                let written = content.iter().filter(|(column, _)| {
                    kept(column) && !fixed(column) && *column != "opened_at" && *column != "missing" && *column != "changed_at"
                });
                let mut set: Vec<(&str, Value)> = Vec::new();
                for (column, json) in written {
                    let before = Value::from_json(json, table.holds(column)?);
                    if now.value(column)?.clone().of(table.holds(column)?) != before {
                        set.push((column.as_str(), before));
                    }
                }
                self.update(&table.name, now.seen()?, &set).await
            }
            None => {
                let values = table.values(&content)?;
                let mut columns: Vec<(String, Value)> =
                    values.into_iter().filter(|(column, _)| column != "id" && column != "version").collect();
                for (column, value) in &mut columns {
                    if column == "recorded_at" {
                        *value = self.db().instant().into();
                    }
                }
                self.put(table, row_id, version + 1, &columns).await?;
                let dossier_id = content.get("dossier_id").and_then(Json::as_i64);
                let id = Value::from(row_id);
                self.row(table, id, "id", &self.home.clone()).await?;
                let diff = content.iter().filter(|(column, json)| kept(column) && !json.is_null());
                let diff = diff.map(|(column, json)| (column.clone(), json!([null, json]))).collect();
                self.record(&table.name, row_id, dossier_id, diff);
                Ok(())
            }
        }
    }
}
