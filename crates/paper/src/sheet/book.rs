//! What a workbook is once read: sheets of rows of compact cells.

use std::sync::Arc;

use jiff::civil::{Date, DateTime};

use crate::text::Encoding;

/// One cell. Texts that repeat share one allocation.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Words; also codes with leading zeros and formula faults such as `#REF!`.
    Text(Arc<str>),
    /// A number without a date format.
    Number(f64),
    /// A number the workbook shows as a day.
    Date(Date),
    /// A number the workbook shows as a day and time.
    Moment(DateTime),
    /// A logical value.
    Bool(bool),
}

impl Cell {
    /// A text cell; a text of blanks is empty.
    pub fn text(text: impl AsRef<str>) -> Cell {
        let text = text.as_ref();
        if text.trim().is_empty() { Cell::Empty } else { Cell::Text(Arc::from(text)) }
    }

    /// Whether it holds nothing but blanks.
    pub fn is_empty(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) => text.trim().is_empty(),
            Cell::Number(_) | Cell::Date(_) | Cell::Moment(_) | Cell::Bool(_) => false,
        }
    }

    /// The cell as a person would type it: days as `dd/mm/yyyy`, whole numbers without exponent.
    pub fn shown(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.trim().to_owned(),
            Cell::Number(number) => shown_number(*number),
            Cell::Date(date) => shown_date(*date),
            Cell::Moment(moment) => format!("{} {:02}:{:02}", shown_date(moment.date()), moment.hour(), moment.minute()),
            Cell::Bool(true) => "có".into(),
            Cell::Bool(false) => "không".into(),
        }
    }
}

fn shown_date(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

fn shown_number(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return format!("{number:.0}");
    }
    // Sheets keep 15 digits; what lies beyond is noise of binary fractions.
    let digits = format!("{number:.14e}");
    let tidy = digits.parse::<f64>().unwrap_or(number);
    format!("{tidy}").replace('.', ",")
}

/// A block of cells shown as one; the first cell holds the value. Rows and columns count from 0, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// First row.
    pub top: usize,
    /// Last row.
    pub bottom: usize,
    /// First column.
    pub left: usize,
    /// Last column.
    pub right: usize,
}

impl Merge {
    /// Whether the block covers a cell.
    pub fn covers(&self, row: usize, column: usize) -> bool {
        (self.top..=self.bottom).contains(&row) && (self.left..=self.right).contains(&column)
    }
}

/// One sheet. Rows are as long as their last filled cell, and the last row is not blank.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    /// The name on its tab.
    pub name: String,
    /// Whether the workbook hides it.
    pub hidden: bool,
    /// Its rows from the first one of the sheet, so row 0 is row 1 on paper.
    pub rows: Vec<Vec<Cell>>,
    /// Blocks shown as one cell.
    pub merges: Vec<Merge>,
}

static BLANK: Cell = Cell::Empty;

impl Sheet {
    /// The cell at a place; empty beyond the edge.
    pub fn cell(&self, row: usize, column: usize) -> &Cell {
        self.rows.get(row).and_then(|cells| cells.get(column)).unwrap_or(&BLANK)
    }

    /// How many columns hold anything.
    pub fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// Whether no cell holds anything.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// The name of a place as sheets show it: row 0, column 27 is `AB1`.
pub fn address(row: usize, column: usize) -> String {
    format!("{}{}", column_letters(column), row + 1)
}

/// The letters of a column: 0 is `A`, 26 is `AA`.
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// What a file turned out to be, whatever its name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Excel 2007 and later; also with macros, which are never run.
    #[default]
    Xlsx,
    /// Excel 5 to 2003.
    Xls,
    /// A web page saved under the name of a workbook.
    Html,
    /// A web archive saved under the name of a workbook.
    Mhtml,
    /// The XML of Excel 2003.
    Xml2003,
    /// Text with a separator between columns.
    Delimited(char),
}

impl Format {
    /// The name people know it by.
    pub fn label(self) -> String {
        match self {
            Format::Xlsx => "Excel (.xlsx)".into(),
            Format::Xls => "Excel 97–2003 (.xls)".into(),
            Format::Html => "trang web lưu dưới tên .xls".into(),
            Format::Mhtml => "trang web lưu trữ (.mht)".into(),
            Format::Xml2003 => "XML của Excel 2003".into(),
            Format::Delimited('\t') => "văn bản, cột cách bằng dấu tab".into(),
            Format::Delimited(mark) => format!("văn bản CSV, cột cách bằng dấu “{mark}”"),
        }
    }
}

/// How the texts were written, and what was done about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Detected {
    /// The encoding the texts were read as.
    pub encoding: Encoding,
    /// From 0 to 1; below 0.9 a person should look at `samples`.
    pub confidence: f64,
    /// The reason, in words.
    pub why: String,
    /// Old fonts found in the workbook.
    pub fonts: Vec<String>,
    /// A few texts before and after conversion; none where nothing changed.
    pub samples: Vec<(String, String)>,
}

/// A workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct Book {
    /// Its sheets, in order, empty ones left out.
    pub sheets: Vec<Sheet>,
    /// What the file turned out to be.
    pub format: Format,
    /// How its texts were written.
    pub encoding: Detected,
}

impl Book {
    /// The sheet most likely meant: the visible one with most rows.
    pub fn main_sheet(&self) -> Option<usize> {
        let rank = |index: &usize| self.sheets.get(*index).map(|sheet| (!sheet.hidden, sheet.rows.len(), usize::MAX - index));
        (0..self.sheets.len()).max_by_key(rank)
    }
}
