//! touchmap.
fn main() {}
