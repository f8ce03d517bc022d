//! Where each text stands on paper: `templates/<code>.toml`, read once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::pattern::Pattern;
use super::{Error, FormKind, Result};

/// What a layout file says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Layout {
    /// Name of the form, printed small at the top right.
    pub mark: String,
    pub title: String,
    /// Patterns of small lines under the title.
    #[serde(default)]
    pub subtitle: Vec<Say>,
    /// The national heading over the title.
    #[serde(default)]
    pub national_heading: bool,
    #[serde(default)]
    pub head: Vec<Vec<Say>>,
    /// Lines beside the photo; without any, the form has no photo.
    #[serde(default)]
    pub beside_photo: Vec<Vec<Say>>,
    pub block: Vec<Block>,
    #[serde(default)]
    pub signature: Vec<Signature>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Block {
    /// One or more items on a line.
    Line(Vec<Say>),
    /// A hint in small italics.
    Note(String),
    /// A line that keeps with what follows.
    Heading(Say),
    /// A longer text; `lines` dotted lines when blank.
    Text {
        say: Say,
        lines: usize,
    },
    Table(Rows),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rows {
    /// Heads; `Tháng/năm > Từ` stands in a common head with its neighbours of the same group.
    pub columns: Vec<String>,
    pub widths: Vec<f64>,
    /// Columns whose texts stand in the middle, counted from 0.
    #[serde(default)]
    pub centred: Vec<usize>,
    /// Empty rows when there is none to print.
    pub blank: usize,
    pub rows: Vec<Source>,
}

/// Rows of one list section.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Source {
    pub section: String,
    pub cells: Vec<Say>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Signature {
    pub place: Say,
    pub title: String,
    #[serde(default)]
    pub oath: String,
    pub hint: String,
    pub name: Say,
}

/// A piece of print: `14) Ngạch công chức: {rank_current.rank_name}`. The mark `14)`, the label, and patterns of which the first
/// that is filled in is printed; they are parted by ` || `.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Say {
    pub mark: String,
    pub label: String,
    pub values: Vec<Pattern>,
}

impl TryFrom<String> for Say {
    type Error = String;

    fn try_from(text: String) -> Result<Say, String> {
        let (before, value) = text.split_at(text.find(['{', '[']).unwrap_or(text.len()));
        let (mark, label) = split_mark(before.trim());
        let values = value.split(" || ").filter(|pattern| !pattern.is_empty()).map(Pattern::parse).collect::<Result<_, _>>()?;
        Ok(Say { mark: mark.to_owned(), label: label.to_owned(), values })
    }
}

/// Splits `15.2- Trình độ` into `15.2-` and `Trình độ`, and leaves what has no mark whole.
fn split_mark(text: &str) -> (&str, &str) {
    match text.split_once(' ') {
        Some((mark, label)) if is_mark(mark) => (mark, label.trim_start()),
        Some(_) => ("", text),
        None if is_mark(text) => (text, ""),
        None => ("", text),
    }
}

fn is_mark(word: &str) -> bool {
    word.strip_suffix([')', '-']).is_some_and(|number| {
        number.starts_with(|c: char| c.is_ascii_digit()) && number.chars().all(|c| c.is_ascii_alphanumeric() || c == '.')
            || number.len() == 1 && number.starts_with(|c: char| c.is_ascii_lowercase())
    })
}

impl Layout {
    fn says(&self) -> Vec<&Say> {
        let beside = self.beside_photo.iter().flatten();
        let blocks = self.block.iter().flat_map(|block| match block {
            Block::Line(says) => says.iter().collect(),
            Block::Heading(say) | Block::Text { say, .. } => vec![say],
            Block::Note(_) | Block::Table(_) => Vec::new(),
        });
        beside.chain(blocks).collect()
    }

    fn check(&self) -> Result<(), String> {
        for block in &self.block {
            if let Block::Table(table) = block {
                let columns = table.columns.len();
                if table.widths.len() != columns || table.rows.iter().any(|source| source.cells.len() != columns) {
                    return Err(format!("a table of {columns} columns has another number of widths or cells"));
                }
            }
        }
        Ok(())
    }
}

/// The item numbers of a form in printed order, as in `14` and `15.2`; the part `a)` of item 30 is `30a`.
pub fn item_numbers(kind: FormKind) -> Result<Vec<String>> {
    let mut item = "";
    let mut numbers = Vec::new();
    for number in layout(kind)?.says().into_iter().map(|say| say.mark.trim_end_matches([')', '-'])) {
        if number.starts_with(|c: char| c.is_ascii_digit()) {
            item = number;
            numbers.push(number.to_owned());
        } else if !number.is_empty() {
            numbers.push(format!("{item}{number}"));
        }
    }
    Ok(numbers)
}

pub(super) fn layout(kind: FormKind) -> Result<&'static Layout> {
    static LAYOUTS: LazyLock<BTreeMap<FormKind, Result<Layout, String>>> =
        LazyLock::new(|| FormKind::ALL.into_iter().map(|kind| (kind, read(source(kind)))).collect());
    match LAYOUTS.get(&kind) {
        Some(Ok(layout)) => Ok(layout),
        Some(Err(reason)) => Err(Error::Layout { form: kind.code(), reason: reason.clone() }),
        None => Err(Error::Layout { form: kind.code(), reason: "not listed".to_owned() }),
    }
}

const fn source(kind: FormKind) -> &'static str {
    match kind {
        FormKind::TwoC2008 => include_str!("../../templates/2C-2008.toml"),
        FormKind::Circular06Of2023 => include_str!("../../templates/TT06-2023.toml"),
        FormKind::Hs02PublicEmployee => include_str!("../../templates/HS02-VC.toml"),
        FormKind::Supplement => include_str!("../../templates/PBS.toml"),
    }
}

fn read(source: &str) -> Result<Layout, String> {
    let layout: Layout = toml::from_str(source).map_err(|error| error.to_string())?;
    layout.check()?;
    Ok(layout)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_layout_can_be_read() {
        for kind in FormKind::ALL {
            layout(kind).unwrap();
        }
    }

    #[test]
    fn a_mark_is_told_from_a_word() {
        assert_eq!(split_mark("15.2- Trình độ"), ("15.2-", "Trình độ"));
        assert_eq!(split_mark("a) Về bản thân"), ("a)", "Về bản thân"));
        assert_eq!(split_mark("(Ký tên)"), ("", "(Ký tên)"));
        assert_eq!(split_mark("- Khai rõ"), ("", "- Khai rõ"));
    }
}
