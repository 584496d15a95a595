//! Forgetting a person: over all customers that turned out to be this person, all that was told of them up to the moment of
//! the request. What stays says nothing of anybody: profiles with no more than the time of it and the links between them,
//! pointers under keyed hashes, and the request itself.
//!
//! Every step can be repeated. First the profiles are emptied, so that nothing older is taken in any more; then the rest
//! goes, an order after what leads to it.

use std::collections::BTreeMap;

use std::collections::BTreeSet;

use rihla_core::checkout::Checkout;
use rihla_core::conversation::Conversation;
use rihla_core::event::PrivacyRequested;
use rihla_core::identifier::{CustomerId, Identifier};
use rihla_core::instant::Instant;
use rihla_core::lattice::{Earliest, Join};
use rihla_core::order::{Order, OrderKey};
use rihla_core::pointer::Pointer;
use rihla_core::profile::Profile;
use rihla_core::source::SourceId;
use rihla_core::subject::ToldPerson;
use rihla_core::totals::Totals;
use rihla_core::trigger::{On, Trigger};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::{Attempt, RecordError, Recorder};
use crate::person::linked;
use crate::table::{Freshness, Key, TableError};

/// So many items are read at once.
const PAGE: i32 = 100;

/// The looks that something put on the calendar: those of what journeys follow, and that of an entry of the ledger.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Planned {
    looks: Vec<Earliest>,
    next_look: Option<Instant>,
}

/// Of a message or a word on consent, when it passed.
#[derive(Deserialize)]
struct Passed {
    at: Instant,
}

/// An order.
struct Placed {
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
        if meant.customers.is_empty() && meant.is_unsure {
            return Ok(());
        }
        let mut customers = BTreeMap::new();
        for customer in &meant.customers {
            customers.extend(linked(&self.table, customer).await?);
        }
        self.forget(customers.iter(), at).await?;
        Ok(self.done(meant.customers.first(), source, at, told).await?)
    }

    /// Forgets what was told up to `at` of the customers of one person, each with its profile.
    pub async fn forget(
        &self,
        customers: impl Iterator<Item = (&CustomerId, &Profile)> + Clone,
        at: Instant,
    ) -> Result<(), RecordError> {
        for (customer, profile) in customers.clone() {
            self.keep_closed(profile).await?;
            self.forget_names(customer, profile, at).await?;
            self.empty(customer, at, None).await?;
        }
        for (customer, _) in customers {
            let kept = self.sweep(customer, at).await?;
            if !kept.is_empty() {
                self.empty(customer, at, Some(&kept)).await?;
            }
        }
        Ok(())
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
        let (mut after, mut kept_place, mut kept) = (None, None, Totals::default());
        loop {
            let page = self.table.behind(&pk, after.as_deref(), PAGE).await?;
            let Some((last, _)) = page.last() else { return Ok(kept) };
            after = Some(last.clone());
            let (mut gone, mut looks) = (Vec::new(), BTreeSet::new());
            for (sk, item) in &page {
                let document = &item.document;
                let is_kept = match Key::of_followed(sk) {
                    Some((trigger, "")) => {
                        let (is_kept, totals) = self.keep(&trigger, sk, document, at).await?;
                        kept = kept.plus(&totals);
                        kept_place = is_kept.then(|| sk.clone());
                        is_kept
                    }
                    Some(_) => kept_place.as_ref().is_some_and(|place| sk.starts_with(place)),
                    None => is_kept(sk, document, at)?,
                };
                if !is_kept {
                    looks.extend(looks_of(customer, sk, document));
                    gone.push(sk);
                }
            }
            // What is followed and an entry beside it may name the same look, which can be deleted once in a request.
            self.table.delete_each(&looks.into_iter().collect::<Vec<_>>()).await?;
            let gone: Vec<Key> = gone.into_iter().map(|sk| Key { pk: pk.clone(), sk: sk.clone() }).collect();
            self.table.delete_each(&gone).await?;
        }
    }

    /// Whether something that journeys follow passed since, and what it adds to the totals then. Of an order that is not
    /// kept nothing is left that leads to it.
    async fn keep(
        &self,
        trigger: &Trigger,
        sk: &str,
        document: &RawValue,
        at: Instant,
    ) -> Result<(bool, Totals), TableError> {
        let passed_at = match trigger.on {
            On::Cart => read::<Checkout>(sk, document)?.touched.map(|touched| touched.at),
            On::Conversation => read::<Conversation>(sk, document)?.last_word.map(|word| word.at),
            On::Order => {
                let order: Order = read(sk, document)?;
                let key = OrderKey { source: trigger.source.clone(), order: trigger.id.clone() };
                if order.placed_at().is_some_and(|placed_at| placed_at > at) {
                    return Ok((true, Totals::of(&order, self.shop.channel(&key.source))));
                }
                self.forget_order(&Placed { key, order }, at).await?;
                None
            }
        };
        Ok((passed_at.is_some_and(|passed_at| passed_at > at), Totals::default()))
    }

    /// Has nothing lead to an order any more, or remember it.
    async fn forget_order(&self, placed: &Placed, at: Instant) -> Result<(), TableError> {
        let Placed { key, order } = placed;
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
        // Whichever order is in its place by now: one of many is no loss.
        let products = order.products().into_iter();
        let baskets = products.map(|line| Key::basket(&key.source, &line.product, key));
        self.table.delete_each(&baskets.collect::<Vec<_>>()).await
    }
}

/// The looks that are on the calendar for what lies in a place.
fn looks_of(customer: &CustomerId, sk: &str, document: &RawValue) -> Vec<Key> {
    let Some((trigger, _)) = Key::of_followed(sk) else { return Vec::new() };
    let planned: Planned = serde_json::from_str(document.get()).unwrap_or_default();
    let looks = planned.looks.into_iter().map(|look| look.0).chain(planned.next_look);
    looks.map(|at| Key::look(at, customer, &trigger)).collect()
}

/// Whether what lies in a place is kept, beside what journeys follow.
fn is_kept(sk: &str, document: &RawValue, at: Instant) -> Result<bool, TableError> {
    Ok(match sk.split('#').next() {
        Some("PROFILE" | "X") => true,
        Some("M" | "N") => read::<Passed>(sk, document)?.at > at,
        _ => false,
    })
}

fn read<T: DeserializeOwned>(sk: &str, document: &RawValue) -> Result<T, TableError> {
    serde_json::from_str(document.get())
        .map_err(|source| TableError::Unreadable { sort_key: sk.to_owned(), source })
}
