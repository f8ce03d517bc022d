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
