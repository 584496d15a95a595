//! Reminders of what is used up, and the shop nearby in the mail about a left cart.

use rihla_core::event::Fact;
use rihla_core::instant::Wait;

use crate::facts::{AMAL, ORDER, details, person, placed};
use crate::journeys::{open, with_only};
use crate::shop::Shop;

impl Shop {
    /// So many people each bought a bowl, and another one 30 days later, which was 20 days ago.
    async fn bowls_bought_again_by(&self, people: usize) {
        for number in 0..people {
            let buyer = || person(&format!("again-{number}@example.com"));
            let first = (Wait::days(50), placed(&format!("first-{number}"), buyer()));
            let again = (Wait::days(20), placed(&format!("again-{number}"), buyer()));
            self.tell_late(&[first]).await;
            self.tell_late(&[again]).await;
        }
    }
}

#[tokio::test]
async fn a_reminder_comes_when_as_long_has_passed_as_others_took_to_buy_it_again() {
    let shop = open(with_only(&["replenishment"])).await;
    shop.bowls_bought_again_by(5).await;
    shop.hours(1).await;
    shop.tell(&[Fact::OrderPlaced(details(ORDER, person(AMAL), &["spoon", "bowl"]))]).await;
    shop.days(29).await;
    assert_eq!(shop.journeys_sent_to(AMAL), [""; 0]);
    shop.days(2).await;
    assert_eq!(shop.journeys_sent_to(AMAL), ["replenishment"]);
    let mail = shop.read("replenishment");
    assert!(mail.text.contains("The bowl") && !mail.text.contains("The spoon"), "{}", mail.text);
}

#[tokio::test]
async fn nobody_is_reminded_of_what_they_bought_again_or_nobody_knows() {
    let shop = open(with_only(&["replenishment"])).await;
    shop.bowls_bought_again_by(4).await;
    shop.hours(1).await;
    shop.tell_late(&[(Wait::days(29), placed("others", person(AMAL)))]).await;
    shop.days(2).await;
    assert_eq!(shop.journeys_sent_to(AMAL), [""; 0], "four intervals are too few");
    shop.tell_late(&[(Wait::days(1), placed(ORDER, person(AMAL)))]).await;
    shop.bowls_bought_again_by(6).await;
    shop.days(14).await;
    assert_eq!(shop.journeys_sent_to(AMAL), [""; 0], "it was bought again");
}

#[tokio::test]
async fn what_is_known_when_nobody_is_to_be_reminded_any_more_costs_no_entry() {
    for (days_ago, entries) in [(60, 0), (40, 1)] {
        let shop = open(with_only(&["replenishment"])).await;
        shop.bowls_bought_again_by(6).await;
        shop.hours(1).await;
        shop.tell_late(&[(Wait::days(days_ago), placed(ORDER, person(AMAL)))]).await;
        shop.days(1).await;
        let of_amal = format!("O#shop#{ORDER}#F#replenishment");
        assert_eq!(shop.record().iter().filter(|item| item.sk == of_amal).count(), entries, "{days_ago}");
    }
}

/// Where the region of neither is known, a shop of another town is not near for that.
#[tokio::test]
async fn a_cart_that_was_left_for_the_shipping_names_the_shop_nearby() {
    for (mugs_in_bristol, named) in [(2, Some("The shop in Bristol")), (0, None)] {
        let shop = open(with_only(&["left-cart"])).await;
        shop.cart_left_for_the_shipping(person(AMAL), mugs_in_bristol).await;
        let text = shop.read("left-cart").text;
        let told = text.lines().find(|line| line.contains("The shop in "));
        assert_eq!(told.is_some(), named.is_some(), "{text}");
        assert!(named.is_none_or(|named| text.contains(named)), "{text}");
        assert!(text.contains("https://shop.example/ck-1"), "{text}");
    }
}
