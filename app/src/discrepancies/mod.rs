//! Differences between a dossier and its paper: flagged by those who manage it or by the person, on the unit's list until settled.
//!
//! What a flag is and how a correction settles it stands with the dossiers ([`crate::dossiers::mismatches`]); here are its pages.

mod pages;
mod queries;
#[cfg(test)]
mod tests;

use crate::routes::Routes;

/// The addresses of this slice.
pub fn routes() -> Routes {
    Routes::default()
        .get("/sai-lech", pages::list)
        .get("/ho-so/{id}/sai-lech", pages::show)
        .post("/ho-so/{id}/sai-lech", pages::flag)
        .post("/ho-so/{id}/sai-lech/{flag}/bac-bo", pages::reject)
}

/// Renders the samples of every page of this slice.
#[cfg(test)]
pub fn show_samples(app: &crate::App, visitor: &crate::access::Visitor) {
    crate::page::show_samples::<pages::ListPage>(app, visitor);
    crate::page::show_samples::<pages::DossierPage>(app, visitor);
}
