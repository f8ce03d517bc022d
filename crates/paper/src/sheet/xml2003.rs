//! The XML that Excel 2003 writes, and many report tools after it.

use std::collections::HashMap;

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::{
    Cell, Format, Merge, Refusal, Sheet,
    builder::{Budget, Builder},
    markup::{attribute, local, local_end, push_entity, push_text},
    old_text::OldTexts,
    open::{Options, Raw, decode},
    values,
    xlsx_styles::note,
};
use crate::text::{OldFont, old_font};

pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Raw, Refusal> {
    let decoded = decode(bytes, options.encoding);
    let mut xml = Reader::from_str(&decoded.text);
    let mut file = File { budget: Budget::new(&options.limits), ignore_fonts: options.encoding.is_some(), ..File::default() };
    loop {
        match xml.read_event() {
            Ok(Event::Eof) => break,
            Ok(Event::DocType(_)) | Err(_) => return Err(Refusal::Damaged),
            Ok(event) => file.take(&event)?,
        }
    }
    Ok(Raw {
        sheets: file.sheets,
        format: Format::Xml2003,
        detected: decoded.detected,
        unicode: decoded.unicode,
        fonts: file.old_fonts,
        old: file.old,
    })
}

#[derive(Default)]
struct File {
    budget: Budget,
    ignore_fonts: bool,
    sheets: Vec<Sheet>,
    builder: Option<Builder>,
    styles: HashMap<String, OldFont>,
    style: String,
    old_fonts: Vec<String>,
    old: OldTexts,
    row: usize,
    column: usize,
    next_row: usize,
    next_column: usize,
    kind: String,
    font: Option<OldFont>,
    words: Option<String>,
}

impl File {
    fn take(&mut self, event: &Event<'_>) -> Result<(), Refusal> {
        match event {
            Event::Start(tag) | Event::Empty(tag) => self.open(tag, matches!(event, Event::Start(_)))?,
            Event::Text(text) => {
                if let Some(words) = &mut self.words {
                    push_text(words, text);
                }
            }
            Event::CData(text) => {
                if let Some(words) = &mut self.words {
                    words.push_str(&String::from_utf8_lossy(text));
                }
            }
            Event::GeneralRef(entity) => {
                if let Some(words) = &mut self.words {
                    push_entity(words, entity);
                }
            }
            Event::End(tag) => match local_end(tag) {
                b"Data" => self.end_data()?,
                b"Worksheet" => self.sheets.extend(self.builder.take().map(Builder::finish)),
                _ => {}
            },
            _ => {}
        }
        Ok(())
    }

    fn open(&mut self, tag: &BytesStart<'_>, with_inside: bool) -> Result<(), Refusal> {
        match local(tag) {
            b"Style" => self.style = attribute(tag, "ID").unwrap_or_default(),
            b"Font" => {
                let name = attribute(tag, "FontName").unwrap_or_default();
                if let Some(font) = old_font(&name) {
                    note(&mut self.old_fonts, &name);
                    self.styles.insert(std::mem::take(&mut self.style), font);
                }
            }
            b"Worksheet" if self.sheets.len() < 256 => {
                self.builder = Some(Builder::new(attribute(tag, "Name").unwrap_or_default(), false));
                (self.next_row, self.next_column) = (0, 0);
            }
            b"Row" => {
                self.row = index(tag)?.unwrap_or(self.next_row);
                self.next_row = self.row.saturating_add(1);
                self.next_column = 0;
            }
            b"Cell" => self.start_cell(tag)?,
            b"Data" if with_inside => {
                self.kind = attribute(tag, "Type").unwrap_or_default();
                self.words = Some(String::new());
            }
            _ => {}
        }
        Ok(())
    }

    fn start_cell(&mut self, tag: &BytesStart<'_>) -> Result<(), Refusal> {
        self.column = index(tag)?.unwrap_or(self.next_column);
        let more = |name| attribute(tag, name).and_then(|count| count.parse::<usize>().ok()).unwrap_or(0).min(1 << 20);
        let (across, down) = (more("MergeAcross"), more("MergeDown"));
        self.next_column = self.column.saturating_add(1 + across);
        self.font = attribute(tag, "StyleID").and_then(|id| self.styles.get(&id).copied());
        let block =
            Merge { top: self.row, bottom: self.row.saturating_add(down), left: self.column, right: self.column.saturating_add(across) };
        match &mut self.builder {
            Some(builder) => builder.merge(&mut self.budget, block),
            None => Ok(()),
        }
    }

    fn end_data(&mut self) -> Result<(), Refusal> {
        let Some(words) = self.words.take() else { return Ok(()) };
        let cell = match (self.kind.as_str(), words.trim()) {
            ("Number", number) => number.parse::<f64>().ok().filter(|number| number.is_finite()).map_or(Cell::Empty, Cell::Number),
            ("DateTime", moment) => values::iso_day(moment).map_or_else(|| Cell::text(&words), Cell::Date),
            ("Boolean", value) => Cell::Bool(value == "1"),
            _ => match self.font.filter(|_| !self.ignore_fonts) {
                Some(font) => {
                    let converted = self.old.convert(font, &words);
                    self.budget.text(&converted)?
                }
                None => self.budget.text(&words)?,
            },
        };
        match &mut self.builder {
            Some(builder) => builder.put(&mut self.budget, self.row, self.column, cell),
            None => Ok(()),
        }
    }
}

/// The place a row or cell names itself, from 0.
fn index(tag: &BytesStart<'_>) -> Result<Option<usize>, Refusal> {
    match attribute(tag, "Index") {
        Some(number) => number.parse::<usize>().ok().and_then(|number| number.checked_sub(1)).map(Some).ok_or(Refusal::Damaged),
        None => Ok(None),
    }
}
