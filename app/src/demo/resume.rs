//! A load that was cut off: noticed at the next start, and finished.
//!
//! A mark in the data folder says that a load is under way, and of what. The same seed makes the same people, units of a body
//! are one commit, people are committed a batch at a time and in order, accounts are one commit: what is there already is
//! counted and made again without being written.

use super::body::Body;
use crate::{
    App,
    access::{CreateRecord, ManageUnitTree},
    error::{Error, Result},
};
use serde::{Deserialize, Serialize};
use std::{collections::HashMap, path::PathBuf};
use vault::{Read, Viewer};

const UNITS: &str = "SELECT u.id, u.sort_order FROM units u WHERE u.path >= $1 AND u.path < $2";
const ROOT: &str = "SELECT u.path FROM units u WHERE u.parent_id IS NULL AND u.name = $1";
const WRITTEN: &str = "SELECT r.dossier_id FROM {roster} r WHERE r.unit_path >= $1 AND r.unit_path < $2 ORDER BY r.dossier_id";

/// What is being loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// So many people; nothing for the small bodies.
    pub people: Option<usize>,
    /// The seed.
    pub seed: u64,
}

fn path(app: &App) -> PathBuf {
    app.config.data.join("demo-unfinished.json")
}

impl Mark {
    /// The load that was cut off, if one was.
    pub fn of(app: &App) -> Option<Mark> {
        serde_json::from_str(&std::fs::read_to_string(path(app)).ok()?).ok()
    }

    /// Says that the load is under way.
    pub fn set(self, app: &App) -> Result<()> {
        let text = serde_json::to_string(&self).map_err(|error| Error::Broken(Box::new(error)))?;
        Ok(std::fs::write(path(app), text)?)
    }

    /// Says that it is finished.
    pub fn clear(app: &App) -> Result<()> {
        Ok(std::fs::remove_file(path(app))?)
    }
}

/// Units by key, and the dossiers written so far in their order.
pub type Begun = (HashMap<String, i64>, Vec<i64>);

/// What there is of a body; nothing when it was not begun.
pub async fn begun(app: &App, viewer: &Viewer, body: &Body) -> Result<Option<Begun>> {
    let Some(first) = body.units.first() else { return Ok(None) };
    let tree = viewer.may::<ManageUnitTree>().ok_or(Error::Forbidden)?;
    let found = app.db.read(&tree).rows(ROOT, &[first.name.as_str().into()]).await?;
    let Some(root) = found.first() else { return Ok(None) };
    let from = root.text("path")?;
    let args = [from.as_str().into(), format!("{}0", from.trim_end_matches('/')).into()];
    let mut units = HashMap::new();
    for row in app.db.read(&tree).rows(UNITS, &args).await? {
        let place = usize::try_from(row.int("sort_order")?).unwrap_or(usize::MAX);
        if let Some(unit) = body.units.get(place) {
            units.insert(unit.key.clone(), row.int("id")?);
        }
    }
    let records = viewer.may::<CreateRecord>().ok_or(Error::Forbidden)?;
    let rows = app.db.read(&records).rows(WRITTEN, &args).await?;
    let written = rows.iter().map(|row| row.int("dossier_id")).collect::<vault::Result<_>>()?;
    Ok(Some((units, written)))
}

/// Whether the accounts of a body are open.
pub async fn has_accounts(app: &App, body: &Body) -> Result<bool> {
    match body.accounts.first() {
        Some(account) => Ok(app.db.sign_in_lookup(&account.login).await?.is_some()),
        None => Ok(false),
    }
}
