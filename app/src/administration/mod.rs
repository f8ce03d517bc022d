//! The desk of those who look after the installation: accounts, rights, code lists, regulations in force, own fields, jobs.
//!
//! Most of it is looked after on pages of its own; this one says how things stand and leads there.

mod jobs;
mod overview;
mod profiles;
mod record;
mod rights;
#[cfg(test)]
mod tests;

pub use record::RecordCheck;

use crate::routes::Routes;

/// The addresses of this slice.
pub fn routes() -> Routes {
    Routes::default()
        .get("/quan-tri", overview::show)
        .get("/quan-tri/quyen", rights::show)
        .get("/quan-tri/quy-che", profiles::show)
        .get("/quan-tri/cong-viec", jobs::show)
        .post("/quan-tri/cong-viec/nhat-ky", jobs::check_record)
        .post("/quan-tri/cong-viec/ket-xuat/{id}/dung", jobs::stop_export)
}

/// Renders the samples of every page of this slice.
#[cfg(test)]
pub fn show_samples(app: &crate::App, visitor: &crate::access::Visitor) {
    crate::page::show_samples::<overview::OverviewPage>(app, visitor);
    crate::page::show_samples::<rights::RightsPage>(app, visitor);
    crate::page::show_samples::<profiles::ProfilesPage>(app, visitor);
    crate::page::show_samples::<jobs::JobsPage>(app, visitor);
}
