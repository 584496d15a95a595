//! Whatever bytes come: an answer with a reason, never a panic.

use proptest::prelude::*;
use rihla_channels::{Headers, PROVIDERS, Unreadable, provider};
use serde_json::{Value, json};

use crate::{SENT, read, read_shopify, sample};

/// Every topic that is read, with a delivery of it.
const SHOPIFY: [(&str, &str); 16] = [
    ("orders/updated", "shopify/order"),
    ("fulfillments/update", "shopify/fulfillment"),
    ("fulfillment_events/create", "shopify/fulfillment_event"),
    ("refunds/create", "shopify/refund"),
    ("customers/update", "shopify/customer"),
    ("customers_email_marketing_consent/update", "shopify/email_consent"),
    ("customers/data_request", "shopify/customer_data_request"),
    ("customers/redact", "shopify/customer_redact"),
    ("shop/redact", "shopify/shop_redact"),
    ("checkouts/update", "shopify/checkout"),
    ("customers_marketing_consent/update", "shopify/sms_consent"),
    ("inventory_levels/update", "shopify/inventory_level"),
    ("locations/update", "shopify/location"),
    ("products/update", "shopify/product"),
    ("disputes/update", "shopify/dispute"),
    ("order_transactions/create", "shopify/transaction"),
];

/// Deliveries that need no header to be read, each in the folder of its provider.
const PLAIN: &[&str] = &[
    "standard-webhooks/events",
    "standard-webhooks/order_placed",
    "aftership/tracking_update",
    "amazon-sp-api/order_change",
    "amazon-sp-api/fulfillment_order_status",
    "amazon-sp-api/milestone",
    "bigcommerce/order_updated",
    "bigcommerce/order_status_updated",
    "bigcommerce/refund_created",
    "bigcommerce/shipment_created",
    "bigcommerce/customer_updated",
    "bigcommerce/subscriber_created",
    "bigcommerce/cart_abandoned",
    "bigcommerce/cart_converted",
    "square/order_updated",
    "square/payment_updated",
    "square/refund_updated",
    "square/dispute_created",
    "square/customer_updated",
    "square/inventory_count_updated",
    "square/location_updated",
    "chatwoot/contact",
    "chatwoot/conversation",
    "chatwoot/incoming",
    "chatwoot/outgoing",
    "easypost/tracker_updated",
    "ebay/account_deletion",
    "ebay/order_confirmation",
    "intercom/attached",
    "intercom/closed",
    "intercom/contact",
    "intercom/created",
    "intercom/deleted",
    "intercom/replied",
    "intercom/unsubscribed",
    "shippo/track_updated",
    "stripe/charge_refunded",
    "stripe/customer",
    "stripe/dispute",
    "stripe/payment_intent",
    "stripe/refund",
    "stripe/session_completed",
    "stripe/session_expired",
    "zendesk/comment",
    "zendesk/message",
    "zendesk/status",
    "zendesk/ticket",
    "zendesk/user",
];

/// Providers that send forms: next to any bytes are one, and their own tests alter them.
pub(crate) const FORMS: &[&str] = &["twilio"];

/// Deliveries of chats and mails, which need no header to be read, each in the folder of its provider.
const TALK: &[&str] = &[
    "aws-eum-social/message",
    "aws-sns-ses/received",
    "aws-sns-ses/subscription",
    "messenger/messages",
    "whatsapp-cloud/messages",
];

/// All our deliveries, with what reads them.
pub(crate) fn deliveries() -> Vec<(&'static str, Headers, Vec<u8>)> {
    let shopify = SHOPIFY.iter().map(|(topic, name)| {
        let headers = [("x-shopify-topic", *topic), ("x-shopify-triggered-at", SENT)].into_iter().collect();
        ("shopify", headers, sample(name))
    });
    let woocommerce = ["order.updated", "customer.updated", "product.updated"].map(|topic| {
        let name = format!("woocommerce/{}", topic.split('.').next().unwrap());
        ("woocommerce", crate::woocommerce::headers(topic), sample(&name))
    });
    let plain = PLAIN.iter().chain(TALK).map(|name| {
        let (provider, _) = name.split_once('/').unwrap();
        (provider, Headers::default(), sample(name))
    });
    shopify.chain(plain).chain(woocommerce).collect()
}

#[test]
fn our_own_deliveries_tell_what_their_topics_say() {
    for (name, headers, body) in deliveries() {
        let provider = provider(name).unwrap();
        let content: Value = serde_json::from_slice(&body).unwrap();
        let in_body = ["type", "scope"].into_iter().find_map(|member| content[member].as_str());
        let topic = provider.topic_header.and_then(|header| headers.get(header)).or(in_body);
        let Some(topic) = provider.topics.iter().find(|known| Some(known.name) == topic) else { continue };
        for event in crate::json(&read(name, &headers, &body).unwrap().events).as_array().unwrap() {
            assert!(topic.tells.contains(&event["type"].as_str().unwrap()), "{name} {}: {event}", topic.name);
        }
    }
}

/// Every place in a body.
pub(crate) fn pointers(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                pointers(member, format!("{at}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers(item, format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
    found.push(at);
}

/// The path of a fault as a pointer into the body.
fn pointer(path: &str) -> String {
    let path = path.replace(['.', '['], "/").replace(']', "");
    if path == "the body" { String::new() } else { format!("/{}", path.trim_start_matches('/')) }
}

#[test]
fn a_body_cut_short_is_no_json() {
    for (name, headers, body) in deliveries() {
        let body = body.trim_ascii_end();
        assert!(read(name, &headers, body).is_ok());
        for length in 0..body.len() {
            let reading = read(name, &headers, &body[..length]);
            assert!(
                matches!(reading, Err(Unreadable::NotJson { .. })),
                "{name}, {length} bytes: {reading:?}"
            );
        }
    }
}

#[test]
fn a_wrong_value_anywhere_is_taken_or_named_where_it_is() {
    let wrong = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1e300),
        json!(u64::MAX),
        json!(""),
        json!("\u{0}\u{202e}'; DROP TABLE orders; --"),
        json!("9".repeat(400)),
        json!([]),
        json!([[]]),
        json!({}),
    ];
    for (name, headers, body) in deliveries() {
        let body: Value = serde_json::from_slice(&body).unwrap();
        let mut places = Vec::new();
        pointers(&body, String::new(), &mut places);
        for place in places {
            for value in &wrong {
                let mut turned = body.clone();
                *turned.pointer_mut(&place).unwrap() = value.clone();
                let Err(unreadable) = read(name, &headers, turned.to_string().as_bytes()) else { continue };
                let Unreadable::Field { path, problem } = unreadable else { panic!("{place}: {unreadable}") };
                let named = pointer(&path);
                assert!(place.starts_with(&named) || named.starts_with(&place), "{place}: {path}: {problem}");
                assert!(
                    !problem.contains("DROP TABLE") || problem.contains("is not a"),
                    "{place}: {problem}"
                );
            }
        }
    }
}

#[test]
fn the_wrong_encoding_is_no_json() {
    let text = String::from_utf8(sample("shopify/order")).unwrap();
    let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let with_mark = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    for body in [utf_16, with_mark, b"\x1f\x8b\x08".to_vec(), b"topic=orders".to_vec(), Vec::new()] {
        let reading = read_shopify("orders/updated", &body);
        assert!(matches!(reading, Err(Unreadable::NotJson { .. })), "{reading:?}");
    }
    let latin_1 = b"{\"id\": 1, \"name\": \"Andr\xe9\"}";
    let unreadable = read_shopify("orders/updated", latin_1).unwrap_err();
    assert!(unreadable.to_string().starts_with("name: "), "{unreadable}");
}

#[test]
fn a_body_as_deep_as_it_is_long_is_refused() {
    for opening in ["[", "{\"order\":", "{\"line_items\":[{\"note\":"] {
        let body = opening.repeat(100_000);
        for (name, headers, _) in deliveries() {
            assert!(read(name, &headers, body.as_bytes()).is_err());
        }
    }
}

#[test]
fn many_unknown_things_cost_nothing_and_harm_nothing() {
    let members = (0..20_000).map(|index| format!("\"m{index}\": [{index}, {{}}]")).collect::<Vec<_>>();
    let body = format!("{{\"id\": 1, {}}}", members.join(","));
    assert!(read_shopify("orders/create", body.as_bytes()).is_ok());
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for (name, headers, _) in deliveries() {
            let _: Result<_, _> = read(name, &headers, &bytes);
        }
    }

    #[test]
    fn any_change_of_bytes_is_read_or_refused(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let deliveries = deliveries();
        let (name, headers, mut body) = deliveries[which.index(deliveries.len())].clone();
        for (index, byte) in changes {
            let index = index.index(body.len());
            body[index] = byte;
        }
        let _: Result<_, _> = read(name, &headers, &body);
    }

    #[test]
    fn any_header_is_believed_or_refused(value in "\\PC{0,120}", seconds in any::<i64>()) {
        for provider in PROVIDERS {
            for time in [value.clone(), seconds.to_string()] {
                let headers: Headers = [
                    ("webhook-id", value.as_str()),
                    ("webhook-timestamp", &time),
                    ("webhook-signature", &value),
                    ("x-shopify-hmac-sha256", &value),
                    ("x-hook-secret", &value),
                    ("x-square-hmacsha256-signature", &value),
                    ("stripe-signature", &format!("t={time},v1={value}")),
                    ("x-wc-webhook-signature", &value),
                    ("aftership-hmac-sha256", &value),
                    ("shippo-auth-signature", &value),
                    ("x-ebay-signature", &value),
                    ("x-hmac-signature", &value),
                ].into_iter().collect();
                let delivery = rihla_channels::Delivery::new(&headers, b"{}");
                let secrets = [rihla_channels::Secret::new("aHVzaA")];
                let now = rihla_core::instant::Instant::from_seconds(seconds);
                prop_assert!((provider.verify)(&delivery, &secrets, now).is_err());
            }
        }
    }
}
