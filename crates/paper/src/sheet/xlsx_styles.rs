//! Styles of a modern workbook: only what a cell's font says about its text, and how its number is shown.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};

use super::{
    Refusal,
    formats::{Shown, built_in, custom},
    markup::{attribute, local, local_end},
    package::Package,
};
use crate::text::{OldFont, old_font};

/// Styles beyond this number are none.
const MOST_STYLES: usize = 100_000;

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Style {
    pub(super) shown: Shown,
    pub(super) font: Option<OldFont>,
}

#[derive(Default)]
pub(super) struct Styles {
    styles: Vec<Style>,
    /// Old fonts by the name the workbook gives them.
    pub(super) old_fonts: Vec<String>,
}

impl Styles {
    pub(super) fn of(&self, index: usize) -> Style {
        self.styles.get(index).copied().unwrap_or_default()
    }

    pub(super) fn read(package: &mut Package<'_>, part: &str) -> Result<Styles, Refusal> {
        let mut formats: HashMap<u32, Shown> = HashMap::new();
        let mut fonts: Vec<Option<OldFont>> = Vec::new();
        let mut found = Styles::default();
        let mut within: Option<&'static str> = None;
        package.read(part, |event| {
            match &event {
                Event::Start(tag) | Event::Empty(tag) => match (within, local(tag)) {
                    (None, b"fonts") if matches!(event, Event::Start(_)) => within = Some("fonts"),
                    (None, b"cellXfs") if matches!(event, Event::Start(_)) => within = Some("cellXfs"),
                    (_, b"numFmt") => {
                        if let (Some(id), Some(code)) = (number(tag, "numFmtId"), attribute(tag, "formatCode")) {
                            formats.insert(id, custom(&code));
                        }
                    }
                    (Some("fonts"), b"font") if fonts.len() < MOST_STYLES => fonts.push(None),
                    (Some("fonts"), b"name") => {
                        let name = attribute(tag, "val").unwrap_or_default();
                        if let (Some(last), Some(old)) = (fonts.last_mut(), old_font(&name)) {
                            *last = Some(old);
                            note(&mut found.old_fonts, &name);
                        }
                    }
                    (Some("cellXfs"), b"xf") if found.styles.len() < MOST_STYLES => found.styles.push(style(tag, &formats, &fonts)),
                    _ => {}
                },
                Event::End(tag) if matches!(local_end(tag), b"fonts" | b"cellXfs") => within = None,
                _ => {}
            }
            Ok(())
        })?;
        Ok(found)
    }
}

/// Adds a font's name once.
pub(super) fn note(names: &mut Vec<String>, name: &str) {
    if names.len() < 20 && !names.iter().any(|known| known == name) {
        names.push(name.to_owned());
    }
}

fn number(tag: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(tag, name)?.parse().ok()
}

fn style(tag: &BytesStart<'_>, formats: &HashMap<u32, Shown>, fonts: &[Option<OldFont>]) -> Style {
    let format = number(tag, "numFmtId").unwrap_or(0);
    let font = number(tag, "fontId").and_then(|id| usize::try_from(id).ok()).and_then(|id| fonts.get(id).copied().flatten());
    Style { shown: formats.get(&format).copied().unwrap_or_else(|| built_in(format)), font }
}
