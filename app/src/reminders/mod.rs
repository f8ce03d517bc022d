//! What falls due: the queue of a unit and of everything below it, why each day, and how the units below stand.

mod acts;
mod pages;
mod reason;
mod scores;
#[cfg(test)]
mod tests;
mod units;

use crate::routes::Routes;

/// The addresses of this slice.
pub fn routes() -> Routes {
    Routes::default()
        .get("/thoi-han", pages::list)
        .get("/thoi-han/don-vi", units::show)
        .get("/thoi-han/bang-diem", scores::show)
        .post("/thoi-han/tinh-lai", reason::recount)
        .get("/thoi-han/{id}", reason::show)
        .post("/thoi-han/{id}/xong", acts::settle)
        .post("/thoi-han/{id}/tinh-tu", acts::restart)
}

/// Renders the samples of every page of this slice.
#[cfg(test)]
pub fn show_samples(app: &crate::App, visitor: &crate::access::Visitor) {
    crate::page::show_samples::<pages::QueuePage>(app, visitor);
    crate::page::show_samples::<units::UnitsPage>(app, visitor);
    crate::page::show_samples::<scores::ScoresPage>(app, visitor);
    crate::page::show_samples::<reason::ReasonPage>(app, visitor);
}
