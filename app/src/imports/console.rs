//! The same import at the console of the server.

use super::{
    actions,
    checking::{Report, Task},
    desk::{Opened, Progress},
    model::{Mapping, Mode, Outcome, State},
    targets, writing,
};
use crate::{
    App,
    access::CreateRecord,
    error::{Error, Result},
};
use std::{collections::BTreeMap, path::PathBuf, sync::Arc};
use vault::Value;

/// What is given on the command line.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The file.
    pub file: PathBuf,
    /// Name or identifier of the unit.
    pub unit: String,
    /// A file with lines `letters = target`, instead of guesses.
    pub mapping: Option<PathBuf>,
    /// `create`, `update` or `both`.
    pub mode: String,
    /// Kind of personnel where the file says nothing.
    pub personnel_type: String,
    /// Check only.
    pub dry_run: bool,
}

/// Imports a file; `progress` hears how many rows are done of how many. Gives lines to print.
pub async fn run(app: &App, given: &Given, progress: impl Fn(usize, usize)) -> Result<Vec<String>> {
    let account = app
        .db
        .installation_account()
        .await?
        .ok_or_else(|| Error::Refused("Chưa có tài khoản quản trị cài đặt. Tạo bằng hoso account create".into()))?;
    let viewer = app.db.console_viewer(account).await?;
    let grant = viewer.may::<CreateRecord>().ok_or(Error::Forbidden)?;
    let units = actions::units(app, &grant).await?;
    let unit_id = units.find(&given.unit).map_err(Error::Refused)?;
    let mode = Mode::read(&given.mode).ok_or_else(|| Error::Refused("Cách ghi là create, update hoặc both".into()))?;
    let bytes = std::fs::read(&given.file).map_err(|error| Error::Refused(format!("Không mở được {}: {error}", given.file.display())))?;
    let book = paper::sheet::open(&bytes, &paper::sheet::Options::default()).map_err(|refusal| Error::Refused(refusal.to_string()))?;
    drop(bytes);
    let opened = Arc::new(Opened::new(book, None));
    let words = app.desk.words(&app.config, &app.law)?;
    let own = actions::own_fields(app, &grant).await?;
    let columns = match &given.mapping {
        Some(file) => columns_of(&std::fs::read_to_string(file)?, app)?,
        None => {
            let guesses = targets::guess(&app.law, &words, &own, &opened.layout.columns, &|text| units.knows(text));
            opened.layout.columns.iter().zip(guesses).map(|(column, guess)| (column.index, guess.target.code())).collect()
        }
    };
    let mapping = Mapping { sheet: opened.place, columns, personnel_type: given.personnel_type.clone(), ..Mapping::default() };
    let path = units.get(unit_id).ok_or(Error::NotFound)?.path.clone();
    let regulation = app.db.regulation_at(&path, app.today()).await?;
    let task = Task { app: app.clone(), grant, opened, words, own, units, mapping, mode, unit_id, regulation };
    let report = match given.dry_run {
        true => task.check().await?,
        false => write(&task, given, progress).await?,
    };
    Ok(lines(&task, &report, given.dry_run))
}

async fn write(task: &Task, given: &Given, progress: impl Fn(usize, usize)) -> Result<Report> {
    let name = given.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut change = task.app.db.change(&task.grant, "import.receive").await?;
    let set: [(&str, Value); 7] = [
        ("unit_id", task.unit_id.into()),
        ("account_id", task.grant.viewer().account_id().into()),
        ("file_name", name.as_str().into()),
        ("mode", task.mode.code().into()),
        ("state", State::Draft.code().into()),
        ("mapping", actions::json(&task.mapping)?.into()),
        ("outcome", actions::json(&Outcome::default())?.into()),
    ];
    let id = change.insert("imports", &set).await?;
    change.commit().await?;
    let state = Arc::new(Progress::default());
    let writing = writing::write(task, vault::Seen { id, version: 1 }, &state);
    tokio::pin!(writing);
    let mut tick = tokio::time::interval(std::time::Duration::from_millis(200));
    loop {
        tokio::select! {
            done = &mut writing => return done,
            _ = tick.tick() => { let (done, total) = state.get(); progress(done, total); }
        }
    }
}

/// `B = identity.full_name`, one column on a line.
fn columns_of(text: &str, app: &App) -> Result<BTreeMap<usize, String>> {
    let mut columns = BTreeMap::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let wrong = || Error::Refused(format!("Dòng “{line}” phải viết dạng B = identity.full_name"));
        let (letters, target) =
            line.split_once('=').map(|(letters, target)| (letters.trim(), target.trim().trim_matches('"'))).ok_or_else(wrong)?;
        let index = letters.bytes().try_fold(0_usize, |sum, letter| {
            let place = usize::from(letter.to_ascii_uppercase().checked_sub(b'A')?) + 1;
            (place <= 26).then_some(sum * 26 + place)
        });
        let index = index.and_then(|sum| sum.checked_sub(1)).ok_or_else(wrong)?;
        super::words::Target::read(target, &app.law).ok_or_else(wrong)?;
        columns.insert(index, target.to_owned());
    }
    Ok(columns)
}

/// What is printed at the end: counts, and where the problems are; no values.
fn lines(task: &Task, report: &Report, dry_run: bool) -> Vec<String> {
    let outcome = &report.outcome;
    let verb = if dry_run { "Sẽ" } else { "Đã" };
    let mut lines = vec![format!(
        "{verb} lập mới {}, cập nhật {} ({} ô đổi); bỏ qua {}, lỗi {}, tổng {} dòng",
        outcome.created, outcome.updated, outcome.cells, outcome.skipped, outcome.bad, outcome.rows
    )];
    for (column, tally) in report.by_column.iter().filter(|(_, tally)| tally.problems > 0) {
        let title = column.and_then(|column| task.opened.column(column)).map(|column| column.title()).unwrap_or_else(|| "Cả dòng".into());
        lines.push(format!("  {title}: {} ô lỗi", tally.problems));
    }
    lines
}
