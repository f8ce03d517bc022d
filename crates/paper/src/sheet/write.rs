//! Tables out to xlsx, row by row, in constant memory.

use std::io::{Seek as _, SeekFrom};

use jiff::civil::{Date, DateTime};
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};
use tempfile::NamedTempFile;
use thiserror::Error;

use super::Cell;

/// How a column is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// Words, and codes whose zeros in front must stay.
    #[default]
    Text,
    /// A number as it is.
    Number,
    /// A number with two decimals, as coefficients have.
    Hundredths,
    /// Whole đồng with thousands apart.
    Money,
    /// A day.
    Date,
}

/// One column of a table going out.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// How its cells are written.
    pub kind: Kind,
    /// Its width in letters.
    pub width: f64,
}

impl Column {
    /// A column wide enough for its heading and usual values.
    pub fn new(heading: impl Into<String>, kind: Kind) -> Column {
        let heading = heading.into();
        let usual: u16 = if kind == Kind::Text { 18 } else { 12 };
        let letters = u16::try_from(heading.chars().count()).unwrap_or(40).saturating_add(3);
        Column { heading, kind, width: f64::from(letters.clamp(usual.min(12), 40).max(usual)) }
    }
}

/// What stands around the rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// The name on the tab.
    pub sheet: String,
    /// Lines above the headings, the first one large.
    pub titles: Vec<String>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The line below the rows: purpose, who, when.
    pub footer: Option<String>,
    /// Times New Roman, as official documents demand.
    pub official_font: bool,
}

/// Why a table could not be written.
#[derive(Debug, Error)]
pub enum WriteError {
    /// The workbook.
    #[error("could not write the workbook: {0}")]
    Workbook(#[from] XlsxError),
    /// The disk.
    #[error("could not write the file: {0}")]
    File(#[from] std::io::Error),
    /// The csv text.
    #[error("could not write the text: {0}")]
    Text(#[from] csv::Error),
    /// A sheet holds 1,048,576 rows.
    #[error("a sheet holds no more rows")]
    Full,
}

/// A finished table: a temporary file that vanishes when dropped.
#[derive(Debug)]
pub struct Finished {
    /// The file, at its beginning.
    pub file: NamedTempFile,
    /// Its length.
    pub length: u64,
    /// Rows written, headings not counted.
    pub rows: u64,
}

/// Writes one sheet row by row.
pub struct Writer {
    workbook: Workbook,
    plan: Plan,
    formats: Formats,
    header_row: u32,
    next_row: u32,
    place: usize,
}

struct Formats {
    text: Format,
    number: Format,
    hundredths: Format,
    money: Format,
    date: Format,
    moment: Format,
    footer: Format,
}

const LAST_ROW: u32 = 1_048_575;
/// Letters one cell can hold.
const LONGEST_TEXT: usize = 32_767;

impl Writer {
    /// Begins a workbook with titles and headings; rows go to temporary files in the system's folder.
    pub fn new(plan: Plan) -> Result<Writer, WriteError> {
        // The library would fall over only at the first row, so ask the folder now.
        tempfile::tempfile()?;
        let base = if plan.official_font { Format::new().set_font_name("Times New Roman").set_font_size(12) } else { Format::new() };
        let formats = Formats {
            text: base.clone().set_num_format("@"),
            number: base.clone(),
            hundredths: base.clone().set_num_format("0.00"),
            money: base.clone().set_num_format("#,##0"),
            date: base.clone().set_num_format("dd/mm/yyyy"),
            moment: base.clone().set_num_format("dd/mm/yyyy hh:mm"),
            footer: base.clone().set_italic(),
        };
        let mut writer = Writer { workbook: Workbook::new(), plan, formats, header_row: 0, next_row: 0, place: 0 };
        writer.begin()?;
        Ok(writer)
    }

    /// Ends the sheet and begins another one behind it.
    pub fn sheet(&mut self, plan: Plan) -> Result<(), WriteError> {
        self.end()?;
        self.plan = plan;
        self.place += 1;
        self.begin()
    }

    /// Titles and headings of a sheet.
    fn begin(&mut self) -> Result<(), WriteError> {
        let (plan, base) = (&self.plan, &self.formats.number);
        let sheet = self.workbook.add_worksheet_with_constant_memory();
        sheet.set_name(sheet_name(&plan.sheet))?;
        for (index, column) in (0_u16..).zip(&plan.columns) {
            sheet.set_column_width(index, column.width)?;
        }
        let mut row = 0;
        for (place, title) in plan.titles.iter().enumerate() {
            let size = if place == 0 { 14 } else { 12 };
            sheet.write_string_with_format(row, 0, cut(title), &base.clone().set_bold().set_font_size(size))?;
            row += 1;
        }
        let header_row = if plan.titles.is_empty() { 0 } else { row + 1 };
        let heading = base.clone().set_bold().set_text_wrap().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
        let heading = heading.set_border(FormatBorder::Thin);
        for (index, column) in (0_u16..).zip(&plan.columns) {
            sheet.write_string_with_format(header_row, index, cut(&column.heading), &heading)?;
        }
        sheet.set_freeze_panes(header_row + 1, 0)?;
        (self.header_row, self.next_row) = (header_row, header_row + 1);
        Ok(())
    }

    /// Adds a row; cells beyond the columns of the plan are written as what they are.
    pub fn row(&mut self, cells: &[Cell]) -> Result<(), WriteError> {
        let row = self.next_row;
        // One row stays for the footer.
        if row >= LAST_ROW - 1 {
            return Err(WriteError::Full);
        }
        let sheet = self.workbook.worksheet_from_index(self.place)?;
        for (index, cell) in (0_u16..).zip(cells) {
            let kind = self.plan.columns.get(usize::from(index)).map_or(Kind::Text, |column| column.kind);
            self.formats.write(sheet, (row, index), cell, kind)?;
        }
        self.next_row += 1;
        Ok(())
    }

    /// What stands below and around the rows of a sheet.
    fn end(&mut self) -> Result<(), WriteError> {
        let last = self.next_row - 1;
        let sheet = self.workbook.worksheet_from_index(self.place)?;
        if let Some(footer) = &self.plan.footer {
            sheet.write_string_with_format(self.next_row + 1, 0, cut(footer), &self.formats.footer)?;
        }
        if let Some(edge) = self.plan.columns.len().checked_sub(1).and_then(|edge| u16::try_from(edge).ok()) {
            sheet.autofilter(self.header_row, 0, last.max(self.header_row), edge)?;
        }
        sheet.set_repeat_rows(self.header_row, self.header_row)?.set_landscape().set_print_fit_to_pages(1, 0);
        Ok(())
    }

    /// Ends the workbook and packs it into a temporary file; rows of the last sheet are counted.
    pub fn finish(mut self) -> Result<Finished, WriteError> {
        self.end()?;
        let last = self.next_row - 1;
        let mut file = NamedTempFile::new()?;
        self.workbook.save_to_writer(file.as_file_mut())?;
        finished(file, u64::from(last - self.header_row))
    }
}

pub(super) fn finished(mut file: NamedTempFile, rows: u64) -> Result<Finished, WriteError> {
    let length = file.as_file_mut().seek(SeekFrom::End(0))?;
    file.as_file_mut().seek(SeekFrom::Start(0))?;
    Ok(Finished { file, length, rows })
}

impl Formats {
    fn write(&self, sheet: &mut Worksheet, at: (u32, u16), cell: &Cell, kind: Kind) -> Result<(), WriteError> {
        let (row, column) = at;
        match cell {
            Cell::Empty => {}
            // Strings are written as strings, so "=1+1" stays the four letters it is.
            Cell::Text(text) => drop(sheet.write_string_with_format(row, column, cut(text), &self.text)?),
            Cell::Number(number) => drop(sheet.write_number_with_format(row, column, *number, self.of(kind))?),
            Cell::Bool(yes) => drop(sheet.write_string_with_format(row, column, if *yes { "x" } else { "" }, &self.text)?),
            Cell::Date(date) => match serial(*date) {
                Some(day) => drop(sheet.write_datetime_with_format(row, column, day, &self.date)?),
                None => drop(sheet.write_string_with_format(row, column, cell.shown(), &self.text)?),
            },
            Cell::Moment(moment) => match serial_moment(*moment) {
                Some(moment) => drop(sheet.write_datetime_with_format(row, column, moment, &self.moment)?),
                None => drop(sheet.write_string_with_format(row, column, cell.shown(), &self.text)?),
            },
        }
        Ok(())
    }

    fn of(&self, kind: Kind) -> &Format {
        match kind {
            Kind::Text | Kind::Number => &self.number,
            Kind::Hundredths => &self.hundredths,
            Kind::Money => &self.money,
            Kind::Date => &self.date,
        }
    }
}

/// Sheets know no day before 1900.
fn serial(date: Date) -> Option<ExcelDateTime> {
    let (year, month, day) = (u16::try_from(date.year()).ok()?, u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
    ExcelDateTime::from_ymd(year, month, day).ok()
}

fn serial_moment(moment: DateTime) -> Option<ExcelDateTime> {
    let (hour, minute) = (u16::try_from(moment.hour()).ok()?, u8::try_from(moment.minute()).ok()?);
    serial(moment.date())?.and_hms(hour, minute, f64::from(moment.second())).ok()
}

/// A tab's name without the signs it may not hold.
fn sheet_name(name: &str) -> String {
    let tidy: String = name.chars().filter(|letter| !"[]:*?/\\'".contains(*letter) && !letter.is_control()).take(31).collect();
    if tidy.trim().is_empty() { "Danh sách".into() } else { tidy }
}

fn cut(text: &str) -> &str {
    match text.char_indices().nth(LONGEST_TEXT) {
        Some((end, _)) => text.get(..end).unwrap_or(text),
        None => text,
    }
}
