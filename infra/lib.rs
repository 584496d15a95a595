//! The shop's own files.
