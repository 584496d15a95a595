//! Who asks to be forgotten is: in no item, queue or log is anything left of them, and nothing older brings it back.

use std::sync::atomic::{AtomicUsize, Ordering};

use rihla_core::event::{
    CheckoutChanged, Fact, MessagePassed, Person, PrivacyRequest, PrivacyRequested, Speaker,
};
use rihla_core::parcel::ParcelState;
use rihla_local::aws::Fault;
use rihla_local::aws::ses::Fate;
use rihla_local::shop::Posted;

use crate::counted::Log;
use crate::facts::{AMAL, agrees, details, known_as, moved, paid, person, placed};
use crate::shop::Shop;

const NUMBER: &str = "+971501234567";

/// What must not be found anywhere afterwards.
const PERSONAL: [&str; 7] = [AMAL, "Amal", "501234567", "Bristol", "\"#early\"", "Where is it?", "XB-77"];

/// Amal, as the shop's own accounts know her.
fn amal() -> Person {
    Person { phone: Some(NUMBER.parse().unwrap()), ..known_as(person(AMAL), "77") }
}

fn request(request: PrivacyRequest) -> Fact {
    let id = Some("r-1".to_owned());
    Fact::PrivacyRequested(PrivacyRequested { request, person: person(AMAL), id, orders: Vec::new() })
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
            vec![Fact::OrderPlaced(details("third", amal(), &["bowl", "cup"])), said("m-1"), cart()],
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
    let of = |items: Vec<crate::table::Item>| items.into_iter().filter(|item| !item.sk.starts_with("X#"));
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
