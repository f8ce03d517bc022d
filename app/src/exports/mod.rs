//! Taking a list out as xlsx or csv, with a purpose that is put on the record.
//!
//! Fifty thousand rows take seconds, so a list is written in the background into a temporary file and fetched when it is
//! ready; it may be called off, and it vanishes after half an hour.

mod jobs;
mod pages;
#[cfg(test)]
mod tests;
mod write;

pub use jobs::Jobs;
pub use write::{Asking, Format, Progress, list};

use crate::routes::Routes;

/// The addresses of this slice.
pub fn routes() -> Routes {
    Routes::default()
        .post("/ho-so/ket-xuat", pages::begin)
        .get("/ho-so/ket-xuat/{id}", pages::show)
        .get("/ho-so/ket-xuat/{id}/tep", pages::fetch)
        .post("/ho-so/ket-xuat/{id}/bo", pages::call_off)
}

/// Renders the samples of every page of this slice.
#[cfg(test)]
pub fn show_samples(app: &crate::App, visitor: &crate::access::Visitor) {
    crate::page::show_samples::<pages::ExportPage>(app, visitor);
}
