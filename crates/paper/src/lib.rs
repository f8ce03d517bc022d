//! Turns tables and forms into xlsx, docx and pdf, and reads sheets in any of the shapes offices have them.

pub mod forms;
