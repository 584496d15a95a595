use std::collections::{BTreeMap, BTreeSet};

use rihla_channels::{Delivery, Secret, provider};
use rihla_core::event::{Event, Fact};
use rihla_core::parcel::ParcelState;

use super::*;

const SECRET: &str = "whsec_c2FtcGxlIHdlZWsgb2YgYSBzbWFsbCBzaG9w";

/// Signed, verified and read as the functions do it.
fn events(posted: &Posted) -> Vec<Event> {
    let secret = Secret::new(SECRET);
    let headers = posted.headers(&secret, posted.at).unwrap();
    let delivery = Delivery::new(&headers, &posted.body);
    let name = if posted.topic.is_some() { "shopify" } else { "standard-webhooks" };
    let provider = provider(name).unwrap();
    (provider.verify)(&delivery, &[secret], posted.at).unwrap();
    let reading = (provider.normalise)(&delivery).unwrap();
    assert_eq!(reading.of_no_interest, None, "{}", posted.delivery_id);
    reading.events
}

#[test]
fn every_delivery_is_signed_and_readable() {
    let week = sample_week();
    assert!(week.len() > 150, "{}", week.len());
    assert!(week.is_sorted_by_key(|posted| posted.at));
    for posted in &week {
        assert!(!events(posted).is_empty(), "{}", posted.delivery_id);
    }
}

#[test]
fn the_week_has_one_of_each_trouble() {
    let week = sample_week();
    let ids: Vec<&str> = week.iter().map(|posted| posted.delivery_id.as_str()).collect();
    assert!(ids.len() > ids.iter().collect::<BTreeSet<_>>().len(), "some are sent again");
    let facts: Vec<Fact> = week.iter().flat_map(events).map(|event| event.fact).collect();
    let count = |is: fn(&Fact) -> bool| facts.iter().filter(|fact| is(fact)).count();
    assert!(count(|fact| matches!(fact, Fact::OrderCancelled(_))) > 0);
    assert!(count(|fact| matches!(fact, Fact::Refunded(refund) if refund.goods_returned)) > 0);
    assert!(count(|fact| matches!(fact, Fact::OrderPlaced(order) if order.test)) > 0);
    assert!(count(|fact| matches!(fact, Fact::OrderPlaced(order) if order.buyer.email.is_none())) > 0);
    assert!(count(|fact| matches!(fact, Fact::OrderPlaced(order) if order.shipped_whole == Some(false))) > 0);
    let orders: BTreeSet<&str> = facts.iter().filter_map(Fact::order).collect();
    assert_eq!(orders.len(), 28);
}

#[test]
fn the_carriers_know_only_parcels_of_the_shop() {
    let week = sample_week();
    let mut known = BTreeSet::new();
    let mut scanned: BTreeMap<String, Vec<ParcelState>> = BTreeMap::new();
    for posted in &week {
        for event in events(posted) {
            let Fact::ParcelMoved(moved) = event.fact else { continue };
            match moved.order {
                Some(_) => drop(known.insert(moved.tracking.unwrap())),
                None => scanned.entry(moved.tracking.unwrap()).or_default().push(moved.state),
            }
        }
    }
    assert_eq!(known, scanned.keys().cloned().collect());
    let shuffled = &scanned["LX100700001AE"];
    assert!(!shuffled.is_sorted(), "{shuffled:?}");
    let early = week.iter().position(|posted| posted.delivery_id == "scan_SP100800001GB_1");
    assert!(early < week.iter().position(|posted| posted.delivery_id == "web_1008_1"));
}

#[test]
fn every_visit_is_to_a_customer_of_the_week() {
    let bodies: Vec<String> =
        sample_week().into_iter().map(|posted| String::from_utf8(posted.body).unwrap()).collect();
    for visit in sample_visits() {
        assert!(bodies.iter().any(|body| body.contains(visit.email)), "{}", visit.email);
    }
}
