//! The cells of one sheet of a modern workbook.

use std::sync::Arc;

use quick_xml::events::{BytesStart, Event};

use super::{
    Cell, Merge, Refusal,
    builder::{Budget, Builder},
    formats,
    markup::{attribute, local, local_end, push_entity, push_text},
    package::Package,
    rich_text::RichText,
    xlsx::Shared,
    xlsx_styles::Style,
};

/// Reads a part of cells into `builder`.
pub(super) fn read(
    package: &mut Package<'_>,
    part: &str,
    shared: &mut Shared,
    budget: &mut Budget,
    builder: &mut Builder,
) -> Result<(), Refusal> {
    let mut place = Place::default();
    let mut cell = Pending::default();
    package.read(part, |event| {
        if cell.inline {
            cell.rich.take(&event, &mut Vec::new());
        }
        match &event {
            Event::Start(tag) => match local(tag) {
                b"row" => place.start_row(tag)?,
                b"c" => {
                    place.start_cell(tag)?;
                    cell.start(tag);
                }
                b"v" => cell.in_value = true,
                b"is" => cell.inline = true,
                _ => {}
            },
            Event::Empty(tag) => match local(tag) {
                b"row" => place.start_row(tag)?,
                b"c" => place.start_cell(tag)?,
                b"mergeCell" => {
                    if let Some(merge) = attribute(tag, "ref").as_deref().and_then(block) {
                        builder.merge(budget, merge)?;
                    }
                }
                _ => {}
            },
            Event::Text(words) if cell.in_value => push_text(&mut cell.value, words),
            Event::GeneralRef(entity) if cell.in_value => push_entity(&mut cell.value, entity),
            Event::CData(words) if cell.in_value => cell.value.push_str(&String::from_utf8_lossy(words)),
            Event::End(tag) => match local_end(tag) {
                b"v" => cell.in_value = false,
                b"c" => {
                    let done = cell.finish(shared, budget)?;
                    builder.put(budget, place.row, place.column, done)?;
                }
                _ => {}
            },
            _ => {}
        }
        Ok(())
    })
}

/// Where the next cell stands; files may leave the addresses out.
#[derive(Default)]
struct Place {
    row: usize,
    column: usize,
    next_row: usize,
    next_column: usize,
}

impl Place {
    fn start_row(&mut self, tag: &BytesStart<'_>) -> Result<(), Refusal> {
        self.row = match attribute(tag, "r") {
            Some(number) => number.parse::<usize>().ok().and_then(|number| number.checked_sub(1)).ok_or(Refusal::Damaged)?,
            None => self.next_row,
        };
        self.next_row = self.row.saturating_add(1);
        self.next_column = 0;
        Ok(())
    }

    fn start_cell(&mut self, tag: &BytesStart<'_>) -> Result<(), Refusal> {
        match attribute(tag, "r") {
            Some(name) => (self.row, self.column) = place(&name).ok_or(Refusal::Damaged)?,
            None => self.column = self.next_column,
        }
        self.next_column = self.column.saturating_add(1);
        Ok(())
    }
}

#[derive(Default)]
struct Pending {
    kind: Vec<u8>,
    style: usize,
    value: String,
    in_value: bool,
    inline: bool,
    rich: RichText,
}

impl Pending {
    fn start(&mut self, tag: &BytesStart<'_>) {
        self.value.clear();
        self.kind.clear();
        self.style = 0;
        self.in_value = false;
        self.inline = false;
        for attribute in tag.attributes().with_checks(false).flatten() {
            match attribute.key.into_inner() {
                b"t" => self.kind.extend_from_slice(attribute.value.get(..12).unwrap_or(&attribute.value)),
                b"s" => self.style = std::str::from_utf8(&attribute.value).ok().and_then(|id| id.parse().ok()).unwrap_or(0),
                _ => {}
            }
        }
    }

    fn finish(&mut self, shared: &mut Shared, budget: &mut Budget) -> Result<Cell, Refusal> {
        let style = shared.styles.of(self.style);
        if self.inline {
            self.inline = false;
            let (text, done) = self.rich.finish(shared.ignore_fonts);
            return own_text(&text, done, style, shared, budget);
        }
        match self.kind.as_slice() {
            b"s" => Ok(self.value.trim().parse().map_or(Cell::Empty, |index| shared_text(index, style, shared))),
            b"str" | b"inlineStr" => own_text(&self.value, false, style, shared, budget),
            b"e" => budget.text(&self.value),
            b"b" => Ok(match self.value.trim() {
                "1" | "true" => Cell::Bool(true),
                "0" | "false" => Cell::Bool(false),
                _ => Cell::Empty,
            }),
            b"d" => Ok(super::values::iso_day(self.value.trim()).map_or_else(|| Cell::text(&self.value), Cell::Date)),
            _ => match self.value.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => Ok(formats::cell(number, style.shown, shared.from_1904)),
                _ => budget.text(&self.value),
            },
        }
    }
}

fn own_text(text: &str, done: bool, style: Style, shared: &mut Shared, budget: &mut Budget) -> Result<Cell, Refusal> {
    match style.font.filter(|_| !done && !shared.ignore_fonts) {
        Some(font) => {
            let converted = shared.old.convert(font, text);
            budget.text(&converted)
        }
        None => budget.text(text),
    }
}

fn shared_text(index: usize, style: Style, shared: &mut Shared) -> Cell {
    let Some(known) = shared.texts.get(index) else { return Cell::Empty };
    if known.text.trim().is_empty() {
        return Cell::Empty;
    }
    match style.font.filter(|_| !known.done && !shared.ignore_fonts) {
        Some(font) => Cell::Text(shared.old.convert_known(font, index, &known.text)),
        None => Cell::Text(Arc::clone(&known.text)),
    }
}

/// Row and column of an address such as `AB12`.
pub(super) fn place(name: &str) -> Option<(usize, usize)> {
    let name = name.trim_matches('$');
    let digits = name.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, number) = name.split_at(digits);
    let mut column = 0_usize;
    for letter in letters.bytes().filter(|letter| *letter != b'$') {
        let value = letter.to_ascii_uppercase().checked_sub(b'A').filter(|value| *value < 26)?;
        column = column.checked_mul(26)?.checked_add(usize::from(value) + 1)?;
    }
    Some((number.parse::<usize>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

fn block(name: &str) -> Option<Merge> {
    let (first, last) = name.split_once(':')?;
    let ((top, left), (bottom, right)) = (place(first)?, place(last)?);
    Some(Merge { top, bottom, left, right })
}
