//! The codes of a province's own, kept in the database and taught to the lists in memory.

use crate::{App, access::ManageCatalogues, error::Result};
use jiff::civil::Date;
use law::Item;
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};
use vault::{Read, Seen};

/// Servers that share a database hear of each other's codes within this.
const LOOK: Duration = Duration::from_secs(10);

const ALL: &str = "
    SELECT o.id, o.version, o.catalogue, o.code, o.label_vi, o.basis, o.from_on, o.until_on
    FROM own_codes o ORDER BY o.catalogue, o.id";

/// One code of a province's own.
#[derive(Clone, Debug)]
pub(super) struct OwnCode {
    pub(super) seen: Seen,
    pub(super) catalogue: String,
    pub(super) code: String,
    pub(super) label: String,
    /// The paper that introduced it.
    pub(super) basis: String,
    pub(super) from: Date,
    pub(super) until: Option<Date>,
}

impl OwnCode {
    /// As an entry of its list.
    fn item(&self) -> Item {
        Item {
            code: self.code.clone(),
            label_vi: self.label.clone(),
            effective_from: Some(self.from),
            effective_to: self.until,
            more: BTreeMap::new(),
            source: self.basis.clone(),
            confidence: "own".into(),
        }
    }
}

/// Every own code.
pub(super) async fn all(from: &mut impl Read) -> Result<Vec<OwnCode>> {
    let rows = from.rows(ALL, &[]).await?;
    let code = |row: &vault::Row| -> Result<OwnCode> {
        Ok(OwnCode {
            seen: row.seen()?,
            catalogue: row.text("catalogue")?,
            code: row.text("code")?,
            label: row.text("label_vi")?,
            basis: row.text("basis")?,
            from: row.get("from_on")?,
            until: row.get("until_on")?,
        })
    };
    rows.iter().map(code).collect()
}

/// Teaches the lists every own code of the database.
pub async fn learn(app: &App) -> Result<()> {
    let Some(account) = app.db.installation_account().await? else { return Ok(()) };
    let Some(grant) = app.db.console_viewer(account).await?.may::<ManageCatalogues>() else { return Ok(()) };
    teach(app, &all(&mut app.db.read(&grant)).await?);
    Ok(())
}

/// Puts these codes into their lists.
pub(super) fn teach(app: &App, codes: &[OwnCode]) {
    let keys: BTreeSet<&str> = codes.iter().map(|code| code.catalogue.as_str()).collect();
    for key in keys {
        let items: Vec<Item> = codes.iter().filter(|code| code.catalogue == key).map(OwnCode::item).collect();
        app.law.add_own_codes(key, &items);
    }
}

/// Listens for codes that other servers add, for as long as this one runs.
pub fn watch(app: App) {
    if app.config.postgres.is_empty() {
        return;
    }
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(LOOK).await;
            if let Err(error) = learn(&app).await {
                tracing::warn!(?error, "the codes of the province could not be read anew");
            }
        }
    });
}
