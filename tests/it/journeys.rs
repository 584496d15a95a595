//! Journeys as they are shipped, each by itself, through the functions.

use std::path::Path;

use rihla_core::event::{
    CheckoutChanged, ConversationChanged, ConversationState, Fact, MessagePassed, OrderDetails, Person,
    Speaker,
};
use rihla_core::instant::Wait;
use rihla_core::journey::Journey;
use rihla_core::parcel::ParcelState::{Delivered, HandedOver};
use rihla_core::rhythm::ShopRhythm;
use rihla_core::source::Channel;
use rihla_local::aws::ses::{Mail, MailEvent};

use crate::facts::{AMAL, ORDER, agrees, details, line, moved, person, placed, pounds};
use crate::reader::link_to;
use crate::shop::{MONDAY_NINE, Shop, account_at};
use crate::stock::{location, stock};

/// The shop's own set-up with these journeys alone, and nobody left out.
pub(crate) fn with_only(names: &[&str]) -> rihla_core::shop::Shop {
    let mut own = rihla_infra::shop();
    own.journeys.retain(|journey| names.contains(&journey.name.as_str()));
    own.journeys.iter_mut().for_each(|journey| journey.holdout = Some(0));
    for source in own.sources.iter_mut().filter(|source| source.name.as_str() == "shop") {
        source.review_url = Some("https://shop.example/review/{product}".to_owned());
    }
    own
}

pub(crate) async fn open(own: rihla_core::shop::Shop) -> Shop {
    let shop = Shop::set_up(account_at(MONDAY_NINE), own).await;
    shop.tell(&[agrees(person(AMAL))]).await;
    shop
}

fn step(mail: &Mail) -> &str {
    mail.tags.iter().find(|(name, _)| name == "step").map(|(_, step)| step.as_str()).unwrap()
}

impl Shop {
    /// The steps whose mails were sent to Amal, in their order.
    fn steps_sent(&self) -> Vec<String> {
        self.aws().mailbox().to_recipient(AMAL).unwrap().iter().map(|mail| step(mail).to_owned()).collect()
    }
}

impl Shop {
    /// A cart is left when sending it turns out to be dear, and a shop of the buyer's town has what is in it.
    pub(crate) async fn cart_left_for_the_shipping(&self, buyer: Person, mugs_in_bristol: i64) {
        self.tell(&[location("lee", "Leeds"), location("bri", "Bristol")]).await;
        self.tell(&[stock("mug", "lee", 3), stock("mug", "bri", mugs_in_bristol)]).await;
        let cart = CheckoutChanged {
            checkout: "ck-1".to_owned(),
            buyer,
            lines: Some(vec![line("mug")]),
            total: Some(pounds(1_800)),
            recovery_url: Some("https://shop.example/ck-1".to_owned()),
            ..CheckoutChanged::default()
        };
        self.tell(&[Fact::CheckoutChanged(cart.clone())]).await;
        self.hours(1).await;
        self.tell(&[Fact::CheckoutChanged(CheckoutChanged { shipping: Some(pounds(990)), ..cart })]).await;
        self.hours(8).await;
    }
}

#[tokio::test]
async fn who_seems_lost_is_asked_why_and_answered_by_that() {
    for (choice, answered) in [("price", Some("price")), ("service", Some("service")), ("nothing", None)] {
        let mut own = with_only(&["recovery"]);
        own.limits.rhythm = ShopRhythm { gap_days: 10.0, weight: 1.0 };
        let shop = open(own).await;
        shop.tell_late(&[(Wait::days(31), placed(ORDER, person(AMAL)))]).await;
        shop.days(2).await;
        assert_eq!(shop.steps_sent(), ["ask"]);
        let link = link_to(&shop.read("recovery"), "r");
        let given = shop.send_form(&link, &[("choice", choice)]).await.status;
        assert_eq!(given == 200, answered.is_some(), "{choice}");
        shop.days(3).await;
        let sent: Vec<&str> = ["ask"].into_iter().chain(answered).collect();
        assert_eq!(shop.steps_sent(), sent, "{choice}");
    }
}

/// A reader who follows a link has written a review, or has seen that they do not want to.
#[tokio::test]
async fn who_followed_the_link_is_not_reminded_of_the_review() {
    for (is_followed, steps) in [(false, &["ask", "remind"][..]), (true, &["ask"])] {
        let shop = open(with_only(&["review-request"])).await;
        shop.tell_late(&[(Wait::days(20), placed(ORDER, person(AMAL)))]).await;
        shop.tell_late(&[(Wait::days(9), moved(ORDER, Delivered))]).await;
        shop.hours(2).await;
        assert_eq!(shop.steps_sent(), ["ask"]);
        if is_followed {
            let id = shop.mail("review-request").message_id;
            let event = MailEvent::Click { link: "https://shop.example/review/bowl".into() };
            shop.aws().mailbox().publish(&id, &event).unwrap();
        }
        shop.days(9).await;
        assert_eq!(shop.steps_sent(), steps);
    }
}

#[tokio::test]
async fn who_was_promised_a_day_hears_that_it_has_passed() {
    for (is_delivered, sent) in [(false, &["delay-notice"][..]), (true, &[])] {
        let shop = open(with_only(&["delay-notice"])).await;
        let promised_at = Some(shop.now().after(Wait::days(1)));
        let order = OrderDetails { promised_at, ..details(ORDER, person(AMAL), &["bowl"]) };
        shop.tell(&[Fact::OrderPlaced(order)]).await;
        shop.tell(&[moved(ORDER, if is_delivered { Delivered } else { HandedOver })]).await;
        shop.days(2).await;
        assert_eq!(shop.journeys_sent_to(AMAL), sent);
    }
}

#[tokio::test]
async fn who_asked_for_help_is_asked_whether_it_is_solved() {
    for (writes_again, sent) in [(false, &["solved-check"][..]), (true, &[])] {
        let shop = open(with_only(&["solved-check"])).await;
        shop.tell(&[said("1", person(AMAL))]).await;
        shop.hours(1).await;
        shop.tell(&[solved()]).await;
        shop.days(1).await;
        if writes_again {
            shop.tell(&[said("2", person(AMAL))]).await;
        }
        shop.days(2).await;
        assert_eq!(shop.journeys_sent_to(AMAL), sent);
    }
}

fn said(message: &str, customer: Person) -> Fact {
    Fact::MessagePassed(MessagePassed {
        conversation: "c-1".to_owned(),
        message: message.to_owned(),
        customer,
        dated_by_arrival: false,
        speaker: Speaker::Customer,
        channel: Some(Channel::Email),
        text: Some("The cup came broken.".to_owned()),
    })
}

fn solved() -> Fact {
    Fact::ConversationChanged(ConversationChanged {
        conversation: "c-1".to_owned(),
        customer: person(AMAL),
        state: ConversationState::Resolved,
        channel: None,
        subject: None,
    })
}

/// What was decided stays decided, by the step's name; what is still to come follows the file as it is now.
#[tokio::test]
async fn people_in_the_middle_go_on_by_the_file_as_it_is_now() {
    let before = open(with_only(&["review-request"])).await;
    before.tell_late(&[(Wait::days(20), placed(ORDER, person(AMAL)))]).await;
    before.tell_late(&[(Wait::days(9), moved(ORDER, Delivered))]).await;
    before.hours(2).await;
    let mut own = with_only(&["review-request"]);
    own.journeys.iter_mut().for_each(sooner_and_shorter);
    let shop = Shop::set_up(before.aws().clone(), own).await;
    shop.days(9).await;
    assert_eq!(shop.steps_sent(), ["ask", "remind"], "what was sent is not sent again");
    assert_eq!(shop.entry_of(ORDER, "review-request#ask").unwrap().version, 1);
    assert_eq!(shop.entry_of(ORDER, "review-request#remind").unwrap().version, 2);
}

/// Another version: the request comes two days after the parcel, the reminder four days after that.
fn sooner_and_shorter(journey: &mut Journey) {
    journey.version = 2;
    for (step, (milestone, wait)) in journey.steps.iter_mut().zip([("delivered", 2), ("ask.sent", 4)]) {
        let rule = [(milestone.parse().unwrap(), Wait::days(wait))].into();
        step.due = vec![rihla_core::journey::DueRule(rule)];
    }
}

/// Every journey that is shipped is named in the page about them.
#[test]
fn each_journey_is_told_of() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/journeys.md");
    let page = std::fs::read_to_string(page).unwrap();
    for journey in rihla_infra::shop().journeys {
        assert!(page.contains(&format!("`{}`", journey.name)), "{}", journey.name);
    }
}
