//! Finding people: the list of the staff with its filters, columns, order and pages, and lists kept under a name.
//!
//! Everything is read from the roster. A page costs the same whatever the number of people: it starts behind the row that
//! the address names (only its id stands there, nothing personal) and takes fifty more; how many there are in all is
//! counted apart, at most once in a few seconds.

mod asked;
mod choices;
mod columns;
mod counts;
mod filter;
mod own;
mod pages;
mod preferences;
mod scope;
mod table;
#[cfg(test)]
mod tests;
mod window;

pub use asked::{Asked, State};
pub use columns::{Column, Lists, Reads};
pub use counts::count;
pub use filter::{Condition, condition, sentences};
pub use own::{OwnColumn, columns as own_columns, values as own_values};
pub use preferences::{columns as chosen_columns, own_columns as chosen_own_columns};
pub use scope::Scope;

use crate::routes::Routes;

/// The addresses of this slice.
pub fn routes() -> Routes {
    Routes::default()
        .get("/ho-so", pages::list)
        .get("/ho-so/dem", pages::count)
        .post("/ho-so/cot", pages::choose_columns)
        .post("/ho-so/danh-sach", pages::keep_list)
        .post("/ho-so/danh-sach/bo", pages::drop_list)
}

/// Renders the samples of every page of this slice.
#[cfg(test)]
pub fn show_samples(app: &crate::App, visitor: &crate::access::Visitor) {
    crate::page::show_samples::<pages::ListPage>(app, visitor);
}
