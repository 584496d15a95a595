//! Olist's tables: orders of a Brazilian marketplace, 2016 to 2018.
//!
//! A buyer has a new `customer_id` with each order and one `customer_unique_id` for life: the first is told as the
//! source's customer id, of the second the e-mail address is made. Times are those of Brasília.

mod rows;

use std::path::Path;

use jiff::tz::TimeZone;
use rihla_core::event::{
    Event, Fact, Line, OrderCancelled, OrderDetails, OrderPaid, ParcelMoved, Person, Place,
};
use rihla_core::instant::{Instant, Wait};
use rihla_core::money::Money;
use rihla_core::parcel::ParcelState;

use super::{Delivery, Replay, ReplayError, Review, consent};
use rows::{CustomerRow, ItemRow, OrderRow, ReviewRow, Tables};

/// The tables name neither the canceller nor the time, only that an order ended as `canceled` or `unavailable`. It cannot
/// have been before the last thing that is told of the order, so a day after that is taken.
const UNTIL_CANCELLED: Wait = Wait::days(1);

pub(super) fn read(folder: &Path, limit: usize) -> Result<Replay, ReplayError> {
    let tables = Tables::read(folder, limit)?;
    let zone = TimeZone::get("America/Sao_Paulo").expect("the zone is in the bundled database");
    let mut deliveries = Vec::new();
    let mut reviews = Vec::new();
    for row in &tables.orders {
        let order = OlistOrder::new(&tables, row, &zone)?;
        deliveries.extend(order.deliveries()?);
        reviews.extend(order.reviews()?);
    }
    reviews.sort_by_key(|review| review.answered_at);
    Ok(Replay { reviews, ..Replay::from_parts("olist", tables.orders.len(), deliveries) })
}

struct OlistOrder<'a> {
    tables: &'a Tables,
    row: &'a OrderRow,
    customer: &'a CustomerRow,
    zone: &'a TimeZone,
}

impl<'a> OlistOrder<'a> {
    fn new(tables: &'a Tables, row: &'a OrderRow, zone: &'a TimeZone) -> Result<Self, ReplayError> {
        let customer = tables.customers.get(&row.customer_id);
        let missing = || ReplayError::Missing { order: row.order_id.clone(), missing: "customer" };
        Ok(Self { tables, row, customer: customer.ok_or_else(missing)?, zone })
    }

    fn deliveries(&self) -> Result<Vec<Delivery>, ReplayError> {
        let placed_at = self.instant(self.row.order_purchase_timestamp)?;
        let buyer = self.buyer();
        let consent = consent::at_checkout(&self.customer.person, &buyer, placed_at);
        let placed = Event { at: placed_at, fact: Fact::OrderPlaced(self.details(buyer)?) };
        let later = self.later(placed_at)?;
        let mut told = vec![self.delivery("placed", [placed].into_iter().chain(consent).collect())];
        told.extend(later.into_iter().map(|(step, event)| self.delivery(step, vec![event])));
        Ok(told)
    }

    fn later(&self, placed_at: Instant) -> Result<Vec<(&'static str, Event)>, ReplayError> {
        let order = || self.row.order_id.clone();
        let steps = [
            ("paid", self.row.order_approved_at, Fact::OrderPaid(OrderPaid { order: order() })),
            ("handed-over", self.row.order_delivered_carrier_date, self.parcel(ParcelState::HandedOver)),
            ("delivered", self.row.order_delivered_customer_date, self.parcel(ParcelState::Delivered)),
        ];
        let mut told = Vec::with_capacity(4);
        for (step, time, fact) in steps {
            if let Some(time) = time {
                told.push((step, Event { at: self.instant(time)?, fact }));
            }
        }
        if matches!(self.row.order_status.as_str(), "canceled" | "unavailable") {
            let last_known = told.iter().map(|(_, event)| event.at).fold(placed_at, Instant::max);
            let fact = Fact::OrderCancelled(OrderCancelled { order: order() });
            told.push(("cancelled", Event { at: last_known.after(UNTIL_CANCELLED), fact }));
        }
        Ok(told)
    }

    fn delivery(&self, step: &str, events: Vec<Event>) -> Delivery {
        let order = self.row.order_id.clone();
        let person = self.customer.person.clone();
        Delivery { id: format!("olist_{order}_{step}"), person, order, events }
    }

    fn buyer(&self) -> Person {
        let CustomerRow { city, state, .. } = self.customer;
        Person {
            customer: Some(self.row.customer_id.clone()),
            email: Some(self.email().parse().expect("hexadecimal digits before the @")),
            locale: Some("pt-BR".to_owned()),
            place: Some(Place {
                country: Some("BR".to_owned()),
                region: Some(state.clone()),
                city: Some(city.clone()),
            }),
            ..Person::default()
        }
    }

    fn email(&self) -> String {
        format!("{}@olist.example", self.customer.person)
    }

    fn details(&self, buyer: Person) -> Result<OrderDetails, ReplayError> {
        let items = self.items();
        Ok(OrderDetails {
            order: self.row.order_id.clone(),
            number: Some(self.row.number()),
            buyer,
            total: self.total(items)?,
            lines: (!items.is_empty()).then(|| self.lines(items)).transpose()?,
            promised_at: self.promised_at()?,
            ..OrderDetails::default()
        })
    }

    fn items(&self) -> &[ItemRow] {
        self.tables.items.get(&self.row.order_id).map_or(&[], Vec::as_slice)
    }

    /// Prices and freight of its items; of an order without items, which the tables have, what was paid for it.
    fn total(&self, items: &[ItemRow]) -> Result<Option<Money>, ReplayError> {
        let paid = self.tables.payments.get(&self.row.order_id).map_or(&[][..], Vec::as_slice);
        let amounts: Vec<&str> = match items {
            [] => paid.iter().map(|payment| payment.payment_value.as_str()).collect(),
            items => items.iter().flat_map(|item| [item.price.as_str(), &item.freight_value]).collect(),
        };
        let sum: Result<i64, ReplayError> = amounts.iter().map(|amount| Ok(self.money(amount)?.minor)).sum();
        let currency = "BRL".parse().expect("three letters");
        sum.map(|minor| (!amounts.is_empty()).then(|| Money::new(minor, currency)))
    }

    /// One line for each product; the table has one row for each piece.
    fn lines(&self, items: &[ItemRow]) -> Result<Vec<Line>, ReplayError> {
        let mut lines: Vec<Line> = Vec::new();
        for item in items {
            if let Some(line) = lines.iter_mut().find(|line| line.product == item.product_id) {
                line.quantity += 1;
                continue;
            }
            let title = self.tables.title(&item.product_id);
            let price = Some(self.money(&item.price)?);
            lines.push(Line { product: item.product_id.clone(), title, quantity: 1, price });
        }
        Ok(lines)
    }

    /// The tables name a day, at midnight; the buyer was told to have it by the end of that day.
    fn promised_at(&self) -> Result<Option<Instant>, ReplayError> {
        let day = self.row.order_estimated_delivery_date.map(|time| time.date().at(23, 59, 59, 0));
        day.map(|end_of_day| self.instant(end_of_day)).transpose()
    }

    /// The tables know of one parcel for each order, without a number.
    fn parcel(&self, state: ParcelState) -> Fact {
        let order = Some(self.row.order_id.clone());
        Fact::ParcelMoved(ParcelMoved { order, parcel: None, tracking: None, carrier: None, state })
    }

    fn reviews(&self) -> Result<Vec<Review>, ReplayError> {
        let rows = self.tables.reviews.get(&self.row.order_id).map_or(&[][..], Vec::as_slice);
        rows.iter().map(|row| self.review(row)).collect()
    }

    fn review(&self, row: &ReviewRow) -> Result<Review, ReplayError> {
        Ok(Review {
            order: self.row.order_id.clone(),
            email: self.email(),
            answered_at: self.instant(row.review_answer_timestamp)?,
            score: row.review_score,
            comment: row.comment(),
        })
    }

    fn money(&self, amount: &str) -> Result<Money, ReplayError> {
        let currency = "BRL".parse().expect("three letters");
        let order = || self.row.order_id.clone();
        Money::parse(amount, currency).map_err(|source| ReplayError::Price { order: order(), source })
    }

    fn instant(&self, local: jiff::civil::DateTime) -> Result<Instant, ReplayError> {
        super::table::instant(local, self.zone, &self.row.order_id)
    }
}
