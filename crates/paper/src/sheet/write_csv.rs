//! Tables out to csv for sheet programs: UTF-8 with its mark, and no cell that would run as a formula.

use std::io::{BufWriter, Write as _};

use tempfile::NamedTempFile;

use super::{
    Cell,
    write::{Finished, Plan, WriteError, finished},
};

/// Writes a csv file row by row.
pub struct CsvWriter {
    out: csv::Writer<BufWriter<NamedTempFile>>,
    rows: u64,
}

impl CsvWriter {
    /// Begins a file with the headings of a plan; titles and footer have no place in csv.
    pub fn new(plan: &Plan) -> Result<CsvWriter, WriteError> {
        let mut file = BufWriter::new(NamedTempFile::new()?);
        file.write_all(b"\xEF\xBB\xBF")?;
        let mut out = csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(file);
        out.write_record(plan.columns.iter().map(|column| harmless(&column.heading)))?;
        Ok(CsvWriter { out, rows: 0 })
    }

    /// Adds a row.
    pub fn row(&mut self, cells: &[Cell]) -> Result<(), WriteError> {
        for cell in cells {
            match cell {
                Cell::Text(text) => self.out.write_field(harmless(text))?,
                // A number may begin with minus; it is no formula.
                other => self.out.write_field(other.shown())?,
            }
        }
        self.out.write_record(None::<&[u8]>)?;
        self.rows += 1;
        Ok(())
    }

    /// Ends the file.
    pub fn finish(self) -> Result<Finished, WriteError> {
        let buffered = self.out.into_inner().map_err(|fault| std::io::Error::from(fault.error().kind()))?;
        let file = buffered.into_inner().map_err(|fault| std::io::Error::from(fault.error().kind()))?;
        finished(file, self.rows)
    }
}

/// Puts an apostrophe before what a sheet program would take for a formula.
fn harmless(text: &str) -> String {
    let first = text.trim_start_matches([' ', '\u{A0}']).chars().next();
    if matches!(first, Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n')) { format!("'{text}") } else { text.to_owned() }
}
