//! Sheets, forms and documents: what comes in from offices and what goes out to them.

pub mod sheet;
pub mod text;
