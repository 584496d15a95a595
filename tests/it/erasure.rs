//! Who asks to be forgotten is: in no item, queue or log is anything left of them, and nothing older brings it back.

use std::sync::atomic::{AtomicUsize, Ordering};

use rihla_core::event::{
    CheckoutChanged, Fact, MessagePassed, Person, PrivacyRequest, PrivacyRequested, Speaker,
};
use rihla_core::instant::Wait;
use rihla_core::parcel::ParcelState;
use rihla_local::aws::Fault;
use rihla_local::aws::ses::{Fate, MailEvent};
use rihla_local::shop::Posted;

use crate::counted::Log;
use crate::facts::{AMAL, agrees, details, known_as, moved, paid, person, placed};
use crate::shop::Shop;
use crate::table::Item;

const NUMBER: &str = "+971501234567";

/// What must not be found anywhere afterwards.
const PERSONAL: [&str; 7] = [AMAL, "Amal", "501234567", "Bristol", "\"#early\"", "Where is it?", "XB-77"];

/// Amal, as the shop's own accounts know her.
fn amal() -> Person {
    Person { phone: Some(NUMBER.parse().unwrap()), ..known_as(person(AMAL), "77") }
}

fn requested() -> PrivacyRequested {
    let id = Some("r-1".to_owned());
    PrivacyRequested { request: PrivacyRequest::Erase, person: person(AMAL), id, orders: Vec::new() }
}

fn request(request: PrivacyRequest) -> Fact {
    Fact::PrivacyRequested(PrivacyRequested { request, ..requested() })
}

fn said(message: &str) -> Fact {
    Fact::MessagePassed(MessagePassed {
        conversation: AMAL.to_owned(),
        message: message.to_owned(),
        customer: amal(),
        dated_by_arrival: false,
        speaker: Speaker::Customer,
        channel: None,
        text: Some("Where is it?".to_owned()),
    })
}

/// So that nothing is held up because somebody waits.
fn replied() -> Fact {
    let Fact::MessagePassed(message) = said("m-2") else { panic!("a message") };
    Fact::MessagePassed(MessagePassed { speaker: Speaker::Staff, ..message })
}

fn cart() -> Fact {
    Fact::CheckoutChanged(CheckoutChanged {
        checkout: "cart".to_owned(),
        buyer: amal(),
        recovery_url: Some(format!("https://shop.example/cart?email={AMAL}")),
        ..CheckoutChanged::default()
    })
}

fn tracked(order: &str) -> Fact {
    let Fact::ParcelMoved(parcel) = moved(order, ParcelState::HandedOver) else { panic!("a parcel") };
    Fact::ParcelMoved(rihla_core::event::ParcelMoved { tracking: Some("XB-77".to_owned()), ..parcel })
}

impl Shop {
    /// Two customers who turned out to be one, with all that a shop can know of somebody. Gives what told of it.
    async fn with_amal(&self) -> Vec<Posted> {
        let by_id = Person { customer: Some("77".into()), ..Person::default() };
        let mut told = Vec::new();
        for facts in [
            vec![placed("early", person(AMAL)), paid("early"), tracked("early"), agrees(person(AMAL))],
            vec![placed("other", by_id)],
            vec![
                Fact::OrderPlaced(details("third", amal(), &["bowl", "cup"])),
                said("m-1"),
                replied(),
                cart(),
            ],
        ] {
            let posted = self.delivery("shop", &facts);
            assert_eq!(self.post(&posted).await, 200);
            told.push(posted);
            self.hours(1).await;
        }
        told
    }

    async fn ask(&self, what: PrivacyRequest) {
        assert_eq!(self.post(&self.delivery("shop", &[request(what)])).await, 202);
        self.stack.settle().await.unwrap();
    }

    /// Everything that is kept in the account.
    fn everything_kept(&self) -> String {
        let layout = self.aws().layout();
        let queues =
            layout.queues.iter().flat_map(|queue| self.aws().queues().peek(&queue.name, 1_000).unwrap());
        let messages = queues.map(|message| format!("{} {}\n", message.body, message.attributes));
        let items =
            self.items().into_iter().map(|item| format!("{} {} {}\n", item.pk, item.sk, item.document));
        items.chain(messages).collect()
    }
}

#[tokio::test]
async fn nothing_is_left_of_who_was_forgotten_but_the_request_and_that_it_was_done() {
    let (log, _guard) = Log::begin();
    let shop = Shop::open().await;
    shop.aws().mailbox().set_fates(move |_| Some(Fate::BouncedForGood));
    shop.with_amal().await;
    shop.days(20).await;
    assert_eq!(shop.profile(AMAL).suppressed.len(), 1);
    let before = shop.everything_kept();
    for text in PERSONAL {
        assert!(
            before.contains(text),
            "{text} is known before, or it proves nothing that it is not afterwards"
        );
    }
    shop.ask(PrivacyRequest::Erase).await;
    let after = shop.everything_kept() + &log.text();
    for text in PERSONAL {
        assert!(!after.contains(text), "{text} is left in\n{after}");
    }
    let places: Vec<String> = shop.items().into_iter().map(|item| item.sk).collect();
    let of_customers = |sk: &&String| !["I", "CURSOR"].contains(&sk.as_str()) && !sk.starts_with("U#");
    let mut left: Vec<&String> = places.iter().filter(of_customers).collect();
    left.sort();
    assert_eq!(left, ["PROFILE", "PROFILE", "X#r-1"]);
    assert!(after.contains("done_at"));
    shop.days(40).await;
    assert_eq!(shop.mails().len(), 1, "nothing more is sent");
}

#[tokio::test]
async fn nothing_that_is_older_brings_them_back() {
    let shop = Shop::open().await;
    let told = shop.with_amal().await;
    let unheard = shop.delivery("shop", &[placed("unheard", amal())]);
    shop.hours(1).await;
    shop.ask(PrivacyRequest::Erase).await;
    let after = shop.record();
    for posted in told.iter().chain([&unheard]) {
        shop.post(posted).await;
    }
    shop.tell(&[paid("early"), tracked("early")]).await;
    assert_eq!(shop.record(), after);
    shop.ask(PrivacyRequest::Erase).await;
    let of = |items: Vec<Item>| items.into_iter().filter(|item| !item.sk.starts_with("X#"));
    assert_eq!(of(shop.record()).collect::<Vec<_>>(), of(after).collect::<Vec<_>>(), "asked again");
}

#[tokio::test]
async fn who_comes_back_is_a_customer_again_and_their_closed_address_stays_closed() {
    let shop = Shop::open().await;
    shop.aws().mailbox().set_fates(move |_| Some(Fate::BouncedForGood));
    shop.with_amal().await;
    shop.days(20).await;
    shop.ask(PrivacyRequest::Erase).await;
    shop.days(42).await;
    shop.check_in_an_hour("again", person(AMAL)).await;
    shop.hours(3).await;
    let profile = shop.profile(AMAL);
    assert_eq!((profile.totals.orders(), profile.greeting_name()), (1, Some("Amal")));
    assert!(profile.consents.is_empty() && !profile.is_forgotten());
    let fate = shop.fate_of("again", "delivery-check");
    assert!(fate.starts_with("refused by suppression: the address bounced"), "{fate}");
}

#[tokio::test]
async fn an_erasure_that_is_cut_short_at_any_call_is_completed() {
    let whole = Shop::open().await;
    whole.with_amal().await;
    whole.ask(PrivacyRequest::Erase).await;
    let ((), calls) = {
        let shop = Shop::open().await;
        shop.with_amal().await;
        shop.traced(shop.ask(PrivacyRequest::Erase)).await
    };
    let calls = calls.len();
    assert!(calls > 10, "{calls}");
    for broken in 0..calls {
        let shop = Shop::open().await;
        shop.with_amal().await;
        let made = AtomicUsize::new(0);
        shop.aws().faults().set(move |call| {
            let is_it = *call.function == *"absorb" && made.fetch_add(1, Ordering::Relaxed) == broken;
            if is_it { Fault::DieAfter } else { Fault::None }
        });
        shop.post(&shop.delivery("shop", &[request(PrivacyRequest::Erase)])).await;
        shop.hours(1).await;
        let kept = shop.everything_kept();
        let left: Vec<&str> = PERSONAL.into_iter().filter(|text| kept.contains(text)).collect();
        assert!(left.is_empty(), "after call {broken}, {left:?} in {kept}");
        assert!(kept.contains("done_at"), "after call {broken}");
    }
}

#[tokio::test]
async fn a_request_about_somebody_who_is_not_known_is_on_record_and_done() {
    let shop = Shop::open().await;
    shop.ask(PrivacyRequest::Erase).await;
    let record = shop.record();
    let [item] = &record[..] else { panic!("{record:?}") };
    assert_eq!((&*item.pk, &*item.sk), ("S#shop", "X#r-1"));
}

#[tokio::test]
async fn a_report_of_a_mail_brings_nothing_back() {
    let shop = Shop::open().await;
    shop.with_amal().await;
    shop.days(20).await;
    let mail = shop.mails().remove(0).message_id;
    shop.ask(PrivacyRequest::Erase).await;
    let after = shop.record();
    for event in [MailEvent::Open, MailEvent::Complaint, MailEvent::Bounce { permanent: true }] {
        shop.aws().mailbox().publish(&mail, &event).unwrap();
    }
    shop.pass(Wait::seconds(60)).await;
    let of_customers = |items: Vec<Item>| items.into_iter().filter(|item| item.pk.starts_with("C#"));
    assert_eq!(of_customers(shop.record()).collect::<Vec<_>>(), of_customers(after).collect::<Vec<_>>());
    shop.days(42).await;
    shop.check_in_an_hour("again", person(AMAL)).await;
    shop.hours(3).await;
    let fate = shop.fate_of("again", "delivery-check");
    assert!(fate.starts_with("refused by suppression"), "the address is known to be closed: {fate}");
}

/// Families share a number, and colleagues a mailbox.
#[tokio::test]
async fn nobody_is_forgotten_for_a_number_or_a_mailbox_that_is_shared() {
    for shared in [
        Person { phone: Some(NUMBER.parse().unwrap()), ..Person::default() },
        Person { email: Some("info@example.com".parse().unwrap()), ..Person::default() },
    ] {
        let shop = Shop::open().await;
        let Person { phone, email, .. } = shared.clone();
        let own = Person {
            customer: Some("77".into()),
            first_name: Some("Amal".into()),
            phone,
            email,
            ..Person::default()
        };
        shop.tell(&[placed("hers", own)]).await;
        let before = shop.record();
        let stranger = Person { customer: Some("88".into()), ..shared };
        let told = PrivacyRequested { person: stranger, ..requested() };
        shop.post(&shop.delivery("shop", &[Fact::PrivacyRequested(told)])).await;
        shop.stack.settle().await.unwrap();
        let left: Vec<Item> = shop.record().into_iter().filter(|item| !item.sk.starts_with("X#")).collect();
        assert_eq!(left, before);
    }
}

#[tokio::test]
async fn whoever_the_request_names_is_forgotten_though_nothing_had_linked_them() {
    let shop = Shop::open().await;
    let by_id = Person { customer: Some("77".into()), first_name: Some("Amal".into()), ..Person::default() };
    let nameless = Person { first_name: Some("Amal".into()), ..Person::default() };
    shop.tell(&[placed("by-mail", person(AMAL)), placed("by-id", by_id), placed("by-nothing", nameless)])
        .await;
    let told = PrivacyRequested {
        person: known_as(person(AMAL), "77"),
        orders: vec!["by-nothing".to_owned()],
        ..requested()
    };
    shop.hours(1).await;
    shop.post(&shop.delivery("shop", &[Fact::PrivacyRequested(told)])).await;
    shop.stack.settle().await.unwrap();
    let kept = shop.everything_kept();
    assert!(!kept.contains("Amal") && !kept.contains(AMAL), "{kept}");
}

#[tokio::test]
async fn a_shared_mailbox_that_bounced_stays_closed_for_who_comes_back() {
    let shop = Shop::open().await;
    shop.aws().mailbox().set_fates(move |_| Some(Fate::BouncedForGood));
    let office = || known_as(person("info@example.com"), "77");
    shop.check_in_an_hour("first", office()).await;
    shop.hours(3).await;
    let told = PrivacyRequested { person: office(), ..requested() };
    shop.post(&shop.delivery("shop", &[Fact::PrivacyRequested(told)])).await;
    shop.days(42).await;
    shop.check_in_an_hour("again", office()).await;
    shop.hours(3).await;
    let fate = shop.fate_of("again", "delivery-check");
    assert!(fate.starts_with("refused by suppression"), "{fate}");
}
