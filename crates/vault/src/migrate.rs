//! The schema, forward only. refinery keeps the order and the checksums on both databases.

use crate::{Db, Result, db::Engine, dialect::Dialect};
use refinery::{Migration, Runner, Target};

/// Name and text of every migration, in order.
pub(crate) const MIGRATIONS: &[(&str, &str)] = &[
    ("V1__units_and_accounts", include_str!("../../../migrations/V1__units_and_accounts.sql")),
    ("V2__dossiers", include_str!("../../../migrations/V2__dossiers.sql")),
    ("V3__audit", include_str!("../../../migrations/V3__audit.sql")),
    ("V4__sections", include_str!("../../../migrations/V4__sections.sql")),
    ("V5__roster", include_str!("../../../migrations/V5__roster.sql")),
    ("V6__quotas_and_counts", include_str!("../../../migrations/V6__quotas_and_counts.sql")),
    ("V7__trust", include_str!("../../../migrations/V7__trust.sql")),
    ("V8__own_codes", include_str!("../../../migrations/V8__own_codes.sql")),
    ("V9__decisions", include_str!("../../../migrations/V9__decisions.sql")),
    ("V10__obligations", include_str!("../../../migrations/V10__obligations.sql")),
    ("V11__transfers", include_str!("../../../migrations/V11__transfers.sql")),
    ("V12__declarations", include_str!("../../../migrations/V12__declarations.sql")),
    ("V13__effects", include_str!("../../../migrations/V13__effects.sql")),
    ("V14__reviews", include_str!("../../../migrations/V14__reviews.sql")),
    ("V15__movements", include_str!("../../../migrations/V15__movements.sql")),
];

/// The migrations in the words of one database, all or until one; a changed or missing one is refused.
pub(crate) fn runner(dialect: Dialect, until: Option<i32>) -> Result<Runner, refinery::Error> {
    let migrations = MIGRATIONS.iter().map(|(name, text)| Migration::unapplied(name, &dialect.native(text)));
    let migrations = migrations.collect::<Result<Vec<_>, _>>()?;
    let target = until.map_or(Target::Latest, Target::Version);
    Ok(Runner::new(&migrations).set_target(target).set_abort_divergent(true).set_abort_missing(true))
}

impl Db {
    /// Brings an empty database to a schema of the past, as a program of that time left it; tests of upgrades begin with one.
    pub async fn migrate_until(&self, version: i32) -> Result<()> {
        self.run(Some(version)).await
    }

    /// Brings the schema up to date and refuses to go on with a table nobody classified.
    pub async fn migrate(&self) -> Result<()> {
        self.run(None).await?;
        self.check_classification().await
    }

    async fn run(&self, until: Option<i32>) -> Result<()> {
        match self.engine() {
            Engine::Sqlite(sqlite) => sqlite.migrate(until).await?,
            Engine::Postgres(postgres) => postgres.migrate(until).await?,
        }
        let mut tx = self.begin().await?;
        tx.batch(self.dialect().unhurried()).await?;
        tx.batch(self.dialect().name_search()).await?;
        tx.commit().await
    }
}
