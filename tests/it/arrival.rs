//! Late, doubled and shuffled: the same deliveries in whatever order lead to the same record and the same mails.

use rihla_core::event::{Fact, ParcelMoved};
use rihla_core::instant::Wait;
use rihla_core::parcel::ParcelState::{Delivered, HandedOver, InTransit};
use rihla_local::shop::Posted;

use crate::facts::{AMAL, ORDER, known_as, moved, paid, person, placed, refunded, scanned};
use crate::reader::journey;
use crate::shop::Shop;

/// A life in six deliveries of two sources; the carrier knows only the tracking number.
fn life(shop: &Shop) -> Vec<Posted> {
    let scan = |state| -> Fact {
        let scan: ParcelMoved = scanned(&format!("SP{ORDER}GB"), state);
        Fact::ParcelMoved(scan)
    };
    vec![
        shop.delivery("shop", &[placed(ORDER, known_as(person(AMAL), "77"))]),
        shop.delivery("shop", &[paid(ORDER)]),
        shop.delivery("shop", &[moved(ORDER, HandedOver)]),
        shop.delivery("carrier", &[scan(InTransit)]),
        shop.delivery("carrier", &[scan(Delivered)]),
        shop.delivery("shop", &[refunded(ORDER, 300, false)]),
    ]
}

/// The orders and customers on record, and the mails, at the end of three days.
async fn ended(order_of_arrival: &[usize]) -> (String, String, Vec<String>) {
    let shop = Shop::open().await;
    let deliveries = life(&shop);
    for index in order_of_arrival {
        assert_eq!(shop.post(&deliveries[*index]).await, 200);
    }
    shop.pass(Wait::days(3)).await;
    let order = shop.order(ORDER).unwrap();
    let profile = shop.profile(AMAL);
    let mails = shop.mails().iter().map(|mail| format!("{} {}", mail.accepted_at, journey(mail))).collect();
    // What was put on the calendar on the way is no part of the order itself.
    let order = rihla_core::order::Order { looks: [].into(), owed: None, ..order };
    (format!("{order:?}"), format!("{profile:?}").split("claims").next().unwrap().to_owned(), mails)
}

#[tokio::test]
async fn the_end_is_the_same_whatever_came_first_and_however_often() {
    let in_order = ended(&[0, 1, 2, 3, 4, 5]).await;
    assert_eq!(in_order.2.len(), 2, "the check and the survey: {:?}", in_order.2);
    for arrival in [
        &[5, 4, 3, 2, 1, 0][..],
        &[4, 3, 0, 5, 2, 1],
        &[2, 4, 0, 1, 3, 5],
        &[0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5],
        &[4, 2, 4, 2, 0, 5, 1, 3, 0, 5],
    ] {
        assert_eq!(ended(arrival).await, in_order, "{arrival:?}");
    }
}
