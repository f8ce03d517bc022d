//! What the server remembers between two looks at an import: sheets read, reports made, writing under way.

use super::{checking::Report, words::Words};
use crate::error::{Error, Result};
use law::{DataSource, Law};
use paper::sheet::{Book, Cell, ColumnGuess, Layout, Sheet};
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
};

/// Sheets and reports kept at a time; whoever comes back later waits for the file to be read again.
const KEPT: usize = 4;

/// A file that was read, and where on its sheet the people are.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(super) book: Book,
    pub(super) place: usize,
    pub(super) layout: Layout,
}

static NO_SHEET: Sheet = Sheet { name: String::new(), hidden: false, rows: Vec::new(), merges: Vec::new() };

impl Opened {
    /// Looks at one sheet of a file.
    pub(crate) fn new(book: Book, place: Option<usize>) -> Opened {
        let chosen = place.filter(|place| *place < book.sheets.len());
        let place = chosen.or_else(|| book.main_sheet()).unwrap_or(0);
        let layout = paper::sheet::layout(book.sheets.get(place).unwrap_or(&NO_SHEET));
        Opened { book, place, layout }
    }

    /// The sheet.
    pub(super) fn sheet(&self) -> &Sheet {
        self.book.sheets.get(self.place).unwrap_or(&NO_SHEET)
    }

    /// The cells of a row.
    pub(super) fn cells(&self, row: usize) -> &[Cell] {
        self.sheet().rows.get(row).map(Vec::as_slice).unwrap_or_default()
    }

    /// The column with this place.
    pub(super) fn column(&self, index: usize) -> Option<&ColumnGuess> {
        self.layout.columns.iter().find(|column| column.index == index)
    }

    /// What files with the same headings have in common.
    pub(super) fn signature(&self) -> String {
        let mut hash = Sha256::new();
        for column in &self.layout.columns {
            let title = super::words::plain(&column.title().replace('›', " "));
            if title != super::words::plain(super::returned::FAULTS) {
                hash.update(format!("{}:{title}\n", column.index));
            }
        }
        hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// A writing under way.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    done: AtomicUsize,
    total: AtomicUsize,
    ended: Mutex<Option<Result<(), String>>>,
}

impl Progress {
    /// So many rows are done.
    pub(crate) fn set(&self, done: usize, total: usize) {
        self.done.store(done, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
    }

    /// Rows done, of how many.
    pub(crate) fn get(&self) -> (usize, usize) {
        (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed))
    }

    pub(super) fn end(&self, how: Result<(), String>) {
        if let Ok(mut ended) = self.ended.lock() {
            *ended = Some(how);
        }
    }

    pub(super) fn ended(&self) -> Option<Result<(), String>> {
        self.ended.lock().ok().and_then(|ended| ended.clone())
    }
}

/// Import, sheet and encoding.
type Which = (i64, Option<usize>, Option<String>);

/// The memory of this server.
#[derive(Default)]
pub struct Desk {
    words: OnceLock<Arc<Words>>,
    opened: Mutex<Vec<(Which, Arc<Opened>)>>,
    reports: Mutex<Vec<((i64, i64), Arc<Report>)>>,
    jobs: Mutex<HashMap<i64, Arc<Progress>>>,
}

impl Desk {
    /// What headings and abbreviations mean, read once.
    pub(super) fn words(&self, config: &crate::config::Config, law: &Law) -> Result<Arc<Words>> {
        if let Some(words) = self.words.get() {
            return Ok(words.clone());
        }
        let source = match config.law.as_str() {
            "" => DataSource::Embedded,
            folder => DataSource::Folder(folder.into()),
        };
        let words = Arc::new(Words::load(&source, law)?);
        Ok(self.words.get_or_init(|| words).clone())
    }

    pub(super) fn opened(&self, which: &Which) -> Option<Arc<Opened>> {
        self.opened.lock().ok()?.iter().find(|(kept, _)| kept == which).map(|(_, opened)| opened.clone())
    }

    pub(super) fn keep_opened(&self, which: Which, opened: Arc<Opened>) {
        if let Ok(mut kept) = self.opened.lock() {
            kept.retain(|(other, _)| *other != which);
            kept.insert(0, (which, opened));
            kept.truncate(KEPT);
        }
    }

    pub(super) fn report(&self, import: i64, version: i64) -> Option<Arc<Report>> {
        self.reports.lock().ok()?.iter().find(|(kept, _)| *kept == (import, version)).map(|(_, report)| report.clone())
    }

    pub(super) fn keep_report(&self, import: i64, version: i64, report: Arc<Report>) {
        if let Ok(mut kept) = self.reports.lock() {
            kept.retain(|((other, _), _)| *other != import);
            kept.insert(0, ((import, version), report));
            kept.truncate(KEPT);
        }
    }

    /// Forgets what was read of an import.
    pub(super) fn forget(&self, import: i64) {
        if let Ok(mut kept) = self.opened.lock() {
            kept.retain(|((other, _, _), _)| *other != import);
        }
        if let Ok(mut kept) = self.reports.lock() {
            kept.retain(|((other, _), _)| *other != import);
        }
    }

    /// The writing under way of an import.
    pub(super) fn job(&self, import: i64) -> Option<Arc<Progress>> {
        self.jobs.lock().ok()?.get(&import).cloned()
    }

    /// Rows written and all rows of an import that is being written.
    pub fn under_way(&self, import: i64) -> Option<(usize, usize)> {
        self.job(import).filter(|job| job.ended().is_none()).map(|job| job.get())
    }

    /// Begins a writing, unless one is under way.
    pub(super) fn begin(&self, import: i64) -> Result<Arc<Progress>> {
        let mut jobs = self.jobs.lock().map_err(|_| Error::broken("the list of imports under way is lost"))?;
        if jobs.get(&import).is_some_and(|job| job.ended().is_none()) {
            return Err(Error::Conflict("Lô này đang được ghi".into()));
        }
        let job = Arc::new(Progress::default());
        jobs.insert(import, job.clone());
        Ok(job)
    }

    /// Takes note that the end of a writing was seen.
    pub(super) fn seen(&self, import: i64) {
        if let Ok(mut jobs) = self.jobs.lock() {
            jobs.remove(&import);
        }
    }
}
