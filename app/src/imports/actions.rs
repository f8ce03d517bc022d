//! What people do with an import: bring a file, say what its columns mean, decide about doubles, write it, take it back.

use super::{
    checking::{Report, Task, blocking},
    desk::Opened,
    files::{self, Which},
    model::{Choice, Import, Mapping, Mode, Outcome, State},
    queries, targets,
    units::Units,
    words::Target,
    writing,
};
use crate::{
    App,
    access::CreateRecord,
    dossiers::{self, OwnField},
    error::{Error, Result},
};
use paper::{
    sheet::{Limits, Options, Refusal},
    text::Encoding,
};
use serde_json::Value as Json;
use std::{collections::BTreeMap, sync::Arc};
use vault::{Basis, Read, Undone, Value};

type Grant = vault::Grant<CreateRecord>;

/// Units inside the area of the grant.
pub(super) async fn units(app: &App, grant: &Grant) -> Result<Arc<Units>> {
    let mut tops: Vec<String> = grant.tops().into_iter().map(str::to_owned).collect();
    if tops.is_empty() {
        tops.push("/".into());
    }
    tops.sort();
    tops.dedup_by(|below, above| below.starts_with(above.as_str()));
    let mut places = Vec::new();
    for top in &tops {
        places.extend(queries::units(&mut app.db.read(grant), top).await?);
    }
    places.retain(|place| grant.reaches_unit(&place.path));
    Ok(Arc::new(Units::new(places)))
}

/// Fields of the province's own that are filled in today.
pub(super) async fn own_fields(app: &App, grant: &Grant) -> Result<Arc<Vec<OwnField>>> {
    let mut own = dossiers::own_fields(&mut app.db.read(grant)).await?;
    own.retain(|own| own.is_open(app.today()));
    Ok(Arc::new(own))
}

/// Reads a file of at most the size that the settings allow.
pub(super) fn open(app: &App, bytes: &[u8], encoding: Option<&str>) -> Result<paper::sheet::Book, Refusal> {
    let megabytes = u64::try_from(app.config.upload_mb).unwrap_or(u64::MAX >> 20);
    let limits = Limits { file: megabytes << 20, ..Limits::default() };
    paper::sheet::open(bytes, &Options { limits, encoding: encoding.and_then(Encoding::from_code) })
}

/// Takes a file in; a file that cannot be read is refused with the reason.
pub(super) async fn receive(app: &App, grant: &Grant, unit_id: i64, name: &str, bytes: Vec<u8>) -> Result<Result<i64, Refusal>> {
    let bytes = Arc::new(bytes);
    let (reader, data) = (app.clone(), bytes.clone());
    let book = match blocking(move || open(&reader, &data, None)).await? {
        Ok(book) => book,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let opened = Arc::new(Opened::new(book, None));
    if opened.layout.last_data_row.is_none() {
        return Ok(Err(Refusal::Empty));
    }
    let units = units(app, grant).await?;
    units.get(unit_id).ok_or(Error::NotFound)?;
    let mapping = Mapping { sheet: opened.place, columns: guessed(app, grant, &opened, &units, unit_id).await?, ..Mapping::default() };

    let mut change = app.db.change(grant, "import.receive").await?;
    let set: [(&str, Value); 7] = [
        ("unit_id", unit_id.into()),
        ("account_id", grant.viewer().account_id().into()),
        ("file_name", tidy(name).as_str().into()),
        ("mode", Mode::Create.code().into()),
        ("state", State::Draft.code().into()),
        ("mapping", json(&mapping)?.into()),
        ("outcome", json(&Outcome::default())?.into()),
    ];
    let id = change.insert("imports", &set).await?;
    let keeper = app.clone();
    blocking(move || files::keep(&keeper, id, Which::Upload, &bytes)).await??;
    change.commit().await?;
    app.desk.keep_opened((id, Some(opened.place), None), opened);
    Ok(Ok(id))
}

/// The columns as this unit mapped them last, or as their headings say.
async fn guessed(app: &App, grant: &Grant, opened: &Opened, units: &Units, unit_id: i64) -> Result<BTreeMap<usize, String>> {
    if let Some((_, kept)) = queries::remembered(&mut app.db.read(grant), unit_id, &opened.signature()).await?
        && let Ok(columns) = serde_json::from_value::<BTreeMap<usize, String>>(kept)
    {
        return Ok(columns);
    }
    let words = app.desk.words(&app.config, &app.law)?;
    let own = own_fields(app, grant).await?;
    let guesses = targets::guess(&app.law, &words, &own, &opened.layout.columns, &|text| units.knows(text));
    Ok(opened.layout.columns.iter().zip(guesses).map(|(column, guess)| (column.index, guess.target.code())).collect())
}

/// The file of an import, read again if this server has forgotten it.
pub(super) async fn opened(app: &App, import: &Import) -> Result<Arc<Opened>> {
    let which = (import.id, Some(import.mapping.sheet), import.mapping.encoding.clone());
    if let Some(opened) = app.desk.opened(&which) {
        return Ok(opened);
    }
    let (reader, id, sheet, encoding) = (app.clone(), import.id, import.mapping.sheet, import.mapping.encoding.clone());
    let opened = blocking(move || -> Result<Opened> {
        let bytes = files::read(&reader, id, Which::Upload)?;
        let book = open(&reader, &bytes, encoding.as_deref()).map_err(|refusal| Error::Conflict(refusal.to_string()))?;
        Ok(Opened::new(book, Some(sheet)))
    });
    let opened = Arc::new(opened.await??);
    app.desk.keep_opened(which, opened.clone());
    Ok(opened)
}

/// An import with everything needed to go through it.
pub(super) async fn task(app: &App, grant: &Grant, import: &Import) -> Result<Task> {
    let units = units(app, grant).await?;
    let path = units.get(import.unit_id).ok_or(Error::NotFound)?.path.clone();
    Ok(Task {
        app: app.clone(),
        grant: grant.clone(),
        opened: opened(app, import).await?,
        words: app.desk.words(&app.config, &app.law)?,
        own: own_fields(app, grant).await?,
        units,
        mapping: import.mapping.clone(),
        mode: import.mode,
        unit_id: import.unit_id,
        regulation: app.db.regulation_at(&path, app.today()).await?,
    })
}

/// What the sheet comes to, checked again only when something changed.
pub(super) async fn report(app: &App, task: &Task, import: &Import) -> Result<Arc<Report>> {
    if let Some(report) = app.desk.report(import.id, import.version) {
        return Ok(report);
    }
    let report = Arc::new(task.check().await?);
    app.desk.keep_report(import.id, import.version, report.clone());
    Ok(report)
}

/// What people said about a file.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) sheet: Option<usize>,
    pub(super) encoding: Option<String>,
    pub(super) unit_id: Option<i64>,
    pub(super) mode: Option<Mode>,
    pub(super) clear: bool,
    pub(super) personnel_type: String,
    pub(super) columns: BTreeMap<usize, String>,
    pub(super) remember: bool,
}

/// Keeps what people said; another sheet or encoding is looked at anew.
pub(super) async fn map(app: &App, grant: &Grant, id: i64, said: Said) -> Result<()> {
    let import = queries::find(&mut app.db.read(grant), id).await?;
    import.is_open()?;
    let units = units(app, grant).await?;
    let unit_id = said.unit_id.unwrap_or(import.unit_id);
    units.get(unit_id).ok_or(Error::NotFound)?;
    let mut mapping = Mapping { clear: said.clear, personnel_type: said.personnel_type, ..import.mapping.clone() };
    let sheet = said.sheet.unwrap_or(mapping.sheet);
    let encoding = said.encoding.filter(|code| Encoding::from_code(code).is_some());
    if sheet != mapping.sheet || encoding != mapping.encoding {
        (mapping.sheet, mapping.encoding) = (sheet, encoding);
        mapping.choices.clear();
        let changed = Import { mapping: mapping.clone(), ..import.clone() };
        let opened = opened(app, &changed).await?;
        mapping.sheet = opened.place;
        mapping.columns = guessed(app, grant, &opened, &units, unit_id).await?;
    } else {
        let known = said.columns.into_iter().filter(|(_, code)| Target::read(code, &app.law).is_some());
        mapping.columns.extend(known);
    }

    let mut change = app.db.change(grant, "import.map").await?;
    if said.remember {
        let signature = opened(app, &Import { mapping: mapping.clone(), ..import.clone() }).await?.signature();
        let content = json(&mapping.columns)?;
        match queries::remembered(&mut change, unit_id, &signature).await? {
            Some((seen, _)) => change.update("import_mappings", seen, &[("mapping", content.into())]).await?,
            None => {
                let set: [(&str, Value); 4] = [
                    ("unit_id", unit_id.into()),
                    ("name", import.file_name.as_str().into()),
                    ("headings", signature.as_str().into()),
                    ("mapping", content.into()),
                ];
                change.insert("import_mappings", &set).await?;
            }
        }
    }
    let mut set: Vec<(&str, Value)> = vec![("mode", said.mode.unwrap_or(import.mode).code().into()), ("mapping", json(&mapping)?.into())];
    if unit_id != import.unit_id {
        set.push(("unit_id", unit_id.into()));
    }
    change.update("imports", import.seen(), &set).await?;
    change.commit().await?;
    Ok(())
}

/// Keeps what people decided about rows.
pub(super) async fn choose(app: &App, grant: &Grant, id: i64, choices: BTreeMap<usize, Choice>) -> Result<()> {
    let import = queries::find(&mut app.db.read(grant), id).await?;
    import.is_open()?;
    let mut mapping = import.mapping.clone();
    mapping.choices.extend(choices);

    let mut change = app.db.change(grant, "import.choose").await?;
    change.update("imports", import.seen(), &[("mapping", json(&mapping)?.into())]).await?;
    change.commit().await?;
    Ok(())
}

/// Begins to write in the background.
pub(super) async fn begin(app: &App, grant: &Grant, id: i64) -> Result<()> {
    let import = queries::find(&mut app.db.read(grant), id).await?;
    import.is_open()?;
    let task = task(app, grant, &import).await?;
    let progress = app.desk.begin(id)?;
    tokio::spawn(async move {
        let done = writing::write(&task, import.seen(), &progress).await;
        progress.end(done.map(|_| ()).map_err(told));
    });
    Ok(())
}

/// A failure in the background, as the page tells it; what broke inside goes to the log.
fn told(error: Error) -> String {
    match &error {
        Error::Broken(source) => {
            let incident = format!("{:06X}", rand::random::<u32>() >> 8);
            tracing::error!(incident, error = ?source, "an import broke");
            format!("Máy chủ gặp trục trặc (mã sự cố {incident}). Chưa có dòng nào được ghi")
        }
        Error::SignedOut | Error::Forbidden | Error::NotFound | Error::Conflict(_) | Error::Refused(_) | Error::Away(_) => {
            format!("{error}. Chưa có dòng nào được ghi")
        }
    }
}

/// Gives a draft up.
pub(super) async fn give_up(app: &App, grant: &Grant, id: i64) -> Result<()> {
    let import = queries::find(&mut app.db.read(grant), id).await?;
    import.is_open()?;
    let mut change = app.db.change(grant, "import.drop").await?;
    change.update("imports", import.seen(), &[("state", State::Dropped.code().into())]).await?;
    change.commit().await?;
    app.desk.forget(id);
    files::remove(app, id, Which::Upload)
}

/// Takes a whole batch back, unless later changes rest on it; then says which dossiers they are in.
pub(super) async fn undo(app: &App, grant: &Grant, id: i64) -> Result<Vec<Blocked>> {
    let import = queries::find(&mut app.db.read(grant), id).await?;
    if import.state != State::Done {
        return Err(Error::Conflict("Chỉ hoàn tác được lô đã ghi".into()));
    }
    let mut change = app.db.change(grant, "import.undo").await?;
    // The mark and the taking back are one commit: a server that dies in between leaves neither.
    let set: [(&str, Value); 2] = [("state", State::Undone.code().into()), ("undone_at", app.now().into())];
    change.update("imports", import.seen(), &set).await?;
    match change.withdraw(Basis::Import(id)).await? {
        Undone::Blocked(rows) => {
            drop(change);
            let mut blocked: Vec<i64> = rows.into_iter().filter_map(|row| row.dossier_id).collect();
            blocked.sort_unstable();
            blocked.dedup();
            named(app, grant, blocked).await
        }
        Undone::Done(_) => {
            change.commit().await?;
            files::remove(app, id, Which::ToFix)?;
            Ok(Vec::new())
        }
    }
}

/// A dossier that was written since.
#[derive(Clone, Debug, serde::Serialize)]
pub(super) struct Blocked {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) unit: String,
}

const NAMED: &str = "SELECT r.full_name, r.unit_name FROM {roster} r WHERE r.dossier_id = $1";

async fn named(app: &App, grant: &Grant, dossiers: Vec<i64>) -> Result<Vec<Blocked>> {
    let mut named = Vec::new();
    for id in dossiers {
        let row = app.db.read(grant).rows(NAMED, &[id.into()]).await?.into_iter().next();
        let text = |column: &str| row.as_ref().and_then(|row| row.get::<Option<String>>(column).ok().flatten()).unwrap_or_default();
        named.push(Blocked { id, name: text("full_name"), unit: text("unit_name") });
    }
    Ok(named)
}

/// The name of a file without its folders and without anything that is no letter of a name.
fn tidy(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let kept: String = last.chars().filter(|c| !c.is_control()).take(120).collect();
    if kept.trim().is_empty() { "danh sách".into() } else { kept.trim().to_owned() }
}

/// A value as the database keeps it.
pub(super) fn json(value: &impl serde::Serialize) -> Result<Json> {
    serde_json::to_value(value).map_err(|error| Error::Broken(Box::new(error)))
}
