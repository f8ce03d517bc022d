//! A form without a layout of its own: its items in order, written out by the software.

use serde::{Deserialize, Serialize};

use super::Photo;
use super::clean::clean;
use super::filled::{self, Block, Filled, Grid, Head, Medium, Part, Row};

/// A form as a list of entries, ready to print.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plain {
    /// Over the form, in capitals by custom.
    pub title: String,
    /// Small at the top right: which form it is, and whose layout.
    pub mark: String,
    /// Lines beside the photo, label and text; without any, the form has no photo.
    pub beside_photo: Vec<(String, String)>,
    /// The photo, if there is one; a frame to glue one in is printed otherwise.
    pub photo: Option<Photo>,
    /// What it holds, from top to bottom.
    pub entries: Vec<Entry>,
    /// Who signs, from left to right.
    pub signatures: Vec<Signature>,
    /// What the form has no place for, on a sheet of its own behind the signatures; nothing without entries.
    #[serde(default)]
    pub annex: Vec<Entry>,
    /// Small at the foot of every page; may be empty.
    pub foot: String,
}

/// One block at the foot of such a form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Place and day.
    pub place: String,
    /// Who signs.
    pub title: String,
    /// What is sworn; may be empty.
    pub oath: String,
    /// How to sign.
    pub hint: String,
    /// The name below; may be empty.
    pub name: String,
}

/// One piece of such a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Entry {
    /// A line over what follows.
    Heading {
        /// Its number, as `15)`; may be empty.
        mark: String,
        /// Its words.
        label: String,
    },
    /// A label and what is filled in; dots when nothing is.
    Line {
        /// Its number, as `15)`; may be empty.
        mark: String,
        /// Its label.
        label: String,
        /// What is filled in.
        text: String,
    },
    /// Rows under heads; one empty row when there is none.
    Table {
        /// The heads.
        columns: Vec<String>,
        /// Texts, one for each column.
        rows: Vec<Vec<String>>,
    },
}

impl Plain {
    pub(super) fn fill(&self, medium: Medium) -> Filled {
        Filled {
            title: medium.fit(&self.title),
            subtitle: Vec::new(),
            mark: medium.fit(&self.mark),
            national_heading: true,
            landscape: false,
            head: Vec::new(),
            photo: self.photo.is_some(),
            beside_photo: self.beside_photo.iter().map(|(label, text)| vec![part(medium, "", &format!("{label}:"), text, true)]).collect(),
            blocks: self.entries.iter().map(|entry| entry.block(medium)).collect(),
            signatures: self.signatures.iter().map(|signature| signature.fill(medium)).collect(),
            annex: self.annex.iter().map(|entry| entry.block(medium)).collect(),
            foot: clean(&self.foot),
        }
    }
}

impl Entry {
    pub(super) fn block(&self, medium: Medium) -> Block {
        match self {
            Entry::Heading { mark, label } => Block::Heading { part: part(medium, mark, label, "", false) },
            Entry::Line { mark, label, text } => Block::Line { parts: vec![part(medium, mark, &format!("{label}:"), text, true)] },
            Entry::Table { columns, rows } => {
                let head = |label: &String| Head { label: medium.fit(label), group: String::new(), width: 1.0, align: "left" };
                let cells = |row: &Vec<String>| {
                    let texts = row.iter().map(|text| medium.fit(text)).chain(std::iter::repeat_with(String::new));
                    Row::new(texts.take(columns.len()).collect())
                };
                Block::Table(Grid { columns: columns.iter().map(head).collect(), rows: rows.iter().map(cells).collect(), blank: 1 })
            }
        }
    }
}

impl Signature {
    fn fill(&self, medium: Medium) -> filled::Signature {
        filled::Signature {
            place: medium.fit(&self.place),
            title: medium.fit(&self.title),
            oath: medium.fit(&self.oath),
            hint: medium.fit(&self.hint),
            name: medium.fit(&self.name),
        }
    }
}

fn part(medium: Medium, mark: &str, label: &str, text: &str, fillable: bool) -> Part {
    Part { mark: medium.fit(mark), label: medium.fit(label), text: medium.fit(text), fillable }
}
