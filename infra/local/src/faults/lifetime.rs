//! A random shop from one number: customers, orders, merges, unsubscribes, bounces, answers, jumps of the clock, faults.

use fastrand::Rng;
use rihla_core::event::{ConsentState, Fact, Person, Purpose};
use rihla_core::instant::{Instant, Wait};
use rihla_core::parcel::ParcelState;

use super::ending::Ending;
use super::harm::{Harm, Plan};
use super::promises::Broken;
use super::telling::{
    CARRIER, SHOP, cancelled, consent, delivery, known_as, paid, parcel, person, placed, refunded, tracked,
};
use super::world::{Deed, Files, STARTS_AT, World, WorldError};
use crate::shop::Posted;

/// How long things happen in a shop.
const ACTIVE_DAYS: i64 = 30;
/// How long after that nothing more can follow.
const AFTERWARDS: Wait = Wait::days(70);
/// Calls among which faults are strewn.
const CALLS: u64 = 1_500;
const PRODUCTS: [&str; 5] = ["cup", "pot", "lamp", "mat", "pen"];
const JOURNEYS: [&str; 4] = ["delivery-check", "ease-survey", "matching-items", "newsletter-invitation"];

/// What happens in one shop.
#[derive(Debug)]
struct Shop {
    happenings: Vec<(Instant, Happening)>,
    plans: Vec<Plan>,
    acknowledged_orders: Vec<String>,
}

#[derive(Clone, Debug)]
enum Happening {
    Arrives(Posted),
    Visits(String, &'static str, Deed),
}

/// Lives through the shop of that number: what is not as promised, and the story if it is to be kept.
pub async fn lifetime(files: &LifetimeFiles, seed: u64, keeps_story: bool) -> (Broken, Vec<String>) {
    let shop = Shop::of(seed);
    let world = match World::new(&files.0, &shop.plans, keeps_story).await {
        Ok(world) => world,
        Err(error) => return (Broken { lost: vec![error.to_string()], ..Broken::default() }, Vec::new()),
    };
    for plan in &shop.plans {
        world.harms.tell(|| format!("planned: {plan:?}"));
    }
    let lived = shop.live(&world).await;
    let mut broken = match world.ending() {
        Ok((ending, broken)) => shop.judge(&ending, broken),
        Err(error) => Broken { lost: vec![error.to_string()], ..Broken::default() },
    };
    broken.lost.extend(lived.err().map(|error| error.to_string()));
    (broken, world.harms.story())
}

/// The shop's own files, read once for many lives.
#[derive(Clone, Debug)]
pub struct LifetimeFiles(Files);

impl LifetimeFiles {
    /// Reads them.
    pub fn read() -> Self {
        Self(Files::read())
    }
}

impl Shop {
    fn of(seed: u64) -> Self {
        let mut rng = Rng::with_seed(seed);
        let customers = rng.usize(1..=3);
        let mut shop = Self { happenings: Vec::new(), plans: Vec::new(), acknowledged_orders: Vec::new() };
        for customer in 0..customers {
            shop.customer(&mut rng, customer);
        }
        let faults = rng.usize(0..=6);
        shop.plans = (0..faults).map(|_| plan(&mut rng)).collect();
        shop.plans.sort_by_key(|plan| plan.call);
        shop.plans.dedup_by_key(|plan| plan.call);
        shop.happenings.sort_by_key(|(at, _)| *at);
        shop
    }

    fn customer(&mut self, rng: &mut Rng, number: usize) {
        let email = match rng.u8(0..10) {
            0 => format!("bounce+{number}@simulator.amazonses.com"),
            1 => format!("complaint+{number}@simulator.amazonses.com"),
            _ => format!("customer-{number}@example.com"),
        };
        let who = |rng: &mut Rng| match rng.u8(0..4) {
            0 => known_as(&format!("id-{number}")),
            1 => Person { customer: Some(format!("id-{number}")), ..person(&email) },
            _ => person(&email),
        };
        for order in 0..rng.usize(1..=3) {
            let buyer = who(rng);
            self.order(rng, &format!("{number}-{order}"), buyer);
        }
        for purpose in [Purpose::Marketing, Purpose::Survey, Purpose::Newsletter] {
            let state = if rng.u8(0..4) == 0 { ConsentState::Withdrawn } else { ConsentState::Granted };
            if rng.bool() {
                let who = who(rng);
                self.tell(
                    rng,
                    SHOP,
                    &format!("consent-{number}-{purpose:?}"),
                    consent(who, purpose, state),
                    0,
                );
            }
        }
        if rng.bool() {
            let both = Person { customer: Some(format!("id-{number}")), ..person(&email) };
            self.tell(rng, SHOP, &format!("both-{number}"), Fact::ProfileChanged(both), 0);
        }
        for _ in 0..rng.usize(0..=3) {
            let deed =
                [Deed::Opens, Deed::Answers(rng.u8(1..=5)), Deed::Unsubscribes, Deed::Joins][rng.usize(0..4)];
            let journey = JOURNEYS[rng.usize(0..4)];
            let at = moment(rng, ACTIVE_DAYS + 20);
            self.happenings.push((at, Happening::Visits(email.clone(), journey, deed)));
        }
    }

    fn order(&mut self, rng: &mut Rng, id: &str, buyer: Person) {
        let mut products = PRODUCTS;
        rng.shuffle(&mut products);
        let day = rng.i64(0..ACTIVE_DAYS / 2);
        let mut facts = vec![(SHOP, placed(id, buyer, &products[..rng.usize(1..=3)]))];
        facts.push((SHOP, paid(id)));
        for number in 0..rng.usize(0..=2) {
            let tracking = format!("T-{id}-{number}");
            facts.push((SHOP, parcel(id, &tracking, ParcelState::HandedOver)));
            facts.push((CARRIER, tracked(&tracking, ParcelState::InTransit)));
            facts.push((CARRIER, tracked(&tracking, ParcelState::Delivered)));
        }
        match rng.u8(0..8) {
            0 => facts.push((SHOP, cancelled(id))),
            1 => facts.push((SHOP, refunded(id, "r", 100))),
            _ => {}
        }
        self.acknowledged_orders.push(format!("shop#{id}"));
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

    async fn live(&self, world: &World) -> Result<(), WorldError> {
        for (at, happening) in &self.happenings {
            world.until(*at).await?;
            match happening {
                Happening::Arrives(posted) => world.post(posted).await?,
                Happening::Visits(email, journey, deed) => drop(world.visit(email, journey, *deed).await?),
            }
        }
        world.until(world.now().after(AFTERWARDS)).await
    }

    fn judge(&self, ending: &Ending, mut broken: Broken) -> Broken {
        for key in &self.acknowledged_orders {
            let Some(order) = ending.orders.get(key).and_then(|found| Some((found, found.order.as_ref()?)))
            else {
                broken.lost.push(format!("order {key} is not on record"));
                continue;
            };
            let (found, order) = order;
            for field in ["placed", "paid"].iter().filter(|field| order[**field].is_null()) {
                broken.lost.push(format!("order {key} was {field}, and the record does not say so"));
            }
            // Every order that was placed owes an answer to the question whether it was easy to buy.
            if !found.ledger.contains_key("ease-survey") {
                broken.lost.push(format!("{key}: ease-survey has no entry"));
            }
        }
        broken
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
