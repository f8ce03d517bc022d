//! What the rules say on a day, and why. It touches nothing but the files of `data/`.

pub mod calendar;
mod cases;
mod catalogue;
mod check;
mod clauses;
mod completeness;
mod crosswalk;
mod data;
mod dates;
mod dossier;
mod due;
mod effects;
mod field_checks;
mod form;
mod headcount;
mod ranks;
pub mod regulation;
mod roster;
mod sources;

pub use calendar::Calendar;
pub use cases::{CaseReport, Failure};
pub use catalogue::{Catalogue, Item};
pub use check::check;
pub use clauses::{Clause, ClauseKind, ClauseLevel, Clauses, Coverage, Status};
pub use completeness::{Completeness, Filled, Gap};
pub use crosswalk::{Crosswalk, SubjectCodes, TemplateCodes};
pub use data::{DataSource, Fault, Faults};
pub use dossier::{ADDRESS_PARTS, Cardinality, Column, DECISION_PARTS, Field, FieldRef, Kind, Section, Sensitivity};
pub use due::{CountedDay, Due, NoDue, Reason, ReportDue};
pub use effects::{Effect, EffectWrite, Into as EffectInto, RECEIVING_UNIT};
pub use field_checks::{
    AlsoFrom, BornBefore, Choose, CodesOf, FieldChecks, FilledFrom, FreeWords, Grade, Lettered, NeededWhen, NoOverlap, NotFuture,
    NumberByCode, NumberRule, OneOf, OneTrue, OrderRule, Pair, PersonalNumber, RangeRule, SinceBirth, Start,
};
pub use form::{Form, FormItem, Layout};
pub use headcount::{Held, QuotaKind, Staff};
pub use regulation::Regulation;
pub use roster::{Derive, RosterColumn, RosterKind};

use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// Everything the program knows of the law, loaded once at the start.
#[derive(Clone, Debug)]
pub struct Law {
    /// Sections of a dossier, in the order of the form.
    pub sections: Vec<Section>,
    /// Rules over what is typed into a dossier.
    pub checks: FieldChecks,
    /// What decisions do to the dossiers of the people they name.
    pub effects: Vec<Effect>,
    /// Printed forms by key.
    pub forms: BTreeMap<String, Form>,
    /// Code lists by key, as the files give them; [`Law::catalogue`] knows the codes of a province's own as well.
    pub catalogues: BTreeMap<String, Catalogue>,
    /// Regulations, in the order of their codes.
    pub regulations: Vec<Regulation>,
    /// The register of clauses.
    pub clauses: Clauses,
    /// Working days, holidays and the rules by which terms run.
    pub calendar: Calendar,
    /// Names of the regulations and what they stand for.
    pub crosswalk: Crosswalk,
    /// Columns of a roster row.
    pub roster: Vec<RosterColumn>,
    /// Where code lists and fields come from: title by key.
    pub sources: BTreeMap<String, String>,
}

impl Law {
    /// Reads every data file, strictly; everything that cannot be read is said at once.
    pub fn load(source: &DataSource) -> Result<Law, Faults> {
        let mut faults = Vec::new();
        let mut catalogues = BTreeMap::new();
        for file in source.list("catalogues") {
            if let Some(catalogue) = kept(catalogue::read(source, &file), &mut faults) {
                catalogues.insert(catalogue.key.clone(), catalogue);
            }
        }
        let ranks = kept(ranks::read(source), &mut faults);
        catalogues.extend(ranks.map(|ranks| (ranks.key.clone(), ranks)));
        let sections = parse_all(source, "dossier/sections", &mut faults);
        let forms: Vec<Form> = parse_all(source, "dossier/forms", &mut faults);
        let regulations = parse_all(source, "regulations", &mut faults);
        let checks = kept(field_checks::read(source, &sections), &mut faults);
        let effects = kept(effects::read(source), &mut faults).unwrap_or_default();
        let clauses = kept(clauses::read(source), &mut faults);
        let calendar = kept(calendar::read(source), &mut faults);
        let crosswalk = kept(crosswalk::read(source), &mut faults);
        let roster = kept(roster::read(source), &mut faults);
        let sources = kept(sources::read(source), &mut faults).unwrap_or_default();
        match (checks, clauses, calendar, crosswalk, roster) {
            (Some(checks), Some(clauses), Some(calendar), Some(crosswalk), Some(roster)) if faults.is_empty() => {
                let forms = forms.into_iter().map(|form| (form.key.clone(), form)).collect();
                Ok(Law { sections, checks, effects, forms, catalogues, regulations, clauses, calendar, crosswalk, roster, sources })
            }
            _ => Err(Faults(faults)),
        }
    }

    /// The section with this key.
    pub fn section(&self, key: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.key == key)
    }

    /// The code list with this key, as it stands now.
    pub fn catalogue(&self, key: &str) -> Option<&Catalogue> {
        self.catalogues.get(key).map(Catalogue::newest)
    }

    /// Adds the codes that a province has of its own to a list that takes them; codes of the law stay as they are.
    pub fn add_own_codes(&self, key: &str, own: &[Item]) {
        if let Some(list) = self.catalogues.get(key).filter(|list| list.takes_own_codes) {
            list.add_own(own);
        }
    }

    /// The clause with this id.
    pub fn clause(&self, id: &str) -> Option<&Clause> {
        self.clauses.get(id)
    }

    /// The clauses that an article means: the one with this id, and all below it.
    pub fn article<'a>(&'a self, article: &'a str) -> impl Iterator<Item = &'a Clause> {
        self.clauses.under(article)
    }

    /// The name of a role, body or person that a regulation gives something to do; the code itself when unknown.
    pub fn actor_vi<'a>(&'a self, regulation: &'a Regulation, code: &'a str) -> &'a str {
        match (regulation.role(code), self.catalogue("actors")) {
            (Some(role), _) => &role.name_vi,
            (None, Some(actors)) => actors.label(code),
            (None, None) => code,
        }
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

/// Whether a text has the shape of a pattern of a data file; a pattern that cannot be read fits nothing.
pub fn matches(pattern: &str, text: &str) -> bool {
    regex_lite::Regex::new(pattern).is_ok_and(|shape| shape.is_match(text))
}

/// Every file of a folder; those that cannot be read are noted.
fn parse_all<T: DeserializeOwned>(source: &DataSource, folder: &str, faults: &mut Vec<Fault>) -> Vec<T> {
    source.list(folder).iter().filter_map(|file| kept(source.parse(file), faults)).collect()
}

fn kept<T>(read: Result<T, Fault>, faults: &mut Vec<Fault>) -> Option<T> {
    read.map_err(|fault| faults.push(fault)).ok()
}
