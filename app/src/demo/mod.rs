//! Invented people for trying the program out: five small bodies, or a whole province.
//!
//! Everything is drawn from `data/demo/` with a seed, so the same command makes the same people on every machine.

mod book;
mod career;
mod dice;
mod extras;
mod family;
mod gazetteer;
mod identity;
mod learning;
mod list;
mod pay;
mod person;
mod salary;
mod sheet;
mod standing;
mod time;
mod words;
#[cfg(test)]
mod tests;
