//! The local pages, with views of much, of Arabic and of next to nothing.

#[path = "../examples/pages/sample.rs"]
mod sample;

use rihla_core::zone::local_zone;
use rihla_local::pages::{Pages, framed};

fn pages() -> Pages {
    Pages::new("Sidra", local_zone(None, None, None, "Asia/Dubai"))
}

fn all() -> Vec<String> {
    let pages = pages();
    vec![
        pages.front(&sample::front()),
        pages.mailbox(&sample::mailbox()),
        pages.mailbox(&sample::empty_mailbox()),
        pages.mail(&sample::one_mail()),
        pages.customers(&sample::customers()),
        pages.customer(&sample::amelia()),
        pages.customer(&sample::salma()),
        pages.customer(&sample::nobody()),
        pages.not_found(),
    ]
}

#[test]
fn every_page_is_whole_and_carries_no_script() {
    for page in all() {
        assert!(page.starts_with("<!doctype html>") && page.trim_end().ends_with("</html>"), "{page}");
        assert!(
            !page.contains("<script") && !page.contains("undefined") && !page.contains("none</"),
            "{page}"
        );
        assert!(!page.contains(" style=") && !page.contains(" onclick"), "the policy forbids both");
    }
}

#[test]
fn what_customers_write_is_text() {
    let page = pages().customers(&sample::customers());
    assert!(page.contains("&lt;script&gt;alert(1)"), "{page}");
    let mut view = sample::empty_mailbox();
    view.find = "\"><img src=x>".to_owned();
    let page = pages().mailbox(&view);
    assert!(!page.contains("<img") && page.contains("&quot;&gt;&lt;img"), "{page}");
}

#[test]
fn times_are_those_of_the_shop() {
    let page = pages().customer(&sample::amelia());
    // Ordered at 09:12 UTC; Dubai is four hours ahead.
    assert!(page.contains("Placed <time datetime=\"2026-11-02T09:12:00Z\""), "{page}");
    assert!(page.contains(">Mon 2 Nov 2026, 13:12</time>"), "{page}");
    assert!(page.contains("Times by the clock of Asia&#x2f;Dubai."), "{page}");
}

#[test]
fn the_customer_page_says_why() {
    let page = pages().customer(&sample::amelia());
    for expected in [
        "by consent",
        "by quiet hours",
        "marketing withdrawn 2026-11-24T19:02:00Z",
        "In doubt",
        "told by till",
    ] {
        assert!(page.contains(expected), "{expected}");
    }
    assert_eq!(page.matches("class=\"decides\"").count(), 3);
}

#[test]
fn the_mailbox_has_the_newest_first_and_pages_that_keep_the_search() {
    let mut view = sample::mailbox();
    view.find = "a b&c".to_owned();
    let page = pages().mailbox(&view);
    assert!(page.contains("?page=1&amp;find=a+b%26c"), "{page}");
    assert!(page.contains("Page 2 of 3"));
}

#[test]
fn the_links_of_a_framed_mail_open_beside_it() {
    assert_eq!(framed("<html><head><title>"), "<html><head><base target=\"_blank\"><title>");
    assert_eq!(framed("<p>"), "<base target=\"_blank\"><p>");
    let page = pages().mail(&sample::one_mail());
    assert!(page.contains("sandbox=\"allow-popups allow-popups-to-escape-sandbox\""));
    assert!(!page.contains("allow-scripts") && !page.contains("allow-same-origin"));
}
