//! Lists being written, and those that wait to be fetched.

use super::write::{self, Asking, Progress};
use crate::{App, access::Export, search::Scope};
use paper::sheet::Finished;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, atomic::Ordering},
    time::Duration,
};
use vault::Grant;

/// A file that nobody fetches vanishes after this long.
const KEPT: Duration = Duration::from_secs(30 * 60);
/// Lists that one account may have in hand.
const AT_ONCE: usize = 3;

/// One list on its way out.
pub struct Job {
    /// Whose it is.
    pub account: i64,
    /// What is taken out.
    pub asking: Asking,
    /// How many rows there are to write, as far as counted.
    pub total: i64,
    /// How far it is.
    pub progress: Progress,
    /// What became of it.
    pub outcome: Mutex<Outcome>,
}

/// What became of a list.
pub enum Outcome {
    /// It is being written.
    Running,
    /// It can be fetched.
    Ready(Finished),
    /// It came to nothing; the sentence says why.
    Failed(String),
}

/// All of them, by a name that cannot be guessed.
#[derive(Default)]
pub struct Jobs(Mutex<HashMap<String, Arc<Job>>>);

impl Jobs {
    /// The job, if it is the account's own.
    pub fn find(&self, id: &str, account: i64) -> Option<Arc<Job>> {
        self.0.lock().ok()?.get(id).filter(|job| job.account == account).cloned()
    }

    /// The lists being written now, with their names.
    pub fn running(&self) -> Vec<(String, Arc<Job>)> {
        let Ok(jobs) = self.0.lock() else { return Vec::new() };
        let mut running: Vec<_> = jobs.iter().filter(|(_, job)| job.is_running()).map(|(id, job)| (id.clone(), job.clone())).collect();
        running.sort_by(|(one, _), (other, _)| one.cmp(other));
        running
    }

    /// How many an account has in hand.
    fn of(&self, account: i64) -> usize {
        self.0.lock().map_or(0, |jobs| jobs.values().filter(|job| job.account == account && job.is_running()).count())
    }

    /// Puts a list among those being written that never ends by itself.
    #[cfg(test)]
    pub fn hold(&self, id: &str, account: i64, asking: Asking, total: i64) -> Arc<Job> {
        let job = Arc::new(Job { account, asking, total, progress: Progress::default(), outcome: Mutex::new(Outcome::Running) });
        self.0.lock().unwrap().insert(id.to_owned(), job.clone());
        job
    }

    /// Calls a job off and lets its file vanish.
    pub fn drop_job(&self, id: &str) {
        if let Ok(mut jobs) = self.0.lock()
            && let Some(job) = jobs.remove(id)
        {
            job.progress.called_off.store(true, Ordering::Relaxed);
        }
    }
}

impl Job {
    /// Whether it is still being written.
    pub fn is_running(&self) -> bool {
        self.outcome.lock().is_ok_and(|outcome| matches!(*outcome, Outcome::Running))
    }
}

/// Begins to write a list; gives its name, or nothing when the account has too many in hand.
pub fn begin(app: &App, grant: Grant<Export>, scope: Scope, asking: Asking, total: i64) -> Option<String> {
    let account = grant.viewer().account_id();
    if app.exports.of(account) >= AT_ONCE {
        return None;
    }
    let id = format!("{:032x}", rand::random::<u128>());
    let job = Arc::new(Job { account, asking, total, progress: Progress::default(), outcome: Mutex::new(Outcome::Running) });
    app.exports.0.lock().ok()?.insert(id.clone(), job.clone());
    let (app, name) = (app.clone(), id.clone());
    tokio::spawn(async move {
        let outcome = match write::list(&app, &grant, &scope, &job.asking, &job.progress).await {
            Ok(finished) => Outcome::Ready(finished),
            Err(error) => {
                tracing::error!(?error, "a list was not written");
                Outcome::Failed(error.to_string())
            }
        };
        if let Ok(mut place) = job.outcome.lock() {
            *place = outcome;
        }
        drop(job);
        tokio::time::sleep(KEPT).await;
        app.exports.drop_job(&name);
    });
    Some(id)
}
