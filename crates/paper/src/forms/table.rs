//! A plain list to print: a title, heads, rows.

use serde::{Deserialize, Serialize};

use super::filled::{Block, Filled, Grid, Head, Medium, Row};

/// A list to print. The heads are repeated on every page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Table {
    /// Over the list, in capitals by custom.
    pub title: String,
    /// Lines under the title: the unit, the day, the filter.
    pub subtitle: Vec<String>,
    /// The columns, from left to right.
    pub columns: Vec<Column>,
    /// Texts ready to print, one per column; missing ones stay empty.
    pub rows: Vec<Vec<String>>,
    /// Whether the sheet lies on its long side.
    pub landscape: bool,
}

/// A column of a printed list.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Column {
    /// The head.
    pub label: String,
    /// Width in relation to the other columns.
    pub width: f64,
    /// Where the texts stand.
    pub align: Align,
}

/// Where the texts of a column stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// At the left, for words.
    #[default]
    Left,
    /// In the middle, for dates and codes.
    Center,
    /// At the right, for figures.
    Right,
}

impl Column {
    /// A column of words.
    pub fn new(label: impl Into<String>, width: f64) -> Column {
        Column { label: label.into(), width, align: Align::Left }
    }

    /// The same column with its texts elsewhere.
    pub fn aligned(self, align: Align) -> Column {
        Column { align, ..self }
    }
}

impl Table {
    pub(super) fn fill(&self) -> Filled {
        let fit = |text: &String| Medium::Pdf.fit(text);
        let heads = self.columns.iter().map(|column| Head {
            label: fit(&column.label),
            group: String::new(),
            // typst takes neither a column without width nor one of infinite width.
            width: if column.width.is_finite() { column.width.max(0.1) } else { 1.0 },
            align: column.align.word(),
        });
        let rows = self.rows.iter().map(|row| {
            let cells = row.iter().map(fit).chain(std::iter::repeat_with(String::new));
            Row::new(cells.take(self.columns.len()).collect())
        });
        Filled {
            title: fit(&self.title),
            subtitle: self.subtitle.iter().map(fit).collect(),
            mark: String::new(),
            national_heading: false,
            landscape: self.landscape,
            head: Vec::new(),
            photo: false,
            beside_photo: Vec::new(),
            blocks: vec![Block::Table(Grid { columns: heads.collect(), rows: rows.collect(), blank: 0 })],
            signatures: Vec::new(),
            annex: Vec::new(),
            foot: String::new(),
        }
    }
}

impl Align {
    const fn word(self) -> &'static str {
        match self {
            Align::Left => "left",
            Align::Center => "center",
            Align::Right => "right",
        }
    }
}
