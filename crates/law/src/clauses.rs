//! The clauses of the regulations: what each asks for, and what answers it.

use crate::data::{DataSource, Fault};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Path of the register inside `data/`.
pub(crate) const FILE: &str = "clauses.toml";

/// One clause.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// Its id: prefix of the regulation, Điều, khoản, điểm.
    pub id: String,
    /// Code of the regulation.
    pub regulation: String,
    /// Its place in the text.
    pub article: String,
    /// What sort of demand it is.
    pub kind: ClauseKind,
    /// How binding it is for the software.
    pub level: ClauseLevel,
    /// What it asks for.
    pub requirement: String,
    /// Words of the text.
    pub keywords: Vec<String>,
    /// Values it gives.
    pub parameters: toml::Table,
    /// Key of the regulation file that carries them.
    pub profile: Option<String>,
    /// When it counts as met.
    pub acceptance: String,
    /// Whether it is met.
    pub status: Status,
    /// Why it is outside.
    pub reason: Option<String>,
    /// Tests, or pages as `page:/address`, that show it.
    pub tests: Vec<String>,
}

/// What sort of demand a clause is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClauseKind {
    /// Something the software does.
    Function,
    /// A term.
    Deadline,
    /// Who may do what.
    Permission,
    /// A report.
    Report,
    /// A refusal.
    Gate,
    /// Protection of data.
    Security,
    /// Keeping of data.
    Retention,
    /// A connection.
    Integration,
    /// An announcement.
    Notice,
}

/// How binding a clause is for the software.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClauseLevel {
    /// Stated or plainly implied.
    Must,
    /// A duty of people that the software makes easier.
    Should,
}

/// Whether a clause is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Not yet.
    Open,
    /// Yes, and a test or a page shows it.
    Done,
    /// The software does not carry it; the clause says why.
    Outside,
}

/// How many clauses are met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Not yet met.
    pub open: usize,
    /// Met.
    pub done: usize,
    /// Outside.
    pub outside: usize,
}

/// The register of clauses.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clauses {
    /// In the order of the file.
    #[serde(rename = "clause")]
    pub all: Vec<Clause>,
    /// Clauses that ask nothing of the software, with the reason.
    #[serde(rename = "skipped")]
    pub left_out: BTreeMap<String, String>,
}

impl Clauses {
    /// The clause with this id.
    pub fn get(&self, id: &str) -> Option<&Clause> {
        self.all.iter().find(|clause| clause.id == id)
    }

    /// The clauses that an article means: the one with this id, and all below it (`YB-7` is all of Điều 7).
    pub fn under<'a>(&'a self, article: &'a str) -> impl Iterator<Item = &'a Clause> {
        self.all.iter().filter(move |clause| is_or_below(&clause.id, article))
    }

    /// Whether an article can be cited.
    pub fn knows(&self, article: &str) -> bool {
        self.under(article).next().is_some() || self.left_out.keys().any(|id| is_or_below(id, article))
    }

    /// How many clauses of a regulation are met; of all when none is named.
    pub fn coverage(&self, regulation: Option<&str>) -> Coverage {
        let mut coverage = Coverage::default();
        for clause in self.all.iter().filter(|clause| regulation.is_none_or(|code| clause.regulation == code)) {
            match clause.status {
                Status::Open => coverage.open += 1,
                Status::Done => coverage.done += 1,
                Status::Outside => coverage.outside += 1,
            }
        }
        coverage
    }
}

fn is_or_below(id: &str, article: &str) -> bool {
    id.strip_prefix(article).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Reads the register.
pub(crate) fn read(source: &DataSource) -> Result<Clauses, Fault> {
    source.parse(FILE)
}
