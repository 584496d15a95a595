//! What passes is kept for so long: carts and conversations go by themselves, orders and people stay.

use rihla_core::event::{CheckoutChanged, Fact, MessagePassed, Speaker};
use serde_json::json;

use crate::facts::{AMAL, ORDER, agrees, line, paid, person, placed};
use crate::shop::Shop;

fn cart(id: &str) -> Fact {
    Fact::CheckoutChanged(CheckoutChanged {
        checkout: id.to_owned(),
        buyer: person(AMAL),
        lines: Some(vec![line("mug")]),
        ..CheckoutChanged::default()
    })
}

fn said(message: &str) -> Fact {
    Fact::MessagePassed(MessagePassed {
        conversation: "talk".to_owned(),
        message: message.to_owned(),
        customer: person(AMAL),
        dated_by_arrival: false,
        speaker: Speaker::Customer,
        channel: None,
        text: Some("Where is it?".to_owned()),
    })
}

impl Shop {
    /// A customer with an order, a cart and a conversation, and what followed from them.
    async fn lived() -> Self {
        let shop = Self::open().await;
        shop.tell(&[agrees(person(AMAL)), placed(ORDER, person(AMAL)), paid(ORDER), said("1")]).await;
        shop.tell(&[cart("ck-1")]).await;
        shop.days(4).await;
        shop
    }

    /// The sort keys of all items, with the day on which each is swept, counted from now.
    fn swept_in_days(&self) -> Vec<(String, Option<i64>)> {
        let mut found = Vec::new();
        self.aws().each_item(|item| {
            let seconds = item["ttl"]["N"].as_str().map(|seconds| seconds.parse::<i64>().unwrap());
            let days = seconds.map(|seconds| (seconds - self.now().seconds()) / 86_400);
            found.push((item["SK"]["S"].as_str().unwrap().to_owned(), days));
        });
        found
    }

    fn kinds(&self) -> Vec<String> {
        let of_customer = self.record().into_iter().filter(|item| item.pk.starts_with("C#"));
        let mut kinds: Vec<String> =
            of_customer.map(|item| item.sk.split('#').next().unwrap().to_owned()).collect();
        kinds.dedup();
        kinds
    }

    async fn asked(&self, what: &str) -> String {
        let (customer, _) = self.profiles().remove(0);
        let mut asked = json!({ "customer": customer });
        if what == "export" {
            asked["by"] = json!("Rana");
        }
        self.console(json!({ what: asked })).await.to_string()
    }
}

#[tokio::test]
async fn carts_and_conversations_are_kept_for_so_long_and_nothing_else_goes() {
    let shop = Shop::lived().await;
    let days = shop.swept_in_days();
    let of = |kind: &str| -> Vec<i64> {
        let of_kind = days.iter().filter(|(sk, _)| sk.starts_with(kind));
        of_kind.map(|(sk, days)| days.unwrap_or_else(|| panic!("{sk} is kept for ever"))).collect()
    };
    assert!(of("K#").len() > 1 && of("K#").iter().all(|days| (175..=180).contains(days)), "{days:?}");
    assert!(of("T#").len() == 1 && of("M#").len() == 1, "{days:?}");
    let talk = [of("T#"), of("M#")].concat();
    assert!(talk.iter().all(|days| (725..=730).contains(days)), "{days:?}");
    let is_to_stay = |sk: &str| !["K#", "T#", "M#", "0"].iter().any(|kind| sk.starts_with(kind));
    let stay: Vec<_> = days.iter().filter(|(sk, _)| is_to_stay(sk)).collect();
    assert!(stay.len() > 3 && stay.iter().all(|(_, days)| days.is_none()), "{stay:?}");
}

#[tokio::test]
async fn what_has_gone_by_itself_leaves_the_order_and_its_customer() {
    let shop = Shop::lived().await;
    let before = (shop.profile(AMAL).totals, shop.kinds());
    shop.days(731).await;
    assert!(shop.aws().sweep() > 3);
    assert_eq!(before.1, ["K", "M", "N", "O", "PROFILE", "T"]);
    assert_eq!(shop.kinds(), ["N", "O", "PROFILE"]);
    assert_eq!(shop.profile(AMAL).totals, before.0);
    assert_eq!(shop.aws().sweep(), 0);
}

#[tokio::test]
async fn a_cart_that_is_touched_again_is_kept_from_then_on() {
    let shop = Shop::lived().await;
    shop.days(170).await;
    shop.tell(&[cart("ck-1")]).await;
    shop.tell(&[said("2")]).await;
    shop.days(20).await;
    shop.aws().sweep();
    assert!(shop.record().iter().any(|item| item.sk == "K#shop#ck-1#"));
    shop.days(165).await;
    shop.aws().sweep();
    assert!(!shop.record().iter().any(|item| item.sk == "K#shop#ck-1#"));
}

#[tokio::test]
async fn what_should_have_gone_and_lies_there_yet_is_not_shown() {
    let shop = Shop::lived().await;
    let shown = [shop.asked("timeline").await, shop.asked("export").await];
    assert!(shown.iter().all(|shown| shown.contains("Where is it?") && shown.contains("ck-1")), "{shown:?}");
    shop.days(731).await;
    let shown = [shop.asked("timeline").await, shop.asked("export").await];
    assert!(shown.iter().all(|shown| shown.contains(ORDER)), "{shown:?}");
    assert!(!shown.iter().any(|shown| shown.contains("Where is it?") || shown.contains("ck-1")), "{shown:?}");
    assert_eq!(shop.kinds(), ["K", "M", "N", "O", "PROFILE", "T", "X"]);
}
