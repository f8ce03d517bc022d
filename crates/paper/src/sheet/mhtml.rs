//! Web archives: a mail message whose parts are the pages of a workbook.

use super::{
    Format, Refusal,
    builder::Budget,
    html::Page,
    old_text::OldTexts,
    open::{Options, Raw, decode},
};

/// Parts beyond this number are not read.
const MOST_PARTS: usize = 256;

pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Raw, Refusal> {
    let message = crate::text::latin(bytes);
    let boundary = header(&message, "boundary=").ok_or(Refusal::Damaged)?;
    let mut budget = Budget::new(&options.limits);
    let mut raw = Raw { format: Format::Mhtml, ..Raw::default() };
    for part in message.split(&format!("--{boundary}")).skip(1).take(MOST_PARTS) {
        let Some((head, body)) = part.split_once("\r\n\r\n").or_else(|| part.split_once("\n\n")) else { continue };
        let lower = head.to_ascii_lowercase();
        if !lower.contains("text/html") {
            continue;
        }
        let page = match () {
            () if lower.contains("quoted-printable") => quoted(body),
            () if lower.contains("base64") => base64(body),
            () => body.chars().filter_map(crate::text::latin_byte).collect(),
        };
        let decoded = decode(&page, options.encoding);
        let ignore_fonts = options.encoding.is_some() || decoded.detected.is_some();
        let mut reading = Page::new(&mut budget, ignore_fonts);
        reading.read(&decoded.text)?;
        let (mut sheet, fonts, old): (_, _, OldTexts) = reading.finish();
        if sheet.is_empty() {
            continue;
        }
        sheet.name = format!("Trang {}", raw.sheets.len() + 1);
        raw.sheets.push(sheet);
        raw.detected = raw.detected.or(decoded.detected);
        raw.unicode = raw.unicode.or(decoded.unicode);
        raw.fonts.extend(fonts);
        raw.old.join(old);
    }
    Ok(raw)
}

fn header(message: &str, name: &str) -> Option<String> {
    let head: String = message.chars().take(4_096).collect();
    let place = head.to_ascii_lowercase().find(name)?;
    let value = head.get(place + name.len()..)?;
    let boundary = value.trim_start_matches('"').split(['"', '\r', '\n', ';']).next()?.trim();
    (!boundary.is_empty()).then(|| boundary.to_owned())
}

fn quoted(body: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut letters = body.chars();
    while let Some(letter) = letters.next() {
        if letter != '=' {
            out.extend(crate::text::latin_byte(letter));
            continue;
        }
        let rest = letters.as_str();
        if let Some(after) = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n')) {
            letters = after.chars();
        } else if let Some(byte) = rest.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            out.push(byte);
            letters = rest.get(2..).unwrap_or("").chars();
        } else {
            out.push(b'=');
        }
    }
    out
}

fn base64(body: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0_u32);
    for byte in body.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = (bits << 6 | u32::from(value)) & 0x00FF_FFFF;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from(bits >> count & 0xFF).unwrap_or(0));
        }
    }
    out
}
