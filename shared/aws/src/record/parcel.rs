//! Recording what a carrier tells of a parcel by its tracking number alone.

use std::collections::BTreeMap;

use rihla_core::identifier::Identifier;
use rihla_core::lattice::Join;
use rihla_core::order::Order;
use rihla_core::parcel::Parcel;
use rihla_core::pointer::Pointer;

use super::order::Placed;
use super::{Attempt, RecordError, Recorder};
use crate::table::{Freshness, Key, Versioned, Write};

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
        if document.erased.is_some() {
            return Ok(());
        }
        let Pointer { customer: Some(customer), order: Some(order), parcel: Some(parcel), .. } = document
        else {
            return self.wait(key, pointer, told.clone()).await;
        };
        let known = self.table.get(&Key::order(&customer, &order), attempt.freshness).await?;
        let placed = Placed::known_as(customer, &order, known);
        self.tell(attempt, placed, under_one_id(told.clone(), &parcel)).await
    }

    /// Has the tracking numbers that are new to the order point at it, and takes in what waited there.
    ///
    /// The first attempt takes it that nothing was told yet of a parcel's first number: where something was, the condition
    /// of the write says so, and the next attempt looks.
    pub(super) async fn follow_tracking_numbers(
        &self,
        attempt: Attempt,
        placed: &mut Placed<'_>,
        news: &mut Order,
    ) -> Result<(), RecordError> {
        if !self.shop.follows_tracking_numbers() {
            return Ok(());
        }
        for (tracking, Numbered { parcel, is_first }) in new_tracking_numbers(placed.known.as_ref(), news) {
            let key = self.pointer_key(&Identifier::Tracking(tracking));
            let pointer: Option<Versioned<Pointer>> = match attempt.freshness {
                Freshness::MayBeStale if is_first => None,
                freshness => self.table.get(&key, freshness).await?,
            };
            let known = pointer.as_ref().map(|pointer| pointer.document.clone()).unwrap_or_default();
            news.join(under_one_id(known.waiting.clone().unwrap_or_default(), &parcel));
            // A carrier uses a number again after some months: it then stands for the later parcel.
            let (customer, order) = (Some(placed.customer.clone()), Some(placed.key.clone()));
            let document = Pointer { customer, order, parcel: Some(parcel), erased: None, ..known.clone() };
            if document != known {
                placed.first.push(Write::new(key, &document, Versioned::expect(pointer.as_ref())));
            }
        }
        Ok(())
    }
}

/// The parcel of a tracking number.
struct Numbered {
    parcel: String,
    /// Whether it had no number before.
    is_first: bool,
}

/// The tracking numbers that the order does not have yet; of several parcels with one number the last.
fn new_tracking_numbers(known: Option<&Versioned<Order>>, news: &Order) -> BTreeMap<String, Numbered> {
    let tracking = |parcel: &Parcel| parcel.tracking.as_ref().map(|tracking| tracking.value.clone());
    let known_number = |id: &str| known.and_then(|known| tracking(known.document.parcels.get(id)?));
    let told = news.parcels.iter().filter_map(|(id, parcel)| {
        let (number, known) = (tracking(parcel)?, known_number(id));
        let numbered = Numbered { parcel: id.clone(), is_first: known.is_none() };
        (known.as_ref() != Some(&number)).then_some((number, numbered))
    });
    told.collect()
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
