//! Recording what a carrier tells of a parcel by its tracking number alone.

use std::collections::BTreeMap;

use rihla_core::identifier::Identifier;
use rihla_core::lattice::Join;
use rihla_core::order::Order;
use rihla_core::parcel::Parcel;
use rihla_core::pointer::Pointer;

use super::order::Placed;
use super::{Attempt, RecordError, Recorder};
use crate::table::{Key, TableError, Versioned, Write};

impl Recorder {
    pub(super) async fn parcel(
        &self,
        attempt: Attempt,
        tracking: &str,
        told: &Order,
    ) -> Result<(), RecordError> {
        let key = self.pointer_key(&Identifier::Tracking(tracking.to_owned()));
        let pointer: Option<Versioned<Pointer>> = self.table.get(&key, attempt.freshness).await?;
        let document = pointer.as_ref().map(|pointer| pointer.document.clone()).unwrap_or_default();
        let Pointer { customer: Some(customer), order: Some(order), parcel: Some(parcel), .. } = document
        else {
            return self.wait(key, pointer, told.clone()).await;
        };
        let known = self.table.get(&Key::order(&customer, &order), attempt.freshness).await?;
        let placed = Placed { customer, key: &order, known, buyer: None, root: None };
        self.tell(attempt, placed, under_one_id(told.clone(), &parcel)).await
    }

    /// Points the tracking numbers that are new to the order at it, and takes in what waited there.
    pub(super) async fn follow_tracking_numbers(
        &self,
        attempt: Attempt,
        placed: &Placed<'_>,
        news: &mut Order,
    ) -> Result<(), RecordError> {
        if !self.shop.follows_tracking_numbers() {
            return Ok(());
        }
        for (parcel, tracking) in new_tracking_numbers(placed.known.as_ref(), news) {
            let waiting = self.follow(attempt, placed, &parcel, tracking).await?;
            news.join(under_one_id(waiting.unwrap_or_default(), &parcel));
        }
        Ok(())
    }

    async fn follow(
        &self,
        attempt: Attempt,
        placed: &Placed<'_>,
        parcel: &str,
        tracking: String,
    ) -> Result<Option<Order>, TableError> {
        let key = self.pointer_key(&Identifier::Tracking(tracking));
        let pointer: Option<Versioned<Pointer>> = self.table.get(&key, attempt.freshness).await?;
        let known = pointer.as_ref().map(|pointer| pointer.document.clone()).unwrap_or_default();
        // A carrier uses a number again after some months: it then stands for the later parcel.
        let (customer, order) = (Some(placed.customer.clone()), Some(placed.key.clone()));
        let document = Pointer { customer, order, parcel: Some(parcel.to_owned()), ..known.clone() };
        if document != known {
            self.table.put(Write::new(key, &document, Versioned::expect(pointer.as_ref()))).await?;
        }
        Ok(known.waiting)
    }
}

/// The parcels whose tracking number the order does not have yet, with it.
fn new_tracking_numbers(known: Option<&Versioned<Order>>, news: &Order) -> Vec<(String, String)> {
    let tracking = |parcel: &Parcel| parcel.tracking.as_ref().map(|tracking| tracking.value.clone());
    let known_number = |id: &str| known.and_then(|known| tracking(known.document.parcels.get(id)?));
    let told = news.parcels.iter().filter_map(|(id, parcel)| Some((id.clone(), tracking(parcel)?)));
    told.filter(|(id, number)| known_number(id).as_ref() != Some(number)).collect()
}

/// What was told under the tracking number, under the parcel's own id.
fn under_one_id(told: Order, id: &str) -> Order {
    let mut one = Parcel::default();
    for parcel in told.parcels.values() {
        one.join(parcel.clone());
    }
    let parcels = if told.parcels.is_empty() { BTreeMap::new() } else { [(id.to_owned(), one)].into() };
    Order { parcels, ..told }
}
