//! Where on a sheet the people are: titles above, headings in several rows, groups between, totals and signatures below.

mod headings;
mod rows;

use std::ops::Range;

use super::Sheet;

/// What a sheet looks like. Rows and columns count from 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// Rows with words above the headings.
    pub titles: Vec<(usize, String)>,
    /// The rows of the headings, the row that numbers columns included; empty if there are none.
    pub header_rows: Range<usize>,
    /// The row that numbers columns, if there is one.
    pub numbering_row: Option<usize>,
    /// The first row with a person.
    pub first_data_row: usize,
    /// The last row with a person; before `first_data_row` if there is none.
    pub last_data_row: Option<usize>,
    /// Columns with a heading or values.
    pub columns: Vec<ColumnGuess>,
    /// Rows between the headings and the last person that hold none, in order.
    pub skipped: Vec<SkippedRow>,
    /// Rows with words below the last person: totals, notes, signatures.
    pub notes: Vec<SkippedRow>,
}

/// One column of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnGuess {
    /// Its place.
    pub index: usize,
    /// Its headings from the outer to the inner, for example "Ngày, tháng, năm sinh" and "Nam".
    pub heading: Vec<String>,
    /// A few of its values, as a person would type them.
    pub samples: Vec<String>,
}

impl ColumnGuess {
    /// The headings in one line.
    pub fn title(&self) -> String {
        self.heading.join(" › ")
    }
}

/// A row without a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedRow {
    /// The row.
    pub row: usize,
    /// What it is.
    pub kind: NoteKind,
    /// Its words.
    pub text: String,
}

/// What a row without a person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteKind {
    /// Nothing.
    Blank,
    /// The name of a group of people that follows, such as "I. Ban Giám hiệu".
    Group,
    /// A sum.
    Total,
    /// The headings once more, as at the top of a printed page.
    Heading,
    /// Notes, place and day, signatures.
    Note,
}

impl Layout {
    /// Rows that hold a person, in order.
    pub fn data_rows(&self) -> impl Iterator<Item = usize> + '_ {
        let end = self.last_data_row.map_or(self.first_data_row, |last| last + 1);
        (self.first_data_row..end).filter(|row| self.skipped.binary_search_by_key(row, |skipped| skipped.row).is_err())
    }

    /// The nearest group name above a row.
    pub fn group_of(&self, row: usize) -> Option<&str> {
        self.skipped.iter().rev().find(|skipped| skipped.row < row && skipped.kind == NoteKind::Group).map(|skipped| skipped.text.as_str())
    }
}

/// Rows looked at for values of a column.
const SAMPLE_ROWS: usize = 40;
const SAMPLES: usize = 5;

/// Finds headings and people.
pub fn layout(sheet: &Sheet) -> Layout {
    let width = sheet.width();
    let header = headings::find(sheet, width);
    let paths = headings::paths(sheet, &header, width);
    let name_column = rows::name_column(&paths);
    let body = rows::classify(sheet, &header, name_column);
    let titles = (0..header.rows.start).filter_map(|row| Some((row, rows::words(sheet, row)?))).collect();
    let mut found = Layout {
        titles,
        header_rows: header.rows.clone(),
        numbering_row: header.numbering,
        first_data_row: body.first,
        last_data_row: body.last,
        columns: Vec::new(),
        skipped: body.skipped,
        notes: body.notes,
    };
    let sampled: Vec<usize> = found.data_rows().take(SAMPLE_ROWS).collect();
    for (index, heading) in paths.into_iter().enumerate() {
        let mut samples: Vec<String> = Vec::new();
        for value in sampled.iter().map(|row| sheet.cell(*row, index)).filter(|cell| !cell.is_empty()).map(super::Cell::shown) {
            if samples.len() < SAMPLES && !samples.contains(&value) {
                samples.push(value);
            }
        }
        let beyond = || found.data_rows().any(|row| !sheet.cell(row, index).is_empty());
        if !heading.is_empty() || !samples.is_empty() || beyond() {
            found.columns.push(ColumnGuess { index, heading, samples });
        }
    }
    found
}
