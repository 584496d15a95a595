//! Orders: one line each, or one line a product.

use rihla_core::event::{Fact, OrderCancelled, OrderDetails, OrderPaid, ParcelMoved, Refunded};
use rihla_core::money::{Currency, Money};
use rihla_core::parcel::ParcelState;
use rihla_core::source::Channel;

use crate::draft::{Draft, Reading};
use crate::order_line::lines;
use crate::person::Columns;
use crate::row::plain;
use crate::{Refusal, Row, Rules, amount};

/// The buyer: whom it was sent to may be somebody else, and gives the place alone. `Name` is the order's in Shopify's export.
const BUYER: Columns = Columns {
    customer: &["customer", "customerid", "customeruser"],
    email: &["email", "billingemail", "customeremail", "emailbilling"],
    phone: &["phone", "billingphone", "phonebilling"],
    first_name: &["firstname", "billingfirstname", "firstnamebilling"],
    last_name: &["lastname", "billinglastname", "lastnamebilling"],
    full_name: &["billingname", "customername"],
    locale: &["locale", "language"],
    zone: &["zone"],
    country: &["country", "shippingcountry", "billingcountry", "countrycodeshipping", "countrycodebilling"],
    region: &["region", "shippingprovince", "shippingstate", "billingprovince", "billingstate"],
    city: &["city", "shippingcity", "billingcity"],
};

/// In Shopify's export every line has the order's `Name`, the first its `Id`: what it is known by to who tells of it later.
const ID: [&str; 3] = ["orderid", "id", "order"];
const NUMBER: [&str; 4] = ["ordernumber", "number", "name", "order"];
const PLACED: [&str; 4] = ["placedat", "createdat", "orderdate", "date"];
const PAID: [&str; 3] = ["paidat", "paiddate", "datepaid"];
const CANCELLED: [&str; 2] = ["cancelledat", "canceledat"];
const CURRENCY: [&str; 3] = ["currency", "ordercurrency", "linescurrency"];
const TOTAL: [&str; 3] = ["total", "ordertotal", "ordertotalamount"];
const REFUNDED: [&str; 3] = ["refundedamount", "refunded", "refundtotal"];
const STATUS: [&str; 3] = ["financialstatus", "status", "orderstatus"];

/// What became of the money, in the words of Shopify's `Financial Status` and `WooCommerce`'s `status`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    Open,
    Paid,
    Refunded,
    Cancelled,
}

pub(crate) fn read(rows: &[Row], rules: &Rules, reading: &mut Reading) {
    for rows in orders(rows) {
        match drafts(&rows, rules, &mut reading.refused) {
            Ok(drafts) => reading.take(rows[0].line, drafts),
            Err(reason) => {
                let lines = rows.iter().map(|row| Refusal::line(row.line, &reason));
                reading.refused.extend(lines);
            }
        }
    }
    reading.refused.sort();
    reading.refused.dedup();
}

/// The rows of each order, in the order of its first. One that names none belongs to the one before.
fn orders(rows: &[Row]) -> Vec<Vec<&Row>> {
    let mut places = std::collections::BTreeMap::new();
    let mut orders: Vec<Vec<&Row>> = Vec::new();
    for row in rows {
        let name = row.text(&NUMBER).or_else(|| row.text(&ID));
        let place = match name {
            Some(name) => *places.entry(name).or_insert(orders.len()),
            None => orders.len().saturating_sub(1),
        };
        match orders.get_mut(place) {
            Some(order) => order.push(row),
            None => orders.push(vec![row]),
        }
    }
    orders
}

fn drafts(rows: &[&Row], rules: &Rules, refused: &mut Vec<Refusal>) -> Result<Vec<Draft>, String> {
    let row = rows[0];
    let order = row.text(&ID).or_else(|| row.text(&NUMBER)).ok_or("it names no order")?;
    let placed_at =
        row.moment(&PLACED, rules, refused).ok_or("it does not tell when the order was placed")?;
    let currency = row.parsed(&CURRENCY, refused, str::parse::<Currency>);
    if currency.is_none() && row.has(&TOTAL) {
        return Err("it names no currency, and amounts without one cannot be kept".to_owned());
    }
    let (status, paid_at) = (status(row, refused), row.moment(&PAID, rules, refused));
    let details = details(rows, &order, currency, refused);
    let refunded = refunded(row, currency, status, details.total, refused);
    let mut drafts = vec![Draft { at: Some(placed_at), fact: Fact::OrderPlaced(details) }];
    if paid_at.is_some() || matches!(status, Status::Paid | Status::Refunded) {
        let fact = Fact::OrderPaid(OrderPaid { order: order.clone() });
        drafts.push(Draft { at: paid_at.or(Some(placed_at)), fact });
    }
    let cancelled_at = row.moment(&CANCELLED, rules, refused);
    if cancelled_at.is_some() || status == Status::Cancelled {
        drafts.push(Draft {
            at: cancelled_at,
            fact: Fact::OrderCancelled(OrderCancelled { order: order.clone() }),
        });
    }
    if let Some(amount) = refunded.filter(|amount| amount.minor > 0) {
        let goods_returned = false;
        let refund = "import".to_owned();
        let fact = Fact::Refunded(Refunded { order: order.clone(), refund, amount, goods_returned });
        drafts.push(Draft { at: row.moment(&["refundedat"], rules, refused), fact });
    }
    for moved in rows.iter().flat_map(|row| parcel(row, &order, rules, refused)) {
        // Where one line stands for each product, each names the same parcel.
        if !drafts.contains(&moved) {
            drafts.push(moved);
        }
    }
    Ok(drafts)
}

fn details(
    rows: &[&Row],
    order: &str,
    currency: Option<Currency>,
    refused: &mut Vec<Refusal>,
) -> OrderDetails {
    let row = rows[0];
    let products: Vec<_> = rows.iter().flat_map(|row| lines(row, currency, refused)).collect();
    OrderDetails {
        order: order.to_owned(),
        number: row.text(&NUMBER),
        channel: channel(row),
        buyer: BUYER.person(row, refused),
        total: currency
            .and_then(|currency| row.parsed(&TOTAL, refused, |text| amount::money(text, currency))),
        lines: (!products.is_empty()).then_some(products),
        shipped_whole: shipped_whole(row),
        test: is_said(row, "test"),
        gift: is_said(row, "gift"),
        ..OrderDetails::default()
    }
}

fn is_said(row: &Row, column: &str) -> bool {
    row.text(&[column]).is_some_and(|said| matches!(plain(&said).as_str(), "yes" | "true" | "1"))
}

/// What went back; all of it where an order is told as refunded and no amount is.
fn refunded(
    row: &Row,
    currency: Option<Currency>,
    status: Status,
    total: Option<Money>,
    refused: &mut Vec<Refusal>,
) -> Option<Money> {
    let told = row.parsed(&REFUNDED, refused, |text| match currency {
        Some(currency) => amount::money(text, currency).map_err(|error| error.to_string()),
        None => Err("its currency is not told".to_owned()),
    });
    told.or_else(|| total.filter(|_| status == Status::Refunded && !row.has(&REFUNDED)))
}

fn status(row: &Row, refused: &mut Vec<Refusal>) -> Status {
    let read = |text: &str| match plain(text.strip_prefix("wc-").unwrap_or(text)).as_str() {
        "paid" | "completed" | "processing" | "shipped" | "delivered" | "partiallyrefunded" => {
            Ok(Status::Paid)
        }
        "refunded" => Ok(Status::Refunded),
        "cancelled" | "canceled" | "voided" => Ok(Status::Cancelled),
        "pending" | "pendingpayment" | "authorized" | "partiallypaid" | "onhold" | "failed" | "expired"
        | "checkoutdraft" | "unpaid" | "open" => Ok(Status::Open),
        _ => Err(format!("{text:?} is no state of an order that is known here")),
    };
    row.parsed(&STATUS, refused, read).unwrap_or(Status::Open)
}

/// Shopify names where an order was bought: `pos` is its till.
fn channel(row: &Row) -> Option<Channel> {
    match plain(&row.text(&["channel", "source"])?).as_str() {
        "pos" => Some(Channel::Pos),
        "web" => Some(Channel::Web),
        "marketplace" => Some(Channel::Marketplace),
        "event" => Some(Channel::Event),
        _ => None,
    }
}

/// Without a parcel of its own this tells nothing of its way: a parcel that nobody tells of again would be on its way for
/// ever, and the order never delivered.
fn shipped_whole(row: &Row) -> Option<bool> {
    match plain(&row.text(&["fulfillmentstatus"])?).as_str() {
        "fulfilled" => Some(true),
        "partial" => Some(false),
        _ => None,
    }
}

/// A parcel that has arrived, or that its carrier can tell more of. Carriers use their numbers again: of one that has arrived
/// the number only names the parcel, so that no later parcel with the same number is taken for it.
fn parcel(row: &Row, order: &str, rules: &Rules, refused: &mut Vec<Refusal>) -> Vec<Draft> {
    let number = row.text(&["tracking", "trackingnumber"]);
    let mut moment = |name| row.moment(&[name], rules, refused);
    let (shipped_at, delivered_at) = (moment("shippedat"), moment("deliveredat"));
    let is_told = delivered_at.is_some() || number.is_some();
    let tracking = number.clone().filter(|_| delivered_at.is_none());
    let moved = |state| ParcelMoved {
        order: Some(order.to_owned()),
        parcel: number.clone(),
        tracking: tracking.clone(),
        carrier: row.text(&["carrier"]),
        state,
    };
    let states =
        [(ParcelState::HandedOver, shipped_at.filter(|_| is_told)), (ParcelState::Delivered, delivered_at)];
    let told = states.into_iter().filter(|(_, at)| at.is_some());
    told.map(|(state, at)| Draft { at, fact: Fact::ParcelMoved(moved(state)) }).collect()
}
