//! The published table of channels is the one of the providers, and each of them has a page.

use std::fs;
use std::path::PathBuf;

use rihla_channels::PROVIDERS;

#[path = "../../examples/channels_table/table.rs"]
mod table;

fn docs() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs")
}

#[test]
fn the_published_table_is_up_to_date() {
    let published =
        fs::read_to_string(docs().join("channels.md")).expect("docs/channels.md is in the repository");
    assert!(
        published == table::markdown(),
        "docs/channels.md is not what the providers say; write it anew with \
         `cargo run -p rihla-channels --example channels_table > docs/channels.md`"
    );
}

#[test]
fn every_provider_says_what_the_table_needs() {
    for provider in PROVIDERS {
        let about = provider.about;
        for word in [about.title, about.verified, about.ids, about.limits] {
            assert!(!word.trim().is_empty(), "{}: {about:?}", provider.name);
        }
        assert!(provider.topics.iter().any(|topic| !topic.tells.is_empty()), "{}", provider.name);
    }
}

/// Their pages are still to be written.
const WITHOUT_A_PAGE: &[&str] = &[];

#[test]
fn every_provider_has_a_page_that_says_what_to_put_into_the_sources() {
    for provider in PROVIDERS.iter().filter(|provider| !WITHOUT_A_PAGE.contains(&provider.name)) {
        let name = provider.name;
        let page = fs::read_to_string(docs().join(format!("channels/{name}.md")));
        let page = page.unwrap_or_else(|error| panic!("docs/channels/{name}.md: {error}"));
        assert!(page.contains(&format!("provider: {name}\n")), "docs/channels/{name}.md names no source");
    }
}
