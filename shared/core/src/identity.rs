//! Who is one with whom: from dated facts, whatever their order.
//!
//! Customers are linked, never mixed: an event that carried the identifiers of both attests that they are one
//! ([`Kinship`]). A person who works for the shop may say that two are not, or that they are. [`Forest`] is what follows
//! from all of it, and [`Circle`] the same for the profiles on which the facts are noted. [`Crowd`] learns which identifiers many people use, so that those attest nothing.

mod circle;
mod crowd;
mod folded;
mod forest;
mod kinship;
mod name;

pub use circle::Circle;
pub use crowd::{Crowd, SharedBy};
pub use folded::{folded_words, start_of};
pub use forest::Forest;
pub use kinship::{Kinship, Kinships, Pair, Said, Word};
pub use name::{name, name_print};
