//! What must hold everywhere, and the small province that every slice is tested in.

mod alike;
mod architecture;
mod clauses;
mod house;
mod own_fields;
mod papers;
mod roles;
pub mod site;
mod texts;
mod upgrades;
