//! What was done with a dossier, in words: who, when, why, what stood before and after.
//!
//! Computed from the record; labels come from the field catalogue, and fields above the reader's level stay unsaid.

mod pages;
mod queries;
#[cfg(test)]
mod tests;
mod words;

use crate::routes::Routes;

/// The addresses of this slice.
pub fn routes() -> Routes {
    Routes::default().get("/ho-so/{id}/lich-su", pages::show)
}

/// Renders the samples of every page of this slice.
#[cfg(test)]
pub fn show_samples(app: &crate::App, visitor: &crate::access::Visitor) {
    crate::page::show_samples::<pages::HistoryPage>(app, visitor);
}
