//! The tree of units: founded, renamed, moved, dissolved; what regulation holds where; who is present.
//!
//! Nothing is removed: a unit that ended keeps its place with its last day. Levels and who may edit the tree come from
//! the `model` of the regulation in force at the unit.

mod actions;
mod forms;
mod levels;
mod model;
mod pages;
mod places;
mod queries;
#[cfg(test)]
mod tests;

pub use places::{Place, choices, place, places, regulations_in_force};

use crate::routes::Routes;

/// The addresses of this slice.
pub fn routes() -> Routes {
    Routes::default()
        .get("/don-vi", pages::tree)
        .get("/don-vi/{id}", pages::show)
        .get("/don-vi/{id}/lap-moi", pages::new)
        .post("/don-vi/{id}/lap-moi", pages::found)
        .post("/don-vi/{id}/doi-ten", pages::rename)
        .post("/don-vi/{id}/ma-dinh-danh", pages::identify)
        .post("/don-vi/{id}/chuyen", pages::relocate)
        .post("/don-vi/{id}/giai-the", pages::dissolve)
        .post("/don-vi/{id}/quy-che", pages::attach_regulation)
}

/// Renders the samples of every page of this slice.
#[cfg(test)]
pub fn show_samples(app: &crate::App, visitor: &crate::access::Visitor) {
    crate::page::show_samples::<pages::TreePage>(app, visitor);
    crate::page::show_samples::<pages::UnitPage>(app, visitor);
    crate::page::show_samples::<pages::FoundPage>(app, visitor);
}
