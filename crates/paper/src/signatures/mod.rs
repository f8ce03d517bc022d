//! Digital signatures inside a PDF: who signed, whether the signed bytes are as they were, whether something was added after.
//!
//! The signed range is read from the bytes of the file itself (`/ByteRange` with the signature in its gap), as every signer
//! must write it, so no object of a hostile file is built. What is not checked is said by nobody here: whether the issuer of
//! the certificate is to be trusted, and whether the certificate was revoked.

mod verify;

use serde::{Deserialize, Serialize};

/// Signatures looked at in one file.
const MOST: usize = 20;
/// The longest signature with its certificates, in bytes: larger ones are not opened.
const LONGEST: usize = 64 * 1024;
/// What announces the signed range.
const RANGE: &[u8] = b"/ByteRange";

/// Whether the signed bytes are those that were signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Integrity {
    /// They are, and the key of the certificate signed them.
    Intact,
    /// They are not, or another key did.
    Broken,
    /// It cannot be told: the signature is not understood.
    #[default]
    Unknown,
}

/// One signature, as far as it was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// Whether it holds.
    pub integrity: Integrity,
    /// Bytes were added to the file after it: a later signature, or a change.
    pub added_after: bool,
    /// Name in the certificate.
    pub signer: String,
    /// Organisation in the certificate.
    pub organisation: String,
    /// Who issued the certificate.
    pub issuer: String,
    /// Its number, in hexadecimal.
    pub serial: String,
    /// Its first moment, in seconds since 1970.
    pub valid_from: Option<i64>,
    /// Its last moment, in seconds since 1970.
    pub valid_until: Option<i64>,
    /// When it was signed, as the signer says, in seconds since 1970.
    pub signed_at: Option<i64>,
}

/// Every signature of a PDF, in the order of the file; none when it is not signed.
pub fn signatures(pdf: &[u8]) -> Vec<Signed> {
    let mut ranges: Vec<Range> = Vec::new();
    let mut from = 0;
    while let Some(found) = find(pdf.get(from..).unwrap_or_default(), RANGE) {
        from += found + RANGE.len();
        // A range that is told twice is one signature.
        if let Some(range) = Range::read(pdf, from).filter(|range| !ranges.contains(range)) {
            ranges.push(range);
        }
        if ranges.len() == MOST {
            break;
        }
    }
    ranges.iter().map(|range| range.signed(pdf)).collect()
}

/// The signed bytes: from the first to `gap_from`, from `gap_until` to `end`; the signature stands between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Range {
    gap_from: usize,
    gap_until: usize,
    end: usize,
}

impl Range {
    /// The four numbers behind `/ByteRange`, if they make sense for this file.
    fn read(pdf: &[u8], at: usize) -> Option<Range> {
        let window = pdf.get(at..pdf.len().min(at + 128))?;
        let open = window.iter().position(|byte| *byte == b'[').filter(|open| window.iter().take(*open).all(u8::is_ascii_whitespace))?;
        let close = window.iter().position(|byte| *byte == b']')?;
        let text = std::str::from_utf8(window.get(open + 1..close)?).ok()?;
        let numbers: Vec<usize> = text.split_ascii_whitespace().map(str::parse).collect::<Result<_, _>>().ok()?;
        let [0, gap_from, gap_until, rest] = numbers[..] else { return None };
        let end = gap_until.checked_add(rest)?;
        (gap_from < gap_until && end <= pdf.len()).then_some(Range { gap_from, gap_until, end })
    }

    fn signed(&self, pdf: &[u8]) -> Signed {
        let added_after = pdf.get(self.end..).unwrap_or_default().iter().any(|byte| !byte.is_ascii_whitespace());
        let parts = [pdf.get(..self.gap_from).unwrap_or_default(), pdf.get(self.gap_until..self.end).unwrap_or_default()];
        let found = self.signature(pdf).and_then(|der| verify::verify(&der, &parts)).unwrap_or_default();
        Signed { added_after, ..found }
    }

    /// The signature in the gap: one string of hexadecimal digits and nothing beside it, padded with zeros.
    fn signature(&self, pdf: &[u8]) -> Option<Vec<u8>> {
        let gap = pdf.get(self.gap_from..self.gap_until)?;
        let digits = gap.strip_prefix(b"<")?.strip_suffix(b">")?;
        let digits: Vec<u8> = digits.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
        let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
        // Only as much as the first element says that it is long; the rest is padding.
        let head: Vec<u8> = digits.chunks(2).take(6).map(byte).collect::<Option<_>>()?;
        let length = verify::length(&head).filter(|length| *length <= LONGEST)?;
        let der: Vec<u8> = digits.chunks(2).take(length).map(byte).collect::<Option<_>>()?;
        (der.len() == length).then_some(der)
    }
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|window| window == word)
}
