//! Writes the table of channels: `cargo run -p rihla-channels --example channels_table > docs/channels.md`.

mod table;

fn main() {
    print!("{}", table::markdown());
}
