//! Written consents: who else may open one dossier, agreed to on which paper, until when; given and withdrawn by those who assign rights.

mod actions;
mod forms;
mod pages;
mod queries;
#[cfg(test)]
mod tests;

use crate::routes::Routes;

/// The addresses of this slice.
pub fn routes() -> Routes {
    Routes::default()
        .get("/ho-so/{id}/dong-y", pages::show)
        .post("/ho-so/{id}/dong-y", pages::give)
        .post("/ho-so/{id}/dong-y/{consent}/rut", pages::withdraw)
}

/// Renders the samples of every page of this slice.
#[cfg(test)]
pub fn show_samples(app: &crate::App, visitor: &crate::access::Visitor) {
    crate::page::show_samples::<pages::ConsentsPage>(app, visitor);
}
