//! UCI Online Retail: invoices of a British gift shop, 2010 and 2011 (Chen, Sain and Guo, 2012).
//!
//! An invoice is an order that is placed and paid at once; nothing is known of parcels. An invoice whose number starts
//! with `C` gives money back. The file does not say for which order: for each of its products, the buyer's latest order
//! before it that had the product; for what is no product (`D` discount, `M` by hand, postage), or one never seen, the
//! buyer's latest order. A credit to somebody who bought nothing before, or to nobody, is left out and counted.

mod invoice;

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use jiff::tz::TimeZone;
use rihla_core::event::{Event, Fact, Line, OrderDetails, OrderPaid, Person, Place, Refunded};
use rihla_core::instant::Instant;

use super::{Delivery, Replay, ReplayError, consent, country, table};
use invoice::{Invoice, invoices, pounds};

const OF_NOBODY: &str = "credits without a customer";
const BEFORE_ANY_ORDER: &str = "credits to customers without an order before";
const NO_SALE: &str = "invoices without a sale: stock that was written off, fees";

pub(super) fn read(file: &Path, limit: usize) -> Result<Replay, ReplayError> {
    let zone = TimeZone::get("Europe/London").expect("the zone is in the bundled database");
    let mut shop = Shop::default();
    for invoice in invoices(file)? {
        if shop.orders == limit {
            break;
        }
        let at = table::instant(invoice.date, &zone, &invoice.number)?;
        if invoice.is_credit() {
            shop.credit(&invoice, at);
        } else {
            shop.sell(&invoice, at);
        }
    }
    let Shop { orders, deliveries, left_out, .. } = shop;
    Ok(Replay { left_out, ..Replay::from_parts("online-retail", orders, deliveries) })
}

#[derive(Default)]
struct Shop {
    orders: usize,
    deliveries: Vec<Delivery>,
    /// Of each customer, the orders so far with the codes of what was in them.
    bought: HashMap<String, Vec<(String, Vec<String>)>>,
    left_out: BTreeMap<&'static str, usize>,
}

impl Shop {
    fn leave_out(&mut self, reason: &'static str) {
        *self.left_out.entry(reason).or_default() += 1;
    }

    fn sell(&mut self, invoice: &Invoice, at: Instant) {
        if !invoice.is_sale() {
            return self.leave_out(NO_SALE);
        }
        let buyer = buyer(invoice);
        let consent = invoice.customer.as_ref().and_then(|id| consent::at_checkout(id, &buyer, at));
        let order = invoice.number.clone();
        let facts =
            [Fact::OrderPlaced(details(invoice, buyer)), Fact::OrderPaid(OrderPaid { order: order.clone() })];
        let events = facts.map(|fact| Event { at, fact }).into_iter().chain(consent).collect();
        self.tell(invoice, order, events);
        self.orders += 1;
        if let Some(customer) = invoice.customer.clone() {
            let codes = invoice.rows.iter().map(|row| row.code.clone()).collect();
            self.bought.entry(customer).or_default().push((invoice.number.clone(), codes));
        }
    }

    fn credit(&mut self, invoice: &Invoice, at: Instant) {
        let Some(customer) = &invoice.customer else { return self.leave_out(OF_NOBODY) };
        let Some(before) = self.bought.get(customer) else { return self.leave_out(BEFORE_ANY_ORDER) };
        let (latest, _) = before.last().expect("a customer is kept with the first order");
        let mut by_order: BTreeMap<String, Vec<&invoice::Row>> = BTreeMap::new();
        for row in &invoice.rows {
            let had_it = |(_, codes): &&(String, Vec<String>)| codes.contains(&row.code);
            let order = before.iter().rev().find(had_it).map_or(latest, |(order, _)| order);
            by_order.entry(order.clone()).or_default().push(row);
        }
        for (order, rows) in by_order {
            let refunded = Refunded {
                order: order.clone(),
                refund: invoice.number.clone(),
                amount: pounds(rows.iter().map(|row| -row.amount_mills())),
                goods_returned: rows.iter().any(|row| row.is_product()),
            };
            self.tell(invoice, order, vec![Event { at, fact: Fact::Refunded(refunded) }]);
        }
    }

    fn tell(&mut self, invoice: &Invoice, order: String, events: Vec<Event>) {
        let id = format!("invoice_{}_{order}", invoice.number);
        let person = invoice.customer.clone().unwrap_or_else(|| format!("guest of {order}"));
        self.deliveries.push(Delivery { id, person, order, events });
    }
}

/// A guest has neither an id nor an address.
fn buyer(invoice: &Invoice) -> Person {
    let country = country::code(&invoice.country);
    let place = country.map(|code| Place { country: Some(code.to_owned()), ..Place::default() });
    let email = |id: &String| format!("{id}@online-retail.example").parse().ok();
    Person {
        customer: invoice.customer.clone(),
        email: invoice.customer.as_ref().and_then(email),
        locale: Some("en-GB".to_owned()),
        place,
        ..Person::default()
    }
}

fn details(invoice: &Invoice, buyer: Person) -> OrderDetails {
    let lines: Vec<Line> = invoice.rows.iter().filter_map(invoice::Row::line).collect();
    OrderDetails {
        order: invoice.number.clone(),
        number: Some(format!("#{}", invoice.number)),
        buyer,
        total: Some(pounds(invoice.rows.iter().map(invoice::Row::amount_mills))),
        lines: Some(lines),
        ..OrderDetails::default()
    }
}
