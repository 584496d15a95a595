//! What people, and the scanners of their mail, do with a mail.

use crate::run::HttpRequest;
use crate::shop::Received;

/// What is done with a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// A mail scanner looks behind every link, that for unsubscribing included: by HEAD, and by GET. Nobody meant it.
    Scanned,
    /// Sends the form of a score.
    Answers(u8),
    /// Presses the mail program's button for unsubscribing.
    Unsubscribes,
    /// Asks for the newsletter.
    Joins,
}

/// The customers' pages: rating, unsubscribing, subscribing.
const PAGES: [&str; 3] = ["/r/", "/u/", "/n/"];

impl Deed {
    /// The requests that it is; none where the mail offers no such thing.
    pub(super) fn requests(self, mail: &Received) -> Vec<HttpRequest> {
        let link = |page: &str| mail.links().map(path).find(|path| path.starts_with(page));
        let form = |path: Option<String>, fields: &[(&str, &str)]| {
            path.map(|path| HttpRequest::form(path.split('?').next().unwrap_or_default(), fields))
        };
        let request = match self {
            Self::Scanned => return scans(mail),
            Self::Answers(score) => {
                form(link("/r/"), &[("score", score.to_string().as_str()), ("comment", "thanks")])
            }
            Self::Unsubscribes => {
                form(mail.unsubscribe_link().map(path), &[("List-Unsubscribe", "One-Click")])
            }
            Self::Joins => form(link("/n/"), &[]),
        };
        request.into_iter().collect()
    }
}

/// The first link to each of the pages, followed twice: the links of one page differ by the score only.
fn scans(mail: &Received) -> Vec<HttpRequest> {
    let paths: Vec<String> = mail.links().chain(mail.unsubscribe_link()).map(path).collect();
    let firsts = PAGES.iter().filter_map(|page| paths.iter().find(|path| path.starts_with(page)));
    let both = firsts.flat_map(|path| {
        let get = HttpRequest::get(path);
        [HttpRequest { method: "HEAD".into(), ..get.clone() }, get]
    });
    both.collect()
}

/// A link without its server.
fn path(link: &str) -> String {
    let rest = link.split_once("://").map_or(link, |(_, rest)| rest);
    rest.find('/').map_or_else(String::new, |at| rest[at..].to_owned())
}
