//! Writes the local pages with invented views into a folder, to be looked at: `cargo run --example pages -- FOLDER`.

mod sample;

use std::path::Path;

use rihla_core::zone::local_zone;
use rihla_local::pages::{Pages, STYLE, framed};

/// The HTML of that mail.
const MAIL_HTML: &str = "<!doctype html><html lang=\"ar\" dir=\"rtl\"><head><meta charset=\"utf-8\"><style>body{font:16px/1.7 sans-serif;max-width:560px;margin:32px auto;padding:0 16px}a{display:block;padding:12px;margin:8px 0;background:#0f5f55;color:#fff;text-align:center;border-radius:6px;text-decoration:none}</style></head><body><h1>سدرة</h1><p>أهلًا سلمى، هل وصلت طلبيتك كما توقعت؟</p><a href=\"#\">نعم، تمامًا</a><a href=\"#\">ليس تمامًا</a><a href=\"#\">لا</a></body></html>";

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "target/pages".to_owned());
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder)?;
    let pages = Pages::new("Sidra", local_zone(None, None, None, "Europe/London"));
    for (name, html) in [
        ("front", pages.front(&sample::front())),
        ("mailbox", pages.mailbox(&sample::mailbox())),
        ("mailbox-empty", pages.mailbox(&sample::empty_mailbox())),
        ("mail", pages.mail(&sample::one_mail())),
        ("mail-html", framed(MAIL_HTML)),
        ("customers", pages.customers(&sample::customers())),
        ("customer-amelia", pages.customer(&sample::amelia())),
        ("customer-salma", pages.customer(&sample::salma())),
        ("customer-nobody", pages.customer(&sample::nobody())),
        ("not-found", pages.not_found()),
    ] {
        // As files they have no server to ask for the style and the mail.
        let html = html.replace("/style.css", "style.css").replace("/mailbox/m6/html", "mail-html.html");
        std::fs::write(folder.join(format!("{name}.html")), html)?;
    }
    std::fs::write(folder.join("style.css"), STYLE)
}
