//! Recording what is told of an order: one pointer read, one order read, one write where the order is known.

use rihla_core::identifier::{CustomerId, Identifier};
use rihla_core::lattice::Join;
use rihla_core::order::{Order, OrderKey};
use rihla_core::pointer::Pointer;
use rihla_core::record::decide;
use rihla_core::subject::{ToldOrder, ToldPerson};

use super::identity::{Glimpse, Identified, Owner, Sought};
use super::{Attempt, RecordError, Recorder};
use crate::table::{Expect, Key, TableError, Versioned, Write};

/// An order in the table, and what is news about its buyer.
pub(super) struct Placed<'a> {
    pub(super) customer: CustomerId,
    pub(super) key: &'a OrderKey,
    pub(super) known: Option<Versioned<Order>>,
    /// The buyer, as far as they were told of.
    pub(super) buyer: Option<&'a ToldPerson>,
    /// What was read of the buyer already.
    pub(super) glimpse: Option<Glimpse<'a>>,
    /// Who the buyer was found to be, where that was asked already.
    pub(super) owner: Option<Owner>,
    /// What is to be written before the order, because it is relied on wherever the order is.
    pub(super) first: Vec<Write>,
}

impl<'a> Placed<'a> {
    /// An order of which nothing is told about the buyer.
    pub(super) fn known_as(customer: CustomerId, key: &'a OrderKey, known: Option<Versioned<Order>>) -> Self {
        Self { customer, key, known, buyer: None, glimpse: None, owner: None, first: Vec::new() }
    }
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
        let sought = told.buyer.as_ref().map(|person| {
            let order = Some(&identifier);
            Sought { source: &key.source, person, order, also: None }
        });
        let (pointer, glimpse) = match sought {
            // Nothing will be known of it, and its buyer is to be looked for.
            Some(sought) if told.is_new => {
                let (glimpse, pointer) = self.look_up(attempt, sought, Some(&pointer_key)).await?;
                (pointer, Some(glimpse))
            }
            _ => (self.table.get(&pointer_key, attempt.freshness).await?, None),
        };
        let Pointer { customer: owner, waiting, erased, .. } =
            pointer.as_ref().map(|pointer: &Versioned<Pointer>| pointer.document.clone()).unwrap_or_default();
        if erased.is_some() {
            return Ok(());
        }
        let mut news = told.order.clone();
        let mut placed = match (owner, sought) {
            (Some(owner), _) => {
                let known = self.table.get(&Key::order(&owner, key), attempt.freshness).await?;
                Placed { glimpse, ..Placed::known_as(owner, key, known) }
            }
            (None, None) => return self.wait(pointer_key, pointer, news).await,
            (None, Some(sought)) => {
                let Identified { owner, pointers } = match glimpse {
                    Some(glimpse) => self.identify_by(attempt, sought, glimpse).await?,
                    None => self.identify(attempt, sought).await?,
                };
                if owner.has_forgotten(sought.person.profile.since) {
                    return Ok(());
                }
                let document = Pointer { waiting: waiting.clone(), ..Pointer::at(owner.customer.clone()) };
                let mut first = pointers;
                first.push(Write::new(pointer_key, &document, Versioned::expect(pointer.as_ref())));
                // An order is written after its pointer: there is none yet, or the write of it will notice.
                let customer = owner.customer.clone();
                Placed { owner: Some(owner), first, ..Placed::known_as(customer, key, None) }
            }
        };
        placed.buyer = told.buyer.as_ref();
        if placed.known.is_none() {
            news.join(waiting.unwrap_or_default());
        }
        self.tell(attempt, placed, news).await
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
            if placed.owner.is_none() {
                self.identify_buyer(attempt, &mut placed, buyer).await?;
            }
            news.told.insert(buyer.print());
            let words = self.unwritten_words(attempt, &placed.customer, buyer).await?;
            placed.first.extend(words);
            let owner = placed.owner.as_ref().filter(|owner| owner.customer == placed.customer);
            let known = owner.map(Owner::document).unwrap_or_default();
            placed.first.extend(self.unwritten_names(&placed.customer, known, buyer));
        }
        self.follow_tracking_numbers(attempt, &mut placed, &mut news).await?;
        let known = placed.known.as_ref().map(|known| &known.document);
        let channel = self.shop.channel(&placed.key.source);
        let bears_on_totals = news.bears_on_totals();
        let Some(decision) = decide(known, news, &self.shop.journeys, channel, attempt.now) else {
            self.table.put_each(std::mem::take(&mut placed.first)).await?;
            if bears_on_totals {
                self.pay(attempt, placed).await?;
            }
            return Ok(());
        };
        let mut first = Self::baskets(placed.key, known, &decision.order);
        first.append(&mut placed.first);
        first.extend(self.number(&placed, &decision.order));
        first.extend(decision.look_at.map(|look_at| {
            let look = Key::look(look_at, &placed.customer, &placed.key.into());
            Write::new(look, &(), Expect::Anything)
        }));
        self.table.put_each(first).await?;
        Ok(self.write(attempt, placed, is_news, decision).await?)
    }

    /// Has the number that people see lead to the customer, where it is new and not the id at the source.
    fn number(&self, placed: &Placed<'_>, order: &Order) -> Option<Write> {
        let number = |order: &Order| order.number.as_ref().map(|number| number.value.clone());
        let is_known = |told: &String| {
            let known = placed.known.as_ref().and_then(|known| number(&known.document));
            known.as_ref() == Some(told) || told.trim_start_matches('#') == placed.key.order
        };
        let told = number(order).filter(|told| !is_known(told))?;
        let key = self.pointer_key(&Identifier::OrderNumber(placed.key.source.clone(), told));
        Some(Write::new(key, &Pointer::at(placed.customer.clone()), Expect::Anything))
    }

    /// Who bought an order whose customer is known: that customer, with all whom the buyer's identifiers point at.
    async fn identify_buyer<'a>(
        &self,
        attempt: Attempt,
        placed: &mut Placed<'a>,
        person: &'a ToldPerson,
    ) -> Result<(), TableError> {
        let customer = placed.customer.clone();
        let sought = Sought { source: &placed.key.source, person, order: None, also: Some(&customer) };
        let Identified { owner, pointers } = match placed.glimpse.take() {
            Some(glimpse) => self.identify_by(attempt, sought, glimpse).await?,
            None => self.identify(attempt, sought).await?,
        };
        placed.owner = Some(owner);
        placed.first.extend(pointers);
        Ok(())
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
