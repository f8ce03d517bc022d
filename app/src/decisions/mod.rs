//! Decisions: entered once, however many people they name, and placed into the dossier of each with the same number and scan.
//!
//! Stands between the nouns and the works: it writes in dossiers, and every work ends in a decision.

mod actions;
mod checking;
mod draft;
#[cfg(test)]
mod effect_tests;
mod effects;
mod gates;
mod grid;
mod later;
mod pages;
mod people;
mod placing;
mod preview;
mod queries;
mod register;
#[cfg(test)]
mod tests;
mod withdrawal;

pub(crate) use queries::scan_for;

pub use later::watch;

use crate::routes::Routes;

/// The addresses of this slice.
pub fn routes() -> Routes {
    Routes::default()
        .get("/quyet-dinh", register::list)
        .get("/quyet-dinh/moi", pages::new)
        .post("/quyet-dinh/moi", pages::again)
        .post("/quyet-dinh/xem-truoc", placing::preview)
        .post("/quyet-dinh/ghi", placing::place)
        .get("/quyet-dinh/{id}", register::show)
        .post("/quyet-dinh/{id}/de-nghi-thu-hoi", withdrawal::ask)
        .post("/quyet-dinh/{id}/thu-hoi", withdrawal::withdraw)
        .get("/ho-so/{id}/kiem-tra", checking::show)
        .post("/ho-so/{id}/kiem-tra", checking::state)
}

/// Renders the samples of every page of this slice.
#[cfg(test)]
pub fn show_samples(app: &crate::App, visitor: &crate::access::Visitor) {
    crate::page::show_samples::<pages::DecisionPage>(app, visitor);
    crate::page::show_samples::<preview::PreviewPage>(app, visitor);
    crate::page::show_samples::<checking::CheckingPage>(app, visitor);
    crate::page::show_samples::<register::RegisterPage>(app, visitor);
    crate::page::show_samples::<register::ShowPage>(app, visitor);
}
