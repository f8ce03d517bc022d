//! Names the regulations use, and the catalogue codes and printed forms they stand for.

use crate::{
    Law,
    data::{DataSource, Fault},
    form::Form,
    regulation::Regulation,
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Path of the file inside `data/`.
pub(crate) const FILE: &str = "crosswalk.toml";

/// Names of the regulations and what they stand for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crosswalk {
    /// Shape of the file; 1.
    pub schema_version: u32,
    /// Kinds of people.
    pub subject: BTreeMap<String, SubjectCodes>,
    /// Members of levels: codes of `unit_types`.
    pub member: BTreeMap<String, Vec<String>>,
    /// Kinds of decisions: codes of `decision_types`.
    pub decision_type: BTreeMap<String, Vec<String>>,
    /// Declaration forms.
    pub template: BTreeMap<String, TemplateCodes>,
    /// Events that demand papers: codes of `decision_types`.
    pub attachment_event: BTreeMap<String, Vec<String>>,
    /// Leaving statuses: codes of `dossier_statuses`.
    pub status: BTreeMap<String, Vec<String>>,
}

/// What a kind of people is in the catalogues.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectCodes {
    /// Codes of `personnel_types`.
    #[serde(default)]
    pub personnel_types: Vec<String>,
    /// Codes of `contract_types` that narrow them.
    #[serde(default)]
    pub contract_types: Vec<String>,
    /// Codes of `dossier_statuses`, where a status makes the kind.
    #[serde(default)]
    pub dossier_statuses: Vec<String>,
}

/// What a declaration form is elsewhere.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateCodes {
    /// Code of `dossier_forms`.
    pub form: String,
    /// The one for public employees, when another.
    pub form_public_employee: Option<String>,
    /// Key of the printed form.
    pub fields: String,
}

/// The supplement reports changes of a dossier; it does not declare one.
const SUPPLEMENT: &str = "PBS";

impl Law {
    /// The form on which a regulation has a kind of people (a code of `personnel_types`) declare their dossier: the
    /// first that serves them, otherwise the first of the regulation.
    pub fn declaration_form(&self, regulation: &Regulation, personnel_type: &str) -> Option<&Form> {
        let serves = |subject: &String| {
            let codes = self.crosswalk.subject.get(subject);
            codes.is_some_and(|codes| codes.personnel_types.iter().any(|code| code == personnel_type))
        };
        let declared = || regulation.templates.iter().filter(|template| template.code != SUPPLEMENT);
        let template = declared().find(|template| template.applies_to.iter().any(serves)).or_else(|| declared().next())?;
        self.form(&self.crosswalk.template.get(&template.code)?.fields)
    }
}

/// Reads the file.
pub(crate) fn read(source: &DataSource) -> Result<Crosswalk, Fault> {
    source.parse(FILE)
}
