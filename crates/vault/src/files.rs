//! Scans and photos: kept once by content, encrypted, beside the database.
//!
//! The bytes are on the disk, synced, before the row that names them is committed; a file without a row is
//! harmless, a row without its file cannot be.

use crate::{Change, Error, Read, Reader, Result, Value, value::hex};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, OsRng, Payload, rand_core::RngCore},
};
use sha2::{Digest, Sha256};
use std::{
    fs::{self, File, OpenOptions},
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

/// The folder of files and its key.
pub(crate) struct FileStore {
    folder: PathBuf,
    keys: PathBuf,
    cipher: OnceLock<Arc<XChaCha20Poly1305>>,
}

/// A stored file with its bytes.
#[derive(Clone, Debug)]
pub struct StoredFile {
    /// Its id.
    pub id: i64,
    /// The name it came with.
    pub name: String,
    /// What it is, as was sniffed.
    pub mime: String,
    /// Hash of the bytes.
    pub sha256: Vec<u8>,
    /// The bytes.
    pub bytes: Vec<u8>,
}

const KEY_FILE: &str = "files.key";
const NONCE: usize = 24;
const FILE: &str = "SELECT f.id, f.name, f.mime, f.size, f.sha256 FROM {files} f WHERE f.id = $1";

impl FileStore {
    pub(crate) fn new(folder: PathBuf, keys: PathBuf) -> FileStore {
        FileStore { folder, keys, cipher: OnceLock::new() }
    }

    /// Where the bytes with this hash lie.
    pub(crate) fn path(&self, sha256: &[u8]) -> PathBuf {
        let name = hex(sha256);
        let (folder, rest) = name.split_at(name.len().min(2));
        self.folder.join(folder).join(rest)
    }

    /// Stores bytes and gives their hash; the same bytes are stored once.
    pub(crate) fn put(&self, bytes: &[u8]) -> Result<Vec<u8>> {
        let sha256 = Sha256::digest(bytes).to_vec();
        let path = self.path(&sha256);
        if !path.exists() {
            let mut nonce = [0; NONCE];
            OsRng.fill_bytes(&mut nonce);
            let payload = Payload { msg: bytes, aad: &sha256 };
            let sealed = self.cipher()?.encrypt(XNonce::from_slice(&nonce), payload).map_err(|_| broken("cannot be sealed"))?;
            write_through(&path, &[&nonce, &sealed])?;
        }
        Ok(sha256)
    }

    /// The bytes with this hash, checked.
    pub(crate) fn get(&self, sha256: &[u8]) -> Result<Vec<u8>> {
        let stored = fs::read(self.path(sha256)).map_err(|_| broken("is missing"))?;
        let (nonce, sealed) = stored.split_at_checked(NONCE).ok_or_else(|| broken("is cut off"))?;
        let payload = Payload { msg: sealed, aad: sha256 };
        let bytes = self.cipher()?.decrypt(XNonce::from_slice(nonce), payload).map_err(|_| broken("was altered, or the key is another"))?;
        if Sha256::digest(&bytes).as_slice() == sha256 { Ok(bytes) } else { Err(broken("was altered")) }
    }

    fn cipher(&self) -> Result<Arc<XChaCha20Poly1305>> {
        if let Some(cipher) = self.cipher.get() {
            return Ok(cipher.clone());
        }
        let path = self.keys.join(KEY_FILE);
        if !path.exists() {
            let mut key = [0; 32];
            OsRng.fill_bytes(&mut key);
            write_once(&path, &key)?;
        }
        let key = fs::read(&path)?;
        let cipher = XChaCha20Poly1305::new_from_slice(&key).map_err(|_| broken("has a key of another length"))?;
        Ok(self.cipher.get_or_init(|| Arc::new(cipher)).clone())
    }
}

/// Writes a new file of secret bytes that only its owner reads; one that is there already stays.
pub(crate) fn write_once(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(mut file) => {
            file.write_all(bytes)?;
            Ok(file.sync_all()?)
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Writes beside, syncs, then renames: the name never stands for half a file.
fn write_through(path: &Path, parts: &[&[u8]]) -> Result<()> {
    let folder = path.parent().ok_or_else(|| broken("has no folder"))?;
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    for part in parts {
        file.write_all(part)?;
    }
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| Error::from(error.error))?;
    Ok(File::open(folder)?.sync_all()?)
}

fn broken(how: &str) -> Error {
    Error::File(how.to_owned())
}

impl Change {
    /// Stores a file of a dossier; the bytes are safe before the row is.
    pub async fn store_file(&mut self, dossier_id: Option<i64>, name: &str, mime: &str, bytes: Vec<u8>) -> Result<i64> {
        let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let db = self.db().clone();
        let stored = tokio::task::spawn_blocking(move || db.inner.files.put(&bytes)).await;
        let sha256 = self.keep(stored.map_err(|error| Error::Unavailable(error.to_string())).flatten())?;
        let set: [(&str, Value); 5] = [
            ("dossier_id", dossier_id.into()),
            ("sha256", sha256.into()),
            ("size", size.into()),
            ("mime", mime.into()),
            ("name", name.into()),
        ];
        self.insert("files", &set).await
    }

    /// Gives a file of one dossier to another as well: a paper that names several people is kept once. Both must lie inside
    /// the area.
    pub async fn share_file(&mut self, file_id: i64, dossier_id: i64) -> Result<i64> {
        let file = self.one(FILE, &[file_id.into()]).await?;
        let set: [(&str, Value); 5] = [
            ("dossier_id", dossier_id.into()),
            ("sha256", file.get::<Vec<u8>>("sha256")?.into()),
            ("size", file.int("size")?.into()),
            ("mime", file.text("mime")?.into()),
            ("name", file.text("name")?.into()),
        ];
        self.insert("files", &set).await
    }
}

impl Reader<'_> {
    /// A file of a dossier inside the area.
    pub async fn file(&mut self, id: i64) -> Result<StoredFile> {
        let row = self.one(FILE, &[id.into()]).await?;
        let (sha256, db) = (row.get::<Vec<u8>>("sha256")?, self.db().clone());
        let hash = sha256.clone();
        let read = tokio::task::spawn_blocking(move || db.inner.files.get(&hash)).await;
        let bytes = read.map_err(|error| Error::Unavailable(error.to_string())).flatten()?;
        Ok(StoredFile { id, name: row.text("name")?, mime: row.text("mime")?, sha256, bytes })
    }
}
