//! The shop's own templates and sentences, rendered.

mod data;
mod formats;
mod mime;
mod shop;
mod snapshots;
