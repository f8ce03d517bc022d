//! What was typed into a cell, as a value or as a problem in words with a suggestion.
//!
//! An empty cell is `Ok(None)` everywhere. Nothing here knows today's date; who reads dates passes it in.

mod dates;
mod numbers;
mod words;

use std::fmt;

pub(super) use dates::iso_day;
pub use dates::{PartialDate, date};
pub use numbers::{digits, hundredths, money, whole};
pub use words::{Gender, gender, gender_from_split, tick};

/// What is wrong with a cell, and the likely value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// One sentence: what is wrong and what to enter.
    pub sentence: String,
    /// The likely value, ready to be taken over.
    pub suggestion: Option<String>,
}

impl Problem {
    fn new(sentence: impl Into<String>) -> Problem {
        Problem { sentence: sentence.into(), suggestion: None }
    }

    fn suggest(sentence: impl fmt::Display, value: impl Into<String>) -> Problem {
        let value = value.into();
        Problem { sentence: format!("{sentence}. Nhập {value}?"), suggestion: Some(value) }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.sentence)
    }
}

/// The words of a cell for a message, cut where they grow long.
fn quoted(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if text.chars().count() > 40 {
        short.push('…');
    }
    short
}

/// A formula that failed leaves its fault where the value should be.
fn refuse_fault(text: &str) -> Result<(), Problem> {
    match text {
        "#REF!" | "#N/A" | "#VALUE!" | "#NAME?" | "#DIV/0!" | "#NUM!" | "#NULL!" => {
            Err(Problem::new(format!("Công thức trong ô bị lỗi {text}. Nhập giá trị thay cho công thức")))
        }
        _ => Ok(()),
    }
}
