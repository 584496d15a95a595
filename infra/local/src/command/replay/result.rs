//! What a replay came to. What was sent twice or lost is found without the code that sends.

use std::collections::{BTreeMap, HashMap};

use rihla_core::identifier::CustomerId;
use rihla_core::ledger::State as Decided;
use rihla_core::parcel::ParcelState;
use serde::Serialize;

use super::Mails;
use crate::aws::prices::{Assumed, Bill};
use crate::aws::usage::Totals;
use crate::desk::{Record, Report, Stored};
use crate::replay::{
    Arrival, Ended, EndedAs, OrderFacts, OwedJourney, Replay, lost, messages_twice, order_facts,
    orders_owed_a_follow_up,
};
use crate::run::Stack;

/// The result, as `--json` prints it.
#[derive(Debug, Serialize)]
pub(super) struct ReplayResult {
    orders: u64,
    deliveries: usize,
    duplicate_deliveries: usize,
    customers: u64,
    follow_ups: FollowUps,
    messages: usize,
    messages_twice: usize,
    lost: usize,
    answers: u64,
    aws: Aws,
    usd_per_million_orders: Usd,
    /// What the minute's schedule costs a month, whatever the shop's size: it is not in the bill by orders.
    usd_schedule_per_month: f64,
    seconds: f64,
    /// Prints of all customers with their orders, and of all messages: two replays that came to the same have the same.
    prints: Prints,
    #[serde(skip)]
    pub(super) lost_lines: Vec<String>,
}

#[derive(Debug, Serialize)]
struct FollowUps {
    planned: u64,
    sent: u64,
    deferred: u64,
    refused: u64,
    in_doubt: u64,
}

#[derive(Debug, Serialize)]
struct Aws {
    write_units: f64,
    read_units: f64,
    dynamodb_requests: u64,
    sqs_requests: u64,
    ses_messages: u64,
    invocations: BTreeMap<String, u64>,
}

#[derive(Debug, Serialize)]
struct Usd {
    without_ses: f64,
    ses: f64,
}

#[derive(Debug, Serialize)]
struct Prints {
    customers: String,
    messages: String,
}

/// The function that runs every minute, whether there is much to do or nothing.
const SCHEDULED: &str = "dispatch";

/// The journeys that every delivered order is owed an end of.
const OWED: [OwedJourney; 3] = [
    OwedJourney { name: "delivery-check", once: false },
    OwedJourney { name: "matching-items", once: false },
    OwedJourney { name: "newsletter-invitation", once: true },
];

impl ReplayResult {
    pub(super) fn of(
        stack: &Stack,
        replay: &Replay,
        arrivals: &[Arrival],
        mails: &Mails,
        seconds: f64,
    ) -> Self {
        let items = Stored::all(&stack.aws);
        let report = Report::of(&items);
        let all = report.all();
        let mut sent = mails.sent();
        sent.sort_by(|one, other| {
            (&one.recipient, &one.follow_up).cmp(&(&other.recipient, &other.follow_up))
        });
        let emails = emails(&items);
        let (on_record, ended) = (facts(&items, &emails), ended(&items, &emails));
        let ends_at = arrivals.iter().map(|arrival| arrival.at).max().expect("a replay has arrivals");
        let told = order_facts(replay.deliveries.iter().flat_map(|delivery| &delivery.events));
        let owed = orders_owed_a_follow_up(&told, ends_at);
        let lost = lost(&told, &on_record, &owed, &OWED, &ended, &sent);
        let totals = stack.aws.ledger().totals();
        let by_orders = stack.aws.ledger().totals_of(|function| function != SCHEDULED);
        let duplicate_deliveries = arrivals.iter().filter(|arrival| arrival.is_repeat).count();
        Self {
            orders: report.orders,
            deliveries: arrivals.len(),
            duplicate_deliveries,
            customers: report.customers,
            follow_ups: FollowUps {
                planned: all.planned(),
                sent: all.sent,
                deferred: all.deferred,
                refused: all.refused,
                in_doubt: all.in_doubt,
            },
            messages: sent.len(),
            messages_twice: messages_twice(&sent),
            lost: lost.count(),
            answers: report.answers,
            usd_per_million_orders: per_million(&by_orders, report.orders),
            usd_schedule_per_month: schedule_per_month(),
            aws: Aws::of(totals),
            seconds,
            prints: Prints {
                customers: print(&format!("{on_record:?}")),
                messages: print(&format!("{sent:?}")),
            },
            lost_lines: [lost.orders, lost.follow_ups, lost.mails].concat(),
        }
    }

    pub(super) fn in_words(&self) -> String {
        let Self { deliveries, messages_twice, lost, seconds, usd_per_million_orders: usd, .. } = self;
        #[expect(clippy::cast_precision_loss, reason = "a count of deliveries is small")]
        let rate = *deliveries as f64 / seconds;
        format!(
            "{deliveries} deliveries in {seconds:.0} s ({rate:.0} a second). Sent twice: {messages_twice}. Lost: {lost}.\n\
             A million such orders: {:.2} $ on AWS, {:.2} $ for the mails; the schedule {:.2} $ a month at most.",
            usd.without_ses, usd.ses, self.usd_schedule_per_month
        )
    }
}

impl Aws {
    fn of(totals: Totals) -> Self {
        let Totals {
            write_units,
            read_units,
            dynamodb_requests,
            sqs_requests,
            ses_messages,
            invocations,
            ..
        } = totals;
        Self { write_units, read_units, dynamodb_requests, sqs_requests, ses_messages, invocations }
    }
}

/// The bill of the replay, by the million orders.
#[expect(clippy::cast_precision_loss, reason = "a count of orders is small")]
fn per_million(totals: &Totals, orders: u64) -> Usd {
    let bill = Bill::of(totals, Assumed::default());
    let factor = 1e6 / (orders.max(1) as f64);
    Usd { without_ses: bill.without_ses() * factor, ses: bill.ses.usd * factor }
}

/// A month of minutes in each of which something is due: the cursor is read and written, eight shards are read.
fn schedule_per_month() -> f64 {
    const MINUTES: u32 = 43_200;
    const READ_UNITS_A_MINUTE: f64 = 9.0;
    let totals = Totals {
        read_units: f64::from(MINUTES) * READ_UNITS_A_MINUTE,
        write_units: f64::from(MINUTES),
        sqs_requests: u64::from(MINUTES),
        invocations: [(SCHEDULED.to_owned(), u64::from(MINUTES))].into(),
        ..Totals::default()
    };
    Bill::of(&totals, Assumed::default()).without_ses()
}

/// The address of each person, by every customer that turned out to be that person.
fn emails(items: &[Stored]) -> HashMap<CustomerId, String> {
    let forest = Stored::forest(items);
    let mut emails = HashMap::new();
    for item in items {
        if let Record::Profile(profile) = &item.record {
            let email = profile.email.as_ref().map(|email| email.value.as_str().to_owned());
            let person = forest.root(&item.customer).clone();
            emails.extend(
                email
                    .into_iter()
                    .flat_map(|email| [(item.customer.clone(), email.clone()), (person.clone(), email)]),
            );
        }
    }
    let of =
        |customer: &CustomerId| emails.get(customer).or_else(|| emails.get(forest.root(customer))).cloned();
    let customers = items.iter().map(|item| &item.customer);
    customers.filter_map(|customer| Some((customer.clone(), of(customer)?))).collect()
}

fn facts(items: &[Stored], emails: &HashMap<CustomerId, String>) -> BTreeMap<String, OrderFacts> {
    let orders = items.iter().filter_map(|item| match &item.record {
        Record::Order(key, order) => Some((item, key, order)),
        _ => None,
    });
    let facts = orders.map(|(item, key, order)| {
        let reached =
            |state: ParcelState| order.parcels.values().filter_map(|one| one.reached_at(state)).max();
        let lines = order.lines.iter().flat_map(|lines| &lines.value);
        let facts = OrderFacts {
            email: emails.get(&item.customer).cloned(),
            placed_at: order.placed_at(),
            total: order.total.as_ref().map(|total| total.value),
            pieces: lines.map(|line| u64::from(line.quantity)).sum(),
            paid_at: order.paid.map(|at| at.0),
            handed_over_at: reached(ParcelState::HandedOver),
            delivered_at: reached(ParcelState::Delivered),
            cancelled_at: order.cancelled.map(|at| at.0),
            refunded_minor: order.refunds.values().map(|refund| refund.value.amount.minor).sum(),
        };
        (key.order.clone(), facts)
    });
    facts.collect()
}

fn ended(items: &[Stored], emails: &HashMap<CustomerId, String>) -> Vec<Ended> {
    let entries = items.iter().filter_map(|item| match &item.record {
        Record::Entry(trigger, key, entry) => Some((item, trigger, key, entry)),
        _ => None,
    });
    let ended = entries.map(|(item, trigger, key, entry)| Ended {
        order: trigger.id.clone(),
        journey: key.journey().to_owned(),
        follow_up: format!("{}#{trigger}", key.journey()),
        email: emails.get(&item.customer).cloned(),
        how: match entry.state {
            Decided::Sent { .. } => EndedAs::Sent,
            Decided::Refused { .. } => EndedAs::Refused,
            Decided::InDoubt => EndedAs::InDoubt,
            Decided::Deferred { .. } => EndedAs::Open,
        },
    });
    ended.collect()
}

fn print(text: &str) -> String {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
