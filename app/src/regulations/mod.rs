//! The regulation of a unit, clause by clause: what the software does for each, and with which values.
//!
//! No sentence of a regulation is copied: its place, its key words and the values taken from it are shown.

mod clauses;
mod pages;
mod sentences;
#[cfg(test)]
mod tests;

use crate::routes::Routes;

/// The addresses of this slice.
pub fn routes() -> Routes {
    Routes::default().get("/quy-che", pages::list).get("/quy-che/{code}", pages::show).get("/quy-che/dieu/{article}", pages::article)
}

/// Renders the samples of every page of this slice.
#[cfg(test)]
pub fn show_samples(app: &crate::App, visitor: &crate::access::Visitor) {
    crate::page::show_samples::<pages::ListPage>(app, visitor);
    crate::page::show_samples::<pages::RegulationPage>(app, visitor);
}
