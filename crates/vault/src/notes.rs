//! What was read, printed or exported, put on the record before the answer goes out.
//!
//! Notes that wait while one commit is under way are sealed together in the next, so opening a dossier
//! costs a share of one commit; each caller is answered after its own note is durable.

use crate::{
    Db, Error, Grant, Permission, Read, Result, Value,
    audit::{self, Actor, Entry},
    db::Inner,
};
use serde_json::Value as Json;
use std::sync::{Arc, OnceLock, Weak};
use tokio::sync::{mpsc, oneshot};

/// Notes sealed in one commit at most.
const TOGETHER: usize = 256;
/// Dossiers of a list noted in one commit.
const LISTED: usize = 1000;

/// The way to the task that writes notes; it starts with the first.
#[derive(Default)]
pub(crate) struct Notes(OnceLock<mpsc::Sender<Note>>);

struct Note {
    actor: Arc<Actor>,
    act: String,
    dossier_id: Option<i64>,
    details: String,
    done: oneshot::Sender<bool>,
}

impl Db {
    /// Puts on the record that something was opened, printed or exported; returns when that is durable.
    ///
    /// `act` is `noun.verb` (`dossier.open`), `details` says what of it. A dossier must lie inside the area.
    pub async fn note<P: Permission>(&self, grant: &Grant<P>, act: &str, dossier_id: Option<i64>, details: Json) -> Result<()> {
        if let Some(id) = dossier_id {
            self.read(grant).dossier_inside(id).await?;
        }
        self.note_as(grant.viewer().actor(), act, dossier_id, details).await
    }

    /// The same for many dossiers that left together, as in a list; each gets an entry of its own. All must lie inside the area.
    pub async fn note_all<P: Permission>(&self, grant: &Grant<P>, act: &str, dossiers: &[i64], details: &Json) -> Result<()> {
        for some in dossiers.chunks(LISTED) {
            let marks: Vec<String> = (1..=some.len()).map(|place| format!("${place}")).collect();
            let args: Vec<Value> = some.iter().map(|id| (*id).into()).collect();
            let sql = format!("SELECT COUNT(*) AS inside FROM {{dossiers}} d WHERE d.id IN ({})", marks.join(", "));
            let inside = self.read(grant).one(&sql, &args).await?.int("inside")?;
            if usize::try_from(inside) != Ok(some.len()) {
                return Err(Error::NotFound);
            }
            let actor = Arc::new(grant.viewer().actor());
            let entries = some.iter().map(|id| (actor.clone(), read_entry(act, Some(*id), details.to_string())));
            seal(self, entries.collect()).await?;
        }
        Ok(())
    }

    pub(crate) async fn note_as(&self, actor: Actor, act: &str, dossier_id: Option<i64>, details: Json) -> Result<()> {
        let sender = self.inner.notes.0.get_or_init(|| {
            let (sender, notes) = mpsc::channel(TOGETHER * 4);
            tokio::spawn(write(Arc::downgrade(&self.inner), notes));
            sender
        });
        let (done, written) = oneshot::channel();
        let note = Note { actor: Arc::new(actor), act: act.to_owned(), dossier_id, details: details.to_string(), done };
        let lost = || Error::Unavailable("the note could not be put on the record".into());
        sender.send(note).await.map_err(|_| lost())?;
        match written.await {
            Ok(true) => Ok(()),
            Ok(false) | Err(_) => Err(lost()),
        }
    }
}

async fn write(inner: Weak<Inner>, mut notes: mpsc::Receiver<Note>) {
    let mut waiting = Vec::new();
    while notes.recv_many(&mut waiting, TOGETHER).await > 0 {
        let Some(inner) = inner.upgrade() else { return };
        let db = Db { inner };
        let entries = waiting.iter().map(entry).collect();
        let sealed = seal(&db, entries).await;
        if let Err(error) = &sealed {
            tracing::error!(%error, "notes were not written");
        }
        for note in waiting.drain(..) {
            // Whoever waited may have gone.
            note.done.send(sealed.is_ok()).ok();
        }
    }
}

async fn seal(db: &Db, entries: Vec<(Arc<Actor>, Entry)>) -> Result<()> {
    let mut tx = db.begin().await?;
    audit::seal(db, &mut tx, entries).await?;
    tx.commit().await
}

fn entry(note: &Note) -> (Arc<Actor>, Entry) {
    (note.actor.clone(), read_entry(&note.act, note.dossier_id, note.details.clone()))
}

fn read_entry(act: &str, dossier_id: Option<i64>, details: String) -> Entry {
    Entry { act: act.to_owned(), table: String::new(), row_id: dossier_id.unwrap_or_default(), dossier_id, basis: None, diff: details }
}
