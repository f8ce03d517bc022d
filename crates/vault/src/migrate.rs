//! The schema, forward only. refinery keeps the order and the checksums on both databases.

use crate::{Db, Result, db::Engine, dialect::Dialect};
use refinery::{Migration, Runner};

/// Name and text of every migration, in order.
pub(crate) const MIGRATIONS: &[(&str, &str)] = &[
    ("V1__units_and_accounts", include_str!("../../../migrations/V1__units_and_accounts.sql")),
    ("V2__dossiers", include_str!("../../../migrations/V2__dossiers.sql")),
    ("V3__audit", include_str!("../../../migrations/V3__audit.sql")),
    ("V4__sections", include_str!("../../../migrations/V4__sections.sql")),
    ("V5__roster", include_str!("../../../migrations/V5__roster.sql")),
    ("V6__quotas_and_counts", include_str!("../../../migrations/V6__quotas_and_counts.sql")),
    ("V8__own_codes", include_str!("../../../migrations/V8__own_codes.sql")),
];

/// The migrations in the words of one database; a changed or missing one is refused.
pub(crate) fn runner(dialect: Dialect) -> Result<Runner, refinery::Error> {
    let migrations = MIGRATIONS.iter().map(|(name, text)| Migration::unapplied(name, &dialect.native(text)));
    let migrations = migrations.collect::<Result<Vec<_>, _>>()?;
    Ok(Runner::new(&migrations).set_abort_divergent(true).set_abort_missing(true))
}

impl Db {
    /// Brings the schema up to date and refuses to go on with a table nobody classified.
    pub async fn migrate(&self) -> Result<()> {
        match self.engine() {
            Engine::Sqlite(sqlite) => sqlite.migrate().await?,
            Engine::Postgres(postgres) => postgres.migrate().await?,
        }
        let mut tx = self.begin().await?;
        tx.batch(self.dialect().unhurried()).await?;
        tx.batch(self.dialect().name_search()).await?;
        tx.commit().await?;
        self.check_classification().await
    }
}
