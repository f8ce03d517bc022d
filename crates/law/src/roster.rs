//! What a roster row holds: one flat row per dossier with what is true now.

use crate::{
    data::{DataSource, Fault},
    dossier::{FieldRef, Sensitivity},
};
use serde::Deserialize;

/// One column of the roster.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RosterColumn {
    /// Its name.
    pub key: String,
    /// Heading on screen and in exports.
    pub label_vi: String,
    /// How it is kept.
    pub kind: RosterKind,
    /// The field that fills it as it is.
    pub from: Option<FieldRef>,
    /// What it is computed as, where no field fills it.
    pub derive: Option<Derive>,
    /// The field a derived column is computed from; none when the dossier itself is asked.
    pub of: Option<FieldRef>,
    /// The day by which the latest row of a list section is found.
    pub by: Option<FieldRef>,
    /// The code list, where `kind` is [`RosterKind::Code`].
    pub catalogue: Option<String>,
    /// Lists may be sorted by it.
    pub sortable: bool,
    /// Lists show it unless someone chose otherwise.
    pub default: bool,
    /// Who may read it.
    pub sensitivity: Sensitivity,
}

/// How a roster column is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RosterKind {
    /// Words, partial dates included.
    Text,
    /// A text that is compared and searched, not read as prose.
    Key,
    /// A code of a catalogue.
    Code,
    /// A civil day.
    Date,
    /// A whole number.
    Int,
    /// A number kept in hundredths.
    Decimal,
    /// Yes or no.
    Bool,
}

/// What a derived column is computed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Derive {
    /// Lower case, without diacritics (`đ` is `d`), single spaces.
    FoldedName,
    /// Given name first, then the rest: sorts as Vietnamese lists do.
    SortName,
    /// The first day a partial date can mean.
    FirstDay,
    /// The field in the row of its section that begins last.
    Latest,
    /// Name of the unit that manages the dossier.
    UnitName,
    /// Percent of what a complete dossier has.
    Completeness,
    /// Instant of the last change.
    ChangedAt,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RosterFile {
    column: Vec<RosterColumn>,
}

/// Path of the roster inside `data/`.
pub(crate) const FILE: &str = "dossier/roster/roster.toml";

/// Reads the columns of a roster row.
pub(crate) fn read(source: &DataSource) -> Result<Vec<RosterColumn>, Fault> {
    Ok(source.parse::<RosterFile>(FILE)?.column)
}
