//! What the mail provider reports, in any order and any number of times.

use observe::Observe;
use rihla_aws::clock::Clock;
use rihla_aws::notification::Notifications;
use rihla_core::identifier::IdentityKey;
use rihla_local::aws::ses::MailEvent;
use rihla_local::run::LOCAL_SECRETS;
use serde_json::{Value, json};

use crate::facts::{AMAL, ORDER, person};
use crate::shop::Shop;
use crate::table::outcomes;

const CHECK: &str = "delivery-check";

fn every_event() -> Vec<MailEvent> {
    vec![
        MailEvent::Delivery,
        MailEvent::Open,
        MailEvent::Click { link: "https://care.sidra.example/".into() },
        MailEvent::DeliveryDelay,
        MailEvent::Bounce { permanent: false },
        MailEvent::Reject,
        MailEvent::Complaint,
        MailEvent::Bounce { permanent: true },
    ]
}

async fn with_a_mail() -> Shop {
    let shop = Shop::open().await;
    shop.aws().mailbox().set_fates(|_| Some(rihla_local::aws::ses::Fate::Silent));
    shop.check_in_an_hour(ORDER, person(AMAL)).await;
    shop.hours(2).await;
    shop
}

async fn reported(events: &[MailEvent]) -> (Vec<&'static str>, Vec<String>) {
    let shop = with_a_mail().await;
    let mail = shop.mail(CHECK).message_id;
    for event in events {
        shop.aws().mailbox().publish(&mail, event).unwrap();
    }
    shop.pass(rihla_core::instant::Wait::seconds(60)).await;
    assert!(shop.aws().mailbox().dead_events().unwrap().is_empty());
    let closed = shop.profile(AMAL).suppressed;
    let closed = closed.iter().map(|(email, why)| format!("{} {}", email.as_str(), why.reason.as_str()));
    assert_eq!(shop.fate(CHECK), "sent");
    (outcomes(&shop.entry(CHECK)), closed.collect())
}

#[tokio::test]
async fn every_kind_of_report_is_on_the_ledger_in_whatever_order_and_however_often_it_comes() {
    let mut events = every_event();
    let once = reported(&events).await;
    assert_eq!(
        once,
        (
            vec!["rejected", "delayed", "delivered", "bounced", "complained", "opened", "clicked"],
            vec![format!("{AMAL} bounced")]
        )
    );
    events.reverse();
    let twice: Vec<MailEvent> = events.iter().chain(&events).cloned().collect();
    assert_eq!(reported(&twice).await, once);
}

#[tokio::test]
async fn a_report_that_comes_again_writes_nothing() {
    let shop = with_a_mail().await;
    let mail = shop.mail(CHECK).message_id;
    for event in every_event() {
        shop.aws().mailbox().publish(&mail, &event).unwrap();
    }
    shop.pass(rihla_core::instant::Wait::seconds(1)).await;
    let before = shop.items();
    for event in every_event() {
        shop.aws().mailbox().publish(&mail, &event).unwrap();
    }
    shop.stack.settle().await.unwrap();
    assert_eq!(shop.items(), before);
}

/// The function, as a process of its own.
fn function(shop: &Shop) -> Observe {
    let table = shop.table(&shop.aws().function("observe"));
    let now = shop.now();
    Observe { table, identity_key: IdentityKey::new(LOCAL_SECRETS), clock: Clock::reading(move || now) }
}

fn wrapped(message: &str) -> Notifications {
    serde_json::from_value(json!({ "Records": [{
        "EventSource": "aws:sns", "EventVersion": "1.0", "EventSubscriptionArn": "arn:aws:sns:eu-central-1:0:t:s",
        "Sns": {
            "Type": "Notification", "MessageId": "1", "TopicArn": "arn:aws:sns:eu-central-1:0:t", "Subject": null,
            "Message": message, "Timestamp": "2026-11-02T09:00:00Z", "SignatureVersion": "1", "Signature": "s",
            "SigningCertUrl": "https://sns.example/c", "UnsubscribeUrl": "https://sns.example/u", "MessageAttributes": {},
        },
    }] }))
    .unwrap()
}

#[tokio::test]
async fn reports_of_mails_that_are_not_ours_write_nothing() {
    let shop = with_a_mail().await;
    let before = shop.items();
    let other = json!({
        "eventType": "Bounce",
        "mail": { "messageId": "other", "timestamp": "2026-11-02T09:00:00Z", "tags": { "campaign": ["spring"] } },
        "bounce": { "bounceType": "Permanent", "timestamp": "2026-11-02T09:00:01Z",
            "bouncedRecipients": [{ "emailAddress": "stranger@example.com" }] },
    });
    function(&shop).handle(wrapped(&other.to_string())).await.unwrap();
    assert_eq!(shop.items(), before);
    assert!(function(&shop).handle(wrapped("no event")).await.is_err());
    assert_eq!(shop.items(), before);
}

#[tokio::test]
async fn the_providers_own_examples_are_understood() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/fixtures/aws-sns-ses");
    let Ok(files) = std::fs::read_dir(&folder) else {
        #[expect(clippy::disallowed_methods, reason = "whether this runs where the examples must be")]
        let must_be_there = std::env::var("CI").is_ok();
        assert!(!must_be_there, "the examples are not in {}", folder.display());
        println!("skipped: the examples are not here");
        return;
    };
    let shop = with_a_mail().await;
    let before = shop.items();
    let mut understood = 0;
    for file in files.map(|file| file.unwrap().path()) {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let is_notification = name.starts_with("ses-notification-");
        let is_wrapped =
            name.starts_with("sns-wrapped-") && !name.contains("headers") && !name.contains("incorrect");
        if !is_notification && !is_wrapped {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        let message = if is_wrapped {
            let body: Value = serde_json::from_str(&text).unwrap();
            body["Message"].as_str().unwrap().to_owned()
        } else {
            text
        };
        function(&shop).handle(wrapped(&message)).await.unwrap_or_else(|error| panic!("{name}: {error:?}"));
        understood += 1;
    }
    assert!(understood >= 8, "{understood}");
    assert_eq!(shop.items(), before, "none of them is about a mail of ours");
}
