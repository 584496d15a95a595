//! What Shopify posts in the week.

use rihla_core::instant::Wait;
use serde_json::json;

use super::goods::{BOARD, BOWL, CUPS, NAPKIN, POT, RUNNER, SERVERS, SOAP, ZAATAR};
use super::people::{
    AMELIA, BEA, CHIDI, COLIN, DANIEL, EWAN, GRACE, GRACE_AGAIN, HANNAH, KHALID, LAYLA, LEO, MARTIN, NOURA,
    OLIVER, OMAR, PRIYA, RUTH, SALMA, SARA, STAFF, TOM, YOUSSEF,
};
use super::{FRI, MON, SAT, SUN, THU, TUE, WED};
use crate::shop::Posted;
use crate::shop::outbox::Outbox;
use crate::shop::web_order::WebOrder;

pub(super) fn deliveries() -> Vec<Posted> {
    let orders = [early_in_the_week(), that_go_wrong(), late_in_the_week(), arabic()].into_iter().flatten();
    orders.flat_map(WebOrder::into_posted).chain(youssef_withdraws()).collect()
}

fn early_in_the_week() -> Vec<WebOrder> {
    vec![
        WebOrder::placed(1001, MON.at(9, 12), Some(AMELIA), &[(BOARD, 1), (NAPKIN, 4)])
            .paid()
            .shipped(MON.at(15, 40), "SP100100001GB"),
        WebOrder::placed(1003, MON.at(12, 31), Some(OLIVER), &[(SOAP, 3)])
            .paid()
            .again(Wait::seconds(40))
            .shipped(TUE.at(10, 5), "SP100300001GB"),
        // Taken on the telephone: nobody's name or address was written down.
        WebOrder::placed(1004, MON.at(16, 2), None, &[(ZAATAR, 2)])
            .paid()
            .shipped(TUE.at(10, 9), "SP100400001GB"),
        // In two parcels, the second of them a day after the first.
        WebOrder::placed(1005, TUE.at(8, 55), Some(PRIYA), &[(RUNNER, 1), (NAPKIN, 6), (BOWL, 2)])
            .paid()
            .shipped_in_part(TUE.at(14, 20), "SP100500001GB")
            .shipped(WED.at(14, 45), "SP100500002GB"),
        // Shopify's servers are slow for two hours: the carrier speaks of the parcel before the shop does.
        WebOrder::placed(1008, TUE.at(11, 17), Some(GRACE), &[(POT, 1), (CUPS, 1)])
            .late(Wait::hours(6))
            .paid()
            .late(Wait::hours(6))
            .shipped(TUE.at(13, 30), "SP100800001GB")
            .late(Wait::hours(5)),
        WebOrder::placed(1010, WED.at(9, 3), Some(DANIEL), &[(BOARD, 1)])
            .paid()
            .shipped(WED.at(16, 0), "SP101000001GB"),
    ]
}

fn that_go_wrong() -> Vec<WebOrder> {
    vec![
        WebOrder::placed(1006, TUE.at(9, 48), Some(TOM), &[(CUPS, 2)]).paid().cancelled(TUE.at(13, 5)),
        // Sent back as soon as it was there.
        WebOrder::placed(1009, TUE.at(18, 26), Some(HANNAH), &[(RUNNER, 1)])
            .paid()
            .shipped(WED.at(9, 30), "SP100900001GB")
            .refunded(FRI.at(15, 10), 32_50, true)
            .again(Wait::hours(2)),
        WebOrder::placed(1011, WED.at(10, 40), Some(MARTIN), &[(SOAP, 2)])
            .paid()
            .shipped(WED.at(16, 2), "SP101100001GB"),
        // No carrier ever says that it arrived.
        WebOrder::placed(1013, WED.at(13, 14), Some(RUTH), &[(BOWL, 1)])
            .paid()
            .shipped(THU.at(9, 41), "SP101300001GB"),
        // Nobody at home, twice.
        WebOrder::placed(1014, WED.at(19, 52), Some(EWAN), &[(POT, 1)])
            .paid()
            .shipped(THU.at(9, 44), "SP101400001GB"),
        WebOrder::trial(1019, FRI.at(8, 30), STAFF, &[(BOARD, 1)]).paid(),
        // Damaged on the way.
        WebOrder::placed(1020, FRI.at(11, 36), Some(BEA), &[(BOWL, 4)])
            .paid()
            .shipped(FRI.at(16, 12), "SP102000001GB"),
        WebOrder::placed(1025, SUN.at(15, 21), Some(COLIN), &[(SOAP, 1)])
            .paid()
            .shipped(MON.next_week().at(9, 20), "SP102500001GB"),
    ]
}

fn late_in_the_week() -> Vec<WebOrder> {
    vec![
        // Again, while the first order's questions are still to come.
        WebOrder::placed(1015, THU.at(10, 8), Some(AMELIA), &[(SERVERS, 1), (SOAP, 2)])
            .paid()
            .shipped(THU.at(15, 55), "SP101500001GB"),
        WebOrder::placed(1021, FRI.at(20, 44), Some(GRACE_AGAIN), &[(ZAATAR, 1)])
            .paid()
            .shipped(SAT.at(10, 15), "SP102100001GB"),
        WebOrder::placed(1022, SAT.at(11, 2), Some(LEO), &[(BOARD, 1), (SERVERS, 1)])
            .paid()
            .shipped(MON.next_week().at(9, 5), "SP102200001GB"),
        WebOrder::placed(1024, SUN.at(9, 37), Some(CHIDI), &[(NAPKIN, 8), (RUNNER, 1)])
            .paid()
            .shipped(MON.next_week().at(9, 12), "SP102400001GB"),
    ]
}

fn arabic() -> Vec<WebOrder> {
    vec![
        WebOrder::placed(1002, MON.at(10, 45), Some(SALMA), &[(POT, 1), (ZAATAR, 1)])
            .paid()
            .shipped(MON.at(15, 44), "LX100200001AE"),
        WebOrder::placed(1007, TUE.at(10, 20), Some(LAYLA), &[(BOARD, 1), (SERVERS, 1)])
            .paid()
            .shipped(TUE.at(16, 31), "LX100700001AE"),
        WebOrder::placed(1012, WED.at(11, 58), Some(YOUSSEF), &[(SOAP, 6)])
            .paid()
            .shipped(THU.at(9, 36), "LX101200001AE"),
        // Late in the evening in Kuwait: what is due two days later is due at night.
        WebOrder::placed(1016, THU.at(20, 50), Some(NOURA), &[(CUPS, 1), (POT, 1)])
            .paid()
            .shipped(FRI.at(9, 25), "LX101600001AE"),
        // One cup was cheaper elsewhere: a part of the price goes back, the goods stay.
        WebOrder::placed(1017, FRI.at(9, 9), Some(OMAR), &[(BOWL, 2)])
            .paid()
            .shipped(FRI.at(15, 58), "LX101700001AE")
            .refunded(SAT.at(12, 0), 5_00, false),
        WebOrder::placed(1018, FRI.at(10, 27), Some(KHALID), &[(NAPKIN, 2)])
            .paid()
            .shipped(FRI.at(16, 1), "SP101800001GB"),
        WebOrder::placed(1023, SUN.at(8, 12), Some(SARA), &[(BOARD, 1), (NAPKIN, 4)])
            .paid()
            .shipped(MON.next_week().at(9, 8), "LX102300001AE"),
    ]
}

/// He takes his consent back in the shop's own settings, and Shopify says so twice.
fn youssef_withdraws() -> Vec<Posted> {
    let at = SAT.at(18, 33);
    let body = json!({
        "customer_id": YOUSSEF.id,
        "email_address": YOUSSEF.email,
        "email_marketing_consent": {
            "state": "unsubscribed",
            "opt_in_level": "single_opt_in",
            "consent_updated_at": at,
        },
    });
    let mut outbox = Outbox::new("web", "web_consent".to_owned());
    outbox.post(
        at.after(Wait::seconds(3)),
        Some("customers_email_marketing_consent/update"),
        body.to_string().into(),
    );
    outbox.again(Wait::hours(1));
    outbox.into_posted()
}
