//! An import: a file on its way into dossiers, and how its columns are understood.

use super::words::Target;
use crate::error::{Error, Result};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vault::{Row, Seen};

/// What is done with people who have a dossier already, and with those who have none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Mode {
    /// New dossiers only.
    #[default]
    Create,
    /// Dossiers that exist only.
    Update,
    /// Both.
    Both,
}

/// What a person decided for one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Choice {
    /// Leave it out.
    Skip,
    /// Open a dossier.
    Create,
    /// Write into the dossier found.
    Update,
}

/// How a file is understood; kept with the import.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Mapping {
    /// Which sheet.
    pub(crate) sheet: usize,
    /// The encoding a person chose.
    pub(crate) encoding: Option<String>,
    /// Column and code of its target.
    pub(crate) columns: BTreeMap<usize, String>,
    /// Empty cells empty filled fields.
    pub(crate) clear: bool,
    /// Kind of personnel of everybody for whom the file says nothing.
    pub(crate) personnel_type: String,
    /// Decisions by row, counted from 0.
    pub(crate) choices: BTreeMap<usize, Choice>,
}

/// What became of the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Outcome {
    /// Rows with a person.
    pub(crate) rows: usize,
    /// Dossiers opened.
    pub(crate) created: usize,
    /// Dossiers written into.
    pub(crate) updated: usize,
    /// Fields that changed in them.
    pub(crate) cells: usize,
    /// Rows left out on purpose, or because nothing changes.
    pub(crate) skipped: usize,
    /// Rows with problems.
    pub(crate) bad: usize,
    /// Rows written although something is unusual.
    pub(crate) unusual: usize,
}

impl Outcome {
    /// Rows that are, or were, written.
    pub(crate) fn written(&self) -> usize {
        self.created + self.updated
    }

    /// Rows that are not.
    pub(crate) fn left(&self) -> usize {
        self.bad + self.skipped
    }
}

/// Where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum State {
    /// Being prepared.
    Draft,
    /// Written.
    Done,
    /// Written, then taken back.
    Undone,
    /// Given up.
    Dropped,
}

impl State {
    /// Its code in the database.
    pub(super) fn code(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Done => "done",
            State::Undone => "undone",
            State::Dropped => "dropped",
        }
    }

    fn read(code: &str) -> Option<State> {
        [State::Draft, State::Done, State::Undone, State::Dropped].into_iter().find(|state| state.code() == code)
    }
}

/// One import.
#[derive(Clone, Debug)]
pub(super) struct Import {
    pub(super) id: i64,
    pub(super) version: i64,
    pub(super) unit_id: i64,
    pub(super) unit_name: String,
    pub(super) file_name: String,
    pub(super) mode: Mode,
    pub(super) state: State,
    pub(super) mapping: Mapping,
    pub(super) outcome: Outcome,
    pub(super) created_at: Timestamp,
    pub(super) finished_at: Option<Timestamp>,
    pub(super) undone_at: Option<Timestamp>,
}

impl Import {
    pub(super) fn read(row: &Row) -> Result<Import> {
        let broken = |what: &str| Error::broken(format!("imports.{what} cannot be read"));
        let parse = |column: &str| row.get::<serde_json::Value>(column);
        Ok(Import {
            id: row.int("id")?,
            version: row.int("version")?,
            unit_id: row.int("unit_id")?,
            unit_name: row.text("unit_name")?,
            file_name: row.text("file_name")?,
            mode: Mode::read(&row.text("mode")?).ok_or_else(|| broken("mode"))?,
            state: State::read(&row.text("state")?).ok_or_else(|| broken("state"))?,
            mapping: serde_json::from_value(parse("mapping")?).map_err(|_| broken("mapping"))?,
            outcome: serde_json::from_value(parse("outcome")?).map_err(|_| broken("outcome"))?,
            created_at: row.get("created_at")?,
            finished_at: row.get("finished_at")?,
            undone_at: row.get("undone_at")?,
        })
    }

    pub(super) fn seen(&self) -> Seen {
        Seen { id: self.id, version: self.version }
    }

    /// Only what is still being prepared may be changed.
    pub(super) fn is_open(&self) -> Result<()> {
        match self.state {
            State::Draft => Ok(()),
            State::Done | State::Undone => Err(Error::Conflict("Lô này đã ghi vào hồ sơ. Tải tệp lên lại để nhập lần nữa".into())),
            State::Dropped => Err(Error::Conflict("Lô này đã bỏ. Tải tệp lên lại để nhập".into())),
        }
    }
}

impl Mode {
    /// Its code in the database and in forms.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Mode::Create => "create",
            Mode::Update => "update",
            Mode::Both => "both",
        }
    }

    /// Back from [`Mode::code`].
    pub(crate) fn read(code: &str) -> Option<Mode> {
        [Mode::Create, Mode::Update, Mode::Both].into_iter().find(|mode| mode.code() == code)
    }

    /// As people choose it.
    pub(super) fn label(self) -> &'static str {
        match self {
            Mode::Create => "Chỉ lập hồ sơ mới",
            Mode::Update => "Chỉ cập nhật hồ sơ đã có",
            Mode::Both => "Lập mới và cập nhật",
        }
    }

    /// All of them, in the order they are offered.
    pub(super) const ALL: [Mode; 3] = [Mode::Create, Mode::Update, Mode::Both];

    pub(super) fn creates(self) -> bool {
        matches!(self, Mode::Create | Mode::Both)
    }

    pub(super) fn updates(self) -> bool {
        matches!(self, Mode::Update | Mode::Both)
    }
}

impl Mapping {
    /// The target of a column.
    pub(super) fn target(&self, column: usize, law: &law::Law) -> Target {
        self.columns.get(&column).and_then(|code| Target::read(code, law)).unwrap_or(Target::Skip)
    }
}
