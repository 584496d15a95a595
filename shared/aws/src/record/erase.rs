//! Forgetting a person: over all customers that turned out to be this person, all that was told of them up to the moment of
//! the request. What stays says nothing of anybody: profiles with no more than the time of it and the links between them,
//! pointers under keyed hashes, and the request itself.
//!
//! Every step can be repeated. First the profiles are emptied, so that nothing older is taken in any more; then the rest
//! goes, an order after what leads to it.

use rihla_core::checkout::Checkout;
use rihla_core::conversation::Conversation;
use rihla_core::event::PrivacyRequested;
use rihla_core::identifier::{CustomerId, Identifier};
use rihla_core::instant::Instant;
use rihla_core::lattice::Join;
use rihla_core::order::{Order, OrderKey};
use rihla_core::pointer::Pointer;
use rihla_core::profile::Profile;
use rihla_core::source::SourceId;
use rihla_core::subject::ToldPerson;
use rihla_core::totals::Totals;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::{Attempt, RecordError, Recorder};
use crate::person::linked;
use crate::table::{Freshness, Key, TableError};

/// So many items are read at once.
const PAGE: i32 = 100;

/// Of an entry of the ledger, the look that it put on the calendar.
#[derive(Deserialize)]
struct Planned {
    next_look: Option<Instant>,
}

/// Of a message, when it passed.
#[derive(Deserialize)]
struct Passed {
    at: Instant,
}

/// An order and its customer.
struct Placed<'a> {
    customer: &'a CustomerId,
    key: OrderKey,
    order: Order,
}

impl Recorder {
    /// Does what was asked for in a request to be forgotten that is on record. One that names nobody but by a number or a
    /// mailbox that several may share is left to a person, and is not done.
    pub async fn erase(
        &self,
        source: &SourceId,
        at: Instant,
        told: &PrivacyRequested,
    ) -> Result<(), RecordError> {
        let attempt = Attempt { now: self.clock.now(), freshness: Freshness::Latest };
        let identifiers = ToldPerson::by(source, &told.person, at).identifiers;
        if told.orders.is_empty() && !identifiers.iter().any(Identifier::is_strong) {
            return Ok(());
        }
        let meant = self.meant(attempt, source, told).await?;
        let mut customers = Vec::new();
        for customer in &meant {
            customers.extend(linked(&self.table, customer).await?);
        }
        for (customer, profile) in &customers {
            self.keep_closed(profile).await?;
            self.empty(customer, at, None).await?;
        }
        for (customer, _) in &customers {
            let kept = self.sweep(customer, at).await?;
            if !kept.is_empty() {
                self.empty(customer, at, Some(&kept)).await?;
            }
        }
        Ok(self.done(meant.first(), source, at, told).await?)
    }

    /// Keeps which addresses no mail may go to where only their keyed hashes are.
    async fn keep_closed(&self, profile: &Profile) -> Result<(), TableError> {
        for (email, suppression) in &profile.suppressed {
            let close = |known: Option<&Pointer>| {
                let mut pointer = known.cloned().unwrap_or_default();
                pointer.suppressed.join(Some(*suppression));
                Some(pointer)
            };
            self.table.change(&self.pointer_key(&Identifier::Email(email.clone())), close).await?;
        }
        Ok(())
    }

    /// Leaves of a profile what was told since, with these totals, if they are known by now.
    async fn empty(
        &self,
        customer: &CustomerId,
        at: Instant,
        totals: Option<&Totals>,
    ) -> Result<(), TableError> {
        let forget = |known: Option<&Profile>| {
            let known = known?.clone();
            let counted = if known.has_forgotten(at) { known.totals.clone() } else { Totals::default() };
            Some(known.forgotten(at, totals.cloned().unwrap_or(counted)))
        };
        self.table.change(&Key::profile(customer), forget).await
    }

    /// Deletes everything else that is older. Gives the totals of the orders that stay.
    async fn sweep(&self, customer: &CustomerId, at: Instant) -> Result<Totals, TableError> {
        let pk = Key::profile(customer).pk;
        let (mut after, mut kept_order, mut kept) = (None, None, Totals::default());
        loop {
            let page = self.table.behind(&pk, after.as_deref(), PAGE).await?;
            let Some((last, _)) = page.last() else { return Ok(kept) };
            after = Some(last.clone());
            let (mut gone, mut looks) = (Vec::new(), Vec::new());
            for (sk, item) in &page {
                let document = &item.document;
                if let Some(key) = order_key(sk) {
                    let placed = Placed { customer, key, order: read(sk, document)? };
                    if placed.order.placed_at().is_some_and(|placed_at| placed_at > at) {
                        let channel = self.shop.channel(&placed.key.source);
                        kept = kept.plus(&Totals::of(&placed.order, channel));
                        kept_order = Some(sk.clone());
                    } else {
                        self.forget_order(&placed, at).await?;
                        gone.push(sk);
                    }
                } else if !is_kept(sk, document, kept_order.as_deref(), at)? {
                    looks.extend(next_look(customer, sk, document));
                    gone.push(sk);
                }
            }
            self.table.delete_each(&looks).await?;
            let gone: Vec<Key> = gone.into_iter().map(|sk| Key { pk: pk.clone(), sk: sk.clone() }).collect();
            self.table.delete_each(&gone).await?;
        }
    }

    /// Has nothing lead to an order any more, or remember it.
    async fn forget_order(&self, placed: &Placed<'_>, at: Instant) -> Result<(), TableError> {
        let Placed { customer, key, order } = placed;
        let tracking = order.parcels.values().filter_map(|parcel| parcel.tracking.as_ref());
        let tracking = tracking.map(|number| Identifier::Tracking(number.value.clone()));
        let number = Identifier::Order(key.source.clone(), key.order.clone());
        for identifier in tracking.chain([number]) {
            let forget = |known: Option<&Pointer>| {
                // A carrier uses a number again: it may be that of another order by now.
                let is_of_it = |known: &&Pointer| known.order.as_ref().is_none_or(|order| order == key);
                Some(known.filter(is_of_it)?.clone().forgotten(at))
            };
            self.table.change(&self.pointer_key(&identifier), forget).await?;
        }
        let looks = order.looks.iter().map(|look| Key::look(look.0, customer, key));
        // Whichever order is in its place by now: one of many is no loss.
        let products = order.products().into_iter();
        let baskets = products.map(|line| Key::basket(&key.source, &line.product, key));
        self.table.delete_each(&looks.chain(baskets).collect::<Vec<_>>()).await
    }
}

/// The order whose own item lies in this place.
fn order_key(sk: &str) -> Option<OrderKey> {
    sk.strip_prefix("O#")?.strip_suffix('#')?.parse().ok()
}

/// The look that an entry of the ledger put on the calendar.
fn next_look(customer: &CustomerId, sk: &str, document: &RawValue) -> Option<Key> {
    let (order, _) = sk.strip_prefix("O#")?.split_once("#F#")?;
    let planned: Planned = serde_json::from_str(document.get()).ok()?;
    Some(Key::look(planned.next_look?, customer, &order.parse().ok()?))
}

/// Whether what lies in a place is kept: what belongs to an order that is kept, and what passed since.
fn is_kept(sk: &str, document: &RawValue, kept_order: Option<&str>, at: Instant) -> Result<bool, TableError> {
    Ok(match sk.split('#').next() {
        Some("PROFILE" | "X") => true,
        Some("O") => kept_order.is_some_and(|order| sk.starts_with(order)),
        Some("T") => {
            let conversation: Conversation = read(sk, document)?;
            conversation.last_word.is_some_and(|word| word.at > at)
        }
        Some("K") => {
            let checkout: Checkout = read(sk, document)?;
            checkout.touched.is_some_and(|touched| touched.at > at)
        }
        Some("M") => read::<Passed>(sk, document)?.at > at,
        _ => false,
    })
}

fn read<T: DeserializeOwned>(sk: &str, document: &RawValue) -> Result<T, TableError> {
    serde_json::from_str(document.get())
        .map_err(|source| TableError::Unreadable { sort_key: sk.to_owned(), source })
}
