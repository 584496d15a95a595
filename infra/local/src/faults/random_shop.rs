//! A random shop from one number: customers, several sources, orders, merges, consents, unsubscribes, bounces,
//! complaints, answers, hours in which everything stands still, faults.

use fastrand::Rng;
use rihla_core::event::{ConsentState, Fact, Person, Purpose, Speaker};
use rihla_core::instant::{Instant, Wait};
use rihla_core::parcel::ParcelState;
use rihla_core::source::Channel;

use super::deed::Deed;
use super::harm::{Harm, Plan};
use super::telling::{
    CARRIER, SHOP, TILL, cancelled, cart, consent, delivery, known_as, message, paid, parcel, person, placed,
    reached_by, refunded, tracked,
};
use super::world::STARTS_AT;
use crate::shop::Posted;

/// How long things happen in a shop.
const ACTIVE_DAYS: i64 = 30;
/// Calls among which faults are strewn.
const CALLS: u64 = 800;
const PRODUCTS: [&str; 5] = ["cup", "pot", "lamp", "mat", "pen"];
const JOURNEYS: [&str; 4] = ["delivery-check", "ease-survey", "matching-items", "newsletter-invitation"];

/// What happens in one shop.
#[derive(Debug, Default)]
pub(super) struct Shop {
    /// In the order of their times.
    pub(super) happenings: Vec<(Instant, Happening)>,
    pub(super) plans: Vec<Plan>,
    /// What must be on record in the end.
    pub(super) orders: Vec<OwedOrder>,
    /// The addresses that may be written to with offers: of all others none agreed.
    pub(super) agreed: Vec<String>,
}

#[derive(Clone, Debug)]
pub(super) enum Happening {
    Arrives(Posted),
    /// Somebody does something with the mail of a journey.
    Visits(String, &'static str, Deed),
    /// Nothing runs for so long: an outage of everything.
    StandsStill(Wait),
}

/// An order, and where its document must say something in the end.
#[derive(Debug)]
pub(super) struct OwedOrder {
    /// `source#order`.
    pub(super) key: String,
    /// JSON pointers.
    pub(super) told: Vec<String>,
}

/// One customer, before anything happens.
struct Customer {
    number: usize,
    email: String,
}

impl Shop {
    /// The shop of that number.
    pub(super) fn of(seed: u64) -> Self {
        let mut rng = Rng::with_seed(seed);
        let mut shop = Self::default();
        for number in 0..rng.usize(1..=3) {
            let customer = Customer::of(number, &mut rng);
            shop.customer(&mut rng, &customer);
        }
        for _ in 0..rng.usize(0..=1) {
            let hours = rng.i64(1..=40);
            shop.happenings.push((moment(&mut rng, ACTIVE_DAYS), Happening::StandsStill(Wait::hours(hours))));
        }
        let faults = rng.usize(0..=6);
        shop.plans = (0..faults).map(|_| plan(&mut rng)).collect();
        shop.plans.sort_by_key(|plan| plan.call);
        shop.plans.dedup_by_key(|plan| plan.call);
        shop.happenings.sort_by_key(|(at, _)| *at);
        shop
    }

    fn customer(&mut self, rng: &mut Rng, customer: &Customer) {
        for order in 0..rng.usize(1..=3) {
            let source = if rng.u8(0..4) == 0 { TILL } else { SHOP };
            let buyer = customer.seen_by(rng);
            self.order(rng, source, &format!("{}-{order}", customer.number), buyer);
        }
        self.consents(rng, customer);
        for number in 0..rng.usize(0..=2) {
            let said =
                message(&customer.token(), &number.to_string(), Speaker::Customer, Channel::Sms, "Hello");
            self.tell(rng, SHOP, &format!("message-{}-{number}", customer.number), said, 0);
        }
        if rng.bool() {
            let shipping = rng.bool().then_some(490);
            let left = cart(&customer.id(), customer.seen_by(rng), shipping, rng.bool());
            self.tell(rng, SHOP, &format!("cart-{}", customer.number), left, 0);
        }
        if rng.bool() {
            let both = Fact::ProfileChanged(customer.whole());
            self.tell(rng, SHOP, &format!("both-{}", customer.number), both, 0);
        }
        for _ in 0..rng.usize(0..=3) {
            let deed = [Deed::Scanned, Deed::Answers(rng.u8(1..=5)), Deed::Unsubscribes, Deed::Joins]
                [rng.usize(0..4)];
            let journey = JOURNEYS[rng.usize(0..4)];
            let at = moment(rng, ACTIVE_DAYS + 20);
            self.happenings.push((at, Happening::Visits(customer.email.clone(), journey, deed)));
        }
    }

    fn consents(&mut self, rng: &mut Rng, customer: &Customer) {
        for purpose in [Purpose::Marketing, Purpose::Survey, Purpose::Newsletter] {
            let state = if rng.u8(0..4) == 0 { ConsentState::Withdrawn } else { ConsentState::Granted };
            if rng.u8(0..3) == 0 {
                continue;
            }
            let word = consent(customer.seen_by(rng), purpose, state);
            self.tell(rng, SHOP, &format!("consent-{}-{purpose:?}", customer.number), word, 0);
            if purpose == Purpose::Marketing && state == ConsentState::Granted {
                self.agreed.push(customer.email.clone());
            }
        }
    }

    fn order(&mut self, rng: &mut Rng, source: &'static str, id: &str, buyer: Person) {
        let mut products = PRODUCTS;
        rng.shuffle(&mut products);
        let day = rng.i64(0..ACTIVE_DAYS / 2);
        let mut facts = vec![(source, placed(id, buyer, &products[..rng.usize(1..=3)])), (source, paid(id))];
        let mut told = vec!["/placed".to_owned(), "/paid".to_owned()];
        let parcels = if source == TILL { 0 } else { rng.usize(0..=2) };
        for number in 0..parcels {
            let tracking = format!("T-{id}-{number}");
            facts.push((SHOP, parcel(id, &tracking, ParcelState::HandedOver)));
            facts.push((CARRIER, tracked(&tracking, ParcelState::InTransit)));
            facts.push((CARRIER, tracked(&tracking, ParcelState::Delivered)));
            let reached = ["handed-over", "in-transit", "delivered"];
            told.extend(reached.map(|state| format!("/parcels/{tracking}/reached/{state}")));
        }
        match rng.u8(0..8) {
            0 => {
                facts.push((source, cancelled(id)));
                told.push("/cancelled".to_owned());
            }
            1 => {
                facts.push((source, refunded(id, "r", 100)));
                told.push("/refunds/r".to_owned());
            }
            _ => {}
        }
        self.orders.push(OwedOrder { key: format!("{source}#{id}"), told });
        for (number, (source, fact)) in facts.into_iter().enumerate() {
            self.tell(rng, source, &format!("{id}-{number}"), fact, day);
        }
    }

    /// It becomes true some day from `day` on, and arrives then, or later, or twice.
    fn tell(&mut self, rng: &mut Rng, source: &'static str, id: &str, fact: Fact, day: i64) {
        let at = moment(rng, 6).after(Wait::days(day));
        let posted = delivery(source, id, at, fact);
        let arrivals = if rng.u8(0..5) == 0 { 2 } else { 1 };
        for _ in 0..arrivals {
            let late =
                if rng.u8(0..4) == 0 { Wait::hours(rng.i64(0..96)) } else { Wait::seconds(rng.i64(1..60)) };
            self.happenings.push((at.after(late), Happening::Arrives(posted.clone())));
        }
    }
}

impl Customer {
    /// Some have mailboxes of a kind of their own.
    fn of(number: usize, rng: &mut Rng) -> Self {
        let email = match rng.u8(0..12) {
            0 => format!("bounce+{number}@simulator.amazonses.com"),
            1 => format!("complaint+{number}@simulator.amazonses.com"),
            2 => format!("full-{number}@example.com"),
            3 => format!("silent-{number}@example.com"),
            _ => format!("customer-{number}@example.com"),
        };
        Self { number, email }
    }

    /// As one of the shop's systems knows the customer.
    fn seen_by(&self, rng: &mut Rng) -> Person {
        match rng.u8(0..8) {
            0 => known_as(&self.id()),
            1 => self.whole(),
            2 => reached_by(&self.token(), None),
            3 => reached_by(&self.token(), Some(&self.email)),
            _ => person(&self.email),
        }
    }

    fn whole(&self) -> Person {
        Person { customer: Some(self.id()), ..person(&self.email) }
    }

    /// By which the customer has a phone number.
    fn token(&self) -> String {
        format!("{:09}", self.number)
    }

    fn id(&self) -> String {
        format!("id-{}", self.number)
    }
}

fn plan(rng: &mut Rng) -> Plan {
    let (call, harm) = (rng.u64(1..=CALLS), Harm::ALL[rng.usize(0..Harm::ALL.len())]);
    let lasting = Plan::lasting(call, harm).filter(|_| rng.bool());
    lasting.unwrap_or_else(|| Plan::once(call, harm))
}

fn moment(rng: &mut Rng, days: i64) -> Instant {
    let start: Instant = STARTS_AT.parse().expect("written as a moment");
    start.after(Wait::seconds(rng.i64(60..days * 86_400)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// That everything of which a life can consist does occur.
    #[test]
    fn shops_have_everything_in_them() {
        let shops: Vec<Shop> = (1..=100).map(Shop::of).collect();
        let told = format!("{shops:?}");
        let posted: Vec<String> = shops.iter().flat_map(|shop| &shop.happenings).filter_map(body).collect();
        for word in
            ["Scanned", "Answers", "Unsubscribes", "Joins", "StandsStill", "attempts: 3", "attempts: 1"]
        {
            assert!(told.contains(word), "{word}");
        }
        for harm in Harm::ALL {
            assert!(told.contains(&format!("{harm:?}")), "{harm:?}");
        }
        let bodies = [
            "order.cancelled",
            "order.refunded",
            "parcel.moved",
            "conversation.message",
            "checkout.changed",
            "profile.changed",
            "withdrawn",
            "granted",
        ];
        let people = ["bounce+", "complaint+", "full-", "silent-", "customer-", "id-", "+447"];
        for word in bodies.into_iter().chain(people) {
            assert!(posted.iter().any(|body| body.contains(word)), "{word}");
        }
        for source in [SHOP, CARRIER, TILL] {
            assert!(told.contains(&format!("SourceId(\"{source}\")")), "{source}");
        }
    }

    fn body((_, happening): &(Instant, Happening)) -> Option<String> {
        let Happening::Arrives(posted) = happening else { return None };
        Some(String::from_utf8_lossy(&posted.body).into_owned())
    }
}
