//! An order of Shopify, from its bytes to what is to be written of it by the journeys that are shipped:
//! `cargo bench -p rihla-infra`. Prints; judges nothing.

use std::slice;

use divan::counter::ItemsCount;
use rihla_channels::{Delivery, Secret, provider, sign};
use rihla_core::instant::Instant;
use rihla_core::lattice::Join;
use rihla_core::order::Order;
use rihla_core::record::{OrderDecision, decide};
use rihla_core::source::Channel;

const ORDER: &[u8] = include_bytes!("../../shared/channels/tests/deliveries/shopify/order.json");

fn main() {
    divan::main();
}

/// As it goes over the wire: without the white space of our file.
fn order() -> Vec<u8> {
    let order: serde_json::Value = serde_json::from_slice(ORDER).expect("it is JSON");
    order.to_string().into_bytes()
}

#[divan::bench]
fn verify_normalise_and_decide(bencher: divan::Bencher<'_, '_>) {
    let now = Instant::from_seconds(1_795_410_507);
    let secret = Secret::new("whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
    let (shopify, journeys) = (provider("shopify").expect("it is a provider"), rihla_infra::shop().journeys);
    let body = order();
    let headers = sign::shopify(&secret, "orders/updated", "dallah.myshopify.com", "d-1", now, &body);
    let headers = headers.expect("the secret is a key");
    let delivery = Delivery::new(&headers, &body);
    bencher.counter(ItemsCount::new(1_usize)).bench(|| -> Option<OrderDecision> {
        (shopify.verify)(&delivery, slice::from_ref(&secret), now).expect("it was signed");
        let events = (shopify.normalise)(&delivery).expect("it is readable").events;
        let mut told = Order::default();
        events.iter().map(Order::told_by).for_each(|one| told.join(one));
        decide(None, told, &journeys, Channel::Web, now)
    });
}
