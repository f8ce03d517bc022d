//! How to use the program, on one page, with its keys.

mod pages;

use crate::routes::Routes;

/// The address of this slice.
pub fn routes() -> Routes {
    Routes::default().get("/huong-dan", pages::guide)
}
