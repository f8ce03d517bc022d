//! The cells of one sheet of an old workbook.

use super::{
    Cell, Refusal,
    builder::{Budget, Builder},
    cfb::{u16_at, u32_at},
    xls::{Globals, Records, merges},
    xls_strings,
};

/// Reads the records from `offset` to the end of the sheet into `builder`.
pub(super) fn read(stream: &[u8], offset: usize, globals: &mut Globals, budget: &mut Budget, builder: &mut Builder) -> Result<(), Refusal> {
    // Where a formula's text result, which follows it, belongs.
    let mut awaited: Option<Head> = None;
    let mut depth = 0_usize;
    for record in Records::new(stream, offset) {
        let data = record.data;
        match record.kind {
            // Charts within the sheet are nested between their own start and end.
            0x0809 => depth += 1,
            0x000A => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break;
                }
            }
            0x002F => return Err(Refusal::Protected),
            _ if depth > 1 => {}
            0x00E5 => {
                for merge in merges(data) {
                    builder.merge(budget, merge)?;
                }
            }
            0x00BD => many(data, globals, budget, builder)?,
            0x0207 | 0x0007 => {
                if let Some(head) = awaited.take() {
                    let text = xls_strings::long(data, globals.unicode, globals.code_page);
                    let cell = old_text(&text, head.style, globals, budget)?;
                    builder.put(budget, head.row, head.column, cell)?;
                }
            }
            kind @ (0x00FD | 0x0204 | 0x00D6 | 0x0203 | 0x027E | 0x0205 | 0x0006 | 0x0206 | 0x0406) => {
                let Some(head) = head(data) else { continue };
                let body = data.get(6..).unwrap_or(&[]);
                let cell = match kind {
                    0x00FD => shared_text(body, head.style, globals),
                    0x0204 | 0x00D6 => {
                        let text = xls_strings::long(body, globals.unicode, globals.code_page);
                        old_text(&text, head.style, globals, budget)?
                    }
                    0x0203 => float(body).map_or(Cell::Empty, |number| globals.number(number, head.style)),
                    0x027E => u32_at(body, 0).map_or(Cell::Empty, |packed| globals.number(unpack(packed), head.style)),
                    0x0205 => logical(body),
                    _ => match result(body, head.style, globals) {
                        Some(cell) => cell,
                        None => {
                            awaited = Some(head);
                            Cell::Empty
                        }
                    },
                };
                builder.put(budget, head.row, head.column, cell)?;
            }
            _ => {}
        }
    }
    Ok(())
}

#[derive(Clone, Copy)]
struct Head {
    row: usize,
    column: usize,
    style: u16,
}

fn head(data: &[u8]) -> Option<Head> {
    Some(Head { row: usize::from(u16_at(data, 0)?), column: usize::from(u16_at(data, 2)?), style: u16_at(data, 4)? })
}

/// Several packed numbers in one row.
fn many(data: &[u8], globals: &Globals, budget: &mut Budget, builder: &mut Builder) -> Result<(), Refusal> {
    let (Some(row), Some(first)) = (u16_at(data, 0), u16_at(data, 2)) else { return Ok(()) };
    let cells = data.get(4..).unwrap_or(&[]).chunks_exact(6);
    for (column, cell) in (usize::from(first)..).zip(cells) {
        if let (Some(style), Some(packed)) = (u16_at(cell, 0), u32_at(cell, 2)) {
            builder.put(budget, usize::from(row), column, globals.number(unpack(packed), style))?;
        }
    }
    Ok(())
}

/// A number in four bytes: a whole number or the upper half of a float, either in hundredths.
fn unpack(packed: u32) -> f64 {
    let value = if packed & 2 != 0 { f64::from(packed.cast_signed() >> 2) } else { f64::from_bits(u64::from(packed & 0xFFFF_FFFC) << 32) };
    if packed & 1 != 0 { value / 100.0 } else { value }
}

fn float(body: &[u8]) -> Option<f64> {
    let number = f64::from_le_bytes(body.get(..8)?.try_into().ok()?);
    number.is_finite().then_some(number)
}

fn logical(body: &[u8]) -> Cell {
    match body {
        [value, 0, ..] => Cell::Bool(*value != 0),
        [fault, 1, ..] => Cell::text(fault_name(*fault)),
        _ => Cell::Empty,
    }
}

fn fault_name(fault: u8) -> &'static str {
    match fault {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}

/// A formula's stored result; none if it is a text that follows.
fn result(body: &[u8], style: u16, globals: &Globals) -> Option<Cell> {
    match body.get(..8)? {
        [0, _, _, _, _, _, 0xFF, 0xFF] => None,
        [1, _, value, _, _, _, 0xFF, 0xFF] => Some(Cell::Bool(*value != 0)),
        [2, _, fault, _, _, _, 0xFF, 0xFF] => Some(Cell::text(fault_name(*fault))),
        [_, _, _, _, _, _, 0xFF, 0xFF] => Some(Cell::Empty),
        _ => Some(float(body).map_or(Cell::Empty, |number| globals.number(number, style))),
    }
}

fn shared_text(body: &[u8], style: u16, globals: &mut Globals) -> Cell {
    let Some(index) = u32_at(body, 0).and_then(|index| usize::try_from(index).ok()) else { return Cell::Empty };
    let Some(text) = globals.texts.get(index).filter(|text| !text.trim().is_empty()).cloned() else { return Cell::Empty };
    match globals.style(style).font.filter(|_| !globals.ignore_fonts) {
        Some(font) => Cell::Text(globals.old.convert_known(font, index, &text)),
        None => Cell::Text(text),
    }
}

fn old_text(text: &str, style: u16, globals: &mut Globals, budget: &mut Budget) -> Result<Cell, Refusal> {
    match globals.style(style).font.filter(|_| !globals.ignore_fonts) {
        Some(font) => {
            let converted = globals.old.convert(font, text);
            budget.text(&converted)
        }
        None => budget.text(text),
    }
}
