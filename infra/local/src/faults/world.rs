//! The world around the functions: senders who send again until they are answered, and people who read their mail.

use std::cell::RefCell;

use rihla_core::instant::{Instant, Wait};
use rihla_core::trigger::On;

use super::deed::Deed;
use super::durable::is_durable;
use super::ending::Ending;
use super::harm::{Harms, Plan};
use super::operator::Operator;
use super::promises::Broken;
use crate::aws::ses::MailEvent;
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
    pub(super) operator: Operator,
    /// What was wrong in the moment in which it happened, and cannot be seen at the end.
    seen: RefCell<Broken>,
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

    /// With journeys that treat all people alike and are patient, so that a life that is told in any order is told whole
    /// before anything is due: nobody is left out, because each order of arrival has people of its own, and what is about a
    /// cart or a conversation waits for days and not for hours.
    pub(super) fn patient(mut self) -> Self {
        for journey in &mut self.shop.journeys {
            journey.holdout = Some(0);
            let rules = journey.steps.iter_mut().flat_map(|step| &mut step.due);
            for wait in rules.filter(|_| journey.on != On::Order).flat_map(|rule| rule.0.values_mut()) {
                *wait = Wait::milliseconds_of(wait.milliseconds() + Wait::days(3).milliseconds());
            }
        }
        self
    }

    /// With these journeys alone.
    pub(super) fn with_journeys(mut self, names: &[&str]) -> Self {
        self.shop.journeys.retain(|journey| names.contains(&journey.name.as_str()));
        self
    }
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
        Ok(Self { stack, harms, operator: Operator::from(start), seen: RefCell::default() })
    }

    pub(super) fn now(&self) -> Instant {
        self.stack.now().into()
    }

    /// Lets time pass until `at`, with everything that is to happen in it.
    pub(super) async fn until(&self, at: Instant) -> Result<(), WorldError> {
        self.harms.tell(|| format!("time passes until {at}"));
        while let Some(round) = self.operator.next_round(at) {
            self.stack.run_until(round).await?;
            self.redrive()?;
        }
        self.stack.run_until(at).await?;
        if self.harms.is_again("dispatch") {
            self.stack.tick().await?;
        }
        Ok(())
    }

    /// Lets time pass in which nothing runs at all.
    pub(super) fn stand_still(&self, wait: Wait) {
        self.harms.tell(|| format!("{} everything stands still for {wait}", self.now()));
        self.stack.aws.clock().advance_to(self.now().after(wait).timestamp());
    }

    /// Posts until it is acknowledged. What is acknowledged must be durable in that very moment.
    pub(super) async fn post(&self, posted: &Posted) -> Result<(), WorldError> {
        let Posted { source, delivery_id, .. } = posted;
        let what = format!("{source} posts {delivery_id}: {}", String::from_utf8_lossy(&posted.body));
        self.insist("receive", &what, async || {
            let status = self.stack.post(posted).await?.status;
            if is_good(status) && !is_durable(&self.stack.aws, posted)? {
                self.seen.borrow_mut().lost.push(format!("answered {status} before it was durable: {what}"));
            }
            Ok(status)
        })
        .await
    }

    /// Posts once, where nothing goes wrong.
    pub(super) async fn send(&self, posted: &Posted) -> Result<(), WorldError> {
        let status = self.stack.post(posted).await?.status;
        if is_good(status) { Ok(()) } else { Err(WorldError::NotTaken(posted.delivery_id.clone())) }
    }

    /// Does something with the mail of a journey to an address. Whether there is such a mail, and it can be done.
    pub(super) async fn visit(&self, email: &str, journey: &str, deed: Deed) -> Result<bool, WorldError> {
        let mails = self.stack.aws.mailbox().to_recipient(email)?;
        let is_it = |tags: &[(String, String)]| {
            tags.iter().any(|(name, value)| name == "journey" && value == journey)
        };
        let mail = mails.into_iter().find(|mail| is_it(&mail.tags));
        let Some(mail) = mail else { return Ok(false) };
        self.stack.aws.mailbox().publish(&mail.message_id, &MailEvent::Open)?;
        let read = mail.raw.as_deref().and_then(Received::read);
        let requests = read.map_or_else(Vec::new, |mail| deed.requests(&mail));
        let what = format!("{email} {deed:?} by the {journey} mail");
        for request in &requests {
            self.ask(&what, request).await?;
        }
        Ok(!requests.is_empty())
    }

    /// Sends a request to a customer's page until it is answered well. GET and HEAD never write.
    async fn ask(&self, what: &str, request: &HttpRequest) -> Result<(), WorldError> {
        let calls = self.harms.calls().len();
        let what = format!("{what}: {} {}", request.method, request.path.get(..3).unwrap_or_default());
        self.insist("respond", &what, async || Ok(self.stack.respond(request).await?.status)).await?;
        if request.method != "POST" {
            let writes = self.harms.writes_of("respond", calls);
            let lines = writes.iter().map(|write| format!("a reading request wrote: {what}: {write}"));
            self.seen.borrow_mut().disagreements.extend(lines);
        }
        Ok(())
    }

    /// Everything that there is now, with what is not as promised of it.
    pub(super) fn ending(&self) -> Result<(Ending, Broken), WorldError> {
        let ending = Ending::read(&self.stack.aws)?;
        let mut broken = Broken::promises(&ending);
        broken.extend(self.seen.borrow().clone());
        broken.redriven = self.operator.redriven();
        Ok((ending, broken))
    }

    /// Asks `function` until it answers with success.
    async fn insist<Ask>(&self, function: &str, what: &str, ask: Ask) -> Result<(), WorldError>
    where
        Ask: AsyncFn() -> Result<u16, WorldError>,
    {
        for _ in 0..ATTEMPTS {
            let answer = ask().await;
            self.harms.tell(|| match &answer {
                Ok(status) => format!("{} {what} -> {status}", self.now()),
                Err(error) => format!("{} {what} -> {}", self.now(), with_causes(error)),
            });
            let is_good = answer.is_ok_and(is_good);
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

/// An error with what caused it, in one line.
pub(super) fn with_causes(error: &WorldError) -> String {
    let causes = std::iter::successors(std::error::Error::source(error), |cause| cause.source());
    causes.fold(error.to_string(), |line, cause| format!("{line}: {cause}"))
}

fn is_good(status: u16) -> bool {
    (200..300).contains(&status)
}
