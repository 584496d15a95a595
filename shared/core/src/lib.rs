//! The domain of Rihla, pure: no I/O, no clock, no randomness, no environment.
//!
//! Facts come in as [`event::Event`]s and are joined into [`order::Order`]s and [`profile::Profile`]s, whatever their
//! order ([`lattice`]). [`record`] decides what to write for them; [`look`] decides which follow-up is sent, deferred or
//! refused, by the [`guards`].

pub mod about;
pub mod answer;
pub mod buying_days;
pub mod checkout;
pub mod claim;
pub mod consent;
pub mod consent_entry;
pub mod conversation;
pub mod counted;
pub mod event;
pub mod experiment;
pub mod fit;
pub mod follow_up;
pub mod forecast;
pub mod guards;
mod hex;
pub mod history;
pub mod identifier;
pub mod identity;
pub mod instant;
pub mod journey;
pub mod lattice;
pub mod ledger;
pub mod limits;
pub mod link;
pub mod look;
pub mod matching;
pub mod matter;
pub mod merge;
pub mod money;
pub mod order;
pub mod parcel;
pub mod pointer;
pub mod profile;
pub mod record;
pub mod replenish;
pub mod rfm;
pub mod rhythm;
pub mod shop;
pub mod source;
pub mod stage;
pub mod stock;
pub mod stop_words;
pub mod subject;
pub mod suppression;
pub mod totals;
pub mod trigger;
pub mod turn;
pub mod workdays;
pub mod zone;
mod zone_table;
