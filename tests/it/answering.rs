//! What a customer says on the pages behind the links: a score of eleven, one reason of several, what they want to get.

use rihla_aws::secrets::Secrets;
use rihla_core::event::Purpose;
use rihla_core::follow_up::FollowUpKey;
use rihla_core::identifier::CustomerId;
use rihla_core::instant::Wait;
use rihla_core::link::{Action, Grant};
use rihla_core::zone::local_zone;
use rihla_local::desk;
use rihla_local::pages::Pages;
use rihla_local::run::{HttpAnswer, HttpRequest};
use serde_json::json;

use crate::facts::{AMAL, ORDER, agrees, person, placed};
use crate::shop::Shop;

/// A shop that Amal ordered from and agreed to hear from.
async fn with_an_order() -> Shop {
    let shop = Shop::open().await;
    shop.tell(&[placed(ORDER, person(AMAL)), agrees(person(AMAL))]).await;
    shop
}

/// The path of a link that a mail of this journey has.
async fn link(shop: &Shop, page: &str, action: Action, journey: &str) -> String {
    let order = format!("shop#{ORDER}");
    let grant = Grant {
        customer: CustomerId::from_text(&shop.profiles()[0].0),
        follow_up: FollowUpKey::new(journey, &order, "1"),
        action,
        purpose: Purpose::Survey,
        expires_seconds: shop.now().after(Wait::days(60)).seconds(),
        locale: "en-GB".into(),
        trigger: order.parse().unwrap(),
    };
    let client = aws_sdk_ssm::Client::new(&shop.aws().function("respond").sdk_config());
    let keys = Secrets::new(client, "/rihla/local".to_owned()).link_keys().await.unwrap();
    format!("/{page}/{}", keys.sign(&grant))
}

/// Sends what is no answer, and sees it asked again and nothing changed.
async fn asked_again(shop: &Shop, link: &str, fields: &[(&str, &str)]) -> HttpAnswer {
    let before = shop.items();
    let answer = shop.send_form(link, fields).await;
    assert_eq!((answer.status, shop.items()), (400, before), "{fields:?}");
    assert!(answer.body.contains("<form"), "{fields:?}: {}", answer.body);
    answer
}

#[tokio::test]
async fn whoever_may_recommend_us_says_so_from_0_to_10() {
    let shop = with_an_order().await;
    let link = link(&shop, "r", Action::Rate, "nps").await;
    let before = shop.items();
    let page = shop.get(&format!("{link}?score=9")).await;
    assert!(page.body.contains("value=\"9\" required checked"), "{}", page.body);
    assert_eq!((page.body.matches(" checked").count(), shop.items()), (1, before));
    for score in ["11", "-1", "", "nine", "4.5"] {
        let page = asked_again(&shop, &link, &[("score", score), ("comment", "But <why>?")]).await;
        assert!(page.body.contains("But &lt;why&gt;?"), "what was written is not lost: {}", page.body);
    }
    asked_again(&shop, &link, &[("choice", "price")]).await;
    for (score, title) in
        [("0", "Thank you for telling us"), ("6", "Thank you for telling us"), ("10", "Thank you<")]
    {
        let thanks = shop.send_form(&link, &[("score", score)]).await;
        assert!(
            thanks.status == 200 && thanks.body.contains(&format!("<h1>{title}")),
            "{score}: {}",
            thanks.body
        );
        let answer = shop.answer("nps").unwrap();
        assert_eq!((answer["score"].to_string().as_str(), &answer["out_of"]), (score, &json!(10)));
    }
}

#[tokio::test]
async fn one_reason_of_those_that_the_mail_offers_is_taken() {
    let shop = with_an_order().await;
    let link = link(&shop, "r", Action::Rate, "recovery-reason").await;
    let page = HttpRequest::get(&format!("{link}?choice=shipping"));
    let before = shop.items();
    let page = shop.stack.respond(&page).await.unwrap();
    assert!(page.body.contains("value=\"shipping\" required checked"), "{}", page.body);
    assert_eq!(shop.items(), before);
    for choice in ["", "Price", "no such reason", "\"><script>"] {
        let page = asked_again(&shop, &link, &[("choice", choice)]).await;
        assert!(!page.body.contains("<script"), "{}", page.body);
    }
    asked_again(&shop, &link, &[("score", "3")]).await;
    shop.send_form(&link, &[("choice", "price"), ("comment", "Twice as much as elsewhere.")]).await;
    let answer = shop.answer("recovery-reason").unwrap();
    assert_eq!(answer["choice"], "price");
    assert_eq!(answer["comment"], "Twice as much as elsewhere.");
    assert_eq!((answer.get("score"), answer.get("out_of")), (None, None));
}

#[tokio::test]
async fn a_message_that_asks_nothing_any_more_has_no_page() {
    let shop = with_an_order().await;
    for journey in ["thank-you", "no-such-journey"] {
        let link = link(&shop, "r", Action::Rate, journey).await;
        let before = shop.items();
        for answer in [shop.get(&link).await, shop.send_form(&link, &[("score", "5")]).await] {
            assert_eq!(answer.status, 410, "{journey}");
        }
        assert_eq!(shop.items(), before);
    }
}

fn ticked(page: &HttpAnswer) -> Vec<&str> {
    let boxes = ["surveys", "marketing", "newsletter"];
    boxes
        .into_iter()
        .filter(|name| page.body.contains(&format!("name=\"{name}\" value=\"1\" checked")))
        .collect()
}

fn words(shop: &Shop) -> Vec<String> {
    let consents = shop.profile(AMAL).consents;
    let purposes = [Purpose::Survey, Purpose::Marketing, Purpose::Newsletter];
    let said = |purpose| Some(format!("{purpose:?} {:?}", consents.on(purpose)?.state));
    purposes.into_iter().filter_map(said).collect()
}

#[tokio::test]
async fn a_customer_chooses_what_to_get() {
    let shop = with_an_order().await;
    let link = link(&shop, "p", Action::Prefer, "thank-you").await;
    let before = shop.items();
    assert_eq!(ticked(&shop.get(&link).await), ["surveys", "marketing"]);
    assert_eq!(shop.items(), before, "looking changes nothing");
    asked_again(&shop, &link, &[]).await;
    asked_again(&shop, &link, &[("List-Unsubscribe", "One-Click")]).await;

    let same = [("wishes", "1"), ("surveys", "1"), ("marketing", "1")];
    assert_eq!(shop.send_form(&link, &same).await.status, 200);
    assert_eq!(shop.items(), before, "boxes that were left alone say nothing");

    shop.hours(1).await;
    assert_eq!(shop.send_form(&link, &[("wishes", "1"), ("newsletter", "1")]).await.status, 200);
    assert_eq!(words(&shop), ["Survey Withdrawn", "Marketing Withdrawn", "Newsletter Granted"]);
    assert_eq!(ticked(&shop.get(&link).await), ["newsletter"]);
}

#[tokio::test]
async fn the_shop_reads_answers_in_the_questions_own_scale() {
    let shop = with_an_order().await;
    for (journey, field, answer) in [("nps", "score", "4"), ("recovery-reason", "choice", "price")] {
        shop.send_form(&link(&shop, "r", Action::Rate, journey).await, &[(field, answer)]).await;
    }
    let id = CustomerId::from_text(&shop.profiles()[0].0);
    let page = desk::customer(shop.aws(), &shop.stack.shop, &id, None).unwrap().unwrap();
    let html = Pages::new("Sidra", local_zone(None, None, None, "UTC")).customer(&page);
    for shown in [
        "<b class=\"score s2\">4 <span>of 10</span></b> Nps",
        "<b class=\"score s3\">Price</b> Recovery reason",
    ] {
        assert!(html.contains(shown), "{shown}: {html}");
    }
}
