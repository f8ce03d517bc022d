//! Tables and forms on paper: reads the sheets that offices have in every old shape, writes xlsx, csv, docx and pdf, reads signatures in pdf.
//!
//! It knows nothing of people or law: it receives plain rows and models, and gives back cells or bytes.

pub mod forms;
pub mod sheet;
pub mod signatures;
pub mod text;
