//! The customer with the mails: opens them, follows their links, sends their forms.

use rihla_local::aws::ses::Mail;
use rihla_local::run::{HttpAnswer, HttpRequest};
use rihla_local::shop::Received;

use crate::shop::Shop;

impl Shop {
    /// Every mail that was accepted.
    pub(crate) fn mails(&self) -> Vec<Mail> {
        self.aws().mailbox().all().unwrap()
    }

    /// The journeys of the mails to an address, in the order of sending.
    pub(crate) fn journeys_sent_to(&self, email: &str) -> Vec<String> {
        self.aws().mailbox().to_recipient(email).unwrap().iter().map(journey).collect()
    }

    /// The first mail of a journey.
    pub(crate) fn mail(&self, journey: &str) -> Mail {
        self.aws().mailbox().with_tag("journey", journey).unwrap().swap_remove(0)
    }

    /// The first mail of a journey, as its reader sees it.
    pub(crate) fn read(&self, journey: &str) -> Received {
        Received::read(&self.mail(journey).raw.unwrap()).unwrap()
    }

    pub(crate) async fn get(&self, path: &str) -> HttpAnswer {
        self.stack.respond(&HttpRequest::get(path)).await.unwrap()
    }

    pub(crate) async fn send_form(&self, path: &str, fields: &[(&str, &str)]) -> HttpAnswer {
        let page = path.split_once('?').map_or(path, |(page, _)| page);
        self.stack.respond(&HttpRequest::form(page, fields)).await.unwrap()
    }
}

/// The journey whose mail it is.
pub(crate) fn journey(mail: &Mail) -> String {
    mail.tags.iter().find(|(name, _)| name == "journey").map(|(_, value)| value.clone()).unwrap()
}

/// The path of a link, with its query.
pub(crate) fn path(link: &str) -> &str {
    let host = link.split_once("://").unwrap().1;
    &host[host.find('/').unwrap()..]
}

/// The paths of a mail's links to the shop's pages, in their order.
pub(crate) fn page_paths(mail: &Received) -> Vec<String> {
    let base = rihla_infra::brand().public_url;
    let mut paths: Vec<String> =
        mail.links().filter(|link| link.starts_with(&base)).map(|link| path(link).to_owned()).collect();
    paths.dedup();
    paths
}

/// The path of the link that gives a score.
pub(crate) fn rating(mail: &Received, score: u8) -> String {
    let wanted = format!("score={score}");
    page_paths(mail).into_iter().find(|path| path.ends_with(&wanted)).unwrap()
}

/// The path of the link to the page of that letter: `r` rates, `u` ends, `n` begins.
pub(crate) fn link_to(mail: &Received, page: &str) -> String {
    let start = format!("/{page}/");
    page_paths(mail).into_iter().find(|path| path.starts_with(&start)).unwrap()
}
