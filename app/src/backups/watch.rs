//! The daily copy: made at its hour by the running server, thinned afterwards, missed loudly.

use super::{
    folder::{Copy, Folder},
    keeping::Every,
    work::{make, take_turn},
};
use crate::{
    App,
    access::BackupRestore,
    error::{Error, Result},
};
use jiff::{
    SignedDuration, Timestamp,
    civil::{DateTime, Time},
};
use law::Regulation;
use std::time::Duration;
use vault::{Grant, Read};

/// How often the clock is looked at.
const LOOK: Duration = Duration::from_secs(30);
/// A copy missed while the server was off is made this long after its start, so that nobody waits for it in the morning.
const SETTLE: SignedDuration = SignedDuration::from_mins(15);
/// After a failure the next try waits.
const AGAIN: SignedDuration = SignedDuration::from_mins(60);
/// Among servers that share a database the first makes the copies.
const FIRST_NODE: u8 = 1;

const IN_FORCE: &str = "SELECT DISTINCT r.regulation_code FROM unit_regulations r WHERE r.until_on IS NULL OR r.until_on >= $1";

/// The hour of the settings, or what is wrong with it.
pub fn time_of_day(typed: &str) -> Result<Time> {
    typed.parse().map_err(|_| Error::Refused(format!("Giờ sao lưu “{typed}” không đúng. Nhập dạng giờ:phút, ví dụ --backup-at 01:30")))
}

/// Watches over the daily copy for as long as the server runs.
pub fn watch(app: App, at: Time) {
    if app.config.node != FIRST_NODE {
        return;
    }
    match folder_of(&app).sweep() {
        Ok(0) => {}
        Ok(swept) => tracing::warn!(swept, "a backup was cut off; its unfinished files were removed"),
        Err(error) => tracing::error!(?error, "unfinished files of backups could not be removed"),
    }
    tokio::spawn(async move {
        let mut watch = Watch { at, started: app.now(), not_before: app.now(), warned: None };
        loop {
            tokio::time::sleep(LOOK).await;
            if let Err(error) = watch.look(&app).await {
                watch.not_before = later(app.now(), AGAIN);
                app.backups.failed(Some(error.to_string()));
                tracing::error!(?error, "the scheduled backup failed and will be tried again in an hour");
            }
        }
    });
}

/// What the watch remembers.
struct Watch {
    at: Time,
    started: Timestamp,
    not_before: Timestamp,
    /// The due moment whose absence was put in the log.
    warned: Option<DateTime>,
}

impl Watch {
    async fn look(&mut self, app: &App) -> Result<()> {
        let now = app.now();
        if now < self.not_before {
            return Ok(());
        }
        let regulations = in_force(app).await?;
        let every = Every::of(regulations.iter().map(|regulation| regulation.backup.applied.as_str()));
        let due = every.last_due(crate::in_vietnam(now).datetime(), self.at);
        let folder = folder_of(app);
        let copies = folder.copies()?;
        if copies.first().is_some_and(|latest| latest.at >= due) {
            return Ok(());
        }
        let missed = due < crate::in_vietnam(self.started).datetime();
        if missed && !copies.is_empty() && self.warned != Some(due) {
            self.warned = Some(due);
            tracing::error!(%due, "the scheduled backup is missing; it is made a quarter of an hour after the start");
        }
        if missed && now < later(self.started, SETTLE) {
            return Ok(());
        }
        let Ok(_turn) = take_turn(app, "sao lưu theo lịch".into()) else { return Ok(()) };
        note(app).await?;
        let (path, checked) = make(app, &folder, |done| app.backups.advance(done)).await?;
        app.backups.failed(None);
        let gone = folder.thin(crate::day_of(now), months(&regulations))?;
        tracing::info!(copy = %path.display(), entries = checked.entries, removed = gone.len(), "the scheduled backup was made and checked");
        Ok(())
    }
}

/// Where the scheduled copies lie.
pub(super) fn folder_of(app: &App) -> Folder {
    Folder(app.config.data.join("backups"))
}

/// The newest of the scheduled copies.
pub fn latest(app: &App) -> Result<Option<Copy>> {
    Ok(folder_of(app).copies()?.into_iter().next())
}

/// How many months' last copies stay: the longest that a regulation in force asks for.
fn months(regulations: &[&Regulation]) -> u32 {
    regulations.iter().map(|regulation| regulation.backup.keep_monthly).max().unwrap_or_default()
}

/// The regulations in force somewhere in this installation; all of them before there is any.
pub(super) async fn in_force(app: &App) -> Result<Vec<&Regulation>> {
    let mut found = Vec::new();
    if let Some(grant) = console(app).await? {
        let rows = app.db.read(&grant).rows(IN_FORCE, &[app.today().into()]).await?;
        for row in rows {
            found.extend(app.law.regulation(&row.text("regulation_code")?));
        }
    }
    if found.is_empty() {
        found.extend(&app.law.regulations);
    }
    Ok(found)
}

/// Puts the copy on the record, inside which it will be found itself.
async fn note(app: &App) -> Result<()> {
    if let Some(grant) = console(app).await? {
        app.db.note(&grant, "backup.make", None, serde_json::json!({ "by": "schedule" })).await?;
    }
    Ok(())
}

/// The rights of the installation; nothing before it has its first account.
async fn console(app: &App) -> Result<Option<Grant<BackupRestore>>> {
    let Some(account) = app.db.installation_account().await? else { return Ok(None) };
    Ok(app.db.console_viewer(account).await?.may::<BackupRestore>())
}

fn later(moment: Timestamp, by: SignedDuration) -> Timestamp {
    moment.checked_add(by).unwrap_or(moment)
}

#[cfg(test)]
pub(super) async fn look_once(app: &App, at: Time, started: Timestamp) -> Result<()> {
    Watch { at, started, not_before: started, warned: None }.look(app).await
}
