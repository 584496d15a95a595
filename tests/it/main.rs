//! End to end: real deliveries through the real handlers, on the embedded AWS, on a clock that stands until it is moved.

// The futures of whole functions lie within each other.
#![recursion_limit = "256"]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test ends where it fails")]

mod answering;
mod arrival;
mod bad_input;
mod bad_people;
mod broken_files;
mod by_queue;
mod channels;
mod checkouts;
mod consent;
mod console;
mod console_links;
mod console_names;
mod conversations;
mod counted;
mod customer_page;
mod cut_short;
#[path = "../../infra/local/tests/dynamodb_server/mod.rs"]
mod dynamodb_server;
mod erasure;
mod facts;
mod garbage;
mod greetings;
mod growth;
mod guards;
mod http_server;
mod importing;
mod in_doubt;
mod journeys;
mod keys;
mod known_order;
mod links;
mod lookups;
mod merging;
mod outcomes;
mod past;
mod permissions;
mod proof_batches;
mod proof_batches_handled;
mod proof_faults;
mod proof_orders;
mod reader;
mod replenishment;
mod retention;
mod rush;
mod sample_week;
mod shop;
mod stand_in;
mod standing;
mod stock;
mod table;
mod template;
mod tester;
mod turns;
mod week;
mod write_units;
