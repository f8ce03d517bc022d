//! A whole dossier as typed rows: 55 sections, what they hold, what is missing.

use super::line::{Line, Shape};
use law::{Completeness, Filled, Law, Section};

/// Sections in the order of the form, each with its rows.
pub(crate) struct Sheet<'a> {
    /// The sections.
    pub(crate) shapes: Vec<Shape<'a>>,
    /// Rows of each section.
    pub(crate) lines: Vec<Vec<Line>>,
}

impl<'a> Sheet<'a> {
    /// Each section with its rows.
    pub(crate) fn sections(&self) -> impl Iterator<Item = (&Shape<'a>, &[Line])> {
        self.shapes.iter().zip(self.lines.iter().map(Vec::as_slice))
    }

    /// One section with its rows.
    pub(crate) fn section(&self, key: &str) -> Option<(&Shape<'a>, &[Line])> {
        self.sections().find(|(shape, _)| shape.section.key == key)
    }

    /// What people read in a field of a single section; empty for nothing.
    pub(crate) fn shown(&self, section: &str, field: &str) -> String {
        let found = self.section(section).and_then(|(shape, lines)| Some((shape, lines.first()?, shape.section.field(field)?)));
        found.map(|(shape, line, field)| line.show(shape, field)).unwrap_or_default()
    }

    /// The value stored in a column of a single section.
    pub(crate) fn value(&self, section: &str, column: &str) -> Option<&vault::Value> {
        let (shape, lines) = self.section(section)?;
        lines.first().map(|line| line.value(shape, column))
    }

    /// How complete it is by a form.
    pub(crate) fn completeness(&self, law: &'a Law, form: &str) -> Completeness<'a> {
        law.completeness(form, self)
    }
}

impl Sheet<'_> {
    /// The same for one of the sections of the law: asked for every field, so found without comparing words.
    fn of(&self, section: &Section) -> Option<(&Shape<'_>, &[Line])> {
        self.sections().find(|(shape, _)| std::ptr::eq(shape.section, section))
    }
}

impl Filled for Sheet<'_> {
    fn rows(&self, section: &Section) -> usize {
        self.of(section).map_or(0, |(_, lines)| lines.len())
    }

    fn has(&self, section: &Section, row: usize, column: &str) -> bool {
        let found = self.of(section).and_then(|(shape, lines)| Some((shape, lines.get(row)?)));
        found.is_some_and(|(shape, line)| !line.value(shape, column).is_empty())
    }
}
