//! What a look sees, as it lies in the table at this moment.

use rihla_aws::look::Look;
use rihla_aws::person;
use rihla_aws::table::{Expect, Freshness, Key, Table, TableError, Versioned, Write};
use rihla_core::follow_up::FollowUpKey;
use rihla_core::instant::Instant;
use rihla_core::look::{Ledger, STEP, View};
use rihla_core::order::Order;
use rihla_core::profile::Profile;
use rihla_core::record::LEAD;
use rihla_core::shop::Shop;
use rihla_core::zone::{LocalZone, local_zone};
use serde_json::Value;
use std::collections::BTreeMap;

/// An order, its ledger, and whose it is.
#[derive(Debug)]
pub(crate) struct Scene<'a> {
    pub(crate) now: Instant,
    pub(crate) look: &'a Look,
    pub(crate) shop: &'a Shop,
    pub(crate) order: Order,
    pub(crate) ledger: Ledger,
    /// The versions of the ledger's entries.
    pub(crate) versions: BTreeMap<FollowUpKey, u64>,
    /// The profile beside the order: what is claimed for the order is claimed there.
    pub(crate) own: Versioned<Profile>,
    /// The person, of all linked profiles.
    pub(crate) person: Profile,
    pub(crate) zone: LocalZone,
    /// The next look, where this very run has put it on the calendar.
    pub(crate) next_look: Option<Instant>,
}

impl<'a> Scene<'a> {
    /// Loads it. Nothing where the order or its customer is not on record (any more).
    pub(crate) async fn load(
        table: &Table,
        shop: &'a Shop,
        look: &'a Look,
        now: Instant,
    ) -> Result<Option<Self>, TableError> {
        let order_key = Key::order(&look.customer, &look.order);
        let items: Vec<(String, Versioned<Value>)> =
            table.all_with_prefix(&order_key.pk, &order_key.sk, Freshness::Latest).await?;
        let own: Option<Versioned<Profile>> =
            table.get(&Key::profile(&look.customer), Freshness::MayBeStale).await?;
        let (Some(own), Some(read)) = (own, read(items, &order_key.sk, look)?) else { return Ok(None) };
        let person = person::united(table, &own.document, &look.customer).await?;
        let source = shop.source(look.order.source.as_str());
        let zone = local_zone(
            person.zone.as_ref().map(|zone| zone.value.as_str()),
            read.order.place.as_ref().or(person.place.as_ref()).map(|place| &place.value),
            source.and_then(|source| source.zone.as_deref()),
            &shop.zone,
        );
        let Read { order, ledger, versions } = read;
        Ok(Some(Self { now, look, shop, order, ledger, versions, own, person, zone, next_look: None }))
    }

    /// As the pure core sees it.
    pub(crate) fn view<'v>(&'v self, attempt: &'v str) -> View<'v> {
        View {
            now: self.now,
            key: &self.look.order,
            order: &self.order,
            channel: self.shop.channel(&self.look.order.source),
            ledger: &self.ledger,
            profile: &self.person,
            zone: &self.zone,
            limits: &self.shop.limits,
            attempt,
        }
    }
}

struct Read {
    order: Order,
    ledger: Ledger,
    versions: BTreeMap<FollowUpKey, u64>,
}

/// Sorts what lies under an order's key.
fn read(
    items: Vec<(String, Versioned<Value>)>,
    order_key: &str,
    look: &Look,
) -> Result<Option<Read>, TableError> {
    let mut order: Option<Order> = None;
    let (mut ledger, mut versions) = (Ledger::new(), BTreeMap::new());
    for (key, Versioned { document, version }) in items {
        let unreadable = |source| TableError::Unreadable { sort_key: key.clone(), source };
        let place = key.strip_prefix(order_key).unwrap_or_default();
        if place.is_empty() {
            order = Some(serde_json::from_value(document).map_err(unreadable)?);
        } else if let Some(journey) = place.strip_prefix("F#") {
            let follow_up = FollowUpKey::new(journey, &look.order.to_string(), STEP);
            ledger.insert(follow_up.clone(), serde_json::from_value(document).map_err(unreadable)?);
            versions.insert(follow_up, version);
        }
    }
    Ok(order.map(|order| Read { order, ledger, versions }))
}

impl Scene<'_> {
    /// What puts a look at the order on the calendar; nothing where it is there already.
    pub(crate) fn look_at(&self, at: Instant) -> Option<Write> {
        if self.view("").is_on_calendar(at) || self.next_look == Some(at) {
            return None;
        }
        let key = Key::look(at.max(self.now.after(LEAD)), &self.look.customer, &self.look.order);
        Some(Write::new(key, &(), Expect::Anything))
    }

    /// The person's language; empty where none is known, which stands for the shop's own.
    pub(crate) fn locale(&self) -> &str {
        self.person.locale.as_ref().map_or("", |locale| locale.value.as_str())
    }
}
