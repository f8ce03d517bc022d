//! What units owe by a day: opened by events, ended when the thing is done or falls away, counted anew when facts come late.
//!
//! Every act that starts or ends a term of a regulation says so here, inside its own change: [`open`], [`settle`], [`cancel`].
//! The day, the article and the reasons come from `law.due` under the regulation in force at the unit that must act.

mod acts;
mod memory;
mod queries;
#[cfg(test)]
mod tests;

pub use acts::{Opening, cancel, due, is_open, open, recount, regulation, restart, settle, settle_one};
pub use memory::{LONG, Memory, remembered};
pub use queries::{Counts, Kept, Owed, Part, Wanted, by_unit, counts, kept_by_unit, one, page};
