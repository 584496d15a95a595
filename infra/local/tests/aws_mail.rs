//! Mail through the real SDK client: what is refused, what is kept, what is told of it.

#![expect(clippy::unwrap_used, reason = "a test ends where it fails")]

mod account;

use account::{FUNCTION, code, in_memory, mail};
use aws_lambda_events::event::sns::SnsEvent;
use aws_sdk_ses::operation::send_raw_email::builders::SendRawEmailFluentBuilder;
use aws_sdk_ses::primitives::Blob;
use aws_sdk_ses::types::{MessageTag, RawMessage};
use rihla_local::aws::ses::{Fate, MailEvent};
use rihla_local::aws::triggers::MailEventTrigger;
use rihla_local::aws::{Aws, Fault, Layout, Refusal};
use serde_json::{Value, json};

fn raw(aws: &Aws, mime: impl Into<Vec<u8>>) -> SendRawEmailFluentBuilder {
    let message = RawMessage::builder().data(Blob::new(mime)).build().unwrap();
    mail(aws).send_raw_email().raw_message(message)
}

fn to(aws: &Aws, recipient: &str) -> SendRawEmailFluentBuilder {
    let mime = format!("From: Shop <shop@shop.example>\r\nTo: {recipient}\r\nSubject: Hello\r\n\r\n\u{e9}");
    raw(aws, mime).configuration_set_name("rihla").tags(tag("follow-up", "f-1"))
}

fn tag(name: &str, value: &str) -> MessageTag {
    MessageTag::builder().name(name).value(value).build().unwrap()
}

/// The events that the function takes until none is due for a day.
async fn events(aws: &Aws) -> Vec<Value> {
    let trigger = MailEventTrigger::new(&aws.function("observe"));
    let mut taken = Vec::new();
    while let Some(at) = aws.next_event_at(&[]).unwrap() {
        aws.clock().advance_to(at);
        let polled = trigger.poll(|event| {
            let typed: SnsEvent = serde_json::from_value(event).unwrap();
            taken.push(serde_json::from_str(&typed.records[0].sns.message).unwrap());
            async { Ok::<_, String>(Value::Null) }
        });
        assert_eq!(polled.await.unwrap().failed, 0);
    }
    taken
}

fn kinds(events: &[Value]) -> Vec<&str> {
    events.iter().map(|event| event["eventType"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn an_accepted_mail_lies_in_the_mailbox() {
    let aws = in_memory();
    let id = to(&aws, "Ann <Ann@a.example>, b@b.example").send().await.unwrap().message_id;
    to(&aws, "c@c.example").send().await.unwrap();
    let mailbox = aws.mailbox();
    let mail = mailbox.get(&id).unwrap().unwrap();
    assert_eq!(mail.recipients, ["Ann@a.example", "b@b.example"]);
    assert_eq!(mail.tags, [("follow-up".to_string(), "f-1".to_string())]);
    assert_eq!(mail.accepted_at, aws.clock().now());
    assert!(mail.raw.as_ref().unwrap().ends_with("\u{e9}".as_bytes()));
    assert_eq!(mailbox.all().unwrap().len(), 2);
    assert_eq!(mailbox.after(0, 1).unwrap()[0], mail);
    assert_eq!(mailbox.after(mail.number, 10).unwrap().len(), 1);
    assert_eq!(mailbox.to_recipient("ann@A.example").unwrap()[0], mail);
    assert_eq!(mailbox.with_tag("follow-up", "f-1").unwrap().len(), 2);
    assert!(mailbox.with_tag("follow-up", "f-2").unwrap().is_empty());
    mailbox.forget_bodies(mail.number).unwrap();
    assert_eq!(mailbox.all().unwrap().iter().filter(|mail| mail.raw.is_some()).count(), 1);
    assert_eq!(aws.ledger().totals().ses_messages, 3);
}

#[tokio::test]
async fn what_ses_would_not_take_is_refused() {
    let aws = in_memory();
    assert_eq!(code(to(&aws, "nobody").send().await), "MessageRejected");
    assert_eq!(code(raw(&aws, "From: a@b.example\r\n\r\nx").send().await), "MessageRejected");
    assert_eq!(code(raw(&aws, "To: a@b.example\r\n\r\nx").send().await), "InvalidParameterValue");
    assert_eq!(code(raw(&aws, "no head at all").send().await), "InvalidParameterValue");
    let large = [b"From: a@b.example\r\nTo: a@b.example\r\n\r\n", vec![b'x'; 10 << 20].as_slice()].concat();
    assert_eq!(code(raw(&aws, large).send().await), "InvalidParameterValue");
    assert_eq!(
        code(to(&aws, "a@b.example").tags(tag("follow-up", "f#1")).send().await),
        "InvalidParameterValue"
    );
    let fifty_one = vec!["a@b.example"; 51].join(",");
    assert_eq!(code(to(&aws, &fifty_one).send().await), "InvalidParameterValue");
    let unknown = to(&aws, "a@b.example").configuration_set_name("other").send().await;
    assert!(unknown.unwrap_err().into_service_error().is_configuration_set_does_not_exist_exception());
    assert_eq!(aws.mailbox().count().unwrap(), 0);
    assert_eq!(aws.ledger().totals().ses_messages, 0);
}

#[tokio::test]
async fn sending_too_fast_is_refused_as_ses_words_it() {
    let aws = in_memory();
    aws.faults().set(|_| Fault::Refuse(Refusal::Throttled));
    let refused = to(&aws, "a@b.example").send().await.unwrap_err();
    let error = refused.into_service_error();
    assert_eq!(error.meta().code(), Some("Throttling"));
    assert_eq!(error.meta().message(), Some("Maximum sending rate exceeded."));
    assert_eq!(aws.ledger().calls(), 3, "the SDK tries three times by itself");
}

#[tokio::test]
async fn the_course_of_a_mail_is_told_by_its_recipient() {
    let aws = in_memory();
    aws.mailbox().set_fates(|address| (address == "full@x.example").then_some(Fate::BouncedForNow));
    for (recipient, told) in [
        ("someone@x.example", vec!["Delivery"]),
        ("bounce@simulator.amazonses.com", vec!["Bounce"]),
        ("bounce+tag@simulator.amazonses.com", vec!["Bounce"]),
        ("complaint@simulator.amazonses.com", vec!["Delivery", "Complaint"]),
        ("full@x.example", vec!["Bounce"]),
    ] {
        to(&aws, recipient).send().await.unwrap();
        assert_eq!(kinds(&events(&aws).await), told, "{recipient}");
    }
}

#[tokio::test]
async fn only_the_kinds_that_are_asked_for_are_told() {
    let layout = Layout { mail_events: vec!["send".into(), "bounce".into()], ..Layout::default() };
    let aws = Aws::memory(account::clock(), layout).unwrap();
    to(&aws, "bounce@simulator.amazonses.com").send().await.unwrap();
    to(&aws, "someone@x.example").send().await.unwrap();
    assert_eq!(kinds(&events(&aws).await), ["Send", "Send", "Bounce"]);
}

#[tokio::test]
async fn an_event_carries_what_is_needed_to_know_the_mail_and_the_recipient() {
    let aws = in_memory();
    let id = to(&aws, "bounce@simulator.amazonses.com").send().await.unwrap().message_id;
    let bounce = events(&aws).await.pop().unwrap();
    assert_eq!(bounce["mail"]["messageId"], id.as_str());
    assert_eq!(bounce["mail"]["timestamp"], "2026-01-01T00:00:00.000Z");
    assert_eq!(bounce["mail"]["tags"]["follow-up"], json!(["f-1"]));
    assert_eq!(bounce["mail"]["tags"]["ses:configuration-set"], json!(["rihla"]));
    assert_eq!(bounce["mail"]["destination"], json!(["bounce@simulator.amazonses.com"]));
    assert_eq!(bounce["mail"]["commonHeaders"]["subject"], "Hello");
    assert_eq!(bounce["bounce"]["bounceType"], "Permanent");
    assert_eq!(bounce["bounce"]["timestamp"], "2026-01-01T00:00:03.000Z");
    assert_eq!(bounce["bounce"]["bouncedRecipients"][0]["emailAddress"], "bounce@simulator.amazonses.com");
}

#[tokio::test]
async fn opens_and_clicks_are_told_when_they_happen() {
    let aws = in_memory();
    let id = to(&aws, "a@b.example").send().await.unwrap().message_id;
    events(&aws).await;
    aws.mailbox().publish(&id, &MailEvent::Open).unwrap();
    aws.mailbox().publish(&id, &MailEvent::Click { link: "https://shop.example/".into() }).unwrap();
    aws.mailbox().publish("unknown", &MailEvent::Open).unwrap();
    let told = events(&aws).await;
    assert_eq!(kinds(&told), ["Open", "Click"]);
    assert_eq!(told[1]["click"]["link"], "https://shop.example/");
}

#[tokio::test]
async fn nothing_is_told_without_a_configuration_set() {
    let aws = in_memory();
    let mime = "From: a@b.example\r\nTo: b@c.example\r\n\r\nx";
    raw(&aws, mime).send().await.unwrap();
    assert_eq!(aws.next_event_at(&[]).unwrap(), None);
    let needed = &aws.ledger().permissions()[FUNCTION];
    assert_eq!(needed.iter().map(|one| one.resource.as_str()).collect::<Vec<_>>(), ["a@b.example"]);
}

#[tokio::test]
async fn sending_needs_permission_on_the_address_and_the_configuration_set() {
    let aws = in_memory();
    to(&aws, "a@b.example").source("Shop <shop@shop.example>").send().await.unwrap();
    let needed = &aws.ledger().permissions()[FUNCTION];
    let needed: Vec<_> = needed.iter().map(|one| (one.action.as_str(), one.resource.as_str())).collect();
    let action = "ses:SendRawEmail";
    assert_eq!(needed, [(action, "configuration-set/rihla"), (action, "shop@shop.example")]);
}
