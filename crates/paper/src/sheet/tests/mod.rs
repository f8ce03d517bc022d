//! Tests through `open`, `layout`, `values` and the writers.

mod examples;
mod hostile;
mod layouts;
mod packing;
mod reading;
mod typed;
mod writing;
