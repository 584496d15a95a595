//! What an export tells of each customer, as far as an experiment asks for it.

use std::collections::BTreeMap;

use rihla_aws::table::Key;
use rihla_core::follow_up::FollowUpKey;
use rihla_core::guards;
use rihla_core::identifier::{CustomerId, Email};
use rihla_core::identity::{Circle, Forest};
use rihla_core::instant::{Instant, Wait};
use rihla_core::journey::{Journey, VARIANT};
use rihla_core::lattice::{Earliest, Join, Latest};
use rihla_core::ledger::{LedgerEntry, State};
use rihla_core::order::Order;
use rihla_core::profile::Profile;

use super::export::Item;

/// What is decided later than this after it was due was put off before, or learnt late.
const AT_ONCE: Wait = Wait::hours(1);

/// All customers of an export.
#[derive(Debug)]
pub(super) struct Customers<'a> {
    journey: &'a Journey,
    known: BTreeMap<CustomerId, Customer>,
    /// Those who are tied to others.
    tied: Circle,
    /// The last decision in the ledger, on any journey: by when the export was made at the earliest.
    pub(super) last_decision: Option<Instant>,
}

/// What is kept of one.
#[derive(Clone, Debug, Default)]
pub(super) struct Customer {
    since: Option<Earliest>,
    email: Option<Latest<Email>>,
    /// When each order was placed, but for those that were called off, and tests.
    bought_at: Vec<Instant>,
    /// The first decision on the journey that lets them into the experiment.
    decided: Option<Decided>,
}

/// A decision that lets somebody into the experiment, by when it was due.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Decided {
    /// From when their days count: when it was due. The decision to hold somebody out comes then, the message perhaps
    /// only after the quiet hours.
    pub(super) due_at: Instant,
    /// What they got.
    pub(super) got: Got,
}

/// What a decision says of the arm.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Got {
    /// They were held out.
    Nothing,
    /// This variant was written to them.
    Variant(String),
    /// Whatever is drawn for them.
    Drawn,
}

impl<'a> Customers<'a> {
    pub(super) fn of(journey: &'a Journey) -> Self {
        Self { journey, known: BTreeMap::new(), tied: Circle::default(), last_decision: None }
    }

    /// Takes in one item of the table.
    pub(super) fn take(&mut self, item: &Item) -> Result<(), serde_json::Error> {
        let (partition, place, document) = item.parts();
        let Some(customer) = partition.strip_prefix("C#").map(CustomerId::from_text) else { return Ok(()) };
        if place == "PROFILE" {
            self.take_profile(customer, serde_json::from_str(document)?);
            return Ok(());
        }
        let Some((trigger, rest)) = Key::of_followed(place) else { return Ok(()) };
        if rest.is_empty() && trigger.order().is_some() {
            self.take_order(customer, &serde_json::from_str(document)?);
        } else if let Some(follow_up) = rest.strip_prefix("F#") {
            let key = Key::follow_up(&trigger, follow_up);
            self.take_entry(customer, &key, &serde_json::from_str(document)?);
        }
        Ok(())
    }

    fn take_profile(&mut self, customer: CustomerId, profile: Profile) {
        let Profile { since, email, kin, phone_of, numbers, .. } = profile;
        let known = self.known.entry(customer.clone()).or_default();
        (known.since, known.email) = (since, email.clone());
        if !(kin.is_empty() && phone_of.is_none() && numbers.is_empty()) {
            self.tied.add(customer, Profile { since, kin, phone_of, numbers, ..Profile::default() });
        }
    }

    fn take_order(&mut self, customer: CustomerId, order: &Order) {
        let counts = order.cancelled.is_none() && !order.is_test();
        let placed_at = order.placed_at().filter(|_| counts);
        self.known.entry(customer).or_default().bought_at.extend(placed_at);
    }

    fn take_entry(&mut self, customer: CustomerId, key: &FollowUpKey, entry: &LedgerEntry) {
        self.last_decision = self.last_decision.max(Some(entry.decided_at));
        let is_of_it = key.journey() == self.journey.name && !entry.is_report_only();
        if let Some(got) = got(entry).filter(|_| is_of_it) {
            let decided = Decided { due_at: entry.due_at, got };
            self.known.entry(customer).or_default().decide(Some(decided));
        }
    }

    /// Each person once, with the arm of their first decision and when they bought.
    pub(super) fn people(mut self) -> Vec<Person> {
        while let Some(missing) = self.tied.missing() {
            let since = self.known.get(&missing).and_then(|known| known.since);
            self.tied.add(missing, Profile { since, ..Profile::default() });
        }
        let forest = self.tied.forest();
        let people = united(self.known, &forest).into_iter();
        people.filter_map(|(root, customer)| Person::of(self.journey, &root, customer)).collect()
    }
}

/// Of an entry, whether it lets its customer into the experiment, and what they got. Those who are held out are told so
/// before it is asked what puts a message off or stops it at the last moment, so all who came as far as that count as
/// having got it: what became of their message is part of what the journey brings. One who was put off and then stopped
/// by an earlier question, such as by buying in between, had come as far.
fn got(entry: &LedgerEntry) -> Option<Got> {
    let variant = entry.trace.iter().find(|finding| finding.guard == VARIANT);
    match &entry.state {
        State::Refused { guard } if guard == guards::HOLDOUT => Some(Got::Nothing),
        State::Refused { guard }
            if guards::comes_before_holdout(guard) && entry.decided_at <= entry.due_at.after(AT_ONCE) =>
        {
            None
        }
        _ => Some(variant.map_or(Got::Drawn, |finding| Got::Variant(finding.because.clone()))),
    }
}

impl Customer {
    fn decide(&mut self, other: Option<Decided>) {
        let both = [self.decided.take(), other];
        self.decided = both.into_iter().flatten().min();
    }

    fn join(&mut self, other: Self) {
        self.since.join(other.since);
        self.email.join(other.email);
        self.bought_at.extend(other.bought_at);
        self.decide(other.decided);
    }
}

fn united(known: BTreeMap<CustomerId, Customer>, forest: &Forest) -> BTreeMap<CustomerId, Customer> {
    let mut people: BTreeMap<CustomerId, Customer> = BTreeMap::new();
    for (customer, known) in known {
        people.entry(forest.root(&customer).clone()).or_default().join(known);
    }
    people
}

/// Somebody in the experiment.
#[derive(Debug)]
pub(super) struct Person {
    pub(super) decided: Decided,
    bought_at: Vec<Instant>,
}

impl Person {
    /// Nobody, where no decision lets them in.
    fn of(journey: &Journey, root: &CustomerId, customer: Customer) -> Option<Self> {
        let Customer { email, bought_at, decided, .. } = customer;
        let mut decided = decided?;
        if decided.got == Got::Drawn {
            let drawn_as = Profile { email, ..Profile::default() }.drawn_as(root);
            decided.got = drawn(journey, &drawn_as);
        }
        Some(Self { decided, bought_at })
    }

    /// Whether they bought within so long after it was due.
    pub(super) fn bought_within(&self, days: Wait) -> bool {
        let from = self.decided.due_at;
        self.bought_at.iter().any(|at| *at > from && *at <= from.after(days))
    }
}

/// What `deliver` draws for them.
fn drawn(journey: &Journey, drawn_as: &CustomerId) -> Got {
    if journey.holds_out(drawn_as) {
        return Got::Nothing;
    }
    let varied = journey.steps.iter().find(|step| !step.variants.is_empty());
    varied.map_or(Got::Drawn, |step| Got::Variant(journey.message_for(step, drawn_as).to_owned()))
}
