//! Periodic review: the server opens the duty for every unit that keeps dossiers, the unit states that it went through them, and what
//! stood there then stays on record.

mod actions;
mod pages;
mod queries;
#[cfg(test)]
mod tests;

pub use actions::watch;

use crate::routes::Routes;

/// The addresses of this slice.
pub fn routes() -> Routes {
    Routes::default().get("/ra-soat", pages::show).post("/ra-soat", pages::state)
}

/// Renders the samples of every page of this slice.
#[cfg(test)]
pub fn show_samples(app: &crate::App, visitor: &crate::access::Visitor) {
    crate::page::show_samples::<pages::ReviewsPage>(app, visitor);
}
