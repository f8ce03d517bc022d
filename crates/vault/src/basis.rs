//! Why a dossier changes.

/// Why a dossier changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Basis {
    /// A decision.
    Decision(i64),
    /// An approved declaration.
    Declaration(i64),
    /// An import.
    Import(i64),
    /// A transfer; set by [`Change::cross`](crate::Change::cross).
    Transfer(i64),
    /// The withdrawal of another basis.
    Undo(Box<Basis>),
    /// A correction, with its reason in words.
    Correction(String),
}

impl Basis {
    /// How it is written into the record.
    pub fn words(&self) -> String {
        match self {
            Basis::Decision(id) => format!("decision {id}"),
            Basis::Declaration(id) => format!("declaration {id}"),
            Basis::Import(id) => format!("import {id}"),
            Basis::Transfer(id) => format!("transfer {id}"),
            Basis::Undo(undone) => format!("undo {}", undone.words()),
            Basis::Correction(reason) => format!("correction {reason}"),
        }
    }

    /// Whether what rests on it can be withdrawn as a whole; a correction is corrected anew instead.
    pub(crate) fn can_be_withdrawn(&self) -> bool {
        match self {
            Basis::Decision(_) | Basis::Declaration(_) | Basis::Import(_) | Basis::Transfer(_) => true,
            Basis::Undo(_) | Basis::Correction(_) => false,
        }
    }
}
