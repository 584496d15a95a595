//! AWS in one process: what the `rihla` command, the replays and the tests run the functions on.

pub mod aws;
pub mod command;
pub mod cost;
pub mod desk;
pub mod experiment;
pub mod faults;
pub mod forecast;
pub mod identity;
pub mod import;
pub mod inspect;
pub mod journeys;
pub mod pages;
pub mod recommend;
pub mod replay;
pub mod run;
pub mod server;
pub mod shop;
pub mod why;
