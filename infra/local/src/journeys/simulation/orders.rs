//! What is told of orders and their parcels.

use std::collections::BTreeMap;

use rihla_core::counted::Writes;
use rihla_core::identifier::Identifier;
use rihla_core::instant::Instant;
use rihla_core::lattice::Join;
use rihla_core::order::{Order, OrderKey};
use rihla_core::parcel::Parcel;
use rihla_core::record::{OrderDecision, decide};
use rihla_core::subject::{ToldOrder, ToldPerson};
use rihla_core::trigger::Trigger;

use super::record::{Document, Kept, Place, Record, Tracked};

impl Record<'_> {
    /// What a delivery tells of an order.
    pub(super) fn order(&mut self, key: &OrderKey, told: &ToldOrder, now: Instant) {
        if self.owners.contains_key(key) {
            return self.tell(key, told.order.clone(), told.buyer.as_ref(), now);
        }
        let Some(buyer) = &told.buyer else {
            return self.waiting.entry(key.clone()).or_default().join(told.order.clone());
        };
        let identifier = Identifier::Order(key.source.clone(), key.order.clone());
        let customer = self.people.identify(&key.source, buyer, Some(&identifier), None);
        let mut news = told.order.clone();
        news.join(self.waiting.remove(key).unwrap_or_default());
        self.owners.insert(key.clone(), customer);
        self.tell(key, news, Some(buyer), now);
    }

    /// What a carrier tells of a parcel by its number alone.
    pub(super) fn parcel(&mut self, tracking: &str, told: &Order, now: Instant) {
        let tracked = self.tracked.entry(tracking.to_owned()).or_default();
        match tracked.parcel.clone() {
            None => tracked.waiting.join(told.clone()),
            Some((order, parcel)) => self.tell(&order, under_one_id(told.clone(), &parcel), None, now),
        }
    }

    /// Joins what is new into an order of which it is known whose it is.
    fn tell(&mut self, key: &OrderKey, mut news: Order, buyer: Option<&ToldPerson>, now: Instant) {
        let Some(customer) = self.owners.get(key).cloned() else { return };
        let place = (customer, Trigger::from(key));
        let known = self.kept.get(&place).and_then(Kept::order).cloned();
        let is_told =
            |buyer: &&ToldPerson| known.as_ref().is_some_and(|order| order.told.contains(&buyer.print()));
        let buyer = buyer.filter(|buyer| !is_told(buyer));
        if let Some(buyer) = buyer {
            self.people.identify(&key.source, buyer, None, Some(&place.0));
            news.told.insert(buyer.print());
        }
        self.follow_tracking_numbers(key, &mut news);
        let channel = self.shop.channel(&key.source);
        let decision = decide(known.as_ref(), news, &self.shop.journeys, channel, now);
        if let Some(decision) = decision {
            self.goods.learn(key, &decision.order);
            if let Some(look_at) = decision.look_at {
                self.calendar.put(look_at, &place);
            }
            self.write(key, place, buyer, decision, now);
        }
    }

    /// Keeps an order, and what is news about its buyer or changes the totals.
    fn write(
        &mut self,
        key: &OrderKey,
        place: Place,
        buyer: Option<&ToldPerson>,
        decision: OrderDecision,
        now: Instant,
    ) {
        let OrderDecision { mut order, counts, .. } = decision;
        let profile = self.people.profile_mut(&place.0);
        profile.join(buyer.map(|buyer| buyer.profile.clone()).unwrap_or_default());
        if let Writes::OrderFirst(owed) = profile.count(key, order.owed.take().as_ref(), &counts, now) {
            order.owed = Some(owed);
        }
        self.keep(place, Document::Order(Box::new(order)));
    }

    /// Has the tracking numbers that are new to the order stand for its parcels, and takes in what waited there.
    fn follow_tracking_numbers(&mut self, key: &OrderKey, news: &mut Order) {
        if !self.shop.follows_tracking_numbers() {
            return;
        }
        let numbers: Vec<(String, String)> = news.parcels.iter().filter_map(numbered).collect();
        for (id, number) in numbers {
            let known = self.tracked.entry(number).or_default();
            news.join(under_one_id(std::mem::take(&mut known.waiting), &id));
            *known = Tracked { parcel: Some((key.clone(), id)), ..Tracked::default() };
        }
    }
}

impl Kept {
    /// The order that it is.
    pub(super) fn order(&self) -> Option<&Order> {
        match &self.document {
            Document::Order(order) => Some(order),
            _ => None,
        }
    }
}

fn numbered((id, parcel): (&String, &Parcel)) -> Option<(String, String)> {
    Some((id.clone(), parcel.tracking.as_ref()?.value.clone()))
}

/// What was told under a tracking number, under the parcel's own id.
fn under_one_id(told: Order, id: &str) -> Order {
    if told.parcels.is_empty() {
        return told;
    }
    let mut one = Parcel::default();
    told.parcels.values().for_each(|parcel| one.join(parcel.clone()));
    Order { parcels: BTreeMap::from([(id.to_owned(), one)]), ..told }
}
