//! The first account of an installation, and more of its kind, made on the command line.

use crate::{
    Db, Result,
    audit::{self, Actor, Entry},
};
use serde_json::json;
use std::sync::Arc;

const FOUND: &str = "
    INSERT INTO accounts (id, version, login, name, kind, unit_path, password_hash, must_change_password, failed_count, state, created_at)
    VALUES ($1, 1, $2, $3, 'installation', '', $4, $5, 0, 'active', $6)";
const FIRST: &str = "SELECT id FROM accounts WHERE kind = 'installation' AND state = 'active' ORDER BY id LIMIT 1";

impl Db {
    /// Makes an account of the installation. Only the command line calls this: whoever can run it holds the database anyway.
    pub async fn found(&self, login: &str, name: &str, password_hash: Option<&str>) -> Result<i64> {
        let mut tx = self.begin().await?;
        let id = self.new_id();
        let args = [id.into(), login.into(), name.into(), password_hash.into(), password_hash.is_some().into(), self.instant().into()];
        tx.query(FOUND, &args).await?;
        let actor = Actor { account_id: id, name: name.to_owned(), operator: None, from: Some("console".into()) };
        let entry = Entry {
            act: "account.found".into(),
            table: "accounts".into(),
            row_id: id,
            dossier_id: None,
            basis: None,
            diff: json!({ "login": [null, login], "name": [null, name] }).to_string(),
        };
        audit::seal(self, &mut tx, vec![(Arc::new(actor), entry)]).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// The first account of the installation, if there is one.
    pub async fn installation_account(&self) -> Result<Option<i64>> {
        self.query(FIRST, &[]).await?.first().map(|row| row.int("id")).transpose()
    }
}
