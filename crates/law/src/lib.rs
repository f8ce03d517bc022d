//! What the rules say on a day, and why. It touches nothing but the files of `data/`.

mod catalogue;
mod completeness;
mod data;
mod dates;
mod dossier;
mod field_checks;
mod form;
mod rank_list;
pub mod regulation;
mod roster;

pub use catalogue::{Catalogue, Item};
pub use completeness::{Completeness, Filled, Gap};
pub use data::{DataSource, Fault, Faults};
pub use dossier::{ADDRESS_PARTS, Cardinality, Column, DECISION_PARTS, Field, FieldRef, Kind, Section, Sensitivity};
pub use field_checks::{
    AlsoFrom, BornBefore, Choose, CodesOf, FieldChecks, FilledFrom, FreeWords, Grade, Lettered, NeededWhen, NoOverlap, NotFuture, NumberByCode,
    NumberRule, OneOf, OneTrue, OrderRule, Pair, PersonalNumber, RangeRule, SinceBirth, Start,
};
pub use form::{Form, FormItem, Layout};
pub use regulation::Regulation;
pub use roster::{Derive, RosterColumn, RosterKind};

use std::collections::BTreeMap;

/// Everything the program knows of the law, loaded once at the start.
#[derive(Clone, Debug)]
pub struct Law {
    /// Sections of a dossier, in the order of the form.
    pub sections: Vec<Section>,
    /// Rules over what is typed into a dossier.
    pub checks: FieldChecks,
    /// Printed forms by key.
    pub forms: BTreeMap<String, Form>,
    /// Code lists by key.
    pub catalogues: BTreeMap<String, Catalogue>,
    /// Regulations, in the order of their codes.
    pub regulations: Vec<Regulation>,
    /// Columns of a roster row.
    pub roster: Vec<RosterColumn>,
}

impl Law {
    /// Reads every data file.
    pub fn load(source: &DataSource) -> Result<Law, Faults> {
        let sections = dossier::read(source)?;
        let checks = field_checks::read(source, &sections)?;
        let forms = form::read(source)?;
        let mut catalogues = BTreeMap::new();
        for file in source.list("catalogues") {
            let catalogue = catalogue::read(source, &file)?;
            catalogues.insert(catalogue.key.clone(), catalogue);
        }
        catalogues.entry(rank_list::KEY.to_owned()).or_insert(rank_list::read(source)?);
        let regulations = regulation::read(source)?;
        let roster = roster::read(source)?;
        Ok(Law { sections, checks, forms, catalogues, regulations, roster })
    }

    /// The section with this key.
    pub fn section(&self, key: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.key == key)
    }

    /// The code list with this key.
    pub fn catalogue(&self, key: &str) -> Option<&Catalogue> {
        self.catalogues.get(key)
    }

    /// The printed form with this key.
    pub fn form(&self, key: &str) -> Option<&Form> {
        self.forms.get(key)
    }

    /// The regulation with this code.
    pub fn regulation(&self, code: &str) -> Option<&Regulation> {
        self.regulations.iter().find(|regulation| regulation.code() == code)
    }
}
