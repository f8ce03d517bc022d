//! Excel 5 to 2003: records of a stream. Only what a table needs is read; formulas give their stored results.

use super::{
    Cell, Format, Merge, Refusal,
    builder::{Budget, Builder},
    cfb::{Compound, u16_at, u32_at},
    formats::{self, Shown},
    old_text::OldTexts,
    open::{Options, Raw},
    xls_cells,
    xls_strings::{self, CodePage},
    xlsx_styles::{Style, note},
};
use crate::text::{OldFont, old_font};

/// One record: its kind, and its pieces (the first and its continuations).
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) data: &'a [u8],
    pub(super) more: Vec<&'a [u8]>,
}

/// What the sheets share.
#[derive(Default)]
pub(super) struct Globals {
    /// Excel 97 and later write Unicode.
    pub(super) unicode: bool,
    pub(super) code_page: CodePage,
    pub(super) from_1904: bool,
    pub(super) texts: Vec<std::sync::Arc<str>>,
    pub(super) ignore_fonts: bool,
    pub(super) old: OldTexts,
    fonts: Vec<Option<OldFont>>,
    old_fonts: Vec<String>,
    formats: Vec<(u16, Shown)>,
    styles: Vec<Style>,
    sheets: Vec<(String, bool, usize)>,
}

impl Globals {
    pub(super) fn style(&self, index: u16) -> Style {
        self.styles.get(usize::from(index)).copied().unwrap_or_default()
    }

    pub(super) fn number(&self, number: f64, style: u16) -> Cell {
        formats::cell(number, self.style(style).shown, self.from_1904)
    }
}

pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Raw, Refusal> {
    let file = Compound::open(bytes)?;
    if file.has("EncryptedPackage") || file.has("EncryptionInfo") {
        return Err(Refusal::Protected);
    }
    let Some(stream) = file.stream("Workbook").or_else(|| file.stream("Book")) else {
        return Err(match () {
            () if file.has("WordDocument") => Refusal::WrongType { found: "văn bản Word" },
            () if file.has("PowerPoint Document") => Refusal::WrongType { found: "tệp trình chiếu" },
            () if file.has("__properties_version1.0") => Refusal::WrongType { found: "thư điện tử" },
            () => Refusal::Damaged,
        });
    };
    let mut budget = Budget::new(&options.limits);
    let mut globals = Globals { ignore_fonts: options.encoding.is_some(), ..Globals::default() };
    for record in Records::new(&stream, 0) {
        match record.kind {
            0x000A => break,
            0x002F => return Err(Refusal::Protected),
            _ => globals.take(&record, &mut budget)?,
        }
    }
    if globals.sheets.is_empty() {
        return Err(Refusal::Damaged);
    }
    let mut sheets = Vec::new();
    for (name, hidden, offset) in std::mem::take(&mut globals.sheets) {
        let mut builder = Builder::new(name, hidden);
        xls_cells::read(&stream, offset, &mut globals, &mut budget, &mut builder)?;
        sheets.push(builder.finish());
    }
    let (fonts, old) = (globals.old_fonts, globals.old);
    Ok(Raw { sheets, format: Format::Xls, fonts, old, ..Raw::default() })
}

impl Globals {
    fn take(&mut self, record: &Record<'_>, budget: &mut Budget) -> Result<(), Refusal> {
        let data = record.data;
        match record.kind {
            0x0809 => self.unicode = u16_at(data, 0) == Some(0x0600),
            0x0042 => self.code_page = CodePage(u16_at(data, 0).unwrap_or(1252)),
            0x0022 => self.from_1904 = u16_at(data, 0) == Some(1),
            0x0031 => self.take_font(data),
            0x041E => self.take_format(data),
            0x00E0 => self.take_style(data),
            0x0085 => self.take_sheet(data),
            0x00FC => xls_strings::shared(record, |text| {
                budget.take_text(text.len())?;
                self.texts.push(std::sync::Arc::from(text));
                Ok(())
            })?,
            _ => {}
        }
        Ok(())
    }

    fn take_font(&mut self, data: &[u8]) {
        let name = xls_strings::short(data.get(14..).unwrap_or(&[]), self.unicode, self.code_page);
        let old = old_font(&name);
        if old.is_some() {
            note(&mut self.old_fonts, &name);
        }
        self.fonts.push(old);
        // The fifth font is never written but counted.
        if self.fonts.len() == 4 {
            self.fonts.push(None);
        }
    }

    fn take_format(&mut self, data: &[u8]) {
        let Some(id) = u16_at(data, 0) else { return };
        let rest = data.get(2..).unwrap_or(&[]);
        let code =
            if self.unicode { xls_strings::long(rest, true, self.code_page) } else { xls_strings::short(rest, false, self.code_page) };
        self.formats.push((id, formats::custom(&code)));
    }

    fn take_style(&mut self, data: &[u8]) {
        let font = u16_at(data, 0).and_then(|id| self.fonts.get(usize::from(id)).copied().flatten());
        let format = u16_at(data, 2).unwrap_or(0);
        let named = self.formats.iter().find(|(id, _)| *id == format).map(|(_, shown)| *shown);
        self.styles.push(Style { shown: named.unwrap_or_else(|| formats::built_in(u32::from(format))), font });
    }

    fn take_sheet(&mut self, data: &[u8]) {
        let offset = u32_at(data, 0).and_then(|offset| usize::try_from(offset).ok());
        let (Some(offset), Some([hidden, kind])) = (offset, data.get(4..6)) else { return };
        // Charts and macro sheets hold no table.
        if *kind == 0 && self.sheets.len() < 256 {
            let name = xls_strings::short(data.get(6..).unwrap_or(&[]), self.unicode, self.code_page);
            self.sheets.push((name, *hidden & 3 != 0, offset));
        }
    }
}

/// Blocks of one MERGEDCELLS record.
pub(super) fn merges(data: &[u8]) -> impl Iterator<Item = Merge> {
    data.get(2..).unwrap_or(&[]).chunks_exact(8).filter_map(|block| {
        let at = |place| u16_at(block, place).map(usize::from);
        Some(Merge { top: at(0)?, bottom: at(2)?, left: at(4)?, right: at(6)? })
    })
}

/// Walks the records of a stream from a place; what is cut off ends the walk.
pub(super) struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    pub(super) fn new(stream: &'a [u8], at: usize) -> Records<'a> {
        Records { stream, at }
    }

    fn piece(&mut self) -> Option<(u16, &'a [u8])> {
        let kind = u16_at(self.stream, self.at)?;
        let length = usize::from(u16_at(self.stream, self.at + 2)?);
        let data = self.stream.get(self.at + 4..self.at + 4 + length)?;
        self.at += 4 + length;
        Some((kind, data))
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (kind, data) = self.piece()?;
        let mut more = Vec::new();
        while u16_at(self.stream, self.at) == Some(0x003C) {
            more.push(self.piece()?.1);
        }
        Some(Record { kind, data, more })
    }
}
