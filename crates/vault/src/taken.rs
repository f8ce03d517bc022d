//! When a value must be unique and is not: which one, in the same words from both databases.

use crate::{Db, Error, Grant, Permission, Reader, Result, Value};
use serde_json::json;
use tokio_postgres::error::SqlState;

/// The index that keeps one active dossier per person.
const ONE_ACTIVE: (&str, &str) = ("roster_one_active", "roster.personal_id_number");

const HOLDER: &str = "SELECT unit_name FROM roster WHERE personal_id_number = $1 AND state = 'active'";

impl Db {
    /// Name of the unit that keeps the active dossier of a personal number, wherever it is: whoever is refused a second
    /// dossier must be told where the first one is. Nothing else of it is told, and the question is put on the record.
    pub async fn holder<P: Permission>(&self, grant: &Grant<P>, personal_id_number: &str) -> Result<Option<String>> {
        let found = self.query(HOLDER, &[personal_id_number.into()]).await?;
        let Some(row) = found.first() else { return Ok(None) };
        self.note(grant, "dossier.locate", None, json!({})).await?;
        row.get("unit_name")
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Error {
        match &error {
            rusqlite::Error::SqliteFailure(code, Some(message)) if code.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE => {
                let what = message.rsplit_once(": ").map_or(message.as_str(), |(_, what)| what);
                Error::Taken(if what.contains(ONE_ACTIVE.0) { ONE_ACTIVE.1 } else { what }.to_owned())
            }
            _ => Error::Sqlite(error),
        }
    }
}

impl From<tokio_postgres::Error> for Error {
    fn from(error: tokio_postgres::Error) -> Error {
        let taken = error.as_db_error().filter(|failed| *failed.code() == SqlState::UNIQUE_VIOLATION).map(|failed| {
            let (table, constraint) = (failed.table().unwrap_or_default(), failed.constraint().unwrap_or_default());
            let column = constraint.trim_start_matches(table).trim_start_matches('_').trim_end_matches("_key");
            if constraint == ONE_ACTIVE.0 { ONE_ACTIVE.1.to_owned() } else { format!("{table}.{column}") }
        });
        taken.map_or(Error::Postgres(error), Error::Taken)
    }
}

/// Numbers asked about together.
const TOGETHER: usize = 200;

impl Reader<'_> {
    /// Which of these personal numbers an active dossier has, inside the area or not; whose and where is not said.
    ///
    /// Whoever may open dossiers would learn the same from the refusal of the index, at the price of the whole change.
    pub async fn numbers_taken(&mut self, numbers: &[String]) -> Result<Vec<String>> {
        let mut taken = Vec::new();
        for some in numbers.chunks(TOGETHER) {
            let marks: Vec<String> = (1..=some.len()).map(|place| format!("${place}")).collect();
            let sql =
                format!("SELECT personal_id_number FROM roster WHERE state = 'active' AND personal_id_number IN ({})", marks.join(", "));
            let args: Vec<Value> = some.iter().map(|number| number.as_str().into()).collect();
            for row in self.db().query(&sql, &args).await? {
                taken.push(row.text("personal_id_number")?);
            }
        }
        Ok(taken)
    }
}
