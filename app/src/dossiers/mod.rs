//! Dossiers: opening one, reading its 55 sections, writing in them with a reason.
//!
//! Everything is generic over the field catalogue of `law`. Other slices use [`Shape`], [`Line`], [`Sheet`] for what a
//! dossier holds, [`value`] for what one column means, [`check`] for the rules, and [`level`] for who may read what.

mod actions;
mod attachments;
mod body;
mod checks;
mod choices;
mod codes;
mod dates;
mod editor;
#[cfg(test)]
mod engine_tests;
mod files;
mod html;
mod inputs;
mod line;
pub(crate) mod mismatches;
#[cfg(test)]
mod newcomer_tests;
mod newcomers;
mod own;
mod own_pages;
mod pages;
mod papers;
mod periods;
mod person;
mod proofs;
mod purpose;
mod queries;
mod removal;
#[cfg(test)]
mod removal_tests;
mod secrecy;
mod section;
mod sheet;
mod start;
#[cfg(test)]
mod tests;
mod uploads;
pub(crate) mod value;

pub(crate) use checks::{Around, Person, Typed, check, lower};
pub(crate) use html::Html;
pub(crate) use inputs::Inputs;
pub(crate) use line::{Line, Shape, from_json};
pub use newcomers::watch;
pub(crate) use own::{COLUMN as OWN_COLUMN, OwnField, all as own_fields, check as check_own, with_column as own_with_column};
pub(crate) use papers::{Paper, Sent, copies, share, validity};
pub(crate) use purpose::{ask as ask_purpose, purpose};
pub(crate) use queries::{Dossier, find, name, regulation, sheet, sheet_known};
pub(crate) use secrecy::{checking_gate, level, manages, may_edit};
pub(crate) use sheet::Sheet;

use crate::routes::Routes;

/// The addresses of this slice.
pub fn routes() -> Routes {
    Routes::default()
        .get("/ho-so/moi", start::new)
        .post("/ho-so/moi", start::open)
        .get("/ho-so/{id}", pages::show)
        .post("/ho-so/{id}/muc-dich", purpose::state)
        .get("/ho-so/{id}/an", removal::form)
        .post("/ho-so/{id}/an", removal::turn)
        .get("/ho-so/{id}/muc/{section}", section::edit)
        .post("/ho-so/{id}/muc/{section}", section::save)
        .post("/ho-so/{id}/muc/{section}/bo", section::retract)
        .post("/ho-so/{id}/muc/{section}/tep", files::attach)
        .get("/ho-so/{id}/tep/{file}", files::show)
        .get("/ho-so/{id}/tep/{file}/xac-thuc", proofs::show)
        .get("/danh-muc/{key}/tim", choices::search)
        .get("/quan-tri/truong-rieng", own_pages::show)
        .post("/quan-tri/truong-rieng", own_pages::add)
        .post("/quan-tri/truong-rieng/{id}/ngung", own_pages::close)
}

/// Renders the samples of every page of this slice.
#[cfg(test)]
pub fn show_samples(app: &crate::App, visitor: &crate::access::Visitor) {
    crate::page::show_samples::<removal::RemovalPage>(app, visitor);
    crate::page::show_samples::<section::SectionPage>(app, visitor);
    crate::page::show_samples::<proofs::ProofPage>(app, visitor);
    crate::page::show_samples::<purpose::PurposePage>(app, visitor);
    crate::page::show_samples::<start::StartPage>(app, visitor);
    crate::page::show_samples::<own_pages::OwnPage>(app, visitor);
    crate::page::show_samples::<pages::DossierPage>(app, visitor);
}
