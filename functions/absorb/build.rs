//! Has the program linked for a fixed address: what would have to be moved at its start is a fortieth of its size, and it has
//! three million bytes. See `docs/adr/0014-programs-at-a-fixed-address.md`.

fn main() {
    println!("cargo::rustc-link-arg-bins=-no-pie");
    println!("cargo::rerun-if-changed=build.rs");
}
