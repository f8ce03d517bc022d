//! How many people there may be and are: decisions assign posts to units, units say how many people are present.
//!
//! Nothing is removed: a later decision stands before an earlier one, a correction keeps the number that stood, and every
//! report of a unit stays with its day and who made it. Whom a quota counts, and who stands beside it, is read from the
//! regulation in force at the unit ([`Rules`]); lists of people ask the same question with [`Rules::condition`].

mod actions;
mod board;
mod decision;
mod forms;
mod ground;
mod headcount;
mod queries;
mod rules;
mod sums;
#[cfg(test)]
pub mod testing;
#[cfg(test)]
mod tests;
mod unit;

pub use actions::{Assigning, Reporting, assign, report};
pub use ground::Ground;
pub use headcount::{Alike, Tallies, Tally, alike};
pub use queries::{Quota, Reported, reports, standing};
pub use rules::{BESIDE, COUNTED, IN_QUOTA, OTHER, Rules, UNCOUNTED};
pub use sums::{Posts, Said, said};

use crate::routes::Routes;

/// The addresses of this slice.
pub fn routes() -> Routes {
    Routes::default()
        .get("/bien-che", board::show)
        .get("/bien-che/quyet-dinh", decision::new)
        .post("/bien-che/quyet-dinh", decision::assign)
        .get("/bien-che/{id}", unit::show)
        .post("/bien-che/{id}/co-mat", unit::report)
}

/// Renders the samples of every page of this slice.
#[cfg(test)]
pub fn show_samples(app: &crate::App, visitor: &crate::access::Visitor) {
    crate::page::show_samples::<board::BoardPage>(app, visitor);
    crate::page::show_samples::<decision::DecisionPage>(app, visitor);
    crate::page::show_samples::<unit::UnitPage>(app, visitor);
}
