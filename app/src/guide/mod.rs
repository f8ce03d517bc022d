//! How to use the program, on one page, with its keys.

mod pages;

use crate::routes::Routes;

/// The addresses of this slice.
pub fn routes() -> Routes {
    Routes::default().get("/huong-dan", pages::guide).post("/huong-dan/phim-tat", pages::letters)
}

/// Renders the samples of every page of this slice.
#[cfg(test)]
pub fn show_samples(app: &crate::App, visitor: &crate::access::Visitor) {
    crate::page::show_samples::<pages::GuidePage>(app, visitor);
}
