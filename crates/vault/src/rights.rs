//! Who is signed in, remembered between requests.
//!
//! A page is shown thousands of times a second, rights change a few times a day. Viewers are kept by session
//! and dropped at once when this process writes an account, a role, a consent, an operator, a unit or a session. Another
//! process that shares the database raises `rights_epoch` in the same transaction; each process asks for it at
//! most once a second, so a right removed there is gone here within that second.

use crate::{Result, grant::Session, tx::Tx};
use jiff::{SignedDuration, Timestamp, civil::Date};
use std::{
    collections::HashMap,
    sync::{
        Mutex,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

const RAISE: &str = "UPDATE rights_epoch SET epoch = epoch + 1 WHERE id = 1";
/// Tables whose rows decide who may do what.
const DECIDING: &[&str] = &["accounts", "account_roles", "operators", "units", "unit_regulations", "sessions", "consents"];
/// Sessions remembered; beyond it all are read anew.
const KEPT: usize = 50_000;

#[derive(Default)]
pub(crate) struct Rights {
    sessions: Mutex<HashMap<Vec<u8>, Remembered>>,
    /// Raised with every loss of memory, so that what was read before it is not put back.
    turn: AtomicU64,
    /// The epoch of the database with the day, and when they were asked for, in milliseconds.
    mark: AtomicI64,
    asked: AtomicI64,
}

#[derive(Clone)]
pub(crate) struct Remembered {
    pub(crate) session: Session,
    pub(crate) last_seen_at: Timestamp,
    /// What the database says; it is told at most once a minute.
    pub(crate) written_at: Timestamp,
}

impl Rights {
    /// The session, if it is remembered.
    pub(crate) fn find(&self, token_hash: &[u8]) -> Option<Remembered> {
        self.sessions.lock().ok()?.get(token_hash).cloned()
    }

    /// Notes that it was seen; the caller tells the database when this answers so.
    pub(crate) fn seen(&self, token_hash: &[u8], now: Timestamp) -> bool {
        let Ok(mut sessions) = self.sessions.lock() else { return false };
        let Some(kept) = sessions.get_mut(token_hash) else { return false };
        kept.last_seen_at = now;
        let due = now.duration_since(kept.written_at) >= SignedDuration::from_mins(1);
        if due {
            kept.written_at = now;
        }
        due
    }

    pub(crate) fn turn(&self) -> u64 {
        self.turn.load(Ordering::SeqCst)
    }

    /// Remembers a session that was read when `turn` was current.
    pub(crate) fn keep(&self, token_hash: &[u8], kept: Remembered, turn: u64) {
        let Ok(mut sessions) = self.sessions.lock() else { return };
        if self.turn() == turn {
            if sessions.len() >= KEPT {
                sessions.clear();
            }
            sessions.insert(token_hash.to_vec(), kept);
        }
    }

    pub(crate) fn forget(&self) {
        let Ok(mut sessions) = self.sessions.lock() else { return };
        self.turn.fetch_add(1, Ordering::SeqCst);
        sessions.clear();
    }

    /// Whether the database should be asked for its epoch now; one caller a second is told so.
    pub(crate) fn asks(&self, now: Timestamp) -> bool {
        let (now, asked) = (now.as_millisecond(), self.asked.load(Ordering::SeqCst));
        now - asked >= 1000 && self.asked.compare_exchange(asked, now, Ordering::SeqCst, Ordering::SeqCst).is_ok()
    }

    /// Forgets everything when another process has raised the epoch, and at midnight, when roles begin and end.
    pub(crate) fn heard(&self, epoch: i64, today: Date) {
        let mark = epoch * 1_000_000 + i64::from(today.year()) * 400 + i64::from(today.day_of_year());
        if self.mark.swap(mark, Ordering::SeqCst) != mark {
            self.forget();
        }
    }
}

/// Whether rows of this table decide who may do what.
pub(crate) fn decides(table: &str) -> bool {
    DECIDING.contains(&table)
}

/// Tells other processes, in the transaction that changes the rights.
pub(crate) async fn raise(tx: &mut Tx) -> Result<()> {
    tx.query(RAISE, &[]).await.map(|_| ())
}
