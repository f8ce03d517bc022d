//! Which columns somebody may read in a list.

use super::{Column, Lists};
use crate::access::{EditRecord, Visitor};
use vault::{Grant, Permission};

/// What of the roster a visitor may be shown, and may look for.
///
/// Personal columns are for those who manage every dossier the list can reach, and for people whose list is their own
/// dossier; whoever only looks neither sees them nor finds anybody by them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    personal: bool,
}

impl Scope {
    /// For a list read with this grant.
    pub fn of<P: Permission>(visitor: &Visitor, grant: &Grant<P>) -> Scope {
        let manages = visitor.grant::<EditRecord>().is_ok_and(|edit| edit.covers(grant));
        let only_own = !visitor.may("view_record") && visitor.may("view_own_record");
        Scope { personal: manages || only_own }
    }

    /// Everything, for whoever stands at the console and holds the database anyway.
    pub fn console() -> Scope {
        Scope { personal: true }
    }

    /// Whether a column may be shown.
    pub fn shows(&self, column: &Column) -> bool {
        self.personal || !column.personal
    }

    /// Whether people may be found by personal data.
    pub fn is_personal(&self) -> bool {
        self.personal
    }

    /// The columns that may be shown.
    pub fn columns<'a>(&self, lists: &'a Lists) -> impl Iterator<Item = &'a Column> {
        let scope = *self;
        lists.columns.iter().filter(move |column| scope.shows(column))
    }
}
