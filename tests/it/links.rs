//! The links in mails: GET shows and never changes anything, POST does what the link grants, and nothing else.

use rihla_core::event::Purpose;
use rihla_core::instant::Wait;
use rihla_local::aws::ledger::Traced;
use rihla_local::run::{HttpAnswer, HttpRequest};
use serde_json::json;

use crate::facts::{AMAL, ORDER, agrees, person};
use crate::reader::{link_to, page_paths, path, rating};
use crate::shop::Shop;

const CHECK: &str = "delivery-check";
const SURVEY: &str = "ease-survey";
const MATCHING: &str = "matching-items";
const INVITATION: &str = "newsletter-invitation";

/// A shop from which Amal has each of the four mails, of four orders.
async fn with_four_mails() -> Shop {
    let shop = Shop::open().await;
    shop.tell(&[agrees(person(AMAL))]).await;
    shop.matching_in_an_hour("1", person(AMAL)).await;
    shop.hours(2).await;
    shop.hours(22).await;
    shop.survey_in_an_hour("2", person(AMAL)).await;
    shop.hours(24).await;
    shop.invitation_in_an_hour("3", person(AMAL)).await;
    shop.hours(24).await;
    let mut sent = shop.journeys_sent_to(AMAL);
    sent.sort();
    assert_eq!(sent, [CHECK, SURVEY, MATCHING, INVITATION]);
    shop
}

fn has_written(trace: &[Traced]) -> bool {
    trace.iter().any(|traced| traced.usage.write_units > 0.0)
}

/// Does something that must not change the record; it must not cost a write unit either.
async fn harmless(shop: &Shop, request: HttpRequest) -> HttpAnswer {
    let before = shop.items();
    let (answer, trace) = shop.traced(shop.stack.respond(&request)).await;
    assert_eq!((shop.items(), has_written(&trace)), (before, false), "{}", request.path);
    answer.unwrap()
}

#[tokio::test]
async fn who_only_follows_links_changes_nothing() {
    let shop = with_four_mails().await;
    let mut followed = 0;
    for journey in [CHECK, SURVEY, MATCHING, INVITATION] {
        let mail = shop.read(journey);
        let button = mail.unsubscribe_link().map(|link| path(link).to_owned());
        for page in page_paths(&mail).into_iter().chain(button) {
            for method in ["GET", "HEAD"] {
                let request = HttpRequest { method: method.into(), ..HttpRequest::get(&page) };
                assert_eq!(harmless(&shop, request).await.status, 200, "{journey} {page}");
                followed += 1;
            }
        }
    }
    assert!(followed > 20, "{followed}");
}

#[tokio::test]
async fn a_score_is_shown_filled_in_and_recorded_by_the_form_alone() {
    let shop = Shop::open().await;
    shop.check_in_an_hour(ORDER, person(AMAL)).await;
    shop.hours(2).await;
    let link = rating(&shop.read(CHECK), 4);
    let page = shop.get(&link).await;
    assert!(page.body.contains("checked") && page.body.contains("<form"), "{}", page.body);
    assert_eq!(shop.answer(CHECK), None);
    let thanks = shop.send_form(&link, &[("score", "4"), ("comment", " Well packed. ")]).await;
    assert_eq!(thanks.status, 200);
    let answer = shop.answer(CHECK).unwrap();
    assert_eq!((&answer["score"], &answer["comment"]), (&json!(4), &json!("Well packed.")));

    let before = shop.items();
    shop.hours(1).await;
    let (again, trace) =
        shop.traced(shop.send_form(&link, &[("score", "4"), ("comment", "Well packed.")])).await;
    assert_eq!((again.status, has_written(&trace), shop.items()), (200, false, before));

    shop.send_form(&link, &[("score", "2")]).await;
    assert_eq!(shop.answer(CHECK).unwrap()["score"], 2);
}

#[tokio::test]
async fn a_form_without_a_score_is_asked_again() {
    let shop = Shop::open().await;
    shop.check_in_an_hour(ORDER, person(AMAL)).await;
    shop.hours(2).await;
    let link = rating(&shop.read(CHECK), 4);
    for fields in [&[][..], &[("score", "9")], &[("score", "")]] {
        let page = link.split('?').next().unwrap();
        let answer = harmless(&shop, HttpRequest::form(page, fields)).await;
        assert_eq!(answer.status, 400);
        assert!(answer.body.contains("<form"));
    }
}

#[tokio::test]
async fn one_click_ends_marketing_and_nothing_else() {
    let shop = Shop::open().await;
    shop.tell(&[agrees(person(AMAL))]).await;
    shop.matching_in_an_hour(ORDER, person(AMAL)).await;
    shop.hours(2).await;
    let mail = shop.read(MATCHING);
    assert_eq!(mail.header("List-Unsubscribe-Post"), Some("List-Unsubscribe=One-Click"));
    let link = path(mail.unsubscribe_link().unwrap()).to_owned();
    // What a mail program posts, without cookies or questions (RFC 8058).
    let done = shop.send_form(&link, &[("List-Unsubscribe", "One-Click")]).await;
    assert_eq!(done.status, 200);
    assert_eq!(words(&shop), ["Marketing Withdrawn", "Newsletter Withdrawn"]);
    let before = shop.items();
    assert_eq!(shop.send_form(&link, &[("List-Unsubscribe", "One-Click")]).await.status, 200);
    assert_eq!(shop.items(), before, "the second click finds it done");

    shop.hours(22).await;
    shop.invitation_in_an_hour("2", person(AMAL)).await;
    shop.survey_in_an_hour("3", person(AMAL)).await;
    shop.hours(24).await;
    assert!(shop.fate_of("2", INVITATION).starts_with("refused by consent: withdrawn"));
    assert_eq!(shop.fate_of("3", SURVEY), "sent");
}

/// Amal's words, in the order of their purposes.
fn words(shop: &Shop) -> Vec<String> {
    let profile = shop.profile(AMAL);
    profile.consents.iter().map(|(matter, word)| format!("{:?} {:?}", matter.purpose, word.state)).collect()
}

#[tokio::test]
async fn only_marketing_carries_the_mail_programs_own_button() {
    let shop = with_four_mails().await;
    let has_button = |journey| shop.read(journey).unsubscribe_link().is_some();
    assert_eq!([CHECK, SURVEY, MATCHING, INVITATION].map(has_button), [false, false, true, true]);
}

#[tokio::test]
async fn who_wants_no_more_surveys_gets_none() {
    let shop = Shop::open().await;
    shop.survey_in_an_hour("1", person(AMAL)).await;
    shop.hours(2).await;
    let link = link_to(&shop.read(SURVEY), "u");
    assert_eq!(shop.send_form(&link, &[]).await.status, 200);
    assert_eq!(words(&shop), ["Survey Withdrawn"]);
    shop.hours(22).await;
    shop.survey_in_an_hour("2", person(AMAL)).await;
    shop.hours(2).await;
    assert!(shop.fate_of("2", SURVEY).starts_with("refused by consent: withdrawn"));
}

#[tokio::test]
async fn who_joins_the_newsletter_is_on_record_and_not_invited_again() {
    let shop = Shop::open().await;
    shop.tell(&[agrees(person(AMAL))]).await;
    shop.invitation_in_an_hour(ORDER, person(AMAL)).await;
    shop.hours(2).await;
    let link = link_to(&shop.read(INVITATION), "n");
    assert_eq!(shop.send_form(&link, &[]).await.status, 200);
    let word = shop.profile(AMAL).consents.on(Purpose::Newsletter).cloned().unwrap();
    assert_eq!((format!("{:?}", word.state), word.at), ("Granted".to_owned(), shop.now()));
}

#[tokio::test]
async fn a_link_that_is_altered_or_used_for_something_else_is_refused() {
    let shop = Shop::open().await;
    shop.survey_in_an_hour(ORDER, person(AMAL)).await;
    shop.hours(2).await;
    let mail = shop.read(SURVEY);
    let (rate, leave) = (rating(&mail, 5), link_to(&mail, "u"));
    let mut altered = leave.clone().into_bytes();
    altered[40] = if altered[40] == b'A' { b'B' } else { b'A' };
    let altered = String::from_utf8(altered).unwrap();
    let swapped = leave.replacen("/u/", "/n/", 1);
    let cut = &rate[..rate.len() / 2];
    for (link, status) in
        [(&*altered, 400), (&*swapped, 400), (cut, 400), ("/u/", 400), ("/x/abc", 404), ("/", 404)]
    {
        for request in [HttpRequest::get(link), HttpRequest::form(link, &[("score", "5")])] {
            let answer = harmless(&shop, request).await;
            assert_eq!(answer.status, status, "{link}");
            assert!(!answer.body.contains("<form"), "{link}");
        }
    }
    let put = HttpRequest { method: "PUT".into(), ..HttpRequest::get(&rate) };
    assert_eq!(harmless(&shop, put).await.status, 405);
}

#[tokio::test]
async fn a_link_ends_after_its_time() {
    let shop = Shop::open().await;
    shop.survey_in_an_hour(ORDER, person(AMAL)).await;
    shop.hours(2).await;
    let link = rating(&shop.read(SURVEY), 5);
    shop.aws().clock().advance_to(shop.now().after(Wait::days(61)).timestamp());
    let page = link.split('?').next().unwrap();
    for request in [HttpRequest::get(&link), HttpRequest::form(page, &[("score", "5")])] {
        assert_eq!(harmless(&shop, request).await.status, 410);
    }
}

#[tokio::test]
async fn a_link_of_a_person_who_was_forgotten_leads_nowhere() {
    let shop = Shop::open().await;
    shop.survey_in_an_hour(ORDER, person(AMAL)).await;
    shop.hours(2).await;
    let link = rating(&shop.read(SURVEY), 5);
    let page = link.split('?').next().unwrap();
    shop.forget_everybody();
    for request in [HttpRequest::get(&link), HttpRequest::form(page, &[("score", "5")])] {
        let answer = harmless(&shop, request).await;
        assert_eq!(answer.status, 410);
        assert!(!answer.body.contains("Amal"));
    }
}
