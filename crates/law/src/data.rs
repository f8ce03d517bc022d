//! Where data files come from, and what is said when one is wrong.

use rust_embed::RustEmbed;
use serde::de::DeserializeOwned;
use std::{fmt, fs, path::PathBuf};

/// The files of `data/`: built into the program, or a folder that an administrator keeps.
#[derive(Clone, Debug)]
pub enum DataSource {
    /// The files the program was built with.
    Embedded,
    /// A folder with the same layout.
    Folder(PathBuf),
}

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../data"]
struct Files;

/// One thing wrong with a data file: which file, which key, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Path inside `data/`.
    pub file: String,
    /// The entry or key, as a person would find it.
    pub key: String,
    /// What is wrong, in Vietnamese.
    pub reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}: {}", self.file, self.key, self.reason)
    }
}

/// Everything wrong with the data; the program does not start.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(Fault::to_string).collect::<Vec<_>>().join("\n"))]
pub struct Faults(pub Vec<Fault>);

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Faults {
        Faults(vec![fault])
    }
}

impl Fault {
    /// A fault at `key` of `file`.
    pub fn new(file: &str, key: impl Into<String>, reason: impl Into<String>) -> Fault {
        Fault { file: file.to_owned(), key: key.into(), reason: reason.into() }
    }
}

impl DataSource {
    /// The text of one file, by its path inside `data/`.
    pub fn read(&self, file: &str) -> Result<String, Fault> {
        let missing = |reason: String| Fault::new(file, "-", reason);
        match self {
            DataSource::Embedded => {
                let found = Files::get(file).ok_or_else(|| missing("không có tệp này".into()))?;
                String::from_utf8(found.data.into_owned()).map_err(|error| missing(error.to_string()))
            }
            DataSource::Folder(folder) => fs::read_to_string(folder.join(file)).map_err(|error| missing(error.to_string())),
        }
    }

    /// The `.toml` files of a folder inside `data/`, sorted by name.
    pub fn list(&self, folder: &str) -> Vec<String> {
        let mut names: Vec<String> = match self {
            DataSource::Embedded => {
                let inside = format!("{folder}/");
                let direct = |name: &str| name.strip_prefix(&inside).is_some_and(|rest| !rest.contains('/'));
                Files::iter().filter(|name| direct(name)).map(|name| name.into_owned()).collect()
            }
            DataSource::Folder(root) => {
                let entries = fs::read_dir(root.join(folder)).into_iter().flatten().flatten();
                entries.filter_map(|entry| entry.file_name().into_string().ok()).map(|name| format!("{folder}/{name}")).collect()
            }
        };
        names.retain(|name| name.ends_with(".toml"));
        names.sort();
        names
    }

    /// One file as `T`; unknown keys and wrong kinds are faults where `T` denies them.
    pub fn parse<T: DeserializeOwned>(&self, file: &str) -> Result<T, Fault> {
        let text = self.read(file)?;
        toml::from_str(&text).map_err(|error| {
            let line = error.span().map_or(0, |span| text.get(..span.start).unwrap_or_default().lines().count());
            Fault::new(file, format!("dòng {line}"), error.message())
        })
    }
}
