//! How one row is added, written or taken out: inside the area, at the version seen, with the row before it kept.

use crate::{
    Change, Error, Result, Row, Seen, Value,
    change::Set,
    derive::{Columns, derived, started},
    schema::{Scope, Table, UNSPOKEN},
};
use serde_json::{Map, json};

const PAST: &str = "
    INSERT INTO past_rows (table_name, row_id, version, dossier_id, content, recorded_at, superseded_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
const RENAMED: &str = "UPDATE roster SET unit_name = $2 WHERE unit_id = $1";
const ACCOUNT_MOVED: &[&str] = &[
    "UPDATE account_roles SET unit_path = $2 WHERE account_id = $1",
    "UPDATE operators SET unit_path = $2 WHERE account_id = $1",
    "UPDATE sessions SET unit_path = $2 WHERE account_id = $1",
];
/// Rows of these are closed or change their state; they are never taken out.
const STAYS: &[&str] =
    &["units", "dossiers", "accounts", "files", "file_proofs", "imports", "transfers", "consents", "discrepancies", "decisions"];

impl Change {
    pub(crate) async fn add(&mut self, name: &str, id: i64, version: i64, set: Set<'_>) -> Result<()> {
        let db = self.db().clone();
        let table = self.writable(&db, name)?;
        if name == "dossiers" {
            return self.add_dossier(id, set).await;
        }
        let mut columns = derived(self, table, id, set).await?;
        started(self, table, &mut columns).await?;
        self.belongs(table, &columns).await?;
        self.put(table, id, version, &columns).await?;
        let after = self.row(table, id.into(), about(table), &self.home.clone()).await?;
        let dossier_id = after.get("about")?;
        let spoken = columns.iter().filter(|(column, _)| !UNSPOKEN.contains(&column.as_str()) && column != "recorded_at");
        let diff =
            spoken.filter(|(_, value)| *value != Value::Null).map(|(column, value)| (column.clone(), json!([null, value.to_json()])));
        self.record(name, id, dossier_id, diff.collect());
        self.undo(name, id, dossier_id, 0, version);
        Ok(())
    }

    /// Inserts a row as it is.
    pub(crate) async fn put(&mut self, table: &Table, id: i64, version: i64, columns: &Columns) -> Result<()> {
        let names: String = columns.iter().map(|(column, _)| format!(", {column}")).collect();
        let marks: String = (3..).zip(columns).map(|(number, _)| format!(", ${number}")).collect();
        let args: Vec<Value> = [id.into(), version.into()].into_iter().chain(columns.iter().map(|(_, value)| value.clone())).collect();
        self.query(&format!("INSERT INTO {} (id, version{names}) VALUES ($1, $2{marks})", table.name), &args).await?;
        Ok(())
    }

    /// What a new row hangs on must lie inside the area as well.
    async fn belongs(&mut self, table: &Table, columns: &Columns) -> Result<()> {
        let value = |wanted: &str| columns.iter().find(|(column, _)| column == wanted).map_or(Value::Null, |(_, value)| value.clone());
        let (on, column) = match table.scope {
            Scope::Transfer => ("dossiers", "dossier_id"),
            Scope::Account if table.name != "accounts" => ("accounts", "account_id"),
            Scope::Unit
            | Scope::Roster
            | Scope::Dossier
            | Scope::Duty
            | Scope::Place
            | Scope::Account
            | Scope::Own
            | Scope::Journal
            | Scope::Tree
            | Scope::TreePart
            | Scope::Open
            | Scope::Setup
            | Scope::Closed => return Ok(()),
        };
        let db = self.db().clone();
        self.row(db.schema().table(on)?, value(column), "id", &self.home.clone()).await.map(|_| ())
    }

    pub(crate) async fn write(&mut self, name: &str, seen: Seen, set: Set<'_>) -> Result<()> {
        let db = self.db().clone();
        let table = self.writable(&db, name)?;
        if set.iter().any(|(column, _)| fixed(table, column)) {
            return Err(Error::Column(format!("{name}: what a row belongs to")));
        }
        let set = derived(self, table, seen.id, set).await?;
        let before = self.row(table, seen.id.into(), &format!("{}, {}", table.list, about(table)), &self.reach.clone()).await?;
        if before.int("version")? != seen.version {
            return Err(Error::Conflict { table: name.to_owned(), id: seen.id });
        }
        let mut diff = Map::new();
        for (column, after) in &set {
            let old = before.value(column)?.clone().of(table.holds(column)?);
            if old != *after {
                let pair = if UNSPOKEN.contains(&column.as_str()) { json!([null, "…"]) } else { json!([old.to_json(), after.to_json()]) };
                diff.insert(column.clone(), pair);
            }
        }
        if diff.is_empty() {
            return Ok(());
        }
        let dossier_id: Option<i64> = before.get("about")?;
        self.supersede(table, &before, dossier_id).await?;
        let mut assign: String = (2..).zip(&set).map(|(number, (column, _))| format!(", {column} = ${number}")).collect();
        let mut args: Vec<Value> = std::iter::once(seen.id.into()).chain(set.iter().map(|(_, value)| value.clone())).collect();
        if table.has("recorded_at") {
            args.push(db.instant().into());
            assign += &format!(", recorded_at = ${}", args.len());
        }
        self.query(&format!("UPDATE {name} SET version = version + 1{assign} WHERE id = $1"), &args).await?;
        self.follow(table, seen.id, &set).await?;
        self.record(name, seen.id, dossier_id, diff);
        self.undo(name, seen.id, dossier_id, seen.version, seen.version + 1);
        Ok(())
    }

    /// What else changes with a row: the area it lies in, and copies of it.
    async fn follow(&mut self, table: &Table, id: i64, set: &Columns) -> Result<()> {
        if set.iter().any(|(column, _)| column.ends_with("path")) {
            self.row(table, id.into(), "id", &self.home.clone()).await?;
        }
        let value = |wanted: &str| set.iter().find(|(column, _)| column == wanted).map(|(_, value)| value.clone());
        match (table.name.as_str(), value("name"), value("unit_path")) {
            ("units", Some(name), _) => self.query(RENAMED, &[id.into(), name]).await.map(|_| ()),
            ("accounts", _, Some(path)) => {
                for copy in ACCOUNT_MOVED {
                    self.query(copy, &[id.into(), path.clone()]).await?;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    pub(crate) async fn take_out(&mut self, name: &str, seen: Seen) -> Result<()> {
        let db = self.db().clone();
        let table = self.writable(&db, name)?;
        if STAYS.contains(&name) {
            return Err(Error::Bare(name.to_owned()));
        }
        let before = self.row(table, seen.id.into(), &format!("{}, {}", table.list, about(table)), &self.reach.clone()).await?;
        if before.int("version")? != seen.version {
            return Err(Error::Conflict { table: name.to_owned(), id: seen.id });
        }
        let dossier_id: Option<i64> = before.get("about")?;
        self.supersede(table, &before, dossier_id).await?;
        self.query(&format!("DELETE FROM {name} WHERE id = $1"), &[seen.id.into()]).await?;
        let gone =
            table.columns.iter().zip(&before.values).filter(|((column, _), value)| **value != Value::Null && column != "recorded_at");
        let diff = gone.map(|((column, holds), value)| (column.clone(), json!([value.clone().of(*holds).to_json(), null])));
        self.record(name, seen.id, dossier_id, diff.collect());
        self.undo(name, seen.id, dossier_id, seen.version, 0);
        Ok(())
    }

    /// Keeps a row as it stood.
    async fn supersede(&mut self, table: &Table, before: &Row, dossier_id: Option<i64>) -> Result<()> {
        let recorded = if table.has("recorded_at") { before.value("recorded_at")?.clone() } else { Value::Null };
        let args = [
            table.name.as_str().into(),
            before.int("id")?.into(),
            before.int("version")?.into(),
            dossier_id.into(),
            table.to_json(&before.values).into(),
            recorded,
            self.db().instant().into(),
        ];
        self.query(PAST, &args).await.map(|_| ())
    }
}

/// The dossier a row is about.
fn about(table: &Table) -> &'static str {
    match table.scope {
        Scope::Unit => "id AS about",
        Scope::Dossier | Scope::Transfer | Scope::Roster => "dossier_id AS about",
        Scope::Duty
        | Scope::Place
        | Scope::Account
        | Scope::Own
        | Scope::Journal
        | Scope::Tree
        | Scope::TreePart
        | Scope::Open
        | Scope::Setup
        | Scope::Closed => "CAST(NULL AS BIGINT) AS about",
    }
}

/// What says whose row it is does not change after the insert; a unit is moved by its own act.
fn fixed(table: &Table, column: &str) -> bool {
    match table.scope {
        Scope::Dossier | Scope::Roster => column == "dossier_id",
        Scope::Transfer | Scope::Duty => matches!(column, "dossier_id" | "from_unit_id" | "to_unit_id"),
        Scope::Tree => column == "parent_id",
        Scope::TreePart => column == "unit_id",
        Scope::Account | Scope::Own => column == "account_id",
        Scope::Unit | Scope::Place | Scope::Journal | Scope::Open | Scope::Setup | Scope::Closed => false,
    }
}
