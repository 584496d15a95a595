//! A shop to try things on: all functions, in memory unless told otherwise.

use std::cell::Cell;

use rihla_aws::table::{Retention, Table};
use rihla_core::event::{Event, Fact};
use rihla_core::instant::{Instant, Wait};
use rihla_core::source::SourceId;
use rihla_local::aws::ledger::Traced;
use rihla_local::aws::{Aws, Clock, Function, Layout};
use rihla_local::run::{Outside, Stack};
use rihla_local::shop::{Posted, standard_body};
use rihla_messages::Catalogue;

use crate::permissions::seen;
use crate::template::{Allowed, Template};

/// A Monday in winter, when clocks in Britain show UTC.
pub(crate) const MONDAY_NINE: &str = "2026-11-02T09:00:00Z";

/// All functions of one shop, with the day's business going on.
pub(crate) struct Shop {
    pub(crate) stack: Stack,
    deliveries: Cell<u32>,
}

/// Whatever a test had the functions do, the template lets them do. On which of the sources' queues and secrets, the
/// set-up of the test decides.
impl Drop for Shop {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let allowed = Template::own().allowed();
        let is_ours = |name: &str| allowed.iter().any(|one| one.function == name);
        for done in seen(self.aws()).iter().filter(|done| is_ours(&done.function)) {
            let is_allowed = |one: &Allowed| one.function == done.function && one.action == done.action;
            assert!(allowed.iter().any(is_allowed), "done and not allowed: {done}");
        }
    }
}

impl Shop {
    /// A new shop, on Monday at nine.
    pub(crate) async fn open() -> Self {
        Self::at(MONDAY_NINE).await
    }

    /// A new shop, at that moment.
    pub(crate) async fn at(moment: &str) -> Self {
        Self::on(account_at(moment)).await
    }

    /// All functions anew, in an account that may hold something.
    pub(crate) async fn on(aws: Aws) -> Self {
        Self::set_up(aws, rihla_infra::shop()).await
    }

    /// All functions anew, with another set-up than that of the shop's files.
    pub(crate) async fn set_up(aws: Aws, shop: rihla_core::shop::Shop) -> Self {
        Self::beside(Outside::default(), aws, shop).await
    }

    /// The same, with something outside of the account.
    pub(crate) async fn beside(outside: Outside, aws: Aws, shop: rihla_core::shop::Shop) -> Self {
        Self::begin(outside, aws, shop, rihla_infra::catalogue()).await
    }

    /// A new shop, with other messages than those of its files.
    pub(crate) async fn written_by(catalogue: Catalogue) -> Self {
        Self::begin(Outside::default(), account_at(MONDAY_NINE), rihla_infra::shop(), catalogue).await
    }

    async fn begin(outside: Outside, aws: Aws, shop: rihla_core::shop::Shop, catalogue: Catalogue) -> Self {
        let brand = rihla_infra::brand();
        let stack = Stack::start_beside(outside, aws, shop, brand, catalogue).await.unwrap();
        // A shop has run for some time: the calendar has been read before.
        stack.tick().await.unwrap();
        Self { stack, deliveries: Cell::new(0) }
    }

    /// The table, as a function has it.
    pub(crate) fn table(&self, function: &Function) -> Table {
        let clock = self.aws().clock().clone();
        let retention = Retention {
            keep: rihla_core::limits::Keep::default(),
            clock: rihla_aws::clock::Clock::reading(move || clock.now().into()),
        };
        let client = aws_sdk_dynamodb::Client::new(&function.sdk_config());
        Table::new(client, self.aws().layout().table.clone(), retention)
    }

    pub(crate) fn aws(&self) -> &Aws {
        &self.stack.aws
    }

    pub(crate) fn now(&self) -> Instant {
        self.stack.now().into()
    }

    /// What one source posts for these facts at this moment.
    pub(crate) fn delivery(&self, source: &'static str, facts: &[Fact]) -> Posted {
        let at = self.now();
        let events: Vec<Event> = facts.iter().map(|fact| Event { at, fact: fact.clone() }).collect();
        self.deliveries.set(self.deliveries.get() + 1);
        Posted {
            at,
            source: SourceId::from_static(source),
            delivery_id: format!("delivery-{}", self.deliveries.get()),
            topic: None,
            body: standard_body(&events),
        }
    }

    /// Posts; gives the status of the answer.
    pub(crate) async fn post(&self, posted: &Posted) -> u16 {
        Box::pin(self.stack.post(posted)).await.unwrap().status
    }

    /// The shop's own source tells these facts, as of this moment, and they are recorded.
    pub(crate) async fn tell(&self, facts: &[Fact]) {
        assert_eq!(self.post(&self.delivery("shop", facts)).await, 200);
    }

    /// Lets time pass, with everything that is to happen in it.
    pub(crate) async fn pass(&self, wait: Wait) {
        // On the heap: without optimisation the futures of all functions are more than a test's stack holds.
        Box::pin(self.stack.run_until(self.now().after(wait))).await.unwrap();
    }

    pub(crate) async fn days(&self, days: i64) {
        self.pass(Wait::days(days)).await;
    }

    pub(crate) async fn hours(&self, hours: i64) {
        self.pass(Wait::hours(hours)).await;
    }

    /// Does something, and gives every call that was made for it.
    pub(crate) async fn traced<T>(&self, doing: impl Future<Output = T>) -> (T, Vec<Traced>) {
        self.aws().ledger().start_trace();
        let done = doing.await;
        (done, self.aws().ledger().take_trace())
    }
}

/// An empty account at that moment, gone with the test.
pub(crate) fn account_at(moment: &str) -> Aws {
    if is_over_http() {
        return account_over_http(moment);
    }
    Aws::memory(Clock::virtual_at(moment.parse().unwrap()), Layout::default()).unwrap()
}

/// The same with its table behind the database's own HTTP server.
pub(crate) fn account_over_http(moment: &str) -> Aws {
    let clock = Clock::virtual_at(moment.parse().unwrap());
    Aws::with_dynamodb_at(crate::dynamodb_server::start(), clock, Layout::default()).unwrap()
}

/// Whether all shops are to have their tables behind a server, whose request checks are stricter: by who runs the tests.
#[expect(
    clippy::disallowed_methods,
    reason = "the tests' one edge: nothing else tells them how they are run"
)]
fn is_over_http() -> bool {
    std::env::var("RIHLA_TESTS_TABLE").is_ok_and(|table| table == "http")
}
