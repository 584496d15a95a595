//! The local pages: the mailbox, the customers and the run. Pure: views in, HTML out. They are served on loopback only;
//! the staff's console with its sign-in is another program.

mod filters;
mod paging;
mod route;
mod told;
mod view;

use minijinja::value::{Serde, Value};
use minijinja::{Environment, context};
use rihla_core::zone::LocalZone;
use serde::Serialize;

pub use paging::Paging;
pub use route::Route;
pub use view::*;

/// The style of all pages, served at [`Route::Style`].
pub const STYLE: &str = include_str!("style.css");

/// What every page allows itself: nothing from elsewhere, no script, and frames of its own mails.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; base-uri 'none'";

/// What a mail in its frame may do: show its own style and pictures, and open its links in a new tab.
pub const MAIL_SECURITY_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; sandbox allow-popups allow-popups-to-escape-sandbox";

/// The pages' templates, read once.
pub struct Pages {
    templates: Environment<'static>,
}

impl Pages {
    /// Pages of the shop called `shop`, which show times by the clock of `zone`.
    pub fn new(shop: &str, zone: LocalZone) -> Self {
        let mut templates = Environment::new();
        for (name, template) in TEMPLATES {
            templates.add_template(name, template).expect("the tests render every template");
        }
        templates.add_global("shop", shop.to_owned());
        templates.add_global("zone", zone.name);
        filters::add(&mut templates, zone.zone);
        Self { templates }
    }

    /// The run: what came in, what became of it, what it would cost.
    pub fn front(&self, view: &FrontView) -> String {
        self.render("front.html", view)
    }

    /// The mailbox.
    pub fn mailbox(&self, view: &MailboxView) -> String {
        self.render("mailbox.html", view)
    }

    /// One mail; the mail itself comes into a frame from [`Route::MailHtml`].
    pub fn mail(&self, view: &MailView) -> String {
        self.render("mail.html", view)
    }

    /// The customers.
    pub fn customers(&self, view: &CustomersView) -> String {
        self.render("customers.html", view)
    }

    /// All about one customer.
    pub fn customer(&self, view: &CustomerView) -> String {
        self.render("customer.html", view)
    }

    /// What is asked for is not there.
    pub fn not_found(&self) -> String {
        self.render("not_found.html", &())
    }

    fn render(&self, name: &str, view: &impl Serialize) -> String {
        let template = self.templates.get_template(name).expect("every name here is in TEMPLATES");
        template
            .render(context! { view => Value::from(Serde(view)) })
            .expect("the tests render every template with full and bare views")
    }
}

/// The mail's own HTML for its frame: links open beside it, not inside.
pub fn framed(html: &str) -> String {
    let target = "<base target=\"_blank\">";
    match html.find("<head>") {
        Some(head) => {
            let (before, after) = html.split_at(head + "<head>".len());
            format!("{before}{target}{after}")
        }
        None => format!("{target}{html}"),
    }
}

const TEMPLATES: [(&str, &str); 8] = [
    ("base.html", include_str!("base.html")),
    ("parts.html", include_str!("parts.html")),
    ("front.html", include_str!("front.html")),
    ("mailbox.html", include_str!("mailbox.html")),
    ("mail.html", include_str!("mail.html")),
    ("customers.html", include_str!("customers.html")),
    ("customer.html", include_str!("customer.html")),
    ("not_found.html", include_str!("not_found.html")),
];
