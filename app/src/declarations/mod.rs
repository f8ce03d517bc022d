//! Declarations: what a person proposes to change in the own dossier, checked against the paper, approved where the regulation has it.
//!
//! Nothing in the dossier changes before the last step of the regulation's chain; until then the proposal is seen here only.

mod acts;
mod chain;
mod form;
mod list;
mod months;
mod queries;
#[cfg(test)]
mod tests;

use crate::routes::Routes;

/// The addresses of this slice.
pub fn routes() -> Routes {
    Routes::default()
        .get("/khai-bao", list::queue)
        .get("/khai-bao/don-vi", months::show)
        .post("/khai-bao/don-vi/{id}/duyet", months::accept)
        .post("/khai-bao/duyet", list::approve)
        .post("/khai-bao/{id}/dat", list::verify)
        .post("/khai-bao/{id}/tra", list::send_back)
        .post("/khai-bao/{id}/rut", list::withdraw)
        .get("/ho-so/{id}/khai-bao", list::of_dossier)
        .get("/ho-so/{id}/khai-bao/{section}", form::show)
        .post("/ho-so/{id}/khai-bao/{section}", form::declare)
}

/// Renders the samples of every page of this slice.
#[cfg(test)]
pub fn show_samples(app: &crate::App, visitor: &crate::access::Visitor) {
    crate::page::show_samples::<form::FormPage>(app, visitor);
    crate::page::show_samples::<list::QueuePage>(app, visitor);
    crate::page::show_samples::<months::MonthsPage>(app, visitor);
    crate::page::show_samples::<list::OfDossierPage>(app, visitor);
}
