//! Reads and checks what a shop writes.
