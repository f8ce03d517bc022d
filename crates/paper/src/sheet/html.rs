//! Web pages that old programs save under the name of a workbook. The tables of a page become one sheet, one below the other.

use std::collections::HashMap;

use super::{
    Format, Merge, Refusal, Sheet,
    builder::{Budget, Builder},
    html_tags::{Piece, attribute, pieces, resolve},
    old_text::OldTexts,
    open::{Options, Raw, decode},
    xlsx_styles::note,
};
use crate::text::{OldFont, old_font};

const MOST_SPAN: usize = 1_000;

pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Raw, Refusal> {
    let decoded = decode(bytes, options.encoding);
    let mut budget = Budget::new(&options.limits);
    let ignore_fonts = options.encoding.is_some() || decoded.detected.is_some();
    let mut page = Page::new(&mut budget, ignore_fonts);
    page.read(&decoded.text)?;
    if page.frames {
        return Err(Refusal::SaveAnew { found: "trang web nhiều khung mà bảng nằm ở tệp khác" });
    }
    let (sheet, fonts, old) = page.finish();
    Ok(Raw { sheets: vec![sheet], format: Format::Html, detected: decoded.detected, unicode: decoded.unicode, fonts, old })
}

/// One page under way.
pub(super) struct Page<'b> {
    budget: &'b mut Budget,
    builder: Builder,
    ignore_fonts: bool,
    classes: HashMap<String, OldFont>,
    fonts: Vec<String>,
    old: OldTexts,
    pub(super) frames: bool,
    next_row: usize,
    /// Row and next column of each table we are inside.
    tables: Vec<(usize, usize)>,
    /// For each column, the row from which it is free of cells reaching down.
    free_from: Vec<usize>,
    cell: Option<Open>,
}

struct Open {
    row: usize,
    column: usize,
    words: String,
    font: Option<OldFont>,
}

impl<'b> Page<'b> {
    pub(super) fn new(budget: &'b mut Budget, ignore_fonts: bool) -> Page<'b> {
        Page {
            budget,
            builder: Builder::new("Trang 1", false),
            ignore_fonts,
            classes: HashMap::new(),
            fonts: Vec::new(),
            old: OldTexts::default(),
            frames: false,
            next_row: 0,
            tables: Vec::new(),
            free_from: Vec::new(),
            cell: None,
        }
    }

    pub(super) fn read(&mut self, text: &str) -> Result<(), Refusal> {
        for piece in pieces(text) {
            match piece {
                Piece::Open { name, attributes } => self.open(&name.to_ascii_lowercase(), attributes)?,
                Piece::Close(name) => self.close(&name.to_ascii_lowercase())?,
                Piece::Words(words) => {
                    if let Some(cell) = &mut self.cell {
                        cell.words.push_str(&resolve(words));
                    }
                }
                Piece::Style(rules) => self.take_rules(rules),
            }
        }
        self.end_cell()
    }

    pub(super) fn finish(self) -> (Sheet, Vec<String>, OldTexts) {
        (self.builder.finish(), self.fonts, self.old)
    }

    fn open(&mut self, name: &str, attributes: &str) -> Result<(), Refusal> {
        match name {
            "table" => {
                self.end_cell()?;
                if self.tables.len() < 64 {
                    self.tables.push((self.next_row, 0));
                }
            }
            "tr" => {
                self.end_cell()?;
                let row = self.next_row;
                self.next_row += 1;
                match self.tables.last_mut() {
                    Some(table) => *table = (row, 0),
                    None => self.tables.push((row, 0)),
                }
            }
            "td" | "th" => self.start_cell(attributes)?,
            "br" | "p" | "div" | "li" => {
                if let Some(cell) = &mut self.cell {
                    cell.words.push(' ');
                }
            }
            "frameset" => self.frames = true,
            _ => {}
        }
        if matches!(name, "font" | "span" | "p" | "div") && self.cell.is_some() {
            let font = self.font_of(attributes);
            if let Some(cell) = &mut self.cell {
                cell.font = cell.font.or(font);
            }
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), Refusal> {
        match name {
            "td" | "th" | "tr" => self.end_cell(),
            "table" => {
                self.end_cell()?;
                self.tables.pop();
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn start_cell(&mut self, attributes: &str) -> Result<(), Refusal> {
        self.end_cell()?;
        let Some((row, mut column)) = self.tables.last().copied() else { return Ok(()) };
        while self.free_from.get(column).is_some_and(|free| *free > row) {
            column += 1;
        }
        let span = |name| attribute(attributes, name).and_then(|count| count.trim().parse::<usize>().ok()).unwrap_or(1).clamp(1, MOST_SPAN);
        let (wide, tall) = (span("colspan"), span("rowspan"));
        if let Some(table) = self.tables.last_mut() {
            table.1 = column + wide;
        }
        if tall > 1 && column + wide < 16_384 {
            if self.free_from.len() < column + wide {
                self.free_from.resize(column + wide, 0);
            }
            self.free_from.iter_mut().skip(column).take(wide).for_each(|free| *free = row + tall);
        }
        let block = Merge { top: row, bottom: row + tall - 1, left: column, right: column + wide - 1 };
        self.builder.merge(self.budget, block)?;
        let font = self.font_of(attributes);
        self.cell = Some(Open { row, column, words: String::new(), font });
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Refusal> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let words = cell.words.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = match cell.font.filter(|_| !self.ignore_fonts) {
            Some(font) => self.old.convert(font, &words),
            None => words,
        };
        let done = self.budget.text(&words)?;
        self.builder.put(self.budget, cell.row, cell.column, done)
    }

    /// The old font an element names itself, in its style, or through its class.
    fn font_of(&mut self, attributes: &str) -> Option<OldFont> {
        if attributes.is_empty() {
            return None;
        }
        let named = attribute(attributes, "face").or_else(|| family(&attribute(attributes, "style")?));
        if let Some(name) = named
            && let Some(font) = old_font(&name)
        {
            note(&mut self.fonts, name.trim_matches(['"', '\'', ' ']));
            return Some(font);
        }
        if self.classes.is_empty() {
            return None;
        }
        self.classes.get(&attribute(attributes, "class")?).copied()
    }

    fn take_rules(&mut self, rules: &str) {
        for rule in rules.split('}').take(10_000) {
            let Some((selector, body)) = rule.split_once('{') else { continue };
            let Some(name) = family(body) else { continue };
            let Some(font) = old_font(&name) else { continue };
            note(&mut self.fonts, name.trim_matches(['"', '\'', ' ']));
            for class in selector.split(',').filter_map(|part| part.trim().rsplit_once('.')) {
                self.classes.insert(class.1.trim().to_owned(), font);
            }
        }
    }
}

/// The first family of a style text.
fn family(style: &str) -> Option<String> {
    let place = style.to_ascii_lowercase().find("font-family")?;
    let (_, value) = style.get(place..)?.split_once(':')?;
    let first = value.split([',', ';', '}']).next()?.trim();
    Some(first.trim_matches(['"', '\'']).to_owned())
}
