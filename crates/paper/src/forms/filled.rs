//! A form with its texts in place: what both the typst template and the docx writer print.

use std::collections::BTreeMap;

use serde::Serialize;

use super::clean::{clean, soften};
use super::layout::{self, Layout, Rows, Say};
use super::pattern::Pattern;
use super::{Form, Result};

/// A cell with more letters than this may be split over two pages; a row below it moves to the next page whole.
const LONG_CELL: usize = 900;

#[derive(Debug, Serialize)]
pub(super) struct Filled {
    pub title: String,
    pub subtitle: Vec<String>,
    pub mark: String,
    pub national_heading: bool,
    pub landscape: bool,
    pub head: Vec<Vec<Part>>,
    pub photo: bool,
    pub beside_photo: Vec<Vec<Part>>,
    pub blocks: Vec<Block>,
    pub signatures: Vec<Signature>,
    pub annex: Vec<Block>,
    pub foot: String,
}

/// A mark, a label and the text filled in; `fillable` with no text is a dotted line.
#[derive(Debug, Serialize)]
pub(super) struct Part {
    pub mark: String,
    pub label: String,
    pub text: String,
    pub fillable: bool,
}

#[derive(Debug, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub(super) enum Block {
    Line { parts: Vec<Part> },
    Note { text: String },
    Heading { part: Part },
    Text { part: Part, lines: usize },
    Table(Grid),
}

#[derive(Debug, Serialize)]
pub(super) struct Grid {
    pub columns: Vec<Head>,
    pub rows: Vec<Row>,
    pub blank: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct Head {
    pub label: String,
    pub group: String,
    pub width: f64,
    pub align: &'static str,
}

#[derive(Debug, Serialize)]
pub(super) struct Row {
    pub cells: Vec<String>,
    pub may_break: bool,
}

#[derive(Debug, Serialize)]
pub(super) struct Signature {
    pub place: String,
    pub title: String,
    pub oath: String,
    pub hint: String,
    pub name: String,
}

/// What the print is for: only typst needs help to break endless words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Medium {
    Pdf,
    Word,
}

impl Part {
    /// Whether dots are printed in place of a text.
    pub fn is_blank(&self) -> bool {
        self.fillable && self.text.is_empty()
    }
}

impl Row {
    pub fn new(cells: Vec<String>) -> Row {
        let may_break = cells.iter().any(|cell| cell.len() > LONG_CELL);
        Row { cells, may_break }
    }
}

impl Medium {
    pub fn fit(self, text: &str) -> String {
        match self {
            Medium::Pdf => soften(&clean(text)),
            Medium::Word => clean(text),
        }
    }
}

pub(super) fn fill(form: &Form, medium: Medium) -> Result<Filled> {
    Ok(Filler { form, medium }.fill(layout::layout(form.kind)?))
}

struct Filler<'a> {
    form: &'a Form,
    medium: Medium,
}

impl Filler<'_> {
    fn fill(&self, layout: &Layout) -> Filled {
        Filled {
            title: layout.title.clone(),
            subtitle: layout.subtitle.iter().map(|say| self.text(say)).collect(),
            mark: layout.mark.clone(),
            national_heading: layout.national_heading,
            landscape: false,
            head: self.lines(&layout.head),
            photo: self.form.photo.is_some(),
            beside_photo: self.lines(&layout.beside_photo),
            blocks: layout.block.iter().map(|block| self.block(block)).collect(),
            signatures: layout.signature.iter().map(|signature| self.signature(signature)).collect(),
            annex: self.form.annex.iter().map(|entry| entry.block(self.medium)).collect(),
            // Over the whole width nothing needs softening, and an address must be copied as it is.
            foot: clean(&self.form.foot),
        }
    }

    fn lines(&self, lines: &[Vec<Say>]) -> Vec<Vec<Part>> {
        lines.iter().map(|line| line.iter().map(|say| self.part(say)).collect()).collect()
    }

    fn block(&self, block: &layout::Block) -> Block {
        match block {
            layout::Block::Line(says) => Block::Line { parts: says.iter().map(|say| self.part(say)).collect() },
            layout::Block::Note(text) => Block::Note { text: text.clone() },
            layout::Block::Heading(say) => Block::Heading { part: self.heading(say) },
            layout::Block::Text { say, lines } => Block::Text { part: self.part(say), lines: *lines },
            layout::Block::Table(rows) => Block::Table(self.grid(rows)),
        }
    }

    fn signature(&self, signature: &layout::Signature) -> Signature {
        Signature {
            place: self.text(&signature.place),
            title: signature.title.clone(),
            oath: signature.oath.clone(),
            hint: signature.hint.clone(),
            name: self.text(&signature.name),
        }
    }

    fn grid(&self, table: &Rows) -> Grid {
        let heads = table.columns.iter().zip(&table.widths).enumerate().map(|(at, (column, width))| {
            let (group, label) = column.split_once(" > ").unwrap_or(("", column));
            let align = if table.centred.contains(&at) { "center" } else { "left" };
            Head { label: label.to_owned(), group: group.to_owned(), width: *width, align }
        });
        let rows = table.rows.iter().flat_map(|source| {
            let rows = self.form.tables.get(&source.section).map(Vec::as_slice).unwrap_or_default();
            rows.iter().map(|row| Row::new(source.cells.iter().map(|say| self.cell(say, row)).collect()))
        });
        Grid { columns: heads.collect(), rows: rows.collect(), blank: table.blank }
    }

    fn cell(&self, say: &Say, row: &BTreeMap<String, String>) -> String {
        let find = |key: &str| row.get(key).map(String::as_str);
        let text = say.values.iter().find_map(|pattern| pattern.fill(&find)).unwrap_or_default();
        match (say.label.as_str(), self.medium.fit(&text)) {
            ("", text) => text,
            (label, text) => format!("{label} {text}").trim_end().to_owned(),
        }
    }

    fn part(&self, say: &Say) -> Part {
        Part { mark: say.mark.clone(), label: say.label.clone(), text: self.value(say), fillable: !say.values.is_empty() }
    }

    /// A heading stands without dots, so a colon with nothing after it goes.
    fn heading(&self, say: &Say) -> Part {
        let part = self.part(say);
        let label = if part.is_blank() { part.label.trim_end_matches(':').to_owned() } else { part.label };
        Part { label, ..part }
    }

    /// The label and the text as one, where no dots are drawn.
    fn text(&self, say: &Say) -> String {
        [say.label.as_str(), &self.value(say)].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
    }

    fn value(&self, say: &Say) -> String {
        self.medium.fit(&say.values.iter().find_map(|pattern| self.first_or_all(pattern)).unwrap_or_default())
    }

    /// The text from the items, or from every row of the list section the pattern speaks of, parted by semicolons.
    fn first_or_all(&self, pattern: &Pattern) -> Option<String> {
        let find = |key: &str| self.form.items.get(key).map(String::as_str);
        let keys = pattern.keys();
        let filled_in = |key: &&str| find(key).is_some_and(|text| !text.trim().is_empty());
        let listed = keys.iter().filter_map(|key| key.split_once('.')).find_map(|(section, _)| self.form.tables.get_key_value(section));
        match listed {
            Some((section, rows)) if !keys.iter().any(filled_in) => {
                let texts = rows.iter().filter_map(|row| {
                    pattern.fill(&|key| match key.strip_prefix(section.as_str()).and_then(|key| key.strip_prefix('.')) {
                        Some(field) => row.get(field).map(String::as_str),
                        None => find(key),
                    })
                });
                Some(texts.collect::<Vec<_>>().join("; ")).filter(|text| !text.is_empty())
            }
            Some(_) | None => pattern.fill(&find),
        }
    }
}
