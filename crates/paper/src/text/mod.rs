//! Vietnamese text in the encodings offices still have on their disks.
//!
//! [`detect`] looks at samples and says which encoding they are in and why; [`convert`] and [`decode`] turn
//! them into composed Unicode. Old texts reach us in two shapes: as bytes (a csv file), or as a workbook
//! whose strings hold one Latin letter per old byte because the font drew the right letter. Both are served.

mod detect;
mod fonts;
mod syllable;
mod tcvn3;
#[cfg(test)]
mod tests;
mod vni;
mod windows1258;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, is_nfc};

pub use detect::{Guess, detect, detect_bytes};
pub use fonts::{OldFont, old_font};
pub use syllable::is_syllable;

/// How Vietnamese letters are written as bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// Unicode as UTF-8, with or without a byte order mark; also what modern workbooks hold.
    Utf8,
    /// Unicode in two-byte units, either byte order.
    Utf16,
    /// The Windows code page with combining tone marks.
    Windows1258,
    /// TCVN 5712, third table, as used by the `.VnTime` fonts; also called ABC.
    Tcvn3,
    /// VNI for Windows, a letter followed by its mark, as used by the `VNI-Times` fonts.
    Vni,
}

impl Encoding {
    /// Every encoding, in the order a person is offered them.
    pub const ALL: [Encoding; 5] = [Encoding::Utf8, Encoding::Utf16, Encoding::Windows1258, Encoding::Tcvn3, Encoding::Vni];

    /// The name people know it by.
    pub fn label(self) -> &'static str {
        match self {
            Encoding::Utf8 => "Unicode (UTF-8)",
            Encoding::Utf16 => "Unicode (UTF-16)",
            Encoding::Windows1258 => "Windows-1258",
            Encoding::Tcvn3 => "TCVN3 (ABC, phông .VnTime)",
            Encoding::Vni => "VNI (phông VNI-Times)",
        }
    }

    /// The word used in addresses and files.
    pub fn code(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf8",
            Encoding::Utf16 => "utf16",
            Encoding::Windows1258 => "windows1258",
            Encoding::Tcvn3 => "tcvn3",
            Encoding::Vni => "vni",
        }
    }

    /// The encoding of a word made by [`Encoding::code`].
    pub fn from_code(code: &str) -> Option<Encoding> {
        Encoding::ALL.into_iter().find(|encoding| encoding.code() == code)
    }

    /// Whether texts in it must be converted to be read.
    pub fn is_old(self) -> bool {
        matches!(self, Encoding::Windows1258 | Encoding::Tcvn3 | Encoding::Vni)
    }
}

/// Converts a text that holds one Latin letter per old byte into composed Unicode.
pub fn convert(from: Encoding, text: &str) -> String {
    match from {
        Encoding::Utf8 | Encoding::Utf16 => compose(text).into_owned(),
        Encoding::Windows1258 => windows1258::convert(text),
        Encoding::Tcvn3 => tcvn3::convert(text),
        Encoding::Vni => vni::convert(text),
    }
}

/// Decodes bytes into composed Unicode; bytes that mean nothing become U+FFFD.
pub fn decode(from: Encoding, bytes: &[u8]) -> String {
    match from {
        Encoding::Utf8 => compose(&String::from_utf8_lossy(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes))).into_owned(),
        Encoding::Utf16 => compose(&utf16(bytes)).into_owned(),
        Encoding::Windows1258 => compose(&encoding_rs::WINDOWS_1258.decode_without_bom_handling(bytes).0).into_owned(),
        Encoding::Tcvn3 | Encoding::Vni => convert(from, &latin(bytes)),
    }
}

/// Writes composed Unicode as bytes; none if a letter has no place in the encoding.
pub fn encode(to: Encoding, text: &str) -> Option<Vec<u8>> {
    match to {
        Encoding::Utf8 => Some(text.as_bytes().to_vec()),
        Encoding::Utf16 => Some([0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()),
        Encoding::Windows1258 => windows1258::encode(text),
        Encoding::Tcvn3 => tcvn3::encode(text),
        Encoding::Vni => vni::encode(text),
    }
}

/// Canonical composition, without a copy when the text is composed already.
pub fn compose(text: &str) -> Cow<'_, str> {
    if is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

fn utf16(bytes: &[u8]) -> String {
    let big = match bytes {
        [0xFE, 0xFF, ..] => true,
        [0xFF, 0xFE, ..] => false,
        _ => detect::looks_big_endian(bytes),
    };
    let decoder = if big { encoding_rs::UTF_16BE } else { encoding_rs::UTF_16LE };
    decoder.decode_with_bom_removal(bytes).0.into_owned()
}

/// One letter per byte, as Windows shows the bytes when it knows nothing about them.
pub(crate) fn latin(bytes: &[u8]) -> Cow<'_, str> {
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0
}

/// Whether every letter of the text could be one old byte.
fn is_latin(text: &str) -> bool {
    text.chars().all(|letter| latin_byte(letter).is_some())
}

/// The old byte a Latin letter stands for.
pub(crate) fn latin_byte(letter: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(u32::from(letter)) {
        return Some(byte);
    }
    (0x80..=0x9F).find(|byte| latin(&[*byte]).starts_with(letter))
}

/// The text without marks and case, `đ` as `d`, blanks as one: what searches and headings are compared by.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.nfd().flat_map(char::to_lowercase) {
        match letter {
            'đ' => out.push('d'),
            letter if unicode_normalization::char::is_combining_mark(letter) => {}
            letter if letter.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            letter => out.push(letter),
        }
    }
    out.trim().to_owned()
}
