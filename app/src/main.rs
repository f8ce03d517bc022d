//! hoso.
fn main() {}
