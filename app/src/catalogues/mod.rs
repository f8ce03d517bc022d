//! Code lists: what stands in them and where it comes from, and the codes that a province adds of its own.
//!
//! Codes of the law are data of the program and are never changed here. Own codes lie in the table `own_codes` and are
//! joined to the lists of [`law::Law`] while the program runs, so every form, list and import knows them at once.

mod actions;
mod model;
mod own;
mod pages;
#[cfg(test)]
mod tests;

pub use own::{learn, watch};

use crate::routes::Routes;

/// The addresses of this slice.
pub fn routes() -> Routes {
    Routes::default()
        .get("/quan-tri/danh-muc", pages::all)
        .get("/quan-tri/danh-muc/{key}", pages::show)
        .post("/quan-tri/danh-muc/{key}", pages::add)
        .post("/quan-tri/danh-muc/{key}/{id}/ngung", pages::close)
}

/// Renders the samples of every page of this slice.
#[cfg(test)]
pub fn show_samples(app: &crate::App, visitor: &crate::access::Visitor) {
    crate::page::show_samples::<pages::AllPage>(app, visitor);
    crate::page::show_samples::<pages::ListPage>(app, visitor);
}
