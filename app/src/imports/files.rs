//! Sheets on their way in and rows on their way back: on the disk of this machine, readable by its owner only, for a few days.

use crate::{
    App,
    error::{Error, Result},
};
use jiff::SignedDuration;
use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::Write,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::PathBuf,
};

/// Files older than this are removed.
const KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Which of the two files of an import.
#[derive(Clone, Copy)]
pub(super) enum Which {
    /// As it came.
    Upload,
    /// The rows to be put right.
    ToFix,
}

fn folder(app: &App) -> PathBuf {
    app.config.data.join("imports")
}

fn path(app: &App, id: i64, which: Which) -> PathBuf {
    let end = match which {
        Which::Upload => "upload",
        Which::ToFix => "fix",
    };
    folder(app).join(format!("{id}.{end}"))
}

/// Keeps a file; whatever was kept under the same name goes.
pub(super) fn keep(app: &App, id: i64, which: Which, bytes: &[u8]) -> Result<()> {
    let folder = folder(app);
    DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
    let path = path(app, id, which);
    let beside = path.with_extension("part");
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(fs::rename(beside, path)?)
}

/// A kept file.
pub(super) fn read(app: &App, id: i64, which: Which) -> Result<Vec<u8>> {
    match fs::read(path(app, id, which)) {
        Ok(bytes) => Ok(bytes),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(Error::Conflict("Tệp đã được xóa khỏi máy chủ sau 7 ngày hoặc sau khi nhập xong. Tải tệp lên lại".into()))
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether a file is still there.
pub(super) fn is_kept(app: &App, id: i64, which: Which) -> bool {
    path(app, id, which).exists()
}

/// Removes a file; one that is gone is fine.
pub(super) fn remove(app: &App, id: i64, which: Which) -> Result<()> {
    match fs::remove_file(path(app, id, which)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// Removes what is older than a week.
pub(super) fn sweep(app: &App) {
    let now = app.now();
    let entries = fs::read_dir(folder(app)).into_iter().flatten().flatten();
    let old = entries.filter(|entry| {
        let modified = entry.metadata().and_then(|metadata| metadata.modified()).ok();
        let modified = modified.and_then(|at| jiff::Timestamp::try_from(at).ok());
        modified.is_some_and(|at| now.duration_since(at) > KEPT)
    });
    for entry in old {
        if let Err(error) = fs::remove_file(entry.path()) {
            tracing::warn!(%error, "an old import file could not be removed");
        }
    }
}
