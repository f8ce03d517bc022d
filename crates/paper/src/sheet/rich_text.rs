//! A text of a workbook: plain, or runs each with a font of its own.

use quick_xml::events::Event;

use super::{
    markup::{attribute, local, local_end, push_entity, push_text, tidy_escapes},
    xlsx_styles::note,
};
use crate::text::{OldFont, old_font};

/// Collects the events between the start and end of one text.
#[derive(Default)]
pub(super) struct RichText {
    runs: Vec<(String, Option<OldFont>)>,
    font: Option<OldFont>,
    words: String,
    in_words: bool,
    /// Reading aids of other scripts stand inside but are not part of the text.
    in_aid: bool,
}

impl RichText {
    pub(super) fn take(&mut self, event: &Event<'_>, old_fonts: &mut Vec<String>) {
        match event {
            Event::Start(tag) => match local(tag) {
                b"t" => self.in_words = !self.in_aid,
                b"rPh" => self.in_aid = true,
                b"r" => self.end_run(),
                b"rFont" => self.take_font(attribute(tag, "val"), old_fonts),
                _ => {}
            },
            Event::Empty(tag) if local(tag) == b"rFont" => self.take_font(attribute(tag, "val"), old_fonts),
            Event::Text(words) if self.in_words => push_text(&mut self.words, words),
            Event::CData(words) if self.in_words => self.words.push_str(&String::from_utf8_lossy(words)),
            Event::GeneralRef(entity) if self.in_words => push_entity(&mut self.words, entity),
            Event::End(tag) => match local_end(tag) {
                b"t" => self.in_words = false,
                b"rPh" => self.in_aid = false,
                b"r" => self.end_run(),
                _ => {}
            },
            _ => {}
        }
    }

    /// The text, and whether old fonts of its runs were heeded; ready for the next one.
    pub(super) fn finish(&mut self, ignore_fonts: bool) -> (String, bool) {
        self.end_run();
        self.in_aid = false;
        self.in_words = false;
        let main = self.runs.iter().find_map(|(_, font)| *font).filter(|_| !ignore_fonts);
        let mut text = String::new();
        for (words, font) in self.runs.drain(..) {
            match main {
                // A run without a font of its own looks like its neighbours.
                Some(main) => text.push_str(&font.unwrap_or(main).convert(&words)),
                None => text.push_str(&words),
            }
        }
        let text = if text.contains("_x") { tidy_escapes(&text) } else { text };
        (text, main.is_some())
    }

    fn take_font(&mut self, name: Option<String>, old_fonts: &mut Vec<String>) {
        let name = name.unwrap_or_default();
        self.font = old_font(&name);
        if self.font.is_some() {
            note(old_fonts, &name);
        }
    }

    fn end_run(&mut self) {
        if !self.words.is_empty() {
            self.runs.push((std::mem::take(&mut self.words), self.font));
        }
        self.font = None;
    }
}
