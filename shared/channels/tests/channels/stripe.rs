//! Stripe: its signature, its orders and their money, its thin events and connected accounts.

use rihla_channels::{Delivery, Headers, Lookup, Reading, Secret, Unreadable, Unverified, provider, sign};
use rihla_core::instant::Wait;
use serde_json::{Value, json};

use crate::{instant, json, read, reason, sample};

const ORDER: &str = "pi_3QaCoffee";
const AT: &str = "2026-11-23T05:08:27Z";

fn tell(body: &Value) -> Result<Reading, Unreadable> {
    read("stripe", &Headers::default(), body.to_string().as_bytes())
}

/// One of our deliveries, with some members of its object and of itself set.
fn event(name: &str, object: Value, envelope: Value) -> Value {
    let mut body = crate::changed(&format!("stripe/{name}"), envelope);
    body["data"]["object"].as_object_mut().unwrap().append(&mut crate::object(object));
    body
}

fn told(name: &str, object: Value) -> Value {
    json(&tell(&event(name, object, json!({}))).unwrap().events)
}

fn answered(name: &str, what: &str, answer: &Value) -> Result<Reading, Unreadable> {
    let (headers, body) = (Headers::default(), sample(&format!("stripe/{name}")));
    let lookup = Lookup::at_path(what, "/v1");
    (provider("stripe").unwrap().complete)(
        &Delivery::new(&headers, &body),
        &lookup,
        answer.to_string().as_bytes(),
    )
}

fn aed(minor: i64) -> Value {
    json!({ "minor": minor, "currency": "AED" })
}

fn buyer() -> Value {
    json!({
        "customer": "cus_Amal",
        "email": "amal@example.com",
        "phone": "+971501234567",
        "first_name": "أمل",
        "last_name": "الشامسي",
        "locale": "ar",
        "place": { "country": "AE", "region": "SH", "city": "Sharjah" },
    })
}

#[test]
fn a_completed_session_is_an_order_by_its_payment_intent() {
    let reading = tell(&event("session_completed", json!({}), json!({}))).unwrap();
    let consent = json!({
        "person": { "customer": "cus_Amal", "email": "amal@example.com" },
        "purpose": "marketing",
        "state": "granted",
        "wording": "opted in at Stripe's checkout",
    });
    let recovered = json!({ "checkout": "cs_live_a0Left", "buyer": buyer(), "finished": true });
    let expected = json!([
        { "timestamp": AT, "type": "order.placed", "data": { "order": ORDER, "buyer": buyer(), "total": aed(56400) } },
        { "timestamp": AT, "type": "order.paid", "data": { "order": ORDER } },
        { "timestamp": AT, "type": "checkout.changed", "data": recovered },
        { "timestamp": AT, "type": "consent.changed", "data": consent },
    ]);
    assert_eq!(json(&reading.events), expected);
    let path = "/v1/checkout/sessions/cs_live_a1Coffee/line_items?limit=100";
    assert_eq!(reading.lookups, [Lookup::at_path("line items", path)]);
    let without_intent = told("session_completed", json!({ "payment_intent": null, "mode": "subscription" }));
    assert_eq!(without_intent[0]["data"]["order"], "cs_live_a1Coffee");
}

#[test]
fn what_was_bought_is_told_by_the_api() {
    let price = json!({ "id": "price_1", "product": "prod_Pot", "unit_amount": 28900, "currency": "aed" });
    let answer = json!({ "object": "list", "has_more": false, "data": [
        { "id": "li_1", "description": "Brass coffee pot", "quantity": 1, "price": price },
        { "id": "li_2", "description": null, "quantity": null, "price": null },
    ] });
    let events = json(&answered("session_completed", "line items", &answer).unwrap().events);
    let lines = json!([
        { "product": "prod_Pot", "title": "Brass coffee pot", "quantity": 1, "price": aed(28900) },
        { "product": "li_2", "title": "", "quantity": 1 },
    ]);
    let details = json!({ "order": ORDER, "buyer": buyer(), "total": aed(56400), "lines": lines });
    assert_eq!(events, json!([{ "timestamp": AT, "type": "order.placed", "data": details }]));
    assert_eq!(
        reason(answered("session_completed", "line items", &json!({}))),
        "data.object: missing field `data`"
    );
    assert!(answered("session_completed", "something else", &json!({})).unwrap().of_no_interest.is_some());
}

#[test]
fn money_is_paid_failed_or_on_its_way() {
    let kinds = |topic: &str, payment_status: &str| {
        let object = json!({ "payment_status": payment_status, "consent": null, "recovered_from": null });
        let events = tell(&event("session_completed", object, json!({ "type": topic }))).unwrap().events;
        let kinds: Vec<_> =
            json(&events).as_array().unwrap().iter().map(|event| event["type"].clone()).collect();
        kinds
    };
    let completed = "checkout.session.completed";
    assert_eq!(kinds(completed, "paid"), ["order.placed", "order.paid"]);
    assert_eq!(kinds(completed, "no_payment_required"), ["order.placed", "order.paid"]);
    assert_eq!(kinds(completed, "unpaid"), ["order.placed"]);
    assert_eq!(kinds("checkout.session.async_payment_succeeded", "paid"), ["order.placed", "order.paid"]);
    let failed = kinds("checkout.session.async_payment_failed", "unpaid");
    assert_eq!(failed, ["order.placed", "order.payment_failed"]);
}

#[test]
fn an_expired_session_is_a_left_checkout_with_the_way_back() {
    let events = told("session_expired", json!({}));
    let changed = json!({
        "checkout": "cs_live_a0Left",
        "buyer": { "email": "amal@example.com" },
        "total": aed(56400),
        "shipping": aed(4000),
        "recovery_url": "https://buy.stripe.com/r/live_abc",
        "left": true,
    });
    assert_eq!(events[0], json!({ "timestamp": AT, "type": "checkout.changed", "data": changed }));
    assert_eq!(events[1]["data"]["state"], "granted");
    for after in
        [json!(null), json!({ "recovery": null }), json!({ "recovery": { "url": "javascript:alert(1)" } })]
    {
        let events = told("session_expired", json!({ "after_expiration": after }));
        assert_eq!(events[0]["data"]["recovery_url"], Value::Null, "{after}");
    }
}

#[test]
fn a_session_that_only_keeps_a_card_is_no_order() {
    for name in ["session_completed", "session_expired"] {
        let reading = tell(&event(name, json!({ "mode": "setup" }), json!({}))).unwrap();
        assert!(reading.events.is_empty() && reading.of_no_interest.is_some());
    }
}

#[test]
fn promotions_are_agreed_to_refused_or_not_asked_for() {
    for (promotions, expected) in [
        (json!("opt_in"), Some("granted")),
        (json!("opt_out"), Some("withdrawn")),
        (json!(null), None),
        (json!("what Stripe adds tomorrow"), None),
    ] {
        let body = event("session_expired", json!({ "consent": { "promotions": promotions } }), json!({}));
        let reading = tell(&body).unwrap();
        let events = json(&reading.events);
        assert_eq!(
            events.get(1).map(|event| event["data"]["state"].as_str().unwrap()),
            expected,
            "{promotions}"
        );
        assert_eq!(reading.unknown.len(), usize::from(promotions == "what Stripe adds tomorrow"));
    }
    let nobody = json!({ "customer_details": null });
    assert_eq!(told("session_expired", nobody).as_array().unwrap().len(), 1);
}

#[test]
fn a_payment_intent_is_an_order_where_it_names_somebody() {
    let place = json!({ "country": "AE", "region": "SH", "city": "Sharjah" });
    let buyer = json!({ "customer": "cus_Amal", "email": "amal@example.com", "place": place });
    let at = "2026-11-23T05:08:26Z";
    let expected = json!([
        { "timestamp": at, "type": "order.placed", "data": { "order": ORDER, "buyer": buyer, "total": aed(56400) } },
        { "timestamp": at, "type": "order.paid", "data": { "order": ORDER } },
    ]);
    assert_eq!(told("payment_intent", json!({})), expected);
    let nobody = told("payment_intent", json!({ "customer": null, "receipt_email": null }));
    assert_eq!(nobody, json!([expected[1]]));
    assert_eq!(told("payment_intent", json!({ "invoice": "in_1" })), json!([]));
    let failed = event("payment_intent", json!({}), json!({ "type": "payment_intent.payment_failed" }));
    let failed = json(&tell(&failed).unwrap().events);
    assert_eq!(
        failed,
        json!([{ "timestamp": at, "type": "order.payment_failed", "data": { "order": ORDER } }])
    );
}

#[test]
fn a_refund_says_the_same_by_itself_in_its_charge_and_in_the_apis_list() {
    let refunded = json!({ "order": ORDER, "refund": "re_1", "amount": aed(4500), "goods_returned": false });
    let expected =
        json!([{ "timestamp": "2026-11-24T06:00:00Z", "type": "order.refunded", "data": refunded }]);
    assert_eq!(told("refund", json!({})), expected);
    assert_eq!(told("charge_refunded", json!({})), expected);
    let body: Value = serde_json::from_slice(&sample("stripe/refund")).unwrap();
    let answer = json!({ "object": "list", "data": [body["data"]["object"]] });
    assert_eq!(json(&answered("charge_refunded", "refunds", &answer).unwrap().events), expected);
}

#[test]
fn a_charge_without_its_refunds_has_them_asked_for() {
    for refunds in [json!(null), json!({ "data": [] })] {
        let reading = tell(&event("charge_refunded", json!({ "refunds": refunds }), json!({}))).unwrap();
        assert_eq!(reading.events, []);
        assert_eq!(
            reading.lookups,
            [Lookup::at_path("refunds", "/v1/refunds?charge=ch_3QaCoffee&limit=100")]
        );
    }
    let of_another = json!({ "account": "acct_1" });
    let reading = tell(&event("charge_refunded", json!({ "refunds": null }), of_another)).unwrap();
    assert!(reading.lookups.is_empty() && reading.of_no_interest.is_some());
}

#[test]
fn every_state_of_a_refund_says_what_went_back() {
    for (status, minor, is_unknown) in [
        (json!("succeeded"), Some(4500), false),
        (json!(null), Some(4500), false),
        (json!("failed"), Some(0), false),
        (json!("canceled"), Some(0), false),
        (json!("pending"), None, false),
        (json!("requires_action"), None, false),
        (json!("what Stripe adds tomorrow"), None, true),
    ] {
        let reading = tell(&event("refund", json!({ "status": status }), json!({}))).unwrap();
        let told =
            json(&reading.events).get(0).map(|event| event["data"]["amount"]["minor"].as_i64().unwrap());
        assert_eq!((told, !reading.unknown.is_empty()), (minor, is_unknown), "{status}");
    }
    let before_intents = told("refund", json!({ "payment_intent": null }));
    assert_eq!(before_intents[0]["data"]["order"], "ch_3QaCoffee");
}

#[test]
fn every_state_of_a_dispute_is_one_of_four() {
    for (status, expected) in [
        ("warning_needs_response", "inquired"),
        ("warning_under_review", "inquired"),
        ("warning_closed", "won"),
        ("needs_response", "opened"),
        ("under_review", "opened"),
        ("won", "won"),
        ("lost", "lost"),
        ("prevented", "lost"),
        ("charge_refunded", "lost"),
    ] {
        let disputed = json!({ "order": ORDER, "dispute": "du_1", "state": expected, "amount": aed(56400) });
        let event =
            json!({ "timestamp": "2026-11-30T00:53:20Z", "type": "order.disputed", "data": disputed });
        assert_eq!(told("dispute", json!({ "status": status })), json!([event]), "{status}");
    }
    let reading = tell(&event("dispute", json!({ "status": "escalated" }), json!({}))).unwrap();
    assert_eq!((reading.events.len(), reading.unknown[0].value.as_str()), (0, "escalated"));
    let nothing = event("dispute", json!({ "charge": null, "payment_intent": null }), json!({}));
    assert_eq!(reason(tell(&nothing)), "data.object.payment_intent: missing");
}

#[test]
fn a_customer_has_the_first_word_of_the_name_and_the_first_language() {
    let person = json!({
        "customer": "cus_Amal",
        "email": "amal@example.com",
        "phone": "+971501234567",
        "first_name": "أمل",
        "locale": "ar-AE",
        "place": { "country": "AE", "region": "DU", "city": "Dubai" },
    });
    let events = told("customer", json!({}));
    assert_eq!(
        events,
        json!([{ "timestamp": "2026-11-23T05:06:40Z", "type": "profile.changed", "data": person }])
    );
    let named = told("customer", json!({ "name": " Amal  Al Shamsi " }))[0]["data"].clone();
    assert_eq!((&named["first_name"], &named["last_name"]), (&json!("Amal"), &json!("Al Shamsi")));
}

#[test]
fn a_trial_keeps_its_orders_as_trials_and_nothing_else() {
    let trial = |name: &str| tell(&event(name, json!({}), json!({ "livemode": false }))).unwrap();
    for name in ["session_completed", "payment_intent"] {
        let events = json(&trial(name).events);
        assert_eq!(events[0]["data"]["test"], true, "{name}");
        assert_eq!(events.as_array().unwrap().len(), 2, "{name}");
    }
    for name in ["session_expired", "charge_refunded", "refund", "dispute", "customer"] {
        assert_eq!(trial(name).of_no_interest.unwrap().why, "a trial", "{name}");
    }
}

#[test]
fn what_is_no_event_or_holds_nothing_is_of_no_interest() {
    let thin = json!({
        "id": "evt_test_1", "object": "v2.core.event", "type": "v1.billing.meter.error_report_triggered",
        "created": "2026-11-23T05:08:27.000Z", "livemode": true,
        "related_object": { "id": "mtr_1", "type": "billing.meter", "url": "/v1/billing/meters/mtr_1" },
    });
    let of_no_interest = tell(&thin).unwrap().of_no_interest.unwrap();
    assert_eq!(of_no_interest.topic, "v1.billing.meter.error_report_triggered");
    assert!(of_no_interest.why.contains("thin"));
    let object = json!({ "id": "ch_1", "object": "charge", "amount": 1 });
    assert_eq!(tell(&object).unwrap().of_no_interest.unwrap().topic, "charge");
    let unread = event("customer", json!({}), json!({ "type": "customer.deleted" }));
    assert_eq!(tell(&unread).unwrap().of_no_interest.unwrap().topic, "customer.deleted");
}

#[test]
fn a_fault_names_its_place_in_the_event() {
    let faulty = |object: Value, envelope: Value| reason(tell(&event("refund", object, envelope)));
    assert_eq!(
        faulty(json!({ "amount": "4500" }), json!({})),
        "data.object.amount: expected i64, got string"
    );
    assert_eq!(
        faulty(json!({}), json!({ "created": "now" })),
        "created: expected seconds since 1970, got string"
    );
    let mut without_data = event("refund", json!({}), json!({}));
    without_data["data"] = json!(null);
    assert_eq!(reason(tell(&without_data)), "data: missing");
}

fn verify(
    headers: &Headers,
    body: &[u8],
    secrets: &[&str],
    allowed: &[String],
    now: &str,
) -> Result<(), Unverified> {
    let secrets: Vec<Secret> = secrets.iter().map(Secret::new).collect();
    let delivery = Delivery { allowed, ..Delivery::new(headers, body) };
    (provider("stripe").unwrap().verify)(&delivery, &secrets, instant(now))
}

#[test]
fn the_signature_is_of_the_time_and_the_body_under_any_secret() {
    let headers = sign::stripe(&Secret::new("whsec_old"), instant(AT), b"{}").unwrap();
    assert_eq!(verify(&headers, b"{}", &["whsec_new", "whsec_old"], &[], AT), Ok(()));
    assert_eq!(verify(&headers, b"{}", &["old"], &[], AT), Err(Unverified::WrongSignature));
    assert_eq!(verify(&headers, b"{}", &[], &[], AT), Err(Unverified::NoSecret));
    let value = headers.get("stripe-signature").unwrap();
    let (time, digest) = value.split_once(",v1=").unwrap();
    let zeros = "0".repeat(64);
    for (value, verdict) in [
        (format!("{time},v1={zeros},v1={digest},v0={zeros}"), Ok(())),
        (format!("{time},v0={digest}"), Err(Unverified::WrongSignature)),
        (format!("{time},v1={}", digest.to_uppercase()), Err(Unverified::WrongSignature)),
        (format!("v1={digest}"), Err(Unverified::NotATimestamp("stripe-signature"))),
        (format!("t=now,v1={digest}"), Err(Unverified::NotATimestamp("stripe-signature"))),
    ] {
        let headers: Headers = [("stripe-signature", &value)].into_iter().collect();
        assert_eq!(verify(&headers, b"{}", &["whsec_old"], &[], AT), verdict, "{value}");
    }
    for (wait, is_good) in [(300, true), (301, false)] {
        for at in [instant(AT).before(Wait::seconds(wait)), instant(AT).after(Wait::seconds(wait))] {
            let headers = sign::stripe(&Secret::new("whsec_old"), at, b"{}").unwrap();
            assert_eq!(verify(&headers, b"{}", &["whsec_old"], &[], AT).is_ok(), is_good, "{at}");
        }
    }
}

#[test]
fn of_connected_accounts_those_are_taken_that_the_source_names() {
    let allowed = ["acct_ours".to_owned()];
    for (body, is_good) in [
        (&br#"{"account": "acct_ours"}"#[..], true),
        (br#"{"account": "acct_other"}"#, false),
        (br#"{"account": null}"#, false),
        (b"no JSON", false),
    ] {
        let headers = sign::stripe(&Secret::new("whsec_a"), instant(AT), body).unwrap();
        let verdict = if is_good { Ok(()) } else { Err(Unverified::NotAllowed("account")) };
        assert_eq!(verify(&headers, body, &["whsec_a"], &allowed, AT), verdict);
        assert_eq!(verify(&headers, body, &["whsec_a"], &[], AT), Ok(()));
    }
}
