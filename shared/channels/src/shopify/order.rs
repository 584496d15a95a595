//! Orders. Every topic of an order carries all of it, with its fulfilments and refunds, so all are read alike.

use rihla_core::event::{Event, Fact, OrderCancelled, OrderDetails, OrderPaid, Person};
use rihla_core::instant::Instant;
use rihla_core::money::{Currency, Money};
use rihla_core::source::Channel;
use serde::Deserialize;

use super::bare::bare;
use super::customer::consents;
use super::fulfillment::Fulfillment;
use super::line::{LineItem, lines};
use super::person::{Address, Customer};
use super::refund::Refund;
use super::{Told, event};
use crate::json::{self, Amount, Id, Text};
use crate::person::{email, is_somebody_else, locale, phone_in};
use crate::{Reading, Unreadable};

#[derive(Deserialize)]
struct Order<'a> {
    id: Id,
    #[serde(borrow)]
    name: Option<Text<'a>>,
    created_at: Option<Instant>,
    updated_at: Option<Instant>,
    processed_at: Option<Instant>,
    cancelled_at: Option<Instant>,
    test: Option<bool>,
    /// The shop's currency; what the buyer saw may be another one.
    currency: Option<Currency>,
    #[serde(borrow)]
    total_price: Option<Amount<'a>>,
    #[serde(borrow)]
    current_total_price: Option<Amount<'a>>,
    #[serde(borrow)]
    financial_status: Option<Text<'a>>,
    #[serde(borrow)]
    fulfillment_status: Option<Text<'a>>,
    #[serde(borrow)]
    source_name: Option<Text<'a>>,
    #[serde(borrow)]
    email: Option<Text<'a>>,
    #[serde(borrow)]
    contact_email: Option<Text<'a>>,
    #[serde(borrow)]
    phone: Option<Text<'a>>,
    #[serde(borrow)]
    customer_locale: Option<Text<'a>>,
    #[serde(borrow)]
    customer: Option<Customer<'a>>,
    #[serde(borrow)]
    shipping_address: Option<Address<'a>>,
    #[serde(borrow)]
    billing_address: Option<Address<'a>>,
    #[serde(borrow)]
    line_items: Option<Vec<LineItem<'a>>>,
    #[serde(borrow)]
    fulfillments: Option<Vec<Fulfillment<'a>>>,
    #[serde(borrow)]
    refunds: Option<Vec<Refund<'a>>>,
}

/// Reads every topic that carries an order.
pub(super) fn read(body: &[u8], told: &Told<'_>) -> Result<Reading, Unreadable> {
    let order: Order<'_> = json::read(bare(body, "order")?)?;
    let at = order.updated_at.or(told.triggered_at).or(order.placed_at()).map_or_else(|| told.time(), Ok)?;
    let mut events = vec![event(at, order.placed_or_changed(told)?)];
    events.extend(order.paid(at));
    events.extend(order.cancelled());
    events.extend(order.parcels(at));
    order.refunded(at, &mut events)?;
    events.extend(order.customer.iter().flat_map(|customer| consents(customer, at)));
    Ok(order.and_unknown(Reading::events(events)))
}

impl Order<'_> {
    /// When it was bought. An order that was imported, or sold at a till without a line, was made at Shopify later
    /// (`created_at`) than it was bought (`processed_at`), and its follow-ups are due from then.
    fn placed_at(&self) -> Option<Instant> {
        self.processed_at.or(self.created_at)
    }

    /// Any topic places the order, whichever comes first. A body cut by `include_fields` to where it tells no such
    /// time would place it at the time of some later change, so it only changes it.
    fn placed_or_changed(&self, told: &Told<'_>) -> Result<Fact, Unreadable> {
        let details = self.details(told)?;
        let places = details.placed_at.is_some() || told.topic == "orders/create";
        Ok(if places { Fact::OrderPlaced(details) } else { Fact::OrderChanged(details) })
    }

    fn details(&self, told: &Told<'_>) -> Result<OrderDetails, Unreadable> {
        Ok(OrderDetails {
            order: self.id.0.clone(),
            number: self.name.as_ref().and_then(|name| name.limited(60)),
            placed_at: self.placed_at(),
            channel: self.is_at_the_till().then_some(Channel::Pos),
            gift: self.is_for_somebody_else(),
            buyer: self.buyer(),
            total: self.total()?,
            lines: self.line_items.as_ref().map(|items| lines(items, self.currency)),
            shipped_whole: self.shipped_whole(),
            promised_at: None,
            test: self.test.unwrap_or_default() || told.is_trial,
            history_until: None,
        })
    }

    fn is_at_the_till(&self) -> bool {
        word(self.source_name.as_ref()) == Some("pos")
    }

    /// The price before anything went back (`total_price`): refunds are counted on their own, and would count twice
    /// against `current_total_price`.
    fn total(&self) -> Result<Option<Money>, Unreadable> {
        let named = [("total_price", &self.total_price), ("current_total_price", &self.current_total_price)];
        let told = named.into_iter().find_map(|(path, amount)| Some((path, amount.as_ref()?)));
        let Some(((path, amount), currency)) = told.zip(self.currency) else { return Ok(None) };
        amount.money(currency).map(Some).map_err(|error| Unreadable::field(path, error.to_string()))
    }

    fn shipped_whole(&self) -> Option<bool> {
        match word(self.fulfillment_status.as_ref())? {
            "fulfilled" => Some(true),
            "partial" => Some(false),
            _ => None,
        }
    }

    /// Who bought it. The address of the delivery may be somebody else's, so it gives the place and nothing more; and not
    /// even that where it is.
    fn buyer(&self) -> Person {
        let mut person = self.named();
        let of = |address: &Option<Address<'_>>| address.as_ref()?.place();
        let (sent_to, lives) = (of(&self.shipping_address), of(&self.billing_address));
        let is_gift = self.is_for_somebody_else();
        let place = if is_gift { lives.or(person.place.take()).or(sent_to) } else { sent_to.or(lives) };
        Person {
            locale: locale(self.customer_locale.as_ref()),
            place: place.or(person.place.take()),
            ..person
        }
    }

    /// The buyer's names, address and number. A number without its country is one of where the bill goes first.
    fn named(&self) -> Person {
        let mut person = self.customer.as_ref().map(Customer::person).unwrap_or_default();
        let given = [self.email.as_ref(), self.contact_email.as_ref()];
        person.email = given.into_iter().find_map(email).or(person.email);
        let mut places = [&self.billing_address, &self.shipping_address]
            .into_iter()
            .map(|address| address.as_ref().and_then(Address::place))
            .chain([person.place.clone()]);
        person.phone =
            places.find_map(|place| phone_in(self.phone.as_ref(), place.as_ref())).or(person.phone);
        if let Some(address) = &self.billing_address {
            address.complete(&mut person);
        }
        person
    }

    fn is_for_somebody_else(&self) -> bool {
        let recipient = self.shipping_address.as_ref().map(Address::recipient);
        recipient.is_some_and(|recipient| is_somebody_else(&recipient, &self.named()))
    }

    /// Money that went back was paid before.
    fn paid(&self, at: Instant) -> Option<Event> {
        let is_paid =
            matches!(word(self.financial_status.as_ref()), Some("paid" | "partially_refunded" | "refunded"));
        let paid = || Fact::OrderPaid(OrderPaid { order: self.id.0.clone() });
        is_paid.then(|| event(self.placed_at().unwrap_or(at), paid()))
    }

    fn cancelled(&self) -> Option<Event> {
        let cancelled = OrderCancelled { order: self.id.0.clone() };
        Some(event(self.cancelled_at?, Fact::OrderCancelled(cancelled)))
    }

    /// With what Shopify did not say when this was written.
    fn and_unknown(&self, reading: Reading) -> Reading {
        let fulfillments = self.fulfillments.iter().flatten();
        let reading = fulfillments.fold(reading, |reading, fulfillment| fulfillment.and_unknown(reading));
        match word(self.financial_status.as_ref()) {
            None
            | Some(
                "paid" | "partially_refunded" | "refunded" | "partially_paid" | "authorized" | "pending"
                | "voided" | "expired" | "unpaid",
            ) => reading,
            Some(status) => reading.and_unknown("financial_status", status),
        }
    }

    /// What is handed over the counter is no parcel, though Shopify calls it fulfilled.
    fn parcels(&self, at: Instant) -> impl Iterator<Item = Event> {
        let over_the_counter = self.is_at_the_till();
        let sent = move |parcel: &&Fulfillment<'_>| !over_the_counter || parcel.has_tracking();
        let parcels = self.fulfillments.iter().flatten().filter(sent);
        parcels.filter_map(move |parcel| parcel.moved(&self.id.0, parcel.told_at().unwrap_or(at)))
    }

    fn refunded(&self, at: Instant, events: &mut Vec<Event>) -> Result<(), Unreadable> {
        for (index, refund) in self.refunds.iter().flatten().enumerate() {
            let refunded = refund.refunded(&self.id.0, self.currency, refund.told_at().unwrap_or(at));
            events.extend(refunded.map_err(|fault| fault.within(&format!("refunds[{index}]")))?);
        }
        Ok(())
    }
}

fn word<'a>(text: Option<&'a Text<'_>>) -> Option<&'a str> {
    text.and_then(Text::trimmed)
}
