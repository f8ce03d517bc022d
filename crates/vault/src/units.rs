//! Moving a unit: its path, those of all below it, and every copy of them change under one act.

use crate::{Change, Error, Result, Seen, derive, expand::past, sqlite::Ask};
use serde_json::{Map, json};

impl Change {
    /// Puts a unit, with everything below it, under another one; both must lie inside the area.
    pub async fn move_unit(&mut self, unit: Seen, new_parent: i64) -> Result<()> {
        let done = self.carry(unit, new_parent).await;
        self.keep(done)
    }

    async fn carry(&mut self, unit: Seen, new_parent: i64) -> Result<()> {
        let db = self.db().clone();
        let units = self.writable(&db, "units")?;
        let before = self.row(units, unit.id.into(), "version, path, parent_id", &self.reach.clone()).await?;
        if before.int("version")? != unit.version {
            return Err(Error::Conflict { table: "units".into(), id: unit.id });
        }
        let (old, above) = (before.text("path")?, derive::path(self, &new_parent.into()).await?);
        if above.starts_with(&old) || !self.home.holds_unit(&above) {
            return Err(Error::NotFound);
        }
        let new = format!("{above}{}/", unit.id);
        let tail = i64::try_from(old.len()).unwrap_or(0) + 1;
        let copies = db.schema().path_copies().into_iter().map(|(table, column)| -> Ask {
            let sql = format!("UPDATE {table} SET {column} = $1 || substr({column}, $2) WHERE {column} >= $3 AND {column} < $4");
            (sql.into(), vec![new.as_str().into(), tail.into(), old.as_str().into(), past(&old).into()])
        });
        let mut asks: Vec<Ask> = copies.collect();
        asks.push(("UPDATE units SET parent_id = $2, version = version + 1 WHERE id = $1".into(), vec![unit.id.into(), new_parent.into()]));
        self.many(asks).await?;
        self.unit_paths.clear();
        let diff = Map::from_iter([
            ("parent_id".to_owned(), json!([before.get::<Option<i64>>("parent_id")?, new_parent])),
            ("path".to_owned(), json!([old, new])),
        ]);
        self.record("units", unit.id, None, diff);
        Ok(())
    }
}
