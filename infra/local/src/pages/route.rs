/// What is asked for by a path and its query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The run.
    Front,
    /// The mailbox: which page, and mails to addresses that hold this text alone.
    Mailbox {
        /// From 1.
        page: usize,
        /// Empty for all.
        find: String,
    },
    /// One mail with its headers and source.
    Mail(String),
    /// The HTML of one mail, for its frame.
    MailHtml(String),
    /// The bytes of one mail.
    MailSource(String),
    /// The customers: which page, and those whose name or address holds this text alone.
    Customers {
        /// From 1.
        page: usize,
        /// Empty for all.
        find: String,
    },
    /// One customer, with the orders behind a place of the record.
    Customer {
        /// The customer's id.
        id: String,
        /// Nothing for the first page.
        after: Option<String>,
        /// Which page of the timeline; nothing for the first.
        timeline: Option<String>,
    },
    /// The style of all pages.
    Style,
}

impl Route {
    /// What a path such as `/customers` and a query such as `page=2&find=amal` ask for, if it is one of the local pages.
    pub fn of(path: &str, query: &str) -> Option<Self> {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let (page, find) = page_and_find(query);
        Some(match parts.as_slice() {
            [] => Self::Front,
            ["style.css"] => Self::Style,
            ["mailbox"] => Self::Mailbox { page, find },
            ["mailbox", mail] => Self::Mail(decoded(mail)),
            ["mailbox", mail, "html"] => Self::MailHtml(decoded(mail)),
            ["mailbox", mail, "source"] => Self::MailSource(decoded(mail)),
            ["customers"] => Self::Customers { page, find },
            ["customers", customer] => Self::Customer {
                id: decoded(customer),
                after: named(query, "after"),
                timeline: named(query, "timeline"),
            },
            _ => return None,
        })
    }
}

fn page_and_find(query: &str) -> (usize, String) {
    let (mut page, mut find) = (1, String::new());
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        match name.as_ref() {
            "page" => page = value.parse().unwrap_or(1),
            "find" => value.trim().clone_into(&mut find),
            _ => {}
        }
    }
    (page, find)
}

fn named(query: &str, wanted: &str) -> Option<String> {
    let mut named = form_urlencoded::parse(query.as_bytes());
    named.find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned())
}

/// A part of a path without its percent signs; a plus is a plus there.
fn decoded(part: &str) -> String {
    let kept = part.replace('+', "%2B");
    form_urlencoded::parse(kept.as_bytes()).next().map(|(name, _)| name.into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_queries_are_read() {
        assert_eq!(Route::of("/", ""), Some(Route::Front));
        let mailbox = Route::Mailbox { page: 3, find: "amal@example.com".to_owned() };
        assert_eq!(Route::of("/mailbox", "page=3&find=+amal%40example.com"), Some(mailbox));
        let customers = Route::Customers { page: 1, find: String::new() };
        assert_eq!(Route::of("/customers/", "page=none"), Some(customers));
        assert_eq!(Route::of("/mailbox/0102-a%2Bb/html", ""), Some(Route::MailHtml("0102-a+b".to_owned())));
        let after = Some("9f~O#web#1#".to_owned());
        let customer = Route::Customer { id: "9f".to_owned(), after, timeline: Some("{}".to_owned()) };
        assert_eq!(Route::of("/customers/9f", "after=9f~O%23web%231%23&timeline=%7B%7D"), Some(customer));
        assert_eq!(Route::of("/customers/9f/edit", ""), None);
    }
}
