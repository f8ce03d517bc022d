//! Making and checking copies, one at a time in this process.

use super::folder::{self, Folder};
use crate::{
    App,
    error::{Error, Result},
};
use std::{
    path::{Path, PathBuf},
    sync::Mutex,
};
use vault::{Checked, Lock, Progress};

/// What is being done with copies now, and why the last copy failed.
#[derive(Default)]
pub struct Work(Mutex<State>);

#[derive(Clone, Debug, Default)]
pub(super) struct State {
    pub(super) running: Option<Running>,
    pub(super) failure: Option<String>,
}

/// Work under way.
#[derive(Clone, Debug)]
pub(super) struct Running {
    /// What, in words.
    pub(super) what: String,
    /// Rows and files done.
    pub(super) done: u64,
}

/// The right to work; given back when dropped.
pub(super) struct Turn(App);

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.backups.with(|state| state.running = None);
    }
}

impl Work {
    /// What is being done with copies now, in words, and how many rows and files are done.
    pub fn under_way(&self) -> Option<(String, u64)> {
        self.state().running.map(|running| (running.what, running.done))
    }

    /// Why the last copy failed.
    pub fn failure(&self) -> Option<String> {
        self.state().failure
    }

    pub(super) fn state(&self) -> State {
        self.0.lock().map(|state| state.clone()).unwrap_or_default()
    }

    pub(super) fn failed(&self, why: Option<String>) {
        self.with(|state| state.failure = why);
    }

    pub(super) fn advance(&self, done: u64) {
        self.with(|state| {
            if let Some(running) = &mut state.running {
                running.done = done;
            }
        });
    }

    fn with(&self, change: impl FnOnce(&mut State)) {
        if let Ok(mut state) = self.0.lock() {
            change(&mut state);
        }
    }
}

/// Takes the turn to work, unless somebody has it.
pub(super) fn take_turn(app: &App, what: String) -> Result<Turn> {
    let mut taken = false;
    app.backups.with(|state| {
        if state.running.is_none() {
            state.running = Some(Running { what, done: 0 });
            taken = true;
        }
    });
    if taken {
        Ok(Turn(app.clone()))
    } else {
        Err(Error::Conflict("Đang sao lưu hoặc kiểm tra một bản khác. Chờ xong rồi thực hiện tiếp".into()))
    }
}

/// The key that opens the copies; made when it is first needed.
pub fn key(app: &App) -> PathBuf {
    app.config.data.join("keys").join("backup.key")
}

/// Writes a copy into a folder, opens it again and checks all of it. `progress` hears how many rows and files are done.
pub async fn make(app: &App, folder: &Folder, mut progress: impl FnMut(u64) + Send) -> Result<(PathBuf, Checked)> {
    let lock = Lock::KeyFile(key(app));
    let path = folder.path(crate::in_vietnam(app.now()).datetime());
    let (mut finished, mut last) = (0, Progress { step: String::new(), done: 0 });
    let told = |heard: Progress| {
        if heard.step != last.step {
            finished += last.done;
        }
        progress(finished + heard.done);
        last = heard;
    };
    app.db.backup(&path, &lock, told).await.map_err(unmade)?;
    let checked = check(app, &path).await?;
    Ok((path, checked.map_err(unmade)?))
}

/// Opens a copy, checks all of it and writes down what was found.
pub(super) async fn check(app: &App, path: &Path) -> Result<vault::Result<Checked>> {
    let checked = vault::verify_backup(path, &Lock::KeyFile(key(app))).await;
    folder::remember(path, &checked, crate::in_vietnam(app.now()).datetime())?;
    Ok(checked)
}

fn unmade(error: vault::Error) -> Error {
    Error::Broken(Box::new(error))
}
