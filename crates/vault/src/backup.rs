//! A copy of everything, made while others write: one encrypted file that needs neither this machine nor its keys.
//!
//! `age(zstd(tar))`: rows of each table as lines of JSON in pieces, then the stored files by hash, then a manifest with
//! counts and the heads of the record. It restores into either database. Sessions are left out: people sign in anew.

use crate::{Db, Error, Head, Result, Row, files::write_once, schema::Table};
use age::secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};
use tokio::sync::mpsc;

/// What opens an archive.
#[derive(Clone, Debug)]
pub enum Lock {
    /// A passphrase that people keep.
    Passphrase(String),
    /// A file with an age identity; it is made, readable by its owner only, when it is not there.
    KeyFile(PathBuf),
}

/// How far long work has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The table, or `files`.
    pub step: String,
    /// Rows or files done of it.
    pub done: u64,
}

/// What an archive holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Archive {
    /// When it was made.
    pub created_at: String,
    /// Rows by table.
    pub tables: BTreeMap<String, u64>,
    /// Stored files.
    pub files: u64,
    /// Heads of the record.
    pub heads: Vec<Head>,
}

pub(crate) const MANIFEST: &str = "manifest.json";
const LEFT_OUT: &[&str] = &["sessions", "name_search", "refinery_schema_history"];
/// Bytes of rows in one piece.
const PIECE: usize = 4 << 20;

/// A name inside the archive and its bytes.
type Piece = (String, Vec<u8>);

impl Db {
    /// Writes an archive of this moment to `to`, complete or not at all. `progress` hears how far it is.
    pub async fn backup(&self, to: &Path, lock: &Lock, mut progress: impl FnMut(Progress) + Send) -> Result<Archive> {
        let (sender, pieces) = mpsc::channel::<Piece>(2);
        let (path, lock) = (to.to_owned(), lock.clone());
        let writing = tokio::task::spawn_blocking(move || write(&path, &lock, pieces));
        let filled = self.fill(&sender, &mut progress).await;
        drop(sender);
        let written = writing.await.map_err(|error| Error::Unavailable(error.to_string()))?;
        // When the writer failed it hung up, and the reason is with it.
        let (temporary, archive) = (written?, filled?);
        temporary.persist(to).map_err(|error| Error::from(error.error))?;
        Ok(archive)
    }

    async fn fill(&self, sender: &mpsc::Sender<Piece>, progress: &mut (impl FnMut(Progress) + Send)) -> Result<Archive> {
        let snapshot = self.snapshot().await?;
        let mut archive = Archive { created_at: self.instant().to_string(), tables: BTreeMap::new(), files: 0, heads: Vec::new() };
        let mut hashes = std::collections::BTreeSet::new();
        for table in self.kept_tables()? {
            let mut piece = Pieces::new(table);
            let mut pages = snapshot.stream(format!("SELECT {} FROM {} ORDER BY {}", table.list, table.name, order(table)))?;
            while let Some(page) = pages.recv().await {
                for row in page? {
                    match table.name.as_str() {
                        "files" => drop(hashes.insert(row.get::<Vec<u8>>("sha256")?)),
                        "audit_heads" => {
                            archive.heads.push(Head { chain: row.int("chain")?, seq: row.int("seq")?, hash: row.get("hash")? })
                        }
                        _ => {}
                    }
                    if let Some(full) = piece.add(table, &row) {
                        send(sender, full).await?;
                    }
                }
                progress(Progress { step: table.name.clone(), done: piece.rows });
            }
            archive.tables.insert(table.name.clone(), piece.rows);
            send(sender, piece.take()).await?;
        }
        snapshot.end().await?;
        for sha256 in hashes {
            let db = self.clone();
            let name = format!("files/{}", crate::value::hex(&sha256));
            let read = tokio::task::spawn_blocking(move || db.inner.files.get(&sha256)).await;
            send(sender, (name, read.map_err(|error| Error::Unavailable(error.to_string()))??)).await?;
            archive.files += 1;
            progress(Progress { step: "files".into(), done: archive.files });
        }
        let manifest = serde_json::to_vec(&archive).map_err(|error| Error::Backup(error.to_string()))?;
        send(sender, (MANIFEST.to_owned(), manifest)).await?;
        Ok(archive)
    }

    pub(crate) fn kept_tables(&self) -> Result<Vec<&Table>> {
        let kept = self.schema().order.iter().filter(|name| !LEFT_OUT.contains(&name.as_str()));
        kept.map(|name| self.schema().table(name)).collect()
    }
}

async fn send(sender: &mpsc::Sender<Piece>, piece: Piece) -> Result<()> {
    sender.send(piece).await.map_err(|_| Error::Backup("the archive could not be written".into()))
}

/// A row after those it refers to, an entry after the one before it.
fn order(table: &Table) -> &'static str {
    match table.name.as_str() {
        "units" => "path",
        "audit_entries" => "chain, seq",
        "audit_heads" => "chain",
        "roster" => "dossier_id",
        "past_rows" => "table_name, row_id, version",
        "undo_entries" => "basis, seq",
        _ => "id",
    }
}

/// Lines that wait to fill a piece; the first line names the columns.
struct Pieces {
    name: String,
    head: String,
    text: String,
    number: u32,
    rows: u64,
}

impl Pieces {
    fn new(table: &Table) -> Pieces {
        let columns: Vec<&str> = table.columns.iter().map(|(column, _)| column.as_str()).collect();
        let head = format!("{}\n", Json::from(columns));
        Pieces { name: table.name.clone(), text: head.clone(), head, number: 0, rows: 0 }
    }

    fn add(&mut self, table: &Table, row: &Row) -> Option<Piece> {
        let values = table.columns.iter().zip(&row.values).map(|((_, holds), value)| value.clone().of(*holds).to_json());
        self.text += &Json::Array(values.collect()).to_string();
        self.text.push('\n');
        self.rows += 1;
        (self.text.len() >= PIECE).then(|| self.take())
    }

    fn take(&mut self) -> Piece {
        self.number += 1;
        let text = std::mem::replace(&mut self.text, self.head.clone());
        (format!("tables/{}/{:06}.jsonl", self.name, self.number), text.into_bytes())
    }
}

/// Packs, squeezes and locks what comes, into a file beside `to` that is renamed when all is well.
fn write(to: &Path, lock: &Lock, mut pieces: mpsc::Receiver<Piece>) -> Result<tempfile::NamedTempFile> {
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    fs::create_dir_all(folder)?;
    let temporary = tempfile::NamedTempFile::new_in(folder)?;
    let locked = lock.encryptor()?.wrap_output(BufWriter::new(temporary.reopen()?))?;
    let mut tar = tar::Builder::new(zstd::Encoder::new(locked, 3)?);
    while let Some((name, bytes)) = pieces.blocking_recv() {
        let mut header = tar::Header::new_gnu();
        header.set_size(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        header.set_mode(0o600);
        tar.append_data(&mut header, name, bytes.as_slice())?;
    }
    let mut file = tar.into_inner()?.finish()?.finish()?;
    file.flush()?;
    let file: File = file.into_inner().map_err(|error| Error::from(error.into_error()))?;
    file.sync_all()?;
    Ok(temporary)
}

impl Lock {
    fn encryptor(&self) -> Result<age::Encryptor> {
        match self {
            Lock::Passphrase(words) => Ok(age::Encryptor::with_user_passphrase(SecretString::from(words.clone()))),
            Lock::KeyFile(path) => {
                let new = age::x25519::Identity::generate();
                write_once(path, format!("{}\n", new.to_string().expose_secret()).as_bytes())?;
                let recipient = identity(path)?.to_public();
                let recipients = std::iter::once(&recipient as &dyn age::Recipient);
                age::Encryptor::with_recipients(recipients).map_err(|error| Error::Backup(error.to_string()))
            }
        }
    }

    pub(crate) fn identity(&self) -> Result<Box<dyn age::Identity>> {
        match self {
            Lock::Passphrase(words) => Ok(Box::new(age::scrypt::Identity::new(SecretString::from(words.clone())))),
            Lock::KeyFile(path) => Ok(Box::new(identity(path)?)),
        }
    }
}

fn identity(path: &Path) -> Result<age::x25519::Identity> {
    let text = fs::read_to_string(path)?;
    let line = text.lines().find(|line| line.starts_with("AGE-SECRET-KEY-"));
    let wrong = || Error::Backup("the key file holds no age identity".into());
    line.ok_or_else(wrong)?.trim().parse().map_err(|_| wrong())
}
