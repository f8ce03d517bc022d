//! Bringing staff lists in: a sheet is received, its columns are understood, every row is judged, then all is written at once.
//!
//! What headings and abbreviations mean is data (`data/imports/`). Fields are read and checked by the engine of the dossier, so
//! a sheet obeys the same rules as the editor. A batch rests on one basis and can be taken back as a whole.

mod actions;
mod cells;
mod checking;
mod console;
mod desk;
mod fates;
mod files;
mod forms;
mod judging;
mod list_page;
mod model;
mod pages;
mod pay;
mod places;
mod preview;
mod queries;
mod reading;
mod returned;
mod targets;
mod template;
#[cfg(test)]
mod tests;
mod units;
mod wide;
mod words;
mod writing;

pub use console::{Given, run as run_at_console};
pub use desk::Desk;

use crate::routes::Routes;
use axum::{extract::DefaultBodyLimit, handler::Handler};

/// Uploads are counted while they arrive; this is only above every limit of the settings.
const LARGEST_BODY: usize = 256 << 20;

/// The addresses of this slice.
pub fn routes() -> Routes {
    Routes::default()
        .get("/nhap-excel", list_page::list)
        .post("/nhap-excel", list_page::receive.layer(DefaultBodyLimit::max(LARGEST_BODY)))
        .get("/nhap-excel/mau.xlsx", template::download)
        .get("/nhap-excel/{id}", pages::show)
        .post("/nhap-excel/{id}/ghep", pages::map)
        .post("/nhap-excel/{id}/dong", pages::choose)
        .post("/nhap-excel/{id}/ghi", pages::write)
        .post("/nhap-excel/{id}/bo", pages::give_up)
        .get("/nhap-excel/{id}/can-sua.xlsx", pages::rows_to_fix)
        .get("/nhap-excel/{id}/hoan-tac", pages::ask_undo)
        .post("/nhap-excel/{id}/hoan-tac", pages::undo)
}

/// Renders the samples of every page of this slice.
#[cfg(test)]
pub fn show_samples(app: &crate::App, visitor: &crate::access::Visitor) {
    crate::page::show_samples::<preview::DraftPage>(app, visitor);
    crate::page::show_samples::<list_page::ListPage>(app, visitor);
    crate::page::show_samples::<pages::WritingPage>(app, visitor);
    crate::page::show_samples::<pages::DonePage>(app, visitor);
    crate::page::show_samples::<pages::UndoPage>(app, visitor);
}
