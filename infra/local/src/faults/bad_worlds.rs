//! Worlds that are not as promised, made by hand: each must be noticed. A check that cannot fail proves nothing.

use serde_json::{Value, json};

use super::ending::{Ending, FoundMail, FoundOrder};
use super::promises::Broken;

/// One customer with one order, to which one follow-up was sent, one refused, and an answer given.
fn good() -> Ending {
    let mut ending = Ending::default();
    ending.profiles.insert("c1".into(), json!({ "email": ["amal@example.com", 1], "since": 1 }));
    ending.pointers.push(json!({ "customer": "c1" }));
    let order = FoundOrder {
        customer: "c1".into(),
        order: Some(json!({ "placed": 1, "paid": 2, "looks": [5] })),
        ledger: [("ease-survey".into(), sent("m1")), ("newsletter-invitation".into(), state("refused"))]
            .into(),
        answers: [("ease-survey".into(), json!({ "score": 5, "comment": null }))].into(),
    };
    ending.orders.insert("shop#1".into(), order);
    ending.mails.push(mail("m1", "ease-survey", "Was it easy?"));
    ending.follow_links();
    ending
}

fn sent(message: &str) -> Value {
    json!({ "state": { "is": "sent", "message": message }, "due_at": 3, "version": 1 })
}

fn state(is: &str) -> Value {
    json!({ "state": { "is": is }, "due_at": 3, "version": 1 })
}

fn mail(message_id: &str, journey: &str, words: &str) -> FoundMail {
    FoundMail {
        message_id: message_id.into(),
        recipient: "amal@example.com".into(),
        accepted_at: rihla_core::instant::Instant::from_seconds(0),
        journey: journey.into(),
        order: "shop#1".into(),
        words: words.into(),
    }
}

fn order(ending: &mut Ending) -> &mut FoundOrder {
    ending.orders.get_mut("shop#1").unwrap()
}

/// What is found wrong with a good world after it was made bad.
fn found(spoil: impl FnOnce(&mut Ending)) -> Broken {
    let mut ending = good();
    spoil(&mut ending);
    ending.follow_links();
    Broken::promises(&ending)
}

/// What is found where a good world was expected and a bad one came out.
fn compared(spoil: impl FnOnce(&mut Ending)) -> Broken {
    let mut ending = good();
    spoil(&mut ending);
    ending.follow_links();
    let mut broken = Broken::default();
    broken.compare(&ending, &good());
    broken
}

#[test]
fn nothing_is_wrong_with_a_good_world() {
    assert_eq!(found(|_| {}), Broken::default());
    assert_eq!(compared(|_| {}), Broken::default());
}

#[test]
fn a_mail_sent_twice_is_noticed() {
    let same_follow_up = found(|ending| ending.mails.push(mail("m2", "ease-survey", "Was it easy to buy?")));
    assert_eq!(same_follow_up.messages_twice.len(), 1);
    let same_words = found(|ending| ending.mails.push(mail("m2", "delivery-check", "Was it easy?")));
    assert_eq!(same_words.messages_twice.len(), 1);
}

#[test]
fn a_mail_of_which_the_ledger_does_not_know_is_noticed() {
    let unknown = found(|ending| ending.mails.push(mail("m2", "delivery-check", "Did it arrive?")));
    assert_eq!(unknown.disagreements.len(), 1);
    let refused = found(|ending| ending.mails.push(mail("m2", "newsletter-invitation", "News")));
    assert_eq!(refused.disagreements.len(), 1);
    let of_no_order = found(|ending| ending.orders.clear());
    assert_eq!(of_no_order.disagreements.len(), 1);
}

#[test]
fn an_entry_whose_mail_does_not_exist_is_noticed() {
    assert_eq!(found(|ending| ending.mails.clear()).disagreements.len(), 1);
}

#[test]
fn a_follow_up_that_came_to_no_end_is_noticed_and_one_in_doubt_is_counted() {
    for open in ["deferred", "claimed", "absent"] {
        let broken = found(|ending| {
            order(ending).ledger.insert("delivery-check".into(), state(open));
        });
        assert_eq!(broken.lost.len(), 1, "{open}");
    }
    let broken = found(|ending| {
        order(ending).ledger.insert("delivery-check".into(), state("in-doubt"));
    });
    assert!(broken.is_nothing() && broken.in_doubt == 1, "{broken:#?}");
}

#[test]
fn a_mail_in_doubt_is_noticed_unless_nothing_can_be_heard_of_it() {
    let in_doubt = |recipient: &'static str| {
        found(|ending| {
            order(ending).ledger.insert("ease-survey".into(), state("in-doubt"));
            ending.mails[0].recipient = recipient.into();
        })
    };
    assert_eq!(in_doubt("amal@example.com").disagreements.len(), 1);
    assert!(in_doubt("silent-1@example.com").is_nothing());
}

#[test]
fn what_was_left_in_a_queue_or_waiting_is_noticed() {
    assert_eq!(found(|ending| ending.left_over.push("outbox-dead: {}".into())).lost.len(), 1);
    assert_eq!(found(|ending| ending.pointers.push(json!({ "waiting": {} }))).lost.len(), 1);
}

#[test]
fn a_missing_order_entry_or_answer_is_noticed() {
    assert_eq!(compared(|ending| ending.orders.clear()).lost.len(), 1);
    assert_eq!(compared(|ending| order(ending).order = None).lost.len(), 1);
    let entry = compared(|ending| drop(order(ending).ledger.remove("newsletter-invitation")));
    assert_eq!((entry.lost.len(), entry.disagreements.len()), (1, 1));
    assert_eq!(compared(|ending| order(ending).answers.clear()).disagreements.len(), 1);
}

#[test]
fn a_record_that_says_something_else_is_noticed() {
    let unpaid = compared(|ending| order(ending).order = Some(json!({ "placed": 1 })));
    assert_eq!(unpaid.disagreements.len(), 1);
    let refused =
        compared(|ending| drop(order(ending).ledger.insert("ease-survey".into(), state("refused"))));
    assert_eq!(refused.disagreements.len(), 1);
    let address = json!({ "email": ["other@example.com", 1], "since": 1 });
    let other = compared(|ending| drop(ending.profiles.insert("c1".into(), address)));
    assert_eq!(other.disagreements.len(), 1);
    let closed = json!({ "email": ["amal@example.com", 1], "since": 1, "suppressed": { "x": 1 } });
    let suppressed = compared(|ending| drop(ending.profiles.insert("c1".into(), closed)));
    assert_eq!(suppressed.disagreements.len(), 1);
    let identifier = compared(|ending| ending.pointers.push(json!({ "customer": "c1" })));
    assert_eq!(identifier.disagreements.len(), 1);
}

#[test]
fn a_customer_split_in_two_and_an_order_out_of_nowhere_are_noticed() {
    let split = compared(|ending| order(ending).customer = "c2".into());
    assert_eq!(split.disagreements.len(), 1);
    let invented = compared(|ending| drop(ending.orders.insert("shop#2".into(), FoundOrder::default())));
    assert_eq!(invented.disagreements.len(), 1);
}

#[test]
fn what_only_bookkeeping_tells_apart_is_the_same() {
    let later = compared(|ending| {
        order(ending).order = Some(json!({ "placed": 1, "paid": 2, "looks": [5, 6] }));
        order(ending).ledger.insert("ease-survey".into(), sent("m9"));
    });
    assert_eq!(later, Broken::default());
}
