//! An open transaction on either database.

use crate::{
    Db, Error, Result, Row, Value,
    db::Engine,
    postgres,
    sqlite::{Ask, Commits, Worker},
};
use deadpool_postgres::Object;
use tokio::sync::OwnedMutexGuard;

/// An open transaction; rolled back when dropped before its commit.
pub(crate) struct Tx(Option<Session>);

enum Session {
    Sqlite(OwnedMutexGuard<Worker>, Commits),
    Postgres(Box<Object>),
}

impl Db {
    pub(crate) async fn begin(&self) -> Result<Tx> {
        let mut tx = Tx(Some(match self.engine() {
            Engine::Sqlite(sqlite) => Session::Sqlite(sqlite.writer().await, sqlite.commits()),
            Engine::Postgres(postgres) => Session::Postgres(Box::new(postgres.writer().await?)),
        }));
        tx.batch(self.dialect().begin()).await?;
        Ok(tx)
    }
}

impl Tx {
    pub(crate) async fn query(&mut self, sql: &str, args: &[Value]) -> Result<Vec<Row>> {
        match self.session()? {
            Session::Sqlite(writer, _) => writer.query(sql.into(), args.to_vec()).await,
            Session::Postgres(session) => postgres::query(session, sql, args).await,
        }
    }

    /// Several texts at once; none may need the answer of another.
    pub(crate) async fn many(&mut self, asks: Vec<Ask>) -> Result<Vec<Vec<Row>>> {
        match self.session()? {
            Session::Sqlite(writer, _) => writer.many(asks).await,
            Session::Postgres(session) => postgres::many(session, asks).await,
        }
    }

    pub(crate) async fn commit(mut self) -> Result<()> {
        self.batch("COMMIT").await?;
        if let Some(Session::Sqlite(_, commits)) = &self.0 {
            commits.tell();
        }
        self.0 = None;
        Ok(())
    }

    pub(crate) async fn batch(&mut self, sql: &'static str) -> Result<()> {
        match self.session()? {
            Session::Sqlite(writer, _) => writer.batch(sql).await,
            Session::Postgres(session) => Ok(session.batch_execute(sql).await?),
        }
    }

    fn session(&mut self) -> Result<&mut Session> {
        self.0.as_mut().ok_or_else(|| Error::Unavailable("the transaction has ended".into()))
    }
}

/// Leaves nothing behind: SQLite rolls back, a PostgreSQL session is closed and not reused.
impl Drop for Tx {
    fn drop(&mut self) {
        match self.0.take() {
            Some(Session::Sqlite(writer, _)) => writer.roll_back(),
            Some(Session::Postgres(session)) => drop(Object::take(*session)),
            None => {}
        }
    }
}
