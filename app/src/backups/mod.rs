//! Copies of everything: made every day as the regulation in force asks, at a press of a button, or on the command line.
//!
//! A copy is one encrypted file in `backups/` of the data folder, with a small record beside it that says what it holds and
//! whether it was checked. Nothing is restored over the web: whoever restores has the console.

mod folder;
mod keeping;
mod pages;
#[cfg(test)]
mod tests;
mod watch;
mod work;

pub use folder::{Folder, words};
pub use watch::{latest, time_of_day, watch};
pub use work::{Work, key, make};

use crate::routes::Routes;

/// The addresses of this slice.
pub fn routes() -> Routes {
    Routes::default().get("/sao-luu", pages::list).post("/sao-luu", pages::begin).post("/sao-luu/{name}/kiem-tra", pages::check)
}

/// Renders the samples of every page of this slice.
#[cfg(test)]
pub fn show_samples(app: &crate::App, visitor: &crate::access::Visitor) {
    crate::page::show_samples::<pages::CopiesPage>(app, visitor);
}
