//! Old encodings inside a workbook: texts under old fonts, and texts that only their letters give away.

use std::{collections::HashMap, sync::Arc};

use super::{Cell, Detected, Sheet};
use crate::text::{self, Encoding, Guess, OldFont};

/// Samples shown to a person.
const SAMPLES: usize = 8;
/// Texts of one column that are looked at.
const ENOUGH_TEXTS: usize = 2_000;

/// Texts under old fonts, converted once each.
#[derive(Default)]
pub(super) struct OldTexts {
    known: HashMap<(usize, OldFont), Arc<str>>,
    counts: [usize; 2],
    pub(super) samples: Vec<(String, String)>,
}

impl OldTexts {
    /// Converts a text under an old font.
    pub(super) fn convert(&mut self, font: OldFont, text: &str) -> String {
        let converted = font.convert(text);
        if converted != text {
            let [tcvn3, vni] = &mut self.counts;
            *(if font.encoding == Encoding::Vni { vni } else { tcvn3 }) += 1;
            sample(&mut self.samples, text, &converted);
        }
        converted
    }

    /// Converts a shared text under an old font, once.
    pub(super) fn convert_known(&mut self, font: OldFont, index: usize, text: &str) -> Arc<str> {
        if let Some(known) = self.known.get(&(index, font)) {
            return Arc::clone(known);
        }
        let converted: Arc<str> = Arc::from(self.convert(font, text));
        self.known.insert((index, font), Arc::clone(&converted));
        converted
    }

    /// Adds what another part of the same file had.
    pub(super) fn join(&mut self, other: OldTexts) {
        for (count, more) in self.counts.iter_mut().zip(other.counts) {
            *count += more;
        }
        for (before, after) in other.samples {
            sample(&mut self.samples, &before, &after);
        }
    }

    /// The encoding most texts under old fonts had; none if none changed.
    fn main(&self) -> Option<Encoding> {
        let [tcvn3, vni] = self.counts;
        (tcvn3 + vni > 0).then_some(if vni > tcvn3 { Encoding::Vni } else { Encoding::Tcvn3 })
    }
}

/// Keeps a text before and after conversion, if a person may like to see it.
pub(super) fn sample(samples: &mut Vec<(String, String)>, before: &str, after: &str) {
    let worth = before.chars().count() <= 80 && !samples.iter().any(|(known, _)| known == before);
    if samples.len() < SAMPLES && worth {
        samples.push((before.to_owned(), after.to_owned()));
    }
}

/// Converts what is still in an old encoding, column by column, and says what was found.
pub(super) fn settle(sheets: &mut [Sheet], chosen: Option<Encoding>, fonts: Vec<String>, old: OldTexts) -> Detected {
    let main = old.main();
    let mut samples = old.samples;
    if let Some(encoding) = chosen {
        if encoding.is_old() {
            for sheet in sheets.iter_mut() {
                convert_columns(sheet, &mut |_| Some(encoding), &mut samples);
            }
        }
        return Detected { encoding, confidence: 1.0, why: "Bảng mã do người nhập chọn".into(), fonts, samples };
    }
    let whole = text::detect(sheets.iter().flat_map(texts).take(10 * ENOUGH_TEXTS));
    for sheet in sheets.iter_mut() {
        let guesses: Vec<Option<Encoding>> = (0..sheet.width()).map(|column| column_encoding(sheet, column, &whole)).collect();
        convert_columns(sheet, &mut |column| guesses.get(column).copied().flatten(), &mut samples);
    }
    match main {
        Some(encoding) => {
            let why = format!("Chữ trong tệp dùng phông {}", fonts.join(", "));
            Detected { encoding, confidence: 0.95, why, fonts, samples }
        }
        None => Detected { encoding: whole.encoding, confidence: whole.confidence, why: whole.why, fonts, samples },
    }
}

fn texts(sheet: &Sheet) -> impl Iterator<Item = &str> {
    sheet.rows.iter().flatten().filter_map(|cell| match cell {
        Cell::Text(text) => Some(&**text),
        _ => None,
    })
}

/// A column of its own mind, or else what the whole book is in.
fn column_encoding(sheet: &Sheet, column: usize, whole: &Guess) -> Option<Encoding> {
    let cells = sheet.rows.iter().filter_map(|row| match row.get(column) {
        Some(Cell::Text(text)) if !text.is_ascii() => Some(&**text),
        _ => None,
    });
    let guess = text::detect(cells.take(ENOUGH_TEXTS));
    let old = |guess: &Guess| guess.encoding.is_old().then_some(guess.encoding);
    if guess.confidence >= 0.6 && guess.encoding.is_old() { old(&guess) } else { old(whole) }
}

/// Converts the Latin-looking texts of columns; texts with letters no old byte means are Unicode already.
fn convert_columns(sheet: &mut Sheet, encoding: &mut dyn FnMut(usize) -> Option<Encoding>, samples: &mut Vec<(String, String)>) {
    let wanted: Vec<Option<Encoding>> = (0..sheet.width()).map(encoding).collect();
    if wanted.iter().all(Option::is_none) {
        return;
    }
    let mut known: HashMap<(Arc<str>, Encoding), Arc<str>> = HashMap::new();
    for row in &mut sheet.rows {
        for (cell, encoding) in row.iter_mut().zip(&wanted) {
            let (Cell::Text(text), Some(encoding)) = (&*cell, *encoding) else { continue };
            if text.is_ascii() {
                continue;
            }
            let converted = known.entry((Arc::clone(text), encoding)).or_insert_with(|| {
                let fresh = OldFont { encoding, capitals: false }.convert(text);
                if fresh != **text {
                    sample(samples, text, &fresh);
                }
                Arc::from(fresh)
            });
            *cell = Cell::Text(Arc::clone(converted));
        }
    }
}
