//! Who is one with whom.

mod name;

pub use name::name;
