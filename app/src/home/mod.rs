//! The first page: what waits for the visitor, and whether the server lives.

mod health;
mod pages;
mod queries;
#[cfg(test)]
mod tests;

use crate::routes::Routes;

/// The addresses of this slice.
pub fn routes() -> Routes {
    Routes::default().get("/", pages::home).get("/suc-khoe", health::health)
}

/// Renders the samples of every page of this slice.
#[cfg(test)]
pub fn show_samples(app: &crate::App, visitor: &crate::access::Visitor) {
    crate::page::show_samples::<pages::HomePage>(app, visitor);
}
