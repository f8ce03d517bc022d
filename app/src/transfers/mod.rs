//! A dossier on its way from one unit to another, and out of service.
//!
//! Exactly one unit keeps a dossier at any time: the sender until the receiver accepts. Who sends is read from the regulation in force at
//! the unit that keeps it; every crossing of an area goes through a transfer of the vault.

mod acts;
mod leaving;
mod list;
#[cfg(test)]
mod movement_tests;
mod queries;
mod sending;
#[cfg(test)]
mod tests;

use crate::routes::Routes;

/// The addresses of this slice.
pub fn routes() -> Routes {
    Routes::default()
        .get("/chuyen-ho-so", list::show)
        .get("/ho-so/{id}/chuyen", sending::form)
        .post("/ho-so/{id}/chuyen", sending::send)
        .post("/chuyen-ho-so/de-nghi/{id}", list::ask)
        .post("/chuyen-ho-so/{id}/nhan", list::accept)
        .post("/chuyen-ho-so/{id}/chuyen-tiep", list::forward)
        .post("/chuyen-ho-so/{id}/tra", list::send_back)
        .post("/chuyen-ho-so/{id}/huy", list::cancel)
        .get("/ho-so/{id}/thoi", leaving::form)
        .post("/ho-so/{id}/thoi", leaving::leave)
        .post("/ho-so/{id}/tro-lai", leaving::come_back)
}

/// Renders the samples of every page of this slice.
#[cfg(test)]
pub fn show_samples(app: &crate::App, visitor: &crate::access::Visitor) {
    crate::page::show_samples::<list::TransfersPage>(app, visitor);
    crate::page::show_samples::<sending::SendPage>(app, visitor);
    crate::page::show_samples::<leaving::LeavePage>(app, visitor);
}
