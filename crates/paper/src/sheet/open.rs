//! The one way in: what is this file, and what does it hold?

use std::{fs::File, io::Read as _, path::Path};

use super::{
    Book, Detected, Format, Limits, Refusal, Sheet, cfb, delimited, html, mhtml,
    old_text::{self, OldTexts},
    xls, xlsx, xml2003,
};
use crate::text::{self, Encoding, Guess};

/// How to read a file.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Options {
    /// What reading may cost.
    pub limits: Limits,
    /// The encoding a person chose; none to find it.
    pub encoding: Option<Encoding>,
}

/// Sheets and what is known of their texts, before old encodings inside Unicode are settled.
#[derive(Default)]
pub(super) struct Raw {
    pub(super) sheets: Vec<Sheet>,
    pub(super) format: Format,
    /// Settled from the bytes; none where the file is Unicode.
    pub(super) detected: Option<Detected>,
    /// What the bytes of a text file said.
    pub(super) unicode: Option<Guess>,
    pub(super) fonts: Vec<String>,
    pub(super) old: OldTexts,
}

/// Reads a file of at most the allowed size.
pub fn open_path(path: &Path, options: &Options) -> Result<Book, Refusal> {
    let file = File::open(path).map_err(|_| Refusal::Damaged)?;
    let mut bytes = Vec::new();
    file.take(options.limits.file + 1).read_to_end(&mut bytes).map_err(|_| Refusal::Damaged)?;
    open(&bytes, options)
}

/// Reads a workbook, page or text; the format is told by content.
pub fn open(bytes: &[u8], options: &Options) -> Result<Book, Refusal> {
    if bytes.len() as u64 > options.limits.file {
        return Err(Refusal::TooLarge { megabytes: options.limits.file >> 20 });
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Refusal::Empty);
    }
    let mut raw = read(bytes, options)?;
    raw.sheets.retain(|sheet| !sheet.is_empty());
    if raw.sheets.is_empty() {
        return Err(Refusal::Empty);
    }
    let encoding = match raw.detected {
        Some(detected) => detected,
        None => {
            let settled = old_text::settle(&mut raw.sheets, options.encoding, raw.fonts, raw.old);
            match raw.unicode.filter(|_| settled.encoding == Encoding::Utf8) {
                Some(guess) => Detected { encoding: guess.encoding, why: guess.why, ..settled },
                None => settled,
            }
        }
    };
    Ok(Book { sheets: raw.sheets, format: raw.format, encoding })
}

fn read(bytes: &[u8], options: &Options) -> Result<Raw, Refusal> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        let found = xlsx::read(bytes, &options.limits, options.encoding.is_some())?;
        return Ok(Raw { sheets: found.sheets, format: Format::Xlsx, fonts: found.old_fonts, old: found.old, ..Raw::default() });
    }
    if bytes.starts_with(&cfb::SIGNATURE) {
        return xls::read(bytes, options);
    }
    if let Some(found) = other_kind(bytes) {
        return Err(Refusal::WrongType { found });
    }
    // The first record of workbooks older than compound files.
    if matches!(bytes, [0x09, 0x00 | 0x02 | 0x04, ..]) && bytes.get(3) == Some(&0) {
        return Err(Refusal::SaveAnew { found: "tệp Excel đời trước năm 1995" });
    }
    let head: String = head(bytes).to_ascii_lowercase();
    if head.trim_start().starts_with("mime-version:") || head.contains("content-type: multipart/related") {
        return mhtml::read(bytes, options);
    }
    if head.contains("urn:schemas-microsoft-com:office:spreadsheet") && head.contains("<workbook") || head.contains("<ss:workbook") {
        return xml2003::read(bytes, options);
    }
    if ["<html", "<table", "<!doctype html", "<body", "<head", "<meta"].iter().any(|tag| head.contains(tag)) {
        return html::read(bytes, options);
    }
    delimited::read(bytes, options)
}

/// The start of the file as plain letters, whatever its width of letters.
fn head(bytes: &[u8]) -> String {
    bytes.iter().take(4_096).filter(|byte| **byte != 0 && byte.is_ascii()).map(|byte| char::from(*byte)).collect()
}

/// Files that are plainly something else.
fn other_kind(bytes: &[u8]) -> Option<&'static str> {
    const KNOWN: [(&[u8], &str); 14] = [
        (b"%PDF", "tệp PDF"),
        (b"\x89PNG", "tệp ảnh"),
        (b"\xFF\xD8\xFF", "tệp ảnh"),
        (b"GIF8", "tệp ảnh"),
        (b"BM", "tệp ảnh"),
        (b"II*\0", "tệp ảnh"),
        (b"MM\0*", "tệp ảnh"),
        (b"{\\rtf", "văn bản RTF"),
        (b"Rar!", "tệp nén"),
        (b"7z\xBC\xAF", "tệp nén"),
        (b"\x1F\x8B", "tệp nén"),
        (b"SQLite format 3\0", "tệp cơ sở dữ liệu"),
        (b"MZ", "chương trình"),
        (b"\x7FELF", "chương trình"),
    ];
    let (_, found) = KNOWN.iter().find(|(start, _)| bytes.starts_with(start))?;
    // Two letters may also begin a text.
    let texty = text::detect_bytes(bytes).encoding != Encoding::Utf16 && !bytes.iter().take(512).any(|byte| *byte == 0);
    let short = bytes.starts_with(b"BM") || bytes.starts_with(b"MZ");
    (!(short && texty)).then_some(*found)
}

/// A text file as Unicode, and what is known of its bytes.
pub(super) struct Decoded {
    pub(super) text: String,
    /// Settled, if the bytes were in an old encoding.
    pub(super) detected: Option<Detected>,
    /// What the bytes said, if they were Unicode; its letters may still stand for old bytes.
    pub(super) unicode: Option<Guess>,
}

/// Decodes a text file with the chosen or found encoding.
pub(super) fn decode(bytes: &[u8], chosen: Option<Encoding>) -> Decoded {
    let guess = text::detect_bytes(bytes);
    if !guess.encoding.is_old() {
        return Decoded { text: text::decode(guess.encoding, bytes), detected: None, unicode: Some(guess) };
    }
    let (encoding, confidence, why) = match chosen.filter(|encoding| encoding.is_old()) {
        Some(encoding) => (encoding, 1.0, "Bảng mã do người nhập chọn".to_owned()),
        None => (guess.encoding, guess.confidence, guess.why),
    };
    let decoded = text::decode(encoding, bytes);
    let mut samples = Vec::new();
    for (before, after) in text::latin(bytes).lines().zip(decoded.lines()).filter(|(before, after)| before != after) {
        old_text::sample(&mut samples, before, after);
    }
    Decoded { text: decoded, detected: Some(Detected { encoding, confidence, why, fonts: Vec::new(), samples }), unicode: None }
}
