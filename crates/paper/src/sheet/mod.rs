//! Reading and writing tables in any of the shapes offices have them.
//!
//! [`open`] tells the format by content, never by name, converts old Vietnamese encodings, and refuses what
//! can't be read with a sentence that says what to do. [`layout`] finds headings and people among titles, notes
//! and signatures; [`values`] reads what was typed into a cell. [`Writer`] and [`CsvWriter`] stream tables out.

mod book;
mod builder;
mod cfb;
mod delimited;
mod formats;
mod html;
mod html_tags;
mod layout;
mod markup;
mod mhtml;
mod old_text;
mod open;
mod package;
mod refusal;
mod rich_text;
#[cfg(test)]
mod tests;
pub mod values;
mod write;
mod write_csv;
mod xls;
mod xls_cells;
mod xls_strings;
mod xlsx;
mod xlsx_cells;
mod xlsx_styles;
mod xml2003;

pub use book::{Book, Cell, Detected, Format, Merge, Sheet, address, column_letters};
pub use layout::{ColumnGuess, Layout, NoteKind, SkippedRow, layout};
pub use open::{Options, open, open_path};
pub use refusal::{Limits, Refusal};
pub use write::{Column, Finished, Kind, Plan, WriteError, Writer};
pub use write_csv::CsvWriter;
