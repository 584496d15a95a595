//! Each guard, end to end: asked at the moment of sending, and the ledger says what it saw.

use rihla_core::event::{ConsentState, ConversationChanged, ConversationState, Fact, Person, Purpose};
use rihla_core::instant::Wait;
use rihla_local::aws::ses::Fate;

use crate::facts::{AMAL, ORDER, agrees, cancelled, details, living_in, person, placed, refunded, says};
use crate::shop::{MONDAY_NINE, Shop, account_at};

const CHECK: &str = "delivery-check";
const SURVEY: &str = "ease-survey";
const MATCHING: &str = "matching-items";
const INVITATION: &str = "newsletter-invitation";

#[tokio::test]
async fn nobody_is_woken_in_the_zone_where_the_person_lives() {
    // When the survey is due, and when it may go out: at eight by the clock there.
    for (country, zone, opens_at, due, sent, saw) in [
        (
            "AE",
            None,
            "2026-11-02T17:30:00Z",
            "18:30",
            "2026-11-03T04:00:00Z",
            "Tue 08:00 Asia/Dubai (address)",
        ),
        (
            "BR",
            None,
            "2026-11-02T00:30:00Z",
            "01:30",
            "2026-11-02T11:00:00Z",
            "Mon 08:00 America/Sao_Paulo (address)",
        ),
        (
            "AE",
            Some("Europe/Paris"),
            "2026-11-02T17:30:00Z",
            "18:30",
            "2026-11-02T18:30:00Z",
            "Mon 19:30 Europe/Paris (person)",
        ),
        (
            "AE",
            Some("Mars/Olympus"),
            "2026-11-02T17:30:00Z",
            "18:30",
            "2026-11-03T04:00:00Z",
            "Tue 08:00 Asia/Dubai (address, the person's zone does not exist)",
        ),
        (
            "XX",
            Some("Mars/Olympus"),
            "2026-11-02T23:30:00Z",
            "00:30",
            "2026-11-03T08:00:00Z",
            "Tue 08:00 Europe/London (shop, the person's zone does not exist)",
        ),
    ] {
        let shop = Shop::at(opens_at).await;
        let buyer = Person { zone: zone.map(Into::into), ..living_in(person(AMAL), country) };
        shop.survey_in_an_hour(ORDER, buyer).await;
        shop.hours(12).await;
        let mail = shop.mail(SURVEY);
        assert_eq!(mail.accepted_at.to_string(), sent, "due {due}: {saw}");
        assert_eq!(shop.entry(SURVEY).trace.last().unwrap().because, saw);
    }
}

#[tokio::test]
async fn what_waits_for_the_morning_is_on_the_ledger_meanwhile() {
    let shop = Shop::at("2026-11-02T21:30:00Z").await;
    shop.survey_in_an_hour(ORDER, person(AMAL)).await;
    shop.hours(2).await;
    let fate = shop.fate(SURVEY);
    assert!(fate.starts_with("deferred until 2026-11-03T08:00:00Z by quiet-hours: Mon 22:30"), "{fate}");
    shop.hours(9).await;
    assert_eq!(shop.fate(SURVEY), "sent");
}

#[tokio::test]
async fn what_comes_too_late_is_not_sent() {
    let shop = Shop::open().await;
    shop.tell_late(&[(Wait::days(13), placed(ORDER, person(AMAL)))]).await;
    shop.hours(1).await;
    let fate = shop.fate(SURVEY);
    assert!(fate.starts_with("refused by expiry: due 2026-10-22T09:00:00Z"), "{fate}");
    assert_eq!(shop.mails().len(), 0);
}

#[tokio::test]
async fn nothing_is_asked_about_an_order_that_went_wrong_since() {
    for (fact, saw) in [
        (cancelled(ORDER), "refused by order: cancelled 2026-11-02T09:00:00Z"),
        (refunded(ORDER, 1_000, false), "refused by order: its whole price was refunded"),
        (refunded(ORDER, 300, true), "refused by order: goods came back"),
        (refunded(ORDER, 300, false), "sent"),
    ] {
        let shop = Shop::open().await;
        shop.survey_in_an_hour(ORDER, person(AMAL)).await;
        shop.tell(&[fact]).await;
        shop.hours(2).await;
        assert_eq!(shop.fate(SURVEY), saw);
    }
}

#[tokio::test]
async fn marketing_needs_a_recorded_yes_at_the_moment_of_sending() {
    let shop = Shop::open().await;
    shop.matching_in_an_hour(ORDER, person(AMAL)).await;
    shop.hours(2).await;
    assert_eq!(shop.fate(MATCHING), "refused by consent: never given");
    assert_eq!(shop.fate(CHECK), "sent", "service needs none");

    let shop = Shop::open().await;
    shop.tell(&[agrees(person(AMAL))]).await;
    shop.matching_in_an_hour(ORDER, person(AMAL)).await;
    shop.pass(Wait::seconds(60)).await;
    shop.tell(&[says(person(AMAL), Purpose::Marketing, ConsentState::Withdrawn)]).await;
    shop.hours(2).await;
    assert_eq!(shop.fate(MATCHING), "refused by consent: withdrawn 2026-11-02T09:01:00Z");
}

#[tokio::test]
async fn a_closed_address_gets_nothing_not_even_service() {
    for (fate, saw) in [(Fate::BouncedForGood, "bounced"), (Fate::Complained, "complained")] {
        let shop = Shop::open().await;
        shop.aws().mailbox().set_fates(move |_| Some(fate));
        shop.check_in_an_hour("1", person(AMAL)).await;
        shop.hours(2).await;
        assert_eq!(shop.fate_of("1", CHECK), "sent");
        shop.check_in_an_hour("2", person(AMAL)).await;
        shop.hours(2).await;
        let told = shop.fate_of("2", CHECK);
        assert!(told.starts_with(&format!("refused by suppression: the address {saw}")), "{told}");
        assert_eq!(shop.mails().len(), 1);
    }
}

#[tokio::test]
async fn a_full_mailbox_closes_no_address() {
    let shop = Shop::open().await;
    shop.aws().mailbox().set_fates(|_| Some(Fate::BouncedForNow));
    for order in ["1", "2"] {
        shop.check_in_an_hour(order, person(AMAL)).await;
        shop.hours(3).await;
        assert_eq!(shop.fate_of(order, CHECK), "sent");
    }
}

#[tokio::test]
async fn messages_keep_their_distance_and_are_deferred_not_dropped() {
    let mut own = rihla_infra::shop();
    own.limits.surveys_apart = Wait::hours(1);
    let shop = Shop::set_up(account_at(MONDAY_NINE), own).await;
    for order in ["1", "2", "3"] {
        shop.survey_in_an_hour(order, person(AMAL)).await;
    }
    shop.hours(2).await;
    let fates = ["1", "2", "3"].map(|order| shop.fate_of(order, SURVEY));
    assert_eq!(fates.iter().filter(|fate| *fate == "sent").count(), 1, "{fates:?}");
    let deferred =
        fates.iter().filter(|fate| fate.starts_with("deferred until 2026-11-03T02:00:00Z by distance"));
    assert_eq!(deferred.count(), 2, "{fates:?}");
    shop.days(3).await;
    let sent_at: Vec<_> = shop.mails().iter().map(|mail| mail.accepted_at.as_second()).collect();
    assert_eq!(sent_at.len(), 3);
    assert!(sent_at.windows(2).all(|two| two[1] - two[0] >= 16 * 3_600), "{sent_at:?}");
}

#[tokio::test]
async fn surveys_are_far_apart() {
    let shop = Shop::open().await;
    shop.survey_in_an_hour("1", person(AMAL)).await;
    shop.survey_in_an_hour("2", person(AMAL)).await;
    shop.hours(2).await;
    let fates = ["1", "2"].map(|order| shop.fate_of(order, SURVEY));
    assert!(fates.contains(&"sent".to_owned()), "{fates:?}");
    let waits =
        fates.iter().any(|fate| fate.starts_with("deferred until 2026-11-09T10:00:00Z by surveys-apart"));
    assert!(waits, "{fates:?}");
}

#[tokio::test]
async fn nobody_gets_more_than_so_many_a_week() {
    let mut own = rihla_infra::shop();
    (own.limits.surveys_apart, own.limits.distance) = (Wait::hours(0), Wait::hours(1));
    let shop = Shop::set_up(account_at(MONDAY_NINE), own).await;
    for order in ["1", "2", "3", "4"] {
        shop.survey_in_an_hour(order, person(AMAL)).await;
    }
    shop.hours(8).await;
    let fates = ["1", "2", "3", "4"].map(|order| shop.fate_of(order, SURVEY));
    assert_eq!(fates.iter().filter(|fate| *fate == "sent").count(), 3, "{fates:?}");
    let waits =
        fates.iter().filter(|fate| fate.starts_with("deferred until 2026-11-09T10:00:00Z by most-a-week"));
    assert_eq!(waits.count(), 1, "{fates:?}");
    shop.days(7).await;
    assert_eq!(shop.mails().len(), 4);
}

#[tokio::test]
async fn whoever_waits_for_the_shop_is_asked_nothing_until_somebody_answered() {
    let shop = Shop::open().await;
    let change = |state| {
        let (conversation, customer) = ("c-1".to_owned(), person(AMAL));
        let (channel, subject) = (None, None);
        Fact::ConversationChanged(ConversationChanged { conversation, customer, state, channel, subject })
    };
    shop.tell(&[change(ConversationState::Open)]).await;
    shop.survey_in_an_hour("1", person(AMAL)).await;
    shop.check_in_an_hour("2", person(AMAL)).await;
    shop.hours(2).await;
    assert_eq!(shop.fate_of("2", CHECK), "sent", "service goes on");
    let held = shop.fate_of("1", SURVEY);
    assert!(
        held.starts_with("deferred until 2026-11-03T10:00:00Z by open-case: a conversation is open"),
        "{held}"
    );
    shop.tell(&[change(ConversationState::Resolved)]).await;
    shop.days(1).await;
    assert_eq!(shop.fate_of("1", SURVEY), "sent");
}

#[tokio::test]
async fn service_waits_for_no_distance() {
    let shop = Shop::open().await;
    shop.survey_in_an_hour("1", person(AMAL)).await;
    shop.check_in_an_hour("2", person(AMAL)).await;
    shop.hours(2).await;
    assert_eq!((shop.fate_of("1", SURVEY), shop.fate_of("2", CHECK)), ("sent".into(), "sent".into()));
}

#[tokio::test]
async fn the_newsletter_is_offered_once_in_a_life() {
    let shop = Shop::open().await;
    shop.tell(&[agrees(person(AMAL))]).await;
    shop.invitation_in_an_hour("1", person(AMAL)).await;
    shop.hours(24).await;
    shop.invitation_in_an_hour("2", person(AMAL)).await;
    shop.hours(24).await;
    assert_eq!(shop.fate_of("1", INVITATION), "sent");
    assert_eq!(shop.fate_of("2", INVITATION), "not decided", "it is not even planned");
    assert_eq!(shop.journeys_sent_to(AMAL).iter().filter(|journey| *journey == INVITATION).count(), 1);
}

#[tokio::test]
async fn who_has_the_newsletter_is_not_invited_to_it() {
    let shop = Shop::open().await;
    let subscribed = says(person(AMAL), Purpose::Newsletter, ConsentState::Granted);
    shop.tell(&[agrees(person(AMAL)), subscribed]).await;
    shop.invitation_in_an_hour(ORDER, person(AMAL)).await;
    shop.hours(2).await;
    let told = shop.fate(INVITATION);
    assert!(told.starts_with("refused by invitation: subscribed"), "{told}");
}

#[tokio::test]
async fn nobody_to_write_to_and_nothing_that_goes_with_it_are_reasons_too() {
    let shop = Shop::open().await;
    let buyer = Person { email: None, customer: Some("77".into()), ..person(AMAL) };
    shop.survey_in_an_hour("1", buyer).await;
    shop.tell(&[agrees(person(AMAL))]).await;
    let lonely = Fact::OrderPlaced(details("2", person(AMAL), &["anvil"]));
    shop.tell_late(&[
        (Wait::days(41), lonely),
        (Wait::hours(14 * 24 - 1), crate::facts::moved("2", rihla_core::parcel::ParcelState::HandedOver)),
        (Wait::days(10), crate::facts::moved("2", rihla_core::parcel::ParcelState::Delivered)),
    ])
    .await;
    shop.hours(2).await;
    assert_eq!(shop.fate_of("1", SURVEY), "refused by person: no e-mail address is known");
    let told = shop.fate_of("2", MATCHING);
    assert!(told.starts_with("refused by matching-items: nobody bought anything"), "{told}");
}

#[tokio::test]
async fn a_trial_of_the_shops_own_has_no_follow_ups() {
    let shop = Shop::open().await;
    let trial = rihla_core::event::OrderDetails { test: true, ..details(ORDER, person(AMAL), &["bowl"]) };
    shop.tell_late(&[(Wait::hours(47), Fact::OrderPlaced(trial))]).await;
    shop.hours(3).await;
    assert_eq!((shop.fate(SURVEY).as_str(), shop.mails().len()), ("not decided", 0));
    assert_eq!(shop.profile(AMAL).totals.orders(), 0);
}

#[tokio::test]
async fn of_what_went_to_somebody_else_the_buyer_is_asked_only_whether_it_got_there() {
    let shop = Shop::open().await;
    for (order, gift) in [(ORDER, true), ("own", false)] {
        let buyer = person(&format!("{order}@example.com"));
        let placed =
            Fact::OrderPlaced(rihla_core::event::OrderDetails { gift, ..details(order, buyer, &["bowl"]) });
        shop.tell_late(&[
            (Wait::days(41), placed),
            (
                Wait::hours(14 * 24 - 1),
                crate::facts::moved(order, rihla_core::parcel::ParcelState::HandedOver),
            ),
            (Wait::hours(23), crate::facts::moved(order, rihla_core::parcel::ParcelState::Delivered)),
        ])
        .await;
    }
    shop.days(12).await;
    let because = "refused by condition: it went to somebody else than its buyer";
    assert_eq!((shop.fate(CHECK).as_str(), shop.fate(MATCHING).as_str()), ("sent", because));
    assert_eq!(
        shop.entry_of(ORDER, "review-request#ask").map(|entry| crate::table::fate(&entry)).as_deref(),
        Some(because)
    );
    assert_ne!(shop.fate_of("own", MATCHING), because);
    let text = |order: &str| {
        let to = format!("{order}@example.com");
        let mails = shop.mails();
        let mail = mails.iter().find(|mail| mail.recipients == [to.as_str()]).unwrap();
        rihla_local::shop::Received::read(mail.raw.as_ref().unwrap()).unwrap().text
    };
    assert!(text(ORDER).contains("where you sent it"), "{}", text(ORDER));
    assert!(!text("own").contains("where you sent it"), "{}", text("own"));
}
