//! Where dossiers have to go by decisions: noted when the decision is entered, with whose term runs from then, ended when the dossier
//! was sent or closed.
//!
//! Who sends, who asks and from which day a term runs is read from workflow and terms of the regulation where the dossier lies.

mod acts;
pub(crate) mod chain;
mod queries;

pub(crate) use acts::{Goal, Ordered, again, ask, cancel, done, order, received, send_by};
pub(crate) use chain::Chain;
pub(crate) use queries::{Kind, Movement, Way, one, waiting, waiting_for};
