//! Dossiers on paper: sơ yếu lý lịch on the official forms, what was added to it in a period, as PDF and as docx.
//!
//! Texts come from the field catalogue, where they stand from the layouts of `paper`. A field that the viewer may not read is
//! not printed, and the paper says so. Every print is on the record before a byte of it leaves.

mod annex;
mod changes;
mod desk;
mod fill;
mod pages;
mod plain;
mod press;
mod several;
#[cfg(test)]
mod tests;

#[cfg(test)]
pub(crate) use tests::text_of;

use crate::routes::Routes;

/// The addresses of this slice.
pub fn routes() -> Routes {
    Routes::default()
        .get("/ho-so/{id}/in", pages::choose)
        .get("/ho-so/{id}/in/{form}", pages::print)
        .post("/ho-so/in-ly-lich", several::print)
}

/// Renders the samples of every page of this slice.
#[cfg(test)]
pub fn show_samples(app: &crate::App, visitor: &crate::access::Visitor) {
    crate::page::show_samples::<pages::ChoosePage>(app, visitor);
}
