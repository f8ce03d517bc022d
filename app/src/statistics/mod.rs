//! The staff in figures: who is present, as what, under how many posts, how complete; every figure leads to its people.
//!
//! Everything is read from the roster in one question and added up along the tree; posts and reports come from
//! [`crate::quotas`].

mod figures;
mod pages;
mod quality;
mod table;
#[cfg(test)]
mod tests;

use crate::routes::Routes;

/// The addresses of this slice.
pub fn routes() -> Routes {
    Routes::default().get("/tong-hop", pages::show).get("/tong-hop/chat-luong", quality::show)
}

/// Renders the samples of every page of this slice.
#[cfg(test)]
pub fn show_samples(app: &crate::App, visitor: &crate::access::Visitor) {
    crate::page::show_samples::<pages::OverviewPage>(app, visitor);
    crate::page::show_samples::<quality::QualityPage>(app, visitor);
}
