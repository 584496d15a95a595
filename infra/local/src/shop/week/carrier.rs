//! What the carriers post in the week and the one after. They know parcels by their tracking numbers alone.

use rihla_core::event::{Event, Fact, ParcelMoved};
use rihla_core::instant::{Instant, Wait};
use rihla_core::parcel::ParcelState::{
    self, Attempted, Delivered, Exception, HandedOver, InTransit, OutForDelivery,
};

use super::{FRI, MON, SAT, THU, TUE, WED};
use crate::shop::outbox::Outbox;
use crate::shop::{Posted, standard_body};

/// How long after a scan the carrier posts it.
const NOTICE: Wait = Wait::seconds(90);

pub(super) fn deliveries() -> Vec<Posted> {
    let parcels = that_arrive_as_they_should().into_iter().chain(that_do_not());
    parcels.flat_map(|parcel| parcel.outbox.into_posted()).collect()
}

fn that_arrive_as_they_should() -> Vec<Parcel> {
    vec![
        Parcel::usual("SP100100001GB", MON.at(18, 10), WED.at(11, 26)),
        Parcel::usual("LX100200001AE", MON.at(18, 15), MON.next_week().at(13, 40)),
        Parcel::usual("SP100300001GB", TUE.at(18, 2), THU.at(12, 51)),
        Parcel::usual("SP100400001GB", TUE.at(18, 3), THU.at(10, 14)),
        Parcel::usual("SP100500001GB", TUE.at(18, 20), THU.at(9, 58)),
        Parcel::usual("SP100500002GB", WED.at(18, 11), SAT.at(11, 33)),
        Parcel::usual("SP100800001GB", TUE.at(14, 5), THU.at(15, 2)),
        Parcel::usual("SP100900001GB", WED.at(18, 14), FRI.at(10, 40)),
        Parcel::usual("SP101000001GB", WED.at(18, 19), FRI.at(13, 17)),
        Parcel::usual("SP101100001GB", WED.at(18, 20), FRI.at(9, 29)),
        Parcel::usual("LX101200001AE", THU.at(18, 0), TUE.next_week().at(16, 22)),
        Parcel::usual("SP101500001GB", THU.at(18, 6), SAT.at(10, 47)),
        Parcel::usual("LX101600001AE", FRI.at(18, 1), WED.next_week().at(9, 55)),
        Parcel::usual("LX101700001AE", FRI.at(18, 2), THU.next_week().at(11, 10)),
        Parcel::usual("SP101800001GB", FRI.at(18, 9), MON.next_week().at(14, 36)),
        Parcel::usual("SP102100001GB", SAT.at(12, 40), TUE.next_week().at(10, 3)),
        Parcel::usual("SP102200001GB", MON.next_week().at(18, 4), WED.next_week().at(12, 12)),
        Parcel::usual("LX102300001AE", MON.next_week().at(18, 5), SAT.next_week().at(15, 48)),
        Parcel::usual("SP102400001GB", MON.next_week().at(18, 6), WED.next_week().at(9, 44)),
        Parcel::usual("SP102500001GB", MON.next_week().at(18, 8), WED.next_week().at(16, 30)),
    ]
}

fn that_do_not() -> Vec<Parcel> {
    let shuffled = Parcel::new("LX100700001AE")
        .scan(Delivered, SAT.at(14, 25))
        .again(Wait::hours(3))
        .scan(InTransit, WED.at(3, 12))
        .late(Wait::days(4))
        .scan(HandedOver, TUE.at(18, 25))
        .late(Wait::days(5))
        .again(Wait::seconds(30))
        .scan(OutForDelivery, SAT.at(8, 2))
        .late(Wait::hours(30));
    let without_an_end =
        Parcel::new("SP101300001GB").scan(HandedOver, THU.at(18, 3)).scan(InTransit, FRI.at(2, 44));
    let nobody_at_home = Parcel::new("SP101400001GB")
        .scan(HandedOver, THU.at(18, 4))
        .scan(Attempted, SAT.at(12, 20))
        .scan(Attempted, MON.next_week().at(12, 35))
        .again(Wait::hours(1))
        .scan(Delivered, WED.next_week().at(17, 48));
    let damaged = Parcel::new("SP102000001GB")
        .scan(HandedOver, FRI.at(18, 30))
        .scan(Exception, MON.next_week().at(7, 15));
    vec![shuffled, without_an_end, nobody_at_home, damaged]
}

/// A parcel on its way.
struct Parcel {
    tracking: &'static str,
    outbox: Outbox,
}

impl Parcel {
    fn new(tracking: &'static str) -> Self {
        Self { tracking, outbox: Outbox::new("carrier", format!("scan_{tracking}")) }
    }

    /// Four scans, as it should be.
    fn usual(tracking: &'static str, handed_over: Instant, delivered: Instant) -> Self {
        Self::new(tracking)
            .scan(HandedOver, handed_over)
            .scan(InTransit, handed_over.after(Wait::hours(7)))
            .scan(OutForDelivery, delivered.before(Wait::hours(4)))
            .scan(Delivered, delivered)
    }

    fn scan(mut self, state: ParcelState, at: Instant) -> Self {
        let moved = ParcelMoved {
            order: None,
            parcel: None,
            tracking: Some(self.tracking.to_owned()),
            carrier: Some(self.carrier().to_owned()),
            state,
        };
        let body = standard_body(&[Event { at, fact: Fact::ParcelMoved(moved) }]);
        self.outbox.post(at.after(NOTICE), None, body);
        self
    }

    fn carrier(&self) -> &'static str {
        if self.tracking.starts_with("LX") { "Levant Express" } else { "Swift Post" }
    }

    fn late(mut self, by: Wait) -> Self {
        self.outbox.late(by);
        self
    }

    fn again(mut self, after: Wait) -> Self {
        self.outbox.again(after);
        self
    }
}
