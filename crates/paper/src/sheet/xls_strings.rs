//! Texts of old workbooks: Unicode in one or two bytes per letter, or bytes of a code page.

use super::{
    Refusal,
    cfb::{u16_at, u32_at},
    xls::Record,
};

/// The code page of workbooks before Unicode.
#[derive(Debug, Clone, Copy)]
pub(super) struct CodePage(pub(super) u16);

impl Default for CodePage {
    fn default() -> CodePage {
        CodePage(1252)
    }
}

impl CodePage {
    fn decode(self, bytes: &[u8]) -> String {
        let encoding = if self.0 == 1258 { encoding_rs::WINDOWS_1258 } else { encoding_rs::WINDOWS_1252 };
        crate::text::compose(&encoding.decode_without_bom_handling(bytes).0).into_owned()
    }
}

/// A text with one byte of length.
pub(super) fn short(data: &[u8], unicode: bool, code_page: CodePage) -> String {
    let Some((length, rest)) = data.split_first() else { return String::new() };
    body(rest, usize::from(*length), unicode, code_page)
}

/// A text with two bytes of length.
pub(super) fn long(data: &[u8], unicode: bool, code_page: CodePage) -> String {
    let length = usize::from(u16_at(data, 0).unwrap_or(0));
    body(data.get(2..).unwrap_or(&[]), length, unicode, code_page)
}

fn body(data: &[u8], length: usize, unicode: bool, code_page: CodePage) -> String {
    if !unicode {
        return code_page.decode(data.get(..length).unwrap_or(data));
    }
    let Some((flags, mut rest)) = data.split_first() else { return String::new() };
    let extras = if flags & 8 != 0 { 2 } else { 0 } + if flags & 4 != 0 { 4 } else { 0 };
    rest = rest.get(extras..).unwrap_or(&[]);
    let mut units = Vec::new();
    letters(rest, length, flags & 1 != 0, &mut units);
    String::from_utf16_lossy(&units)
}

/// Reads at most `count` letters; says how many letters and bytes were there.
fn letters(data: &[u8], count: usize, wide: bool, units: &mut Vec<u16>) -> (usize, usize) {
    let before = units.len();
    if wide {
        units.extend(data.chunks_exact(2).take(count).filter_map(|unit| u16_at(unit, 0)));
    } else {
        units.extend(data.iter().take(count).map(|byte| u16::from(*byte)));
    }
    let read = units.len() - before;
    (read, if wide { read * 2 } else { read })
}

/// Hands over every text of the shared table, whose texts run on across pieces.
pub(super) fn shared(record: &Record<'_>, mut each: impl FnMut(&str) -> Result<(), Refusal>) -> Result<(), Refusal> {
    let pieces: Vec<&[u8]> = std::iter::once(record.data.get(8..).unwrap_or(&[])).chain(record.more.iter().copied()).collect();
    let mut reader = Pieces { pieces, piece: 0, at: 0 };
    let count = u32_at(record.data, 4).unwrap_or(0);
    let mut units = Vec::new();
    for _ in 0..count {
        units.clear();
        let Some(()) = reader.text(&mut units) else { break };
        each(&String::from_utf16_lossy(&units))?;
    }
    Ok(())
}

struct Pieces<'a> {
    pieces: Vec<&'a [u8]>,
    piece: usize,
    at: usize,
}

impl Pieces<'_> {
    fn here(&self) -> Option<&[u8]> {
        self.pieces.get(self.piece)?.get(self.at..)
    }

    /// Moves on to the next piece when this one is used up.
    fn settle(&mut self) -> Option<()> {
        while self.here()?.is_empty() {
            self.piece += 1;
            self.at = 0;
        }
        Some(())
    }

    fn bytes<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.settle()?;
        let found = self.here()?.get(..N)?.try_into().ok()?;
        self.at += N;
        Some(found)
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            self.settle()?;
            let step = self.here()?.len().min(count);
            self.at += step;
            count -= step;
        }
        Some(())
    }

    fn text(&mut self, units: &mut Vec<u16>) -> Option<()> {
        let mut left = usize::from(u16::from_le_bytes(self.bytes()?));
        let [mut flags] = self.bytes()?;
        let runs = if flags & 8 != 0 { usize::from(u16::from_le_bytes(self.bytes()?)) } else { 0 };
        let aids = if flags & 4 != 0 { u32::from_le_bytes(self.bytes()?) } else { 0 };
        while left > 0 {
            let (read, bytes) = letters(self.here()?, left, flags & 1 != 0, units);
            left -= read;
            self.at += bytes;
            if left > 0 {
                // A text cut by a piece says anew how wide its letters are.
                self.piece += 1;
                self.at = 0;
                flags = *self.here()?.first()?;
                self.at = 1;
            }
        }
        self.skip(runs * 4)?;
        self.skip(usize::try_from(aids).ok()?)
    }
}
