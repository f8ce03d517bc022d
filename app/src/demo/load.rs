//! From bodies to stored units, dossiers and accounts; people are made beside the writing, a batch at a time.

use super::{
    accounts,
    body::{Body, Unit},
    book::{Book, Generator, Made},
    papers,
    person::Workplace,
    posts, resume,
    sheet::{Row, Scan},
};
use crate::{
    App,
    access::{CreateRecord, ManageUnitTree},
    error::{Error, Result},
};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};
use tokio::sync::mpsc;
use vault::{Basis, Change, NewDossier, Read, Seen, Value, Viewer};

/// Dossiers written in one transaction.
const BATCH: usize = 500;
/// Batches made ahead of the writing.
const AHEAD: usize = 2;
const ANY_UNIT: &str = "SELECT u.id FROM {units} u LIMIT 1";
const REASON: &str = "Dữ liệu minh họa";

/// Somebody stored, as accounts need to know them.
#[derive(Clone)]
pub struct Stored {
    /// The full name.
    pub name: String,
    /// The title.
    pub title: String,
    /// The dossier.
    pub dossier_id: i64,
}

/// A loader over an open application.
pub struct Loader<'a> {
    app: &'a App,
    pub(super) viewer: Viewer,
    book: Arc<Book>,
    /// Whether photos and scans are drawn.
    files: bool,
    /// A load that was cut off is being finished.
    resumed: bool,
}

/// A person on the way to the database.
struct Ready {
    unit: usize,
    made: Made,
    number: u64,
}

impl<'a> Loader<'a> {
    /// A loader with the rights of the console; refuses a database that holds units already, unless it finishes what was begun.
    pub async fn new(app: &'a App, book: Arc<Book>, files: bool, resumed: bool) -> Result<Loader<'a>> {
        let account = match app.db.installation_account().await? {
            Some(account) => account,
            None => app.db.found("may-chu", "Quản trị cài đặt", None).await?,
        };
        let viewer = app.db.console_viewer(account).await?;
        let loader = Loader { app, viewer, book, files, resumed };
        match resumed || loader.is_empty().await? {
            true => Ok(loader),
            false => Err(Error::Refused(
                "Cơ sở dữ liệu đã có đơn vị; dữ liệu minh họa chỉ nạp vào cơ sở dữ liệu trống. Chọn thư mục khác bằng --data".into(),
            )),
        }
    }

    async fn is_empty(&self) -> Result<bool> {
        let grant = self.viewer.may::<ManageUnitTree>().ok_or(Error::Forbidden)?;
        Ok(self.app.db.read(&grant).rows(ANY_UNIT, &[]).await?.is_empty())
    }

    /// Loads the bodies; `progress` hears of every dossier written.
    pub async fn load(&self, bodies: &[Body], seed: u64, progress: impl Fn(u64)) -> Result<()> {
        let mut generator = Generator::new(self.book.clone(), seed);
        for body in bodies {
            let begun = if self.resumed { resume::begun(self.app, &self.viewer, body).await? } else { None };
            let (units, written) = match begun {
                Some(begun) => begun,
                None => (self.units(body).await?, Vec::new()),
            };
            let (made_again, people) = self.people(body, &units, written, generator, &progress).await?;
            generator = made_again;
            if !resume::has_accounts(self.app, body).await? {
                posts::enter(self.app, &self.viewer, &self.book, body, &units, &people).await?;
                accounts::open(self.app, &self.viewer, &self.book, body, &units, &people).await?;
            }
        }
        Ok(self.app.db.analyse().await?)
    }

    /// Writes the tree; gives ids by key.
    async fn units(&self, body: &Body) -> Result<HashMap<String, i64>> {
        let grant = self.viewer.may::<ManageUnitTree>().ok_or(Error::Forbidden)?;
        let mut change = self.app.db.change(&grant, "unit.found").await?;
        let mut ids: HashMap<String, i64> = HashMap::new();
        for (place, unit) in body.units.iter().enumerate() {
            let id = self.unit(&mut change, body, unit, place, &ids).await?;
            if unit.parent.is_none() {
                let set = [
                    ("unit_id", id.into()),
                    ("regulation_code", body.regulation.as_str().into()),
                    ("from_on", body.regulation_from().into()),
                ];
                change.insert("unit_regulations", &set).await?;
            }
            if let (Some(before), Some(founded)) = (&unit.before, unit.founded_on()) {
                let until = founded.yesterday().unwrap_or(founded);
                change
                    .insert("unit_names", &[("unit_id", id.into()), ("name", before.as_str().into()), ("until_on", until.into())])
                    .await?;
            }
            ids.insert(unit.key.clone(), id);
        }
        change.commit().await?;
        Ok(ids)
    }

    async fn unit(&self, change: &mut Change, body: &Body, unit: &Unit, place: usize, ids: &HashMap<String, i64>) -> Result<i64> {
        let parent = match &unit.parent {
            None => None,
            Some(key) => Some(*ids.get(key).ok_or_else(|| Error::broken(format!("unit {}: no parent {key}", unit.key)))?),
        };
        let identifier = (!unit.section).then(|| format!("{}.{:02}.{:02}", body.identifier, place / 100, place % 100));
        let set: [(&str, Value); 10] = [
            ("parent_id", parent.into()),
            ("name", unit.name.as_str().into()),
            ("short_name", unit.short.as_deref().into()),
            ("type_code", unit.kind.as_str().into()),
            ("level_rank", unit.rank.into()),
            ("identifier", identifier.into()),
            ("kind_is_section", unit.section.into()),
            ("founded_on", unit.founded_on().into()),
            ("dissolved_on", unit.dissolved_on().into()),
            ("sort_order", i64::try_from(place).unwrap_or_default().into()),
        ];
        Ok(change.insert("units", &set).await?)
    }

    /// Makes and writes the people of a body, those written before the load was cut off aside; gives the generator back, and
    /// who sits in units that have accounts.
    async fn people(
        &self,
        body: &Body,
        units: &HashMap<String, i64>,
        written: Vec<i64>,
        generator: Generator,
        progress: &impl Fn(u64),
    ) -> Result<(Generator, BTreeMap<String, Vec<Stored>>)> {
        let (send, mut batches) = mpsc::channel::<Vec<Ready>>(AHEAD);
        let plan = body.clone();
        let maker = tokio::task::spawn_blocking(move || make(&plan, generator, &send));
        let mut stored: BTreeMap<String, Vec<Stored>> = BTreeMap::new();
        let mut written = written.into_iter();
        while let Some(batch) = batches.recv().await {
            let count = u64::try_from(batch.len()).unwrap_or_default();
            // A batch is one commit, so it was written as a whole or not at all.
            let before: Vec<i64> = written.by_ref().take(batch.len()).collect();
            let seated = match before.is_empty() {
                true => self.write(body, units, batch).await?,
                false => seated(body, batch, before)?,
            };
            for (key, person) in seated {
                if body.accounts.iter().any(|account| account.unit == key) {
                    stored.entry(key).or_default().push(person);
                }
            }
            progress(count);
        }
        let generator = maker.await.map_err(|error| Error::broken(error.to_string()))??;
        Ok((generator, stored))
    }

    async fn write(&self, body: &Body, units: &HashMap<String, i64>, batch: Vec<Ready>) -> Result<Vec<(String, Stored)>> {
        let grant = self.viewer.may::<CreateRecord>().ok_or(Error::Forbidden)?;
        let mut change = self.app.db.change(&grant, "dossier.open").await?;
        change.rests_on(Basis::Correction(REASON.into()));
        let mut leavers = Vec::with_capacity(batch.len());
        let (mut dossiers, mut people, mut later) = (Vec::with_capacity(batch.len()), Vec::with_capacity(batch.len()), Vec::new());
        for ready in batch {
            let unit = body.units.get(ready.unit).ok_or(Error::NotFound)?;
            let unit_id = *units.get(&unit.key).ok_or(Error::NotFound)?;
            let form = self.form(body, &ready.made);
            let Made { name, title, sheet, left, .. } = ready.made;
            leavers.push(left);
            let (with_files, plain): (Vec<Row>, Vec<Row>) = sheet.rows.into_iter().partition(|row| self.files && row.scan.is_some());
            later.push((ready.number, with_files));
            dossiers.push(NewDossier { unit_id, form, sections: plain.into_iter().map(section).collect() });
            people.push((unit.key.clone(), name, title));
        }
        let ids = change.open_dossiers(dossiers).await?;
        for (dossier_id, ((number, rows), (_, name, _))) in ids.iter().zip(later.into_iter().zip(&people)) {
            attach(&mut change, *dossier_id, number, name, rows).await?;
        }
        for (dossier_id, _) in ids.iter().zip(&leavers).filter(|(_, left)| **left) {
            change.update("dossiers", Seen { id: *dossier_id, version: 1 }, &[("state", "left".into())]).await?;
        }
        change.commit().await?;
        let person = |((key, name, title), dossier_id)| (key, Stored { name, title, dossier_id });
        Ok(people.into_iter().zip(ids).map(person).collect())
    }

    /// The form on which the body has this kind of person declare.
    fn form(&self, body: &Body, made: &Made) -> String {
        let law = &self.app.law;
        let kind = made.sheet.rows.iter().find(|row| row.section == "dossier_header").map_or("", |row| row.text("personnel_type"));
        let form = law.regulation(&body.regulation).and_then(|regulation| law.declaration_form(regulation, kind));
        form.map(|form| form.key.clone()).unwrap_or_default()
    }
}

/// People of a batch that was written before.
fn seated(body: &Body, batch: Vec<Ready>, ids: Vec<i64>) -> Result<Vec<(String, Stored)>> {
    let person = |(ready, dossier_id): (Ready, i64)| {
        let unit = body.units.get(ready.unit).ok_or(Error::NotFound)?;
        Ok((unit.key.clone(), Stored { name: ready.made.name, title: ready.made.title, dossier_id }))
    };
    batch.into_iter().zip(ids).map(person).collect()
}

fn section(row: Row) -> (String, Vec<(String, Value)>) {
    (row.section.to_owned(), row.columns.into_iter().map(|(column, value)| (column.to_owned(), value)).collect())
}

/// Writes the rows that have files, each kind of file once for a dossier.
async fn attach(change: &mut Change, dossier_id: i64, number: u64, name: &str, rows: Vec<Row>) -> Result<()> {
    let mut drawn: Vec<(Scan, i64)> = Vec::new();
    for row in rows {
        let mut set = row.columns;
        if let Some((column, scan)) = row.scan {
            let known = drawn.iter().find(|(kind, _)| *kind == scan).map(|(_, id)| *id);
            let id = match (known, papers::draw(scan, number, name)) {
                (Some(id), _) => Some(id),
                (None, Some(paper)) => Some(change.store_file(Some(dossier_id), paper.name, paper.mime, paper.bytes).await?),
                (None, None) => None,
            };
            drawn.extend(id.map(|id| (scan, id)));
            set.push((column, id.into()));
        }
        change.write_section(dossier_id, row.section, None, &set).await?;
    }
    Ok(())
}

/// Makes everybody of a body, in the order of its seats, and sends them in batches.
fn make(body: &Body, mut generator: Generator, send: &mpsc::Sender<Vec<Ready>>) -> Result<Generator> {
    let places: BTreeMap<&str, Workplace> = body.workplaces();
    let mut batch = Vec::with_capacity(BATCH);
    let mut number = 0;
    for (place, unit) in body.units.iter().enumerate() {
        let Some(workplace) = places.get(unit.key.as_str()) else { continue };
        let mut seat = 0;
        for (kind, count) in &unit.staff {
            let (post, profession) = kind.split_once(':').map_or((None, kind.as_str()), |(post, profession)| (Some(post), profession));
            for _ in 0..*count {
                number += 1;
                seat += 1;
                let has_account = body.accounts.iter().any(|account| account.unit == unit.key && account.person == seat);
                let unknown = || Error::broken(format!("demo seat {kind}"));
                let made = generator.next(workplace, profession, post, !has_account).ok_or_else(unknown)?;
                batch.push(Ready { unit: place, made, number });
                if batch.len() == BATCH && send.blocking_send(std::mem::replace(&mut batch, Vec::with_capacity(BATCH))).is_err() {
                    return Ok(generator);
                }
            }
        }
    }
    // The receiver is gone only when writing failed, and that failure is reported there.
    let _ = send.blocking_send(batch);
    Ok(generator)
}
