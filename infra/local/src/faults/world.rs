//! The world around the functions: senders who send again until they are answered, and people who read their mail.

use std::cell::RefCell;

use rihla_core::instant::{Instant, Wait};

use super::ending::Ending;
use super::harm::{Harms, Plan};
use super::promises::Broken;
use crate::aws::{Aws, Clock, Layout, OpenError, StoreError};
use crate::run::{HttpRequest, Stack, StackError};
use crate::shop::{Posted, Received};

/// The moment at which every world begins: a Monday morning in winter.
pub(super) const STARTS_AT: &str = "2026-11-02T09:00:00Z";

/// How long a sender waits before it sends again.
const PAUSE: Wait = Wait::seconds(60);

/// After so many attempts a sender gives up. None may be reached: no harm lasts that long.
const ATTEMPTS: usize = 12;

/// A shop and those around it.
pub(super) struct World {
    pub(super) stack: Stack,
    pub(super) harms: Harms,
    /// What a GET changed; it never may.
    changed_by_get: RefCell<Vec<String>>,
}

/// Why a world stands still.
#[derive(Debug, thiserror::Error)]
pub enum WorldError {
    /// There is no account to work on.
    #[error("there is no account to work on")]
    Open(#[from] OpenError),
    /// The functions do not run.
    #[error("the functions do not run")]
    Stack(#[from] StackError),
    /// Queues and mail failed.
    #[error("queues and mail failed")]
    Store(#[from] StoreError),
    /// A sender was never answered with success.
    #[error("{0} was not answered with success in {ATTEMPTS} attempts")]
    NotTaken(String),
}

/// The shop's own files, read once.
#[derive(Clone, Debug)]
pub(super) struct Files {
    shop: rihla_core::shop::Shop,
    brand: rihla_messages::Brand,
    catalogue: rihla_messages::Catalogue,
}

impl Files {
    pub(super) fn read() -> Self {
        Self { shop: rihla_infra::shop(), brand: rihla_infra::brand(), catalogue: rihla_infra::catalogue() }
    }
}

/// What a person does with a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// Opens the link of a score, and nothing more; mail scanners do so, too.
    Opens,
    /// Sends the form of a score.
    Answers(u8),
    /// Presses the mail program's button for unsubscribing.
    Unsubscribes,
    /// Asks for the newsletter.
    Joins,
}

impl World {
    /// A new world, in which that is to go wrong.
    pub(super) async fn new(files: &Files, plans: &[Plan], keeps_story: bool) -> Result<Self, WorldError> {
        let start: Instant = STARTS_AT.parse().expect("written as a moment");
        let aws = Aws::memory(Clock::virtual_at(start.timestamp()), Layout::default())?;
        let Files { shop, brand, catalogue } = files.clone();
        let stack = Stack::start(aws, shop, brand, catalogue).await?;
        // A shop has run for some time: the calendar has been read before.
        stack.tick().await?;
        let harms = Harms::start(&stack.aws, plans, keeps_story);
        Ok(Self { stack, harms, changed_by_get: RefCell::default() })
    }

    pub(super) fn now(&self) -> Instant {
        self.stack.now().into()
    }

    /// Lets time pass until `at`, with everything that is to happen in it.
    pub(super) async fn until(&self, at: Instant) -> Result<(), WorldError> {
        self.harms.tell(|| format!("time passes until {at}"));
        self.stack.run_until(at).await?;
        if self.harms.is_again("dispatch") {
            self.stack.tick().await?;
        }
        Ok(())
    }

    /// Posts until it is acknowledged.
    pub(super) async fn post(&self, posted: &Posted) -> Result<(), WorldError> {
        let Posted { source, delivery_id, .. } = posted;
        let what = format!("{source} posts {delivery_id}: {}", String::from_utf8_lossy(&posted.body));
        self.insist("receive", &what, async || self.stack.post(posted).await.map(|answer| answer.status))
            .await
    }

    /// Does something with the mail of a journey to an address. Whether there is such a mail.
    pub(super) async fn visit(&self, email: &str, journey: &str, deed: Deed) -> Result<bool, WorldError> {
        let mails = self.stack.aws.mailbox().to_recipient(email)?;
        let is_it = |tags: &[(String, String)]| {
            tags.iter().any(|(name, value)| name == "journey" && value == journey)
        };
        let Some(mail) = mails.into_iter().find(|mail| is_it(&mail.tags)) else { return Ok(false) };
        let Some(request) =
            mail.raw.as_deref().and_then(Received::read).and_then(|mail| request(&mail, deed))
        else {
            return Ok(false);
        };
        let what = format!("{email} {deed:?} by the {journey} mail");
        let calls = self.harms.calls().len();
        self.insist("respond", &what, async || {
            self.stack.respond(&request).await.map(|answer| answer.status)
        })
        .await?;
        if deed == Deed::Opens {
            let writes = self.harms.writes_after(calls);
            self.changed_by_get.borrow_mut().extend(writes.iter().map(|write| format!("{what}: {write}")));
        }
        Ok(true)
    }

    /// Everything that there is now, with what is not as promised of it.
    pub(super) fn ending(&self) -> Result<(Ending, Broken), WorldError> {
        let ending = Ending::read(&self.stack.aws)?;
        let mut broken = Broken::promises(&ending);
        let changes = self.changed_by_get.borrow();
        broken.disagreements.extend(changes.iter().map(|change| format!("a GET wrote: {change}")));
        Ok((ending, broken))
    }

    /// Asks `function` until it answers with success.
    async fn insist<Ask>(&self, function: &str, what: &str, ask: Ask) -> Result<(), WorldError>
    where
        Ask: AsyncFn() -> Result<u16, StackError>,
    {
        for _ in 0..ATTEMPTS {
            let answer = ask().await;
            self.harms.tell(|| match &answer {
                Ok(status) => format!("{} {what} -> {status}", self.now()),
                Err(error) => format!("{} {what} -> {error}", self.now()),
            });
            let is_good = answer.is_ok_and(|status| (200..300).contains(&status));
            if is_good && !self.harms.is_again(function) {
                return Ok(());
            }
            if !is_good {
                self.until(self.now().after(PAUSE)).await?;
            }
        }
        Err(WorldError::NotTaken(what.to_owned()))
    }
}

/// The request that a deed is.
fn request(mail: &Received, deed: Deed) -> Option<HttpRequest> {
    let score = if let Deed::Answers(score) = deed { score } else { 3 };
    let link = |page: &str| mail.links().find(|link| link.contains(page)).map(path);
    let rating = link("/r/").map(|path| path.split('?').next().unwrap_or_default().to_owned());
    match deed {
        Deed::Opens => Some(HttpRequest::get(&format!("{}?score={score}", rating?))),
        Deed::Answers(_) => {
            Some(HttpRequest::form(&rating?, &[("score", score.to_string().as_str()), ("comment", "thanks")]))
        }
        Deed::Unsubscribes => {
            Some(HttpRequest::form(&path(mail.unsubscribe_link()?), &[("List-Unsubscribe", "One-Click")]))
        }
        Deed::Joins => Some(HttpRequest::form(&link("/n/")?, &[])),
    }
}

/// A link without its server.
fn path(link: &str) -> String {
    let rest = link.split_once("://").map_or(link, |(_, rest)| rest);
    rest.find('/').map_or_else(String::new, |at| rest[at..].to_owned())
}
