//! Orders: what the events name, and what the API tells.

use rihla_core::event::{Fact, OrderCancelled, OrderDetails, OrderPaid, Person};
use rihla_core::instant::Instant;
use rihla_core::source::Channel;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::envelope::Envelope;
use super::fulfillment::Fulfillment;
use super::line::LineItem;
use super::money::Amount;
use super::{customer, event};
use crate::json::{self, Id, Text};
use crate::{Lookup, Reading, Unreadable};

/// What the lookup is called.
pub(super) const ORDER: &str = "order";

/// The object of an event, whose one member is called as the event is.
#[derive(Deserialize)]
struct Object<'a> {
    #[serde(borrow, alias = "order_created", alias = "order_updated", alias = "order_fulfillment_updated")]
    order: Named<'a>,
}

/// What an event says of an order.
#[derive(Deserialize)]
struct Named<'a> {
    order_id: Id,
    #[serde(borrow)]
    state: Option<Text<'a>>,
    created_at: Option<Instant>,
    updated_at: Option<Instant>,
}

#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(borrow)]
    order: Order<'a>,
}

#[derive(Deserialize)]
struct Order<'a> {
    id: Id,
    #[serde(borrow)]
    reference_id: Option<Text<'a>>,
    #[serde(borrow)]
    source: Option<Source<'a>>,
    customer_id: Option<Id>,
    #[serde(borrow)]
    line_items: Option<Vec<LineItem<'a>>>,
    #[serde(borrow)]
    total_money: Option<Amount<'a>>,
    #[serde(borrow)]
    net_amount_due_money: Option<Amount<'a>>,
    #[serde(borrow)]
    fulfillments: Option<Vec<Fulfillment<'a>>>,
    returns: Option<Vec<IgnoredAny>>,
    tenders: Option<Vec<Tender>>,
    #[serde(borrow)]
    state: Option<Text<'a>>,
    created_at: Option<Instant>,
    updated_at: Option<Instant>,
    closed_at: Option<Instant>,
}

#[derive(Deserialize)]
struct Source<'a> {
    #[serde(borrow)]
    name: Option<Text<'a>>,
}

#[derive(Deserialize)]
struct Tender {
    customer_id: Option<Id>,
}

/// Reads `order.created`, `order.updated` and `order.fulfillment.updated`: that there is an order, and since when.
pub(super) fn read(envelope: &Envelope<'_>) -> Result<Reading, Unreadable> {
    let Object { order } = envelope.object()?;
    let state = word(order.state.as_ref());
    if state == "DRAFT" {
        return Ok(Reading::default());
    }
    let at = order.updated_at.or(order.created_at).unwrap_or(envelope.at());
    let id = order.order_id.0.clone();
    let details = OrderDetails {
        order: id.clone(),
        placed_at: order.created_at,
        test: envelope.is_trial,
        ..OrderDetails::default()
    };
    let mut events = vec![event(at, Fact::OrderPlaced(details))];
    if state == "CANCELED" {
        events.push(event(at, Fact::OrderCancelled(OrderCancelled { order: id.clone() })));
    }
    let reading = with_unknown_state(Reading::events(events), state);
    let lookup = || Lookup::at_path(ORDER, format!("/v2/orders/{id}"));
    Ok(if order.order_id.is_plain() { reading.and_look_up(lookup()) } else { reading })
}

/// Reads the API's answer (<https://developer.squareup.com/reference/square/orders-api/retrieve-order>).
pub(super) fn read_answer(envelope: &Envelope<'_>, answer: &[u8]) -> Result<Reading, Unreadable> {
    let Answer { order } = json::read(answer)?;
    if order.is_a_return() || word(order.state.as_ref()) == "DRAFT" {
        return Ok(Reading::default());
    }
    order.told(envelope).map_err(|fault| fault.within("order"))
}

fn with_unknown_state(reading: Reading, state: &str) -> Reading {
    let is_known = matches!(state, "" | "OPEN" | "COMPLETED" | "CANCELED");
    if is_known { reading } else { reading.and_unknown("state", state) }
}

impl Order<'_> {
    /// Made for a refund: nothing was bought by it.
    fn is_a_return(&self) -> bool {
        let buys = self.line_items.as_ref().is_some_and(|items| !items.is_empty());
        !buys && self.returns.as_ref().is_some_and(|returns| !returns.is_empty())
    }

    fn told(&self, envelope: &Envelope<'_>) -> Result<Reading, Unreadable> {
        let at = self.updated_at.or(self.created_at).unwrap_or(envelope.at());
        let state = word(self.state.as_ref());
        let order = || self.id.0.clone();
        let mut events = vec![event(at, Fact::OrderPlaced(self.details(envelope.is_trial)))];
        if self.is_paid() {
            let paid_at = self.closed_at.unwrap_or(at);
            events.push(event(paid_at, Fact::OrderPaid(OrderPaid { order: order() })));
        }
        if state == "CANCELED" {
            let cancelled_at = self.closed_at.unwrap_or(at);
            events.push(event(cancelled_at, Fact::OrderCancelled(OrderCancelled { order: order() })));
        }
        let mut reading = with_unknown_state(Reading::default(), state);
        for (index, fulfillment) in self.fulfillments.iter().flatten().enumerate() {
            let moved = fulfillment.moved(&self.id.0, at);
            events.extend(moved.map_err(|fault| fault.within(&format!("fulfillments[{index}]")))?);
            if let Some((field, value)) = fulfillment.unknown() {
                reading = reading.and_unknown(field, &value);
            }
        }
        reading.events = events;
        let customer = self.customer().filter(|id| !envelope.is_trial && id.is_plain());
        Ok(match customer {
            Some(id) => reading.and_look_up(customer::lookup(&id.0)),
            None => reading,
        })
    }

    fn details(&self, test: bool) -> OrderDetails {
        OrderDetails {
            order: self.id.0.clone(),
            number: self.reference_id.as_ref().and_then(|number| number.limited(60)),
            placed_at: self.created_at,
            channel: self.channel(),
            buyer: self.buyer(),
            total: self.total_money.as_ref().and_then(Amount::money),
            lines: self.line_items.as_ref().map(|items| items.iter().filter_map(LineItem::line).collect()),
            shipped_whole: self.shipped_whole(),
            promised_at: None,
            test,
            gift: false,
            history_until: None,
        }
    }

    fn customer(&self) -> Option<&Id> {
        let of_tenders = || self.tenders.iter().flatten().find_map(|tender| tender.customer_id.as_ref());
        self.customer_id.as_ref().or_else(of_tenders)
    }

    /// The customer of the directory. Without one, it is whom the order goes to; with one, that may be somebody else.
    fn buyer(&self) -> Person {
        let fulfillments = || self.fulfillments.iter().flatten();
        let person = match self.customer() {
            Some(id) => Person { customer: Some(id.0.clone()), ..Person::default() },
            None => fulfillments().find_map(Fulfillment::person).unwrap_or_default(),
        };
        Person { place: fulfillments().find_map(Fulfillment::place), ..person }
    }

    /// The application that it was made with, by the names of Square's own.
    fn channel(&self) -> Option<Channel> {
        let name = word(self.source.as_ref()?.name.as_ref()).to_ascii_lowercase();
        if name.contains("point of sale") {
            return Some(Channel::Pos);
        }
        name.contains("square online").then_some(Channel::Web)
    }

    fn is_paid(&self) -> bool {
        let amount = |amount: &Option<Amount<'_>>| amount.as_ref().and_then(|amount| amount.amount);
        amount(&self.net_amount_due_money) == Some(0)
            && amount(&self.total_money).is_some_and(|total| total > 0)
            && word(self.state.as_ref()) != "CANCELED"
    }

    fn shipped_whole(&self) -> Option<bool> {
        let sent: Vec<bool> = self.fulfillments.iter().flatten().filter_map(Fulfillment::is_sent).collect();
        sent.iter().any(|sent| *sent).then(|| sent.iter().all(|sent| *sent))
    }
}

fn word<'a>(text: Option<&'a Text<'_>>) -> &'a str {
    text.and_then(Text::trimmed).unwrap_or_default()
}
