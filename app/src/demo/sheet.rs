//! The rows of one dossier before they are stored.

use jiff::civil::Date;
use vault::Value;

/// A row of a section.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The section's key.
    pub section: &'static str,
    /// Columns with values; what is not known is not there.
    pub columns: Vec<(&'static str, Value)>,
    /// A file that belongs into a column, when files are made.
    pub scan: Option<(&'static str, Scan)>,
}

/// A file to be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scan {
    /// The photo, 4 × 6.
    Photo,
    /// Evaluation sheets of all years.
    Evaluations,
    /// The diploma.
    Diploma,
    /// The employment contract.
    Contract,
}

/// All rows of one dossier, in the order they are made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// The rows.
    pub rows: Vec<Row>,
}

impl Sheet {
    /// Adds a row.
    pub fn add(&mut self, section: &'static str, columns: Vec<(&'static str, Value)>) {
        self.add_with(section, columns, None);
    }

    /// Adds a row that has a file.
    pub fn add_with(&mut self, section: &'static str, mut columns: Vec<(&'static str, Value)>, scan: Option<(&'static str, Scan)>) {
        columns.retain(|(_, value)| !matches!(value, Value::Null));
        self.rows.push(Row { section, columns, scan });
    }

    /// The rows of a section.
    #[cfg(test)]
    pub fn of<'a>(&'a self, section: &'a str) -> impl Iterator<Item = &'a Row> {
        self.rows.iter().filter(move |row| row.section == section)
    }
}

impl Row {
    /// The value of a column.
    pub fn value(&self, column: &str) -> Option<&Value> {
        self.columns.iter().find(|(name, _)| *name == column).map(|(_, value)| value)
    }

    /// The words of a column.
    pub fn text(&self, column: &str) -> &str {
        match self.value(column) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }
}

/// A decision as old papers name it.
pub struct Decision {
    /// Number and sign.
    pub number: String,
    /// The day it was signed.
    pub signed_on: Date,
    /// Who issued it.
    pub body: String,
}

impl Decision {
    /// The columns of a row that hold it.
    pub fn columns(self) -> [(&'static str, Value); 3] {
        [
            ("decision_number", self.number.into()),
            ("decision_signed_on", self.signed_on.into()),
            ("decision_issuing_body", self.body.into()),
        ]
    }
}
