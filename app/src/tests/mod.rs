//! What must hold everywhere, and the small province that every slice is tested in.

mod architecture;
mod clauses;
mod house;
mod roles;
pub mod site;
