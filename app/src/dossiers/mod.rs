//! Dossiers: opening one, reading its 55 sections, writing in them with a reason.

mod checks;
mod codes;
mod dates;
mod line;
mod periods;
mod person;
mod value;
#[cfg(test)]
mod engine_tests;

pub(crate) use checks::{Around, Person, Typed, check, lower};
pub(crate) use line::{Line, Shape};
pub(crate) use value::{Spot, decimal, plain, read};
