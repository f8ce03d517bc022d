//! Small helpers over XML events.

use quick_xml::events::{BytesRef, BytesStart, BytesText};

/// The name without its prefix.
pub(super) fn local<'a>(tag: &'a BytesStart<'_>) -> &'a [u8] {
    let name = tag.name().into_inner();
    name.rsplit(|byte| *byte == b':').next().unwrap_or(name)
}

/// The name of a closing tag without its prefix.
pub(super) fn local_end<'a>(tag: &'a quick_xml::events::BytesEnd<'_>) -> &'a [u8] {
    let name = tag.name().into_inner();
    name.rsplit(|byte| *byte == b':').next().unwrap_or(name)
}

/// An attribute by its name without prefix.
pub(super) fn attribute(tag: &BytesStart<'_>, wanted: &str) -> Option<String> {
    tag.attributes().with_checks(false).flatten().find_map(|attribute| {
        let key = attribute.key.into_inner();
        let name = key.rsplit(|byte| *byte == b':').next().unwrap_or(key);
        (name == wanted.as_bytes()).then(|| {
            let raw = String::from_utf8_lossy(&attribute.value);
            quick_xml::escape::unescape(&raw).map_or_else(|_| raw.clone().into_owned(), |value| value.into_owned())
        })
    })
}

/// Adds the words of a text event.
pub(super) fn push_text(out: &mut String, text: &BytesText<'_>) {
    match std::str::from_utf8(text) {
        Ok(words) => out.push_str(words),
        Err(_) => out.push_str(&String::from_utf8_lossy(text)),
    }
}

/// Adds the letter of an entity; one that XML does not know stays away.
pub(super) fn push_entity(out: &mut String, entity: &BytesRef<'_>) {
    if let Ok(Some(letter)) = entity.resolve_char_ref() {
        out.push(letter);
        return;
    }
    match &**entity {
        b"lt" => out.push('<'),
        b"gt" => out.push('>'),
        b"amp" => out.push('&'),
        b"quot" => out.push('"'),
        b"apos" => out.push('\''),
        b"nbsp" => out.push(' '),
        _ => {}
    }
}

/// Turns `_x000D_` and its like, with which workbooks write control letters, into nothing or a line break.
pub(super) fn tidy_escapes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find("_x") {
        let (before, after) = rest.split_at(place);
        out.push_str(before);
        let code = after.get(2..6).filter(|_| after.get(6..7) == Some("_")).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        match code {
            Some(code) => {
                if let Some(letter) = char::from_u32(code).filter(|letter| !letter.is_control() || *letter == '\n') {
                    out.push(letter);
                }
                rest = after.get(7..).unwrap_or("");
            }
            None => {
                out.push_str("_x");
                rest = after.get(2..).unwrap_or("");
            }
        }
    }
    out.push_str(rest);
    out
}
