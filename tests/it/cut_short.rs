//! A delivery that was cut short is completed when it comes again, however much later.

use std::sync::atomic::{AtomicUsize, Ordering};

use rihla_core::parcel::ParcelState::Delivered;
use rihla_local::aws::{Fault, Part, Refusal};

use crate::facts::{AMAL, ORDER, moved, person, placed};
use crate::shop::Shop;

/// The pointers with the look, and the order are written; the profile is not.
const WRITES_BEFORE_THE_PROFILE: usize = 2;

#[tokio::test]
async fn an_order_whose_buyer_was_not_written_in_time_is_looked_at_when_its_delivery_comes_again() {
    let shop = Shop::open().await;
    let delivery = shop.delivery("shop", &[placed(ORDER, person(AMAL))]);
    let writes = AtomicUsize::new(0);
    shop.aws().faults().set(move |call| match (&*call.function, &*call.action) {
        ("receive" | "absorb", "PutItem" | "BatchExecuteStatement")
            if writes.fetch_add(1, Ordering::Relaxed) >= WRITES_BEFORE_THE_PROFILE =>
        {
            Fault::Refuse(Refusal::Throttled)
        }
        _ => Fault::None,
    });
    assert_eq!(shop.post(&delivery).await, 202, "it is parked");
    assert!(shop.profiles().is_empty());
    shop.days(3).await;
    assert_eq!(shop.mails().len(), 0, "the look at the survey found nobody");
    shop.aws().faults().clear();
    assert_eq!(shop.post(&delivery).await, 200);
    shop.hours(2).await;
    assert_eq!(shop.journeys_sent_to(AMAL), ["ease-survey"]);
    assert_eq!(shop.profile(AMAL).totals.orders(), 1);
}

/// The ledger names the next look. A process that dies when the service has written the entry and not yet the look, or the
/// look and not yet the entry, must not leave it at that.
#[tokio::test]
async fn a_look_that_was_not_put_on_the_calendar_beside_its_entry_is_put_there_by_the_message_that_comes_again()
 {
    for part in [Part::First, Part::Others] {
        let shop = Shop::open().await;
        shop.tell(&[placed(ORDER, person(AMAL)), moved(ORDER, Delivered)]).await;
        let died = AtomicUsize::new(0);
        shop.aws().faults().set(move |call| match (&*call.function, &*call.action) {
            ("deliver", "BatchExecuteStatement") if died.fetch_add(1, Ordering::Relaxed) == 0 => {
                Fault::DieAfterPart(part)
            }
            _ => Fault::None,
        });
        shop.days(1).await;
        shop.hours(1).await;
        assert_eq!(shop.journeys_sent_to(AMAL), ["delivery-check"], "{part:?}");
        shop.days(2).await;
        assert_eq!(shop.journeys_sent_to(AMAL), ["delivery-check", "ease-survey"], "{part:?}");
        assert_eq!(shop.fate("delivery-check"), "sent");
    }
}
