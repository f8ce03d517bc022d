//! Windows-1258: Latin letters with their hat or horn, then the tone as a combining mark.

use unicode_normalization::UnicodeNormalization as _;

use super::latin_byte;

/// Converts a text of one Latin letter per byte.
pub(super) fn convert(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for letter in text.chars() {
        match latin_byte(letter) {
            Some(byte) => out.push_str(&encoding_rs::WINDOWS_1258.decode_without_bom_handling(&[byte]).0),
            None => out.push(letter),
        }
    }
    super::compose(&out).into_owned()
}

/// The bytes of each letter: the hat or horn stays with its letter, the tone follows.
pub(super) fn encode(text: &str) -> Option<Vec<u8>> {
    let is_tone = |mark: &char| matches!(mark, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let mut out = Vec::with_capacity(text.len());
    for letter in text.chars() {
        let parts: Vec<char> = std::iter::once(letter).nfd().collect();
        let base = parts.iter().copied().filter(|part| !is_tone(part)).nfc();
        for piece in base.chain(parts.iter().copied().filter(is_tone)) {
            let mut utf8 = [0; 4];
            let (bytes, _, lost) = encoding_rs::WINDOWS_1258.encode(piece.encode_utf8(&mut utf8));
            if lost {
                return None;
            }
            out.extend_from_slice(&bytes);
        }
    }
    Some(out)
}
