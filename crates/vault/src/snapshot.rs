//! The whole database as it stands at one moment, read while others write.

use crate::{Db, Result, Row, db::Engine, postgres, sqlite::Worker};
use deadpool_postgres::Object;
use std::sync::Arc;
use tokio::sync::mpsc;

/// A reading transaction of its own.
pub(crate) enum Snapshot {
    Sqlite(Worker),
    Postgres(Arc<Object>),
}

const PAGE: usize = 500;
/// The first reading fixes the moment.
const FIX: &str = "SELECT COUNT(*) AS entries FROM audit_heads";

impl Db {
    pub(crate) async fn snapshot(&self) -> Result<Snapshot> {
        let begin = self.dialect().begin_snapshot();
        match self.engine() {
            Engine::Sqlite(sqlite) => {
                let worker = sqlite.extra_reader()?;
                worker.batch(begin).await?;
                worker.query(FIX.into(), Vec::new()).await?;
                Ok(Snapshot::Sqlite(worker))
            }
            Engine::Postgres(postgres) => {
                let session = postgres.stream().await?;
                session.batch_execute(begin).await?;
                postgres::query(&session, FIX, &[]).await?;
                Ok(Snapshot::Postgres(Arc::new(session)))
            }
        }
    }
}

impl Snapshot {
    /// Ends the reading transaction.
    pub(crate) async fn end(self) -> Result<()> {
        match self {
            Snapshot::Sqlite(worker) => worker.batch("COMMIT").await,
            Snapshot::Postgres(session) => Ok(session.batch_execute("COMMIT").await?),
        }
    }

    /// Rows in pages; one text at a time.
    pub(crate) fn stream(&self, sql: String) -> Result<mpsc::Receiver<Result<Vec<Row>>>> {
        match self {
            Snapshot::Sqlite(worker) => worker.stream(sql.into(), Vec::new(), PAGE),
            Snapshot::Postgres(session) => {
                let (session, (sender, pages)) = (session.clone(), mpsc::channel(4));
                tokio::spawn(async move {
                    if let Err(error) = postgres::stream(&session, &sql, &[], PAGE, &sender).await {
                        // Whoever asked may have gone.
                        sender.send(Err(error)).await.ok();
                    }
                });
                Ok(pages)
            }
        }
    }
}
