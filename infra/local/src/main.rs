//! rihla
fn main() {}
