//! How complete a dossier is: what a form asks for, what is there, what is missing.
//!
//! A field counts when it is required and its section is part of the form. A single section counts each such field
//! once; a list counts them in every row, and counts one more when it needs a row and has none.

use crate::{
    Law,
    dossier::{Field, Kind, Section},
};
use std::collections::{BTreeMap, BTreeSet};

/// What a dossier holds, asked column by column.
pub trait Filled {
    /// How many rows the section has.
    fn rows(&self, section: &Section) -> usize;
    /// Whether a column of a row holds something.
    fn has(&self, section: &Section, row: usize, column: &str) -> bool;
}

/// Filled columns of each row, by section.
impl Filled for BTreeMap<String, Vec<BTreeSet<String>>> {
    fn rows(&self, section: &Section) -> usize {
        self.get(&section.key).map_or(0, Vec::len)
    }

    fn has(&self, section: &Section, row: usize, column: &str) -> bool {
        self.get(&section.key).and_then(|rows| rows.get(row)).is_some_and(|filled| filled.contains(column))
    }
}

/// Something that a complete dossier has and this one lacks.
#[derive(Clone, Copy, Debug)]
pub struct Gap<'a> {
    /// In this section.
    pub section: &'a Section,
    /// In this row, counted from 0, of a list section.
    pub row: Option<usize>,
    /// This field; none when the section needs a row and has none.
    pub field: Option<&'a Field>,
}

/// How complete a dossier is.
#[derive(Clone, Debug)]
pub struct Completeness<'a> {
    /// What is missing, in the order of the sections.
    pub missing: Vec<Gap<'a>>,
    /// How much a complete dossier of this shape has.
    pub asked: usize,
}

impl Completeness<'_> {
    /// Percent, rounded down: 100 means that nothing is missing.
    pub fn percent(&self) -> u8 {
        let there = self.asked.saturating_sub(self.missing.len());
        (there * 100).checked_div(self.asked).and_then(|percent| u8::try_from(percent).ok()).unwrap_or(100)
    }
}

impl Field {
    /// Whether a row holds this field. An address is there when it is written or coded, a decision when it has
    /// number and day: old papers say no more.
    pub fn is_filled(&self, has: impl Fn(&str) -> bool) -> bool {
        let part = |part: &str| has(&format!("{}_{part}", self.key));
        match self.kind {
            Kind::Address => part("as_written") || part("province_code"),
            Kind::Decision => part("number") && part("signed_on"),
            _ => has(&self.key),
        }
    }
}

impl Law {
    /// The fields of a section that a complete dossier on this form has.
    pub fn required_for<'a>(&self, form: &str, section: &'a Section) -> Vec<&'a Field> {
        if !section.templates.iter().any(|template| template == form) {
            return Vec::new();
        }
        section.fields.iter().filter(|field| field.required).collect()
    }

    /// How complete a dossier is, measured by a form.
    pub fn completeness(&self, form: &str, dossier: &impl Filled) -> Completeness<'_> {
        let mut result = Completeness { missing: Vec::new(), asked: 0 };
        for section in &self.sections {
            let required = self.required_for(form, section);
            let rows = if section.is_single() { 1 } else { dossier.rows(section) };
            if rows == 0 && section.needs_a_row && !required.is_empty() {
                result.asked += 1;
                result.missing.push(Gap { section, row: None, field: None });
            }
            for row in 0..rows {
                for &field in &required {
                    result.asked += 1;
                    if !field.is_filled(|column| dossier.has(section, row, column)) {
                        let row = (!section.is_single()).then_some(row);
                        result.missing.push(Gap { section, row, field: Some(field) });
                    }
                }
            }
        }
        result
    }
}
