//! Printed forms: their items in the order of the paper, and the fields each item prints.

use crate::dossier::FieldRef;
use serde::Deserialize;

/// One printed form.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Its key, as sections name it in `templates`.
    pub key: String,
    /// Name in lists.
    pub name_vi: String,
    /// Title on the paper.
    pub title: String,
    /// What introduced it.
    pub legal_basis: String,
    /// Whose layout it is.
    pub layout: Layout,
    /// Source key of `dossier/sources.toml`.
    pub source: String,
    /// `verified` or `from-memory`.
    pub confidence: String,
    /// What is still to be compared with the original.
    #[serde(default)]
    pub note: String,
    /// Its items, in the order of the paper.
    #[serde(rename = "item")]
    pub items: Vec<FormItem>,
}

/// Whose layout a form follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// That of the paper; numbers are the official ones.
    Official,
    /// Ours, because the paper was not seen; printouts must say so.
    Project,
}

/// One item of a form.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormItem {
    /// Its number on the paper (`15.1`, `30a`), or its place (`đầu mẫu`, `cạnh mục 1`, `cuối mẫu`).
    pub number: String,
    /// Its label on the paper.
    pub label_vi: String,
    /// What it prints, in order; none for a heading over the items that follow.
    pub fields: Vec<FieldRef>,
}
