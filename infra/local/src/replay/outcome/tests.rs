use rihla_core::event::{Event, Fact, OrderDetails, OrderPaid, ParcelMoved};
use rihla_core::instant::Instant;
use rihla_core::parcel::ParcelState;

use super::*;

fn at(second: i64, fact: Fact) -> Event {
    Event { at: Instant::from_seconds(second), fact }
}

fn told() -> BTreeMap<String, OrderFacts> {
    let details = |order: &str, email: Option<&str>| {
        let mut details = OrderDetails { order: order.to_owned(), ..OrderDetails::default() };
        details.buyer.email = email.map(|email| email.parse().unwrap());
        Fact::OrderPlaced(details)
    };
    let delivered = |order: &str| {
        let order = Some(order.to_owned());
        let state = ParcelState::Delivered;
        Fact::ParcelMoved(ParcelMoved { order, parcel: None, tracking: None, carrier: None, state })
    };
    order_facts(&[
        at(1, details("one", Some("amal@example.com"))),
        at(2, Fact::OrderPaid(OrderPaid { order: "one".to_owned() })),
        at(9, delivered("one")),
        at(3, details("guest", None)),
        at(9, delivered("guest")),
        at(4, details("on its way", Some("omar@example.com"))),
        at(5, details("late", Some("omar@example.com"))),
        at(99, delivered("late")),
    ])
}

fn entry(how: EndedAs) -> Ended {
    Ended {
        order: "one".to_owned(),
        journey: "delivery-check".to_owned(),
        follow_up: "delivery-check#shop#one#1".to_owned(),
        email: Some("amal@example.com".to_owned()),
        how,
    }
}

fn mail(recipient: &str) -> SentMail {
    SentMail::new(recipient, &entry(EndedAs::Sent).follow_up, "", "")
}

fn lost_with(on_record: &BTreeMap<String, OrderFacts>, ended: &[Ended], mails: &[SentMail]) -> Lost {
    let owed = orders_owed_a_follow_up(&told(), Instant::from_seconds(50));
    assert_eq!(owed, [("one".to_owned(), "amal@example.com".to_owned())].into());
    let journey = OwedJourney { name: "delivery-check", once: false };
    lost(&told(), on_record, &owed, &[journey], ended, mails)
}

#[test]
fn nothing_is_lost_when_all_is_on_record_and_in_the_mailbox() {
    let lost = lost_with(&told(), &[entry(EndedAs::Sent)], &[mail("amal@example.com")]);
    assert_eq!((lost.count(), &lost), (0, &Lost::default()));
    assert_eq!(lost_with(&told(), &[entry(EndedAs::Refused)], &[]).count(), 0);
    assert_eq!(lost_with(&told(), &[entry(EndedAs::InDoubt)], &[]).count(), 0);
}

#[test]
fn an_order_is_lost_when_it_or_one_of_its_facts_is_missing() {
    let ended = [entry(EndedAs::Refused)];
    let mut on_record = told();
    on_record.remove("guest");
    on_record.get_mut("one").unwrap().paid_at = None;
    let lost = lost_with(&on_record, &ended, &[]);
    assert_eq!(lost.orders, ["guest: not on record", "one: paid is not as told"]);
}

#[test]
fn a_follow_up_is_lost_without_an_entry_or_without_an_end() {
    assert_eq!(lost_with(&told(), &[], &[]).follow_ups, ["one: delivery-check has no entry"]);
    let open = lost_with(&told(), &[entry(EndedAs::Open)], &[]);
    assert_eq!(open.follow_ups, ["one: delivery-check has no end"]);
}

#[test]
fn what_a_person_gets_once_is_owed_to_the_person() {
    let invitation = [OwedJourney { name: "invitation", once: true }];
    let owed = orders_owed_a_follow_up(&told(), Instant::from_seconds(50));
    let for_order = |order: &str, email: &str| Ended {
        order: order.to_owned(),
        journey: "invitation".to_owned(),
        email: Some(email.to_owned()),
        ..entry(EndedAs::Refused)
    };
    let lost_with = |ended: &[Ended]| lost(&told(), &told(), &owed, &invitation, ended, &[]).follow_ups;
    assert_eq!(lost_with(&[for_order("earlier", "amal@example.com")]), Vec::<String>::new());
    let of_another = for_order("earlier", "omar@example.com");
    assert_eq!(lost_with(&[of_another]), ["one: invitation has no entry"]);
}

#[test]
fn a_mail_is_lost_when_it_is_not_in_that_persons_mailbox() {
    let ended = [entry(EndedAs::Sent)];
    for mails in [vec![], vec![mail("omar@example.com")]] {
        assert_eq!(lost_with(&told(), &ended, &mails).mails, ["one: delivery-check is in no mailbox"]);
    }
}
