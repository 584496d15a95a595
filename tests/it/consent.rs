//! Words on consent: each is on record as it was said, once, and tells of itself who asked for it and how.

use std::sync::atomic::{AtomicUsize, Ordering};

use rihla_core::consent_entry::ConsentEntry;
use rihla_core::event::{
    ConsentChanged, ConsentState, DoubleOptIn, Fact, LegalBasis, PrivacyRequest, PrivacyRequested, Purpose,
};
use rihla_core::instant::Instant;
use rihla_core::source::Channel;
use rihla_local::aws::{Fault, Refusal};
use serde_json::json;

use crate::facts::{AMAL, ORDER, agrees, person, placed, says};
use crate::reader::{link_to, path};
use crate::shop::Shop;

const INVITATION: &str = "newsletter-invitation";

impl Shop {
    /// Every word on record, the oldest first.
    fn words(&self) -> Vec<ConsentEntry> {
        let items = self.items().into_iter().filter(|item| item.sk.starts_with("N#"));
        items.map(|item| serde_json::from_str(&item.document).unwrap()).collect()
    }
}

fn declines() -> Fact {
    says(person(AMAL), Purpose::Marketing, ConsentState::Withdrawn)
}

fn states(words: &[ConsentEntry]) -> Vec<String> {
    words.iter().map(|word| format!("{} {:?}", word.matter, word.state)).collect()
}

#[tokio::test]
async fn every_word_is_on_record_once_whatever_came_of_it() {
    let shop = Shop::open().await;
    let early = shop.delivery("shop", &[declines()]);
    shop.hours(1).await;
    let late = shop.delivery("shop", &[agrees(person(AMAL))]);
    for delivery in [&late, &early, &late, &early] {
        assert_eq!(shop.post(delivery).await, 200);
    }
    let words = shop.words();
    assert_eq!(
        states(&words),
        ["marketing Withdrawn", "marketing Granted"],
        "the one that was overtaken, too"
    );
    assert_eq!([words[0].basis, words[1].basis], [None, Some(LegalBasis::Consent)]);
    assert_eq!(words[0].at, early.at);
    let (again, trace) = shop.traced(shop.post(&early)).await;
    let units: f64 = trace.iter().map(|traced| traced.usage.write_units).sum();
    assert_eq!((again, units.to_string().as_str(), shop.words()), (200, "0", words));
}

#[tokio::test]
async fn a_word_that_comes_with_an_order_is_on_record_and_told_again_is_not_written_again() {
    let shop = Shop::open().await;
    let word = agrees(person(AMAL));
    let order = shop.delivery("shop", &[placed("1", person(AMAL)), word.clone()]);
    assert_eq!(shop.post(&order).await, 200);
    let told = shop.words();
    assert_eq!(states(&told), ["marketing Granted"]);
    let again = shop.delivery("shop", &[placed("2", person(AMAL)), word]);
    assert_eq!(shop.post(&again).await, 200);
    assert_eq!(shop.words(), told);
}

#[tokio::test]
async fn what_the_source_tells_of_how_it_was_said_is_kept_and_shown() {
    let shop = Shop::open().await;
    let asked_at = Instant::from_seconds(shop.now().seconds() - 7_200);
    let told = ConsentChanged {
        person: person(AMAL),
        purpose: Purpose::Newsletter,
        state: ConsentState::Granted,
        channel: Channel::Email,
        wording: Some("Send me the letter".to_owned()),
        basis: Some(LegalBasis::LegitimateInterests),
        double_opt_in: Some(DoubleOptIn { asked_at: Some(asked_at) }),
    };
    shop.tell(&[Fact::ConsentChanged(told)]).await;
    let customer = shop.profiles()[0].0.clone();
    let timeline = shop.console(json!({ "timeline": { "customer": customer } })).await;
    let shown: Vec<&str> =
        timeline["entries"].as_array().unwrap().iter().map(|entry| entry["text"].as_str().unwrap()).collect();
    let expected = format!(
        "newsletter: granted (“Send me the letter”), asked by mail on {asked_at} and confirmed, on the ground of \
         legitimate interests"
    );
    assert_eq!(shown, [expected]);
}

#[tokio::test]
async fn the_newsletter_is_agreed_to_by_the_second_step_alone_and_both_moments_are_kept() {
    let shop = Shop::open().await;
    shop.tell(&[agrees(person(AMAL))]).await;
    shop.invitation_in_an_hour(ORDER, person(AMAL)).await;
    shop.hours(2).await;
    let link = link_to(&shop.read(INVITATION), "n");
    let sent_at = Instant::from(shop.mail(INVITATION).accepted_at);
    shop.hours(5).await;
    assert_eq!(shop.get(&link).await.status, 200);
    assert_eq!(shop.profile(AMAL).consents.on(Purpose::Newsletter), None, "asked is not agreed");
    assert_eq!(states(&shop.words()), ["marketing Granted"]);

    assert_eq!(shop.send_form(&link, &[]).await.status, 200);
    assert_eq!(shop.send_form(&link, &[]).await.status, 200);
    assert_eq!(shop.profile(AMAL).consents.on(Purpose::Newsletter).unwrap().state, ConsentState::Granted);
    let words = shop.words();
    assert_eq!(states(&words), ["marketing Granted", "newsletter Granted"]);
    let word = &words[1];
    assert_eq!(
        (word.at, word.source.as_str(), word.basis),
        (shop.now(), "customer-page", Some(LegalBasis::Consent))
    );
    let asked_at = word.double_opt_in.unwrap().asked_at.unwrap();
    assert!(asked_at <= sent_at && sent_at.seconds() - asked_at.seconds() < 60, "{asked_at} {sent_at}");
    let wording = word.wording.as_deref().unwrap();
    assert!(wording.starts_with("Shall we send you the newsletter? A short letter"), "{wording}");
    assert!(wording.ends_with("Yes, send it to me") && word.locale.as_deref() == Some("en-GB"), "{word:?}");
}

#[tokio::test]
async fn one_click_is_on_record_as_such_and_a_page_with_its_words() {
    for (fields, begins, locale) in [
        (&[("List-Unsubscribe", "One-Click")][..], "one click in the mail program", None),
        (&[], "Stop our offers and newsletters?", Some("en-GB")),
    ] {
        let shop = Shop::open().await;
        shop.tell(&[agrees(person(AMAL))]).await;
        shop.matching_in_an_hour(ORDER, person(AMAL)).await;
        shop.hours(2).await;
        let mail = shop.read("matching-items");
        let link = path(mail.unsubscribe_link().unwrap()).to_owned();
        assert_eq!(shop.send_form(&link, fields).await.status, 200);
        let mut words = shop.words().split_off(1);
        words.sort();
        assert_eq!(states(&words), ["marketing Withdrawn", "newsletter Withdrawn"]);
        for word in words {
            assert!(word.wording.as_deref().unwrap().starts_with(begins), "{word:?}");
            assert_eq!((word.locale.as_deref(), word.double_opt_in, word.basis), (locale, None, None));
        }
    }
}

#[tokio::test]
async fn a_word_that_was_cut_short_is_on_record_when_it_comes_again() {
    for writes_before in 0..3 {
        let shop = Shop::open().await;
        let delivery = shop.delivery("shop", &[placed(ORDER, person(AMAL)), agrees(person(AMAL))]);
        let writes = AtomicUsize::new(0);
        shop.aws().faults().set(move |call| match (&*call.function, &*call.action) {
            ("receive" | "absorb", "PutItem" | "BatchExecuteStatement" | "TransactWriteItems")
                if writes.fetch_add(1, Ordering::Relaxed) >= writes_before =>
            {
                Fault::Refuse(Refusal::Throttled)
            }
            _ => Fault::None,
        });
        assert_eq!(shop.post(&delivery).await, 202, "it is parked");
        shop.aws().faults().clear();
        assert_eq!(shop.post(&delivery).await, 200);
        assert_eq!(states(&shop.words()), ["marketing Granted"], "after {writes_before} writes");
        assert_eq!(shop.profile(AMAL).consents.on(Purpose::Marketing).unwrap().state, ConsentState::Granted);
    }
}

#[tokio::test]
async fn words_are_forgotten_with_the_person_and_do_not_come_back() {
    let shop = Shop::open().await;
    let old = shop.delivery("shop", &[agrees(person(AMAL))]);
    assert_eq!(shop.post(&old).await, 200);
    shop.hours(1).await;
    let request = PrivacyRequested {
        request: PrivacyRequest::Erase,
        person: person(AMAL),
        orders: Vec::new(),
        id: None,
    };
    assert_eq!(shop.post(&shop.delivery("shop", &[Fact::PrivacyRequested(request)])).await, 202);
    shop.stack.settle().await.unwrap();
    assert_eq!(shop.words(), []);
    assert_eq!(shop.post(&old).await, 200);
    assert_eq!(shop.words(), []);
    shop.hours(1).await;
    shop.tell(&[declines()]).await;
    assert_eq!(states(&shop.words()), ["marketing Withdrawn"]);
}
