//! The scenario of the single faults: it touches every function on an order's way.

use rihla_core::event::{ConsentState, Person, Purpose};
use rihla_core::instant::{Instant, Wait};
use rihla_core::parcel::ParcelState;

use super::deed::Deed;
use super::telling::{
    CARRIER, SHOP, consent, delivery, known_as, paid, parcel, person, placed, shipped_whole, tracked,
};
use super::world::{STARTS_AT, World, WorldError};
use crate::shop::Posted;

/// Whoever wants everything, answers, and joins the newsletter.
const AMAL: &str = "amal@example.com";
/// The address of nobody.
const NOBODY: &str = "bounce@simulator.amazonses.com";
/// Who wants no more.
const CELIA: &str = "celia@example.com";

/// A step of the scenario.
#[derive(Debug)]
pub(super) struct Step {
    after: Wait,
    act: Act,
}

#[derive(Debug)]
enum Act {
    Post(Posted),
    /// While `receive` has no table.
    PostWithoutTable(Posted),
    Visit(&'static str, &'static str, Deed),
}

/// Beyond the last follow-up, and what may delay it.
pub(super) const LENGTH: Wait = Wait::days(26);

/// All steps, in their order.
pub(super) fn steps() -> Vec<Step> {
    let mut steps = deliveries();
    steps.extend(visits());
    steps.sort_by_key(|step| step.after);
    steps
}

fn deliveries() -> Vec<Step> {
    let id_and_email = Person { customer: Some("77".to_owned()), ..person(AMAL) };
    let minutes = |minutes: i64| Wait::seconds(minutes * 60);
    let yes = |person: Person| consent(person, Purpose::Marketing, ConsentState::Granted);
    let tells = |after: Wait, source: &'static str, fact| Step {
        after,
        act: Act::Post(delivery(source, &format!("{}", after.milliseconds()), start().after(after), fact)),
    };
    let mut parked = tells(minutes(8), SHOP, parcel("1", "T1", ParcelState::HandedOver));
    parked.act = match parked.act {
        Act::Post(posted) => Act::PostWithoutTable(posted),
        other => other,
    };
    vec![
        // Two orders of one person who is not yet known to be one.
        tells(minutes(1), SHOP, placed("1", person(AMAL), &["cup", "pot"])),
        tells(minutes(2), SHOP, paid("1")),
        tells(minutes(3), SHOP, placed("2", known_as("77"), &["cup", "lamp"])),
        tells(minutes(4), SHOP, yes(person(AMAL))),
        tells(minutes(5), SHOP, placed("3", person(CELIA), &["cup", "mat"])),
        tells(minutes(6), SHOP, yes(person(CELIA))),
        tells(minutes(7), SHOP, placed("4", person(NOBODY), &["pen"])),
        // The carrier is quicker than the shop, whose word is parked.
        tells(Wait::seconds(470), CARRIER, tracked("T1", ParcelState::InTransit)),
        parked,
        tells(minutes(9), SHOP, shipped_whole("1", true)),
        tells(minutes(10), SHOP, parcel("3", "T3", ParcelState::HandedOver)),
        tells(minutes(11), SHOP, yes(id_and_email)),
        tells(Wait::hours(30), CARRIER, tracked("T1", ParcelState::Delivered)),
        tells(Wait::hours(31), CARRIER, tracked("T3", ParcelState::Delivered)),
    ]
}

fn visits() -> Vec<Step> {
    let does = |after: Wait, email, journey, deed| Step { after, act: Act::Visit(email, journey, deed) };
    vec![
        does(Wait::hours(60), AMAL, "delivery-check", Deed::Scanned),
        does(Wait::hours(61), AMAL, "delivery-check", Deed::Answers(4)),
        does(Wait::hours(381), CELIA, "matching-items", Deed::Scanned),
        does(Wait::days(16), CELIA, "matching-items", Deed::Unsubscribes),
        does(Wait::hours(575), AMAL, "newsletter-invitation", Deed::Scanned),
        does(Wait::days(24), AMAL, "newsletter-invitation", Deed::Joins),
    ]
}

fn start() -> Instant {
    STARTS_AT.parse().expect("written as a moment")
}

impl World {
    /// Lives through the steps, and goes on until nothing more is to come.
    pub(super) async fn live(&self, steps: &[Step]) -> Result<(), WorldError> {
        for step in steps {
            self.until(start().after(step.after)).await?;
            match &step.act {
                Act::Post(posted) => self.post(posted).await?,
                Act::PostWithoutTable(posted) => {
                    self.harms.set_table_down(true);
                    let taken = self.post(posted).await;
                    self.harms.set_table_down(false);
                    taken?;
                }
                Act::Visit(email, journey, deed) => drop(self.visit(email, journey, *deed).await?),
            }
        }
        self.until(start().after(LENGTH)).await?;
        self.rest().await
    }
}
