//! Recording what is told of an order: one pointer read, one order read, one write where the order is known.

use rihla_core::identifier::{CustomerId, Identifier};
use rihla_core::lattice::Join;
use rihla_core::order::{Order, OrderKey};
use rihla_core::pointer::Pointer;
use rihla_core::record::decide;
use rihla_core::subject::{ToldOrder, ToldPerson};

use super::identity::Root;
use super::{Attempt, RecordError, Recorder};
use crate::table::{Expect, Key, Versioned, Write};

/// An order in the table, and what is news about its buyer.
pub(super) struct Placed<'a> {
    pub(super) customer: CustomerId,
    pub(super) key: &'a OrderKey,
    pub(super) known: Option<Versioned<Order>>,
    /// The buyer, as far as they were told of.
    pub(super) buyer: Option<&'a ToldPerson>,
    /// Who the buyer was found to be, where that was asked already.
    pub(super) root: Option<Root>,
}

impl Recorder {
    pub(super) async fn order(
        &self,
        attempt: Attempt,
        key: &OrderKey,
        told: &ToldOrder,
    ) -> Result<(), RecordError> {
        let identifier = Identifier::Order(key.source.clone(), key.order.clone());
        let pointer_key = self.pointer_key(&identifier);
        let pointer: Option<Versioned<Pointer>> = self.table.get(&pointer_key, attempt.freshness).await?;
        let owner = pointer.as_ref().and_then(|pointer| pointer.document.customer.clone());
        let waiting = pointer.as_ref().and_then(|pointer| pointer.document.waiting.clone());
        let (customer, known, root) = match (owner, &told.buyer) {
            (Some(owner), _) => {
                let known = self.table.get(&Key::order(&owner, key), attempt.freshness).await?;
                (owner, known, None)
            }
            (None, None) => return self.wait(pointer_key, pointer, told.order.clone()).await,
            (None, Some(buyer)) => {
                let root = self.identify(attempt, &key.source, buyer, Some(&identifier), None).await?;
                let document = Pointer { waiting: waiting.clone(), ..Pointer::at(root.customer.clone()) };
                let expect = Versioned::expect(pointer.as_ref());
                self.table.put(Write::new(pointer_key, &document, expect)).await?;
                // An order is written after its pointer: there is none yet, or the write of it will notice.
                (root.customer.clone(), None, Some(root))
            }
        };
        let mut news = told.order.clone();
        if known.is_none() {
            news.join(waiting.unwrap_or_default());
        }
        self.tell(attempt, Placed { customer, key, known, buyer: told.buyer.as_ref(), root }, news).await
    }

    /// Writes what is new of an order whose customer is known.
    pub(super) async fn tell(
        &self,
        attempt: Attempt,
        mut placed: Placed<'_>,
        mut news: Order,
    ) -> Result<(), RecordError> {
        let is_news = placed.buyer.is_some_and(|buyer| is_news(placed.known.as_ref(), buyer));
        if let Some(buyer) = placed.buyer.filter(|_| is_news) {
            if placed.root.is_none() {
                let (source, customer) = (&placed.key.source, Some(&placed.customer));
                placed.root = Some(self.identify(attempt, source, buyer, None, customer).await?);
            }
            news.told.insert(buyer.print());
        }
        self.follow_tracking_numbers(attempt, &placed, &mut news).await?;
        let Placed { customer, key, known, .. } = &placed;
        let known_order = known.as_ref().map(|known| &known.document);
        let channel = self.shop.channel(&key.source);
        let bears_on_totals = news.bears_on_totals();
        let Some(decision) = decide(known_order, news, &self.shop.journeys, channel, attempt.now) else {
            if bears_on_totals {
                self.pay(attempt, placed).await?;
            }
            return Ok(());
        };
        self.baskets(key, known_order, &decision.order).await?;
        if let Some(look_at) = decision.look_at {
            self.table.put(Write::new(Key::look(look_at, customer, key), &(), Expect::Anything)).await?;
        }
        Ok(self.write(attempt, placed, is_news, decision).await?)
    }

    /// Keeps what was told of an order that nobody has placed yet.
    pub(super) async fn wait(
        &self,
        key: Key,
        pointer: Option<Versioned<Pointer>>,
        told: Order,
    ) -> Result<(), RecordError> {
        let expect = Versioned::expect(pointer.as_ref());
        let known = pointer.map(|pointer| pointer.document).unwrap_or_default();
        let mut document = known.clone();
        document.waiting.join(Some(told));
        if document != known {
            self.table.put(Write::new(key, &document, expect)).await?;
        }
        Ok(())
    }
}

fn is_news(known: Option<&Versioned<Order>>, buyer: &ToldPerson) -> bool {
    known.is_none_or(|known| !known.document.told.contains(&buyer.print()))
}
