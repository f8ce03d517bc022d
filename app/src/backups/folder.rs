//! The folder of copies: a file for each, its record beside it, both named after the moment.

use super::keeping;
use crate::error::{Error, Result};
use jiff::{ToSpan, civil::DateTime};
use serde::{Deserialize, Serialize};
use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};
use vault::{Archive, Checked};

const BEFORE: &str = "hoso-";
const AFTER: &str = ".age";
const RECORD: &str = "json";
/// How the vault calls a copy that is not finished.
const UNFINISHED: &str = ".tmp";
/// A copy under way is written all the time; a file that was not for this long belongs to none.
const IDLE: Duration = Duration::from_secs(10 * 60);
const NAMED: &str = "%Y-%m-%d-%H%M%S";

/// A folder with copies in it.
#[derive(Clone, Debug)]
pub struct Folder(pub PathBuf);

/// One copy.
#[derive(Clone, Debug)]
pub struct Copy {
    /// Name of its file.
    pub name: String,
    /// When it was made, by the clocks of Vietnam.
    pub at: DateTime,
    /// Bytes.
    pub size: u64,
    /// What stands beside it; nothing when somebody brought the file from elsewhere.
    pub record: Option<Record>,
}

/// What is known of a copy without opening it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Record {
    /// What it holds.
    pub archive: Archive,
    /// When it was last opened and checked, and found whole.
    pub checked_at: Option<String>,
    /// Why the last check failed.
    pub fault: Option<String>,
}

impl Folder {
    /// A path for a copy made at this moment; a second later when that is taken.
    pub fn path(&self, at: DateTime) -> PathBuf {
        let mut at = at;
        loop {
            let path = self.0.join(format!("{BEFORE}{}{AFTER}", at.strftime(NAMED)));
            match at.checked_add(1.second()) {
                Ok(next) if path.exists() => at = next,
                Ok(_) | Err(_) => return path,
            }
        }
    }

    /// The copies, newest first; files of other names are not ours.
    pub fn copies(&self) -> Result<Vec<Copy>> {
        let entries = match fs::read_dir(&self.0) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error.into()),
        };
        let mut copies = Vec::new();
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if let Some(at) = moment(&name) {
                copies.push(Copy { at, size: entry.metadata()?.len(), record: record(&entry.path()), name });
            }
        }
        copies.sort_by_key(|copy| std::cmp::Reverse(copy.at));
        Ok(copies)
    }

    /// Removes what a copy that was cut off has left behind: its unfinished file, no longer written for a while.
    pub fn sweep(&self) -> Result<usize> {
        let Ok(entries) = fs::read_dir(&self.0) else { return Ok(0) };
        let mut swept = 0;
        for entry in entries {
            let entry = entry?;
            let idle = entry.metadata()?.modified()?.elapsed().is_ok_and(|idle| idle >= IDLE);
            if idle && entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
                fs::remove_file(entry.path())?;
                swept += 1;
            }
        }
        Ok(swept)
    }

    /// The path of a copy by its name; only names that copies have.
    pub fn find(&self, name: &str) -> Result<PathBuf> {
        let path = self.0.join(name);
        if moment(name).is_some() && path.is_file() { Ok(path) } else { Err(Error::NotFound) }
    }

    /// Removes the copies that are neither recent nor the last of a month still kept; gives their names.
    pub fn thin(&self, today: jiff::civil::Date, months: u32) -> Result<Vec<String>> {
        let copies = self.copies()?;
        let moments: Vec<DateTime> = copies.iter().map(|copy| copy.at).collect();
        let dropped = keeping::dropped(&moments, today, months);
        let gone: Vec<String> = copies.into_iter().filter(|copy| dropped.contains(&copy.at)).map(|copy| copy.name).collect();
        for name in &gone {
            let path = self.0.join(name);
            fs::remove_file(&path)?;
            // A copy from elsewhere has no record.
            fs::remove_file(path.with_extension(RECORD)).ok();
        }
        Ok(gone)
    }
}

/// The moment in the name of a copy.
fn moment(name: &str) -> Option<DateTime> {
    DateTime::strptime(NAMED, name.strip_prefix(BEFORE)?.strip_suffix(AFTER)?).ok()
}

fn record(copy: &Path) -> Option<Record> {
    serde_json::from_str(&fs::read_to_string(copy.with_extension(RECORD)).ok()?).ok()
}

/// Writes down what a check of a copy found.
pub(super) fn remember(copy: &Path, checked: &vault::Result<Checked>, now: DateTime) -> Result<()> {
    let archive = match checked {
        Ok(checked) => Some(checked.archive.clone()),
        Err(_) => record(copy).map(|record| record.archive),
    };
    let Some(archive) = archive else { return Ok(()) };
    let record = Record {
        archive,
        checked_at: checked.is_ok().then(|| now.strftime("%H:%M %d/%m/%Y").to_string()),
        fault: checked.as_ref().err().map(words),
    };
    let text = serde_json::to_string_pretty(&record).map_err(|error| Error::Broken(Box::new(error)))?;
    Ok(fs::write(copy.with_extension(RECORD), text)?)
}

/// What is wrong with a copy, for people.
pub fn words(error: &vault::Error) -> String {
    match error {
        vault::Error::Chain(fault) => format!("nhật ký trong bản sao bị sửa đổi: chuỗi {}, mục {}", fault.chain, fault.seq),
        vault::Error::Unavailable(reason) => format!("không đọc được tệp hoặc khóa ({reason})"),
        other => format!("bản sao không mở được bằng khóa này hoặc đã hỏng ({other})"),
    }
}
