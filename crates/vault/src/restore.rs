//! An archive opened: checked for itself, or brought into an empty database.

use crate::{Archive, Db, Error, Lock, Progress, Result, Value, audit::link_json, backup::MANIFEST, sqlite::Ask, value::hex};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs::File,
    io::{BufReader, Read as _},
    path::Path,
    sync::Arc,
};
use tokio::sync::mpsc;

/// An archive that opens, whose counts are right, whose files are all there and whose record is whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// What it holds.
    pub archive: Archive,
    /// Entries of the record that were followed.
    pub entries: u64,
}

const ANYTHING: &str = "SELECT COUNT(*) AS rows FROM units";
const STARTED: &[&str] = &["DELETE FROM audit_entries", "DELETE FROM audit_heads", "DELETE FROM accounts", "DELETE FROM rights_epoch"];
const TOGETHER: usize = 500;
/// Nothing inside an archive is larger: pieces of rows are cut before, files are bounded when they come in.
const LARGEST: u64 = 1 << 30;

/// Opens an archive and checks all of it without a database.
pub async fn verify_backup(from: &Path, lock: &Lock) -> Result<Checked> {
    let (path, lock) = (from.to_owned(), lock.clone());
    let checked = tokio::task::spawn_blocking(move || {
        let mut check = Check::default();
        open(&path, &lock, |name, bytes| check.take(&name, &bytes))?;
        check.end()
    });
    checked.await.map_err(|error| Error::Unavailable(error.to_string()))?
}

impl Db {
    /// Brings an archive into this database, which must be migrated and without units; all of it or nothing.
    pub async fn restore(&self, from: &Path, lock: &Lock, mut progress: impl FnMut(Progress) + Send) -> Result<Checked> {
        let checked = verify_backup(from, lock).await?;
        if self.query(ANYTHING, &[]).await?.first().ok_or(Error::NotFound)?.int("rows")? > 0 {
            return Err(Error::Backup("the database to restore into is not empty".into()));
        }
        let (sender, mut pieces) = mpsc::channel(2);
        let (path, lock) = (from.to_owned(), lock.clone());
        let reading = tokio::task::spawn_blocking(move || {
            open(&path, &lock, |name, bytes| {
                sender.blocking_send((name, bytes)).map_err(|_| Error::Backup("the restore was given up".into()))
            })
        });
        let mut tx = self.begin().await?;
        for text in STARTED {
            tx.query(text, &[]).await?;
        }
        let mut done: BTreeMap<String, u64> = BTreeMap::new();
        while let Some((name, bytes)) = pieces.recv().await {
            let step = match name.split('/').collect::<Vec<_>>().as_slice() {
                ["tables", table, _] => {
                    let mut asks = self.inserts(table, &bytes)?;
                    *done.entry((*table).to_owned()).or_default() += u64::try_from(asks.len()).unwrap_or(0);
                    while !asks.is_empty() {
                        let rest = asks.split_off(asks.len().min(TOGETHER));
                        tx.many(std::mem::replace(&mut asks, rest)).await?;
                    }
                    (*table).to_owned()
                }
                ["files", _] => {
                    let db = self.clone();
                    let put = tokio::task::spawn_blocking(move || db.inner.files.put(&bytes)).await;
                    put.map_err(|error| Error::Unavailable(error.to_string()))??;
                    *done.entry("files/".into()).or_default() += 1;
                    "files/".to_owned()
                }
                _ => continue,
            };
            progress(Progress { done: done.get(&step).copied().unwrap_or(0), step });
        }
        reading.await.map_err(|error| Error::Unavailable(error.to_string()))??;
        tx.commit().await?;
        self.inner.rights.forget();
        self.verify_chain(&checked.archive.heads).await?;
        Ok(checked)
    }

    fn inserts(&self, table: &str, bytes: &[u8]) -> Result<Vec<Ask>> {
        let table = self.schema().table(table)?;
        let mut lines = lines(bytes);
        let columns = lines.next().transpose()?.unwrap_or_default();
        let columns = columns.iter().map(|name| name.as_str().ok_or_else(|| damaged("columns"))).collect::<Result<Vec<_>>>()?;
        let kinds = columns.iter().map(|column| table.holds(column)).collect::<Result<Vec<_>>>()?;
        let marks: Vec<String> = (1..=columns.len()).map(|number| format!("${number}")).collect();
        let sql: Arc<str> = format!("INSERT INTO {} ({}) VALUES ({})", table.name, columns.join(", "), marks.join(", ")).into();
        lines.map(|row| Ok((sql.clone(), row?.iter().zip(&kinds).map(|(json, holds)| Value::from_json(json, *holds)).collect()))).collect()
    }
}

/// Hands over every piece in order.
fn open(path: &Path, lock: &Lock, mut take: impl FnMut(String, Vec<u8>) -> Result<()>) -> Result<()> {
    let unreadable = |error: &dyn std::fmt::Display| Error::Backup(error.to_string());
    let locked = age::Decryptor::new(BufReader::new(File::open(path)?)).map_err(|error| unreadable(&error))?;
    let identity = lock.identity()?;
    let plain = locked.decrypt(std::iter::once(&*identity)).map_err(|error| unreadable(&error))?;
    let mut tar = tar::Archive::new(zstd::Decoder::new(plain)?);
    for entry in tar.entries()? {
        let entry = entry?;
        let name = entry.path()?.to_string_lossy().into_owned();
        let mut bytes = Vec::new();
        entry.take(LARGEST).read_to_end(&mut bytes)?;
        take(name, bytes)?;
    }
    Ok(())
}

fn lines(bytes: &[u8]) -> impl Iterator<Item = Result<Vec<Json>>> {
    let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines.map(|line| serde_json::from_slice(line).map_err(|_| damaged("a line")))
}

fn damaged(what: &str) -> Error {
    Error::Backup(format!("{what} of the archive cannot be read"))
}

/// What has been seen of an archive.
#[derive(Default)]
struct Check {
    tables: BTreeMap<String, u64>,
    /// Hashes that rows name, and those whose bytes came.
    named: BTreeSet<String>,
    came: BTreeSet<String>,
    /// Where each chain stands.
    chains: HashMap<i64, (i64, Vec<u8>)>,
    entries: u64,
    archive: Option<Archive>,
}

impl Check {
    fn take(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        match name.split('/').collect::<Vec<_>>().as_slice() {
            ["tables", table, _] => self.rows(table, bytes),
            ["files", hash] => {
                if hex(&Sha256::digest(bytes)) != *hash {
                    return Err(damaged("a stored file"));
                }
                self.came.insert((*hash).to_owned());
                Ok(())
            }
            [MANIFEST] => {
                self.archive = Some(serde_json::from_slice(bytes).map_err(|_| damaged("the manifest"))?);
                Ok(())
            }
            _ => Err(damaged("an unknown part")),
        }
    }

    fn rows(&mut self, table: &str, bytes: &[u8]) -> Result<()> {
        let mut lines = lines(bytes);
        let columns = lines.next().transpose()?.unwrap_or_default();
        let place = |column: &str| columns.iter().position(|name| name == column);
        let count = self.tables.entry(table.to_owned()).or_default();
        for row in lines {
            let row = row?;
            *count += 1;
            match table {
                "files" => drop(self.named.insert(text(&row, place("sha256"))?)),
                "audit_entries" => {
                    let chain = row.first().and_then(Json::as_i64).ok_or_else(|| damaged("an entry"))?;
                    let seq = row.get(1).and_then(Json::as_i64).ok_or_else(|| damaged("an entry"))?;
                    let (last, hash) = self.chains.entry(chain).or_default();
                    let (fields, sealed) = row.split_at_checked(13).ok_or_else(|| damaged("an entry"))?;
                    *hash = link_json(hash, fields.to_vec());
                    if *last + 1 != seq || sealed.first().and_then(Json::as_str) != Some(hex(hash).as_str()) {
                        return Err(crate::Fault { chain, seq }.into());
                    }
                    *last = seq;
                    self.entries += 1;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn end(self) -> Result<Checked> {
        let archive = self.archive.ok_or_else(|| Error::Backup("the archive has no manifest: it is cut off".into()))?;
        if archive.tables != self.tables {
            return Err(Error::Backup("the archive holds other numbers of rows than its manifest says".into()));
        }
        if self.named != self.came || u64::try_from(self.came.len()) != Ok(archive.files) {
            return Err(Error::Backup("a stored file is missing from the archive".into()));
        }
        for head in &archive.heads {
            let stands = self.chains.get(&head.chain).cloned().unwrap_or_default();
            if stands != (head.seq, head.hash.clone()) {
                return Err(crate::Fault { chain: head.chain, seq: head.seq }.into());
            }
        }
        Ok(Checked { archive, entries: self.entries })
    }
}

fn text(row: &[Json], place: Option<usize>) -> Result<String> {
    let found = place.and_then(|place| row.get(place)).and_then(Json::as_str);
    found.map(str::to_owned).ok_or_else(|| damaged("a row"))
}
