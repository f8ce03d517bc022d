//! Writing a whole file in one transaction, while the next rows are still being judged.

use super::{
    checking::{Report, Task, blocking},
    desk::Progress,
    files::{self, Which},
    judging::{Judged, Write},
    model::State,
    returned,
};
use crate::{
    dossiers::mismatches,
    error::{Error, Result},
};
use std::sync::Arc;
use vault::{Basis, Change, Seen, Value};

/// Chunks judged ahead of the writer.
const AHEAD: usize = 2;

/// Writes every row that is in order, under one basis that can be withdrawn; all of them or none.
pub(crate) async fn write(task: &Task, import: Seen, progress: &Arc<Progress>) -> Result<Report> {
    let fates = Arc::new(task.fates().await?);
    let rows = task.rows();
    let total = rows.len();
    progress.set(0, total);

    let mut change = task.app.db.change(&task.grant, "import.write").await?;
    let done: [(&str, Value); 2] = [("state", State::Done.code().into()), ("finished_at", task.app.now().into())];
    // Before the basis is stated: taking the batch back must not touch the import itself.
    change.update("imports", import, &done).await?;
    change.rests_on(Basis::Import(import.id));
    let flags = mismatches::all_open(&mut change).await?;
    let mut flags = Flags { law: &task.app.law, flags, who: mismatches::person(task.grant.viewer()) };
    let (sender, mut chunks) = tokio::sync::mpsc::channel::<Vec<Judged>>(AHEAD);
    let (judge, handle, known) = (task.clone(), tokio::runtime::Handle::current(), fates.clone());
    let judging = tokio::task::spawn_blocking(move || judge.judge(&rows, &known, &handle, |chunk| sender.blocking_send(chunk).is_ok()));
    let mut report = Report::default();
    while let Some(chunk) = chunks.recv().await {
        chunk.iter().for_each(|judged| report.take(judged));
        write_chunk(&mut change, chunk, &mut flags).await?;
        progress.set(report.outcome.rows, total);
    }
    judging.await.map_err(|error| Error::Broken(Box::new(error)))??;
    if report.outcome.written() == 0 {
        return Err(Error::Conflict("Không còn dòng nào ghi được. Xem lại các dòng lỗi và trùng".into()));
    }
    report.fates = fates;
    keep_rows_to_fix(task, import, &report).await?;
    // The counts stand with what they count, in one commit.
    change.rests_on_nothing();
    let outcome = serde_json::to_value(&report.outcome).map_err(|error| Error::Broken(Box::new(error)))?;
    change.update("imports", Seen { version: import.version + 1, ..import }, &[("outcome", outcome.into())]).await?;
    change.commit().await?;

    task.app.desk.forget(import.id);
    files::remove(&task.app, import.id, Which::Upload)?;
    Ok(report)
}

/// Differences with the paper that were flagged before; those the file corrects are settled by it.
struct Flags<'a> {
    law: &'a law::Law,
    flags: Vec<mismatches::Flag>,
    who: &'a str,
}

impl Flags<'_> {
    async fn settle(&mut self, change: &mut Change, dossier_id: i64, section: &str, columns: &[&str]) -> Result<()> {
        let Some(section) = self.law.section(section).filter(|_| !self.flags.is_empty()) else { return Ok(()) };
        let settled = mismatches::settled(&self.flags, dossier_id, section, columns);
        mismatches::settle(change, &settled, "nhập từ bảng tính", self.who).await?;
        let done: Vec<i64> = settled.iter().map(|flag| flag.id).collect();
        self.flags.retain(|flag| !done.contains(&flag.id));
        Ok(())
    }
}

async fn write_chunk(change: &mut Change, chunk: Vec<Judged>, flags: &mut Flags<'_>) -> Result<()> {
    let mut opened = Vec::new();
    for judged in chunk {
        match judged.write {
            Write::Open(dossier) => opened.push(dossier),
            Write::Change(dossier_id, parts) => {
                for part in parts {
                    let set: Vec<(&str, Value)> = part.set.iter().map(|(column, value)| (column.as_str(), value.clone())).collect();
                    change.write_section(dossier_id, &part.section, part.row, &set).await?;
                    let columns: Vec<&str> = set.iter().map(|(column, _)| *column).collect();
                    flags.settle(change, dossier_id, &part.section, &columns).await?;
                }
            }
            Write::Skip(_) | Write::Nothing => {}
        }
    }
    change.open_dossiers(opened).await?;
    Ok(())
}

/// The file with the rows to put right, there before the import is done.
async fn keep_rows_to_fix(task: &Task, import: Seen, report: &Report) -> Result<()> {
    if report.outcome.left() == 0 {
        return Ok(());
    }
    let (task, report) = (task.clone(), report.clone());
    blocking(move || {
        let bytes = returned::rows_to_fix(&task, &report)?;
        files::keep(&task.app, import.id, Which::ToFix, &bytes)
    })
    .await?
}
