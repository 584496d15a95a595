//! The record, as `shared/aws/src/record` writes it, in memory.

use std::collections::BTreeMap;

use rihla_core::about::About;
use rihla_core::answer::Answers as Given;
use rihla_core::checkout::Checkout;
use rihla_core::conversation::Conversation;
use rihla_core::identifier::{CustomerId, IdentityKey};
use rihla_core::look::Ledger;
use rihla_core::order::{Order, OrderKey};
use rihla_core::shop::Shop;
use rihla_core::source::Channel;
use rihla_core::subject::Told as Subjects;
use rihla_core::trigger::Trigger;

use super::answers::Answers;
use super::calendar::Calendar;
use super::goods::Goods;
use super::people::People;
use super::planned::Decided;
use crate::journeys::past::Told;
use crate::replay::Review;
use crate::run::LOCAL_SECRETS;

/// What journeys follow, and what was decided for it.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub(super) document: Document,
    pub(super) ledger: Ledger,
    pub(super) answers: Given,
}

/// What journeys follow.
#[derive(Clone, Debug)]
pub(super) enum Document {
    Order(Box<Order>),
    Cart(Box<Checkout>),
    Conversation(Box<Conversation>),
}

/// A parcel of an order, or what was told of it before anybody knew whose it is.
#[derive(Clone, Debug, Default)]
pub(super) struct Tracked {
    pub(super) parcel: Option<(OrderKey, String)>,
    pub(super) waiting: Order,
}

/// Where something lies: beside whose profile, and what it is.
pub(super) type Place = (CustomerId, Trigger);

/// All that is known.
#[derive(Debug)]
pub(super) struct Record<'a> {
    pub(super) shop: &'a Shop,
    pub(super) people: People,
    pub(super) kept: BTreeMap<Place, Kept>,
    /// Whose each order is.
    pub(super) owners: BTreeMap<OrderKey, CustomerId>,
    /// What was told of orders that nobody has placed yet.
    pub(super) waiting: BTreeMap<OrderKey, Order>,
    pub(super) tracked: BTreeMap<String, Tracked>,
    pub(super) goods: Goods,
    pub(super) calendar: Calendar,
    pub(super) answers: Answers<'a>,
    pub(super) decided: Vec<Decided>,
}

impl Document {
    pub(super) fn about(&self, channel: Channel) -> About<'_> {
        match self {
            Self::Order(order) => About::Order(order, channel),
            Self::Cart(cart) => About::Cart(cart),
            Self::Conversation(conversation) => About::Conversation(conversation),
        }
    }
}

impl<'a> Record<'a> {
    /// Nothing is known yet. Customers have the names that they have on this machine's account.
    pub(super) fn new(shop: &'a Shop, reviews: &'a [Review]) -> Self {
        Self {
            shop,
            people: People::new(IdentityKey::new(LOCAL_SECRETS)),
            kept: BTreeMap::new(),
            owners: BTreeMap::new(),
            waiting: BTreeMap::new(),
            tracked: BTreeMap::new(),
            goods: Goods::default(),
            calendar: Calendar::default(),
            answers: Answers::of(reviews),
            decided: Vec::new(),
        }
    }

    /// Records what was told.
    pub(super) fn take_in(&mut self, told: &Told) {
        let subjects = Subjects::by(&told.source, self.shop.channel(&told.source), &told.events);
        for (key, order) in &subjects.orders {
            self.order(key, order, told.at);
        }
        for (tracking, parcels) in &subjects.parcels {
            self.parcel(tracking, parcels, told.at);
        }
        for person in &subjects.persons {
            self.people.know(&told.source, person);
        }
        for (key, conversation) in &subjects.conversations {
            self.conversation(key, conversation, told.at);
        }
        for (key, checkout) in &subjects.checkouts {
            self.checkout(key, checkout, told.at);
        }
    }

    /// Keeps what journeys follow, with what lies beside it.
    pub(super) fn keep(&mut self, place: Place, document: Document) {
        let (ledger, answers) = match self.kept.remove(&place) {
            Some(Kept { ledger, answers, .. }) => (ledger, answers),
            None => (Ledger::new(), Given::new()),
        };
        self.kept.insert(place, Kept { document, ledger, answers });
    }
}
