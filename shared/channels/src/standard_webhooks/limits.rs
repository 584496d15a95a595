//! What the types of an event leave open: lengths, and whom or what it is about.
//!
//! Anything may be sent here, and an item of the table holds 400 KB and its key 1 KB.

use rihla_core::event::{
    CheckoutChanged, Fact, Line, LocationChanged, OrderDetails, ParcelMoved, Person, PrivacyRequest,
    PrivacyRequested, ProductChanged,
};

use crate::Unreadable;

/// An id becomes part of a key.
const ID_BYTES: usize = 255;
/// Names, titles, towns.
const TEXT_BYTES: usize = 1000;
/// As many as Shopify has in an order.
const LINES: usize = 500;
/// As many as one request may name.
const ORDERS: usize = 1000;

/// Whether a fact, read from `data`, can be kept.
pub(super) fn check(fact: &Fact) -> Result<(), Unreadable> {
    match fact {
        Fact::OrderPlaced(details) | Fact::OrderChanged(details) => order(details),
        Fact::OrderPaid(paid) => id("order", &paid.order),
        Fact::OrderCancelled(cancelled) => id("order", &cancelled.order),
        Fact::Refunded(refunded) => id("order", &refunded.order).and(id("refund", &refunded.refund)),
        Fact::ParcelMoved(moved) => parcel(moved),
        Fact::ProfileChanged(known) => person("", known).and(somebody(crate::json::WHOLE, known)),
        Fact::ConsentChanged(changed) => {
            text("wording", changed.wording.as_deref())?;
            person("person.", &changed.person).and(somebody("person", &changed.person))
        }
        Fact::PrivacyRequested(requested) => privacy(requested),
        Fact::PaymentFailed(failed) => id("order", &failed.order),
        Fact::Disputed(disputed) => id("order", &disputed.order).and(id("dispute", &disputed.dispute)),
        Fact::MessagePassed(message) => {
            id("conversation", &message.conversation).and(id("message", &message.message))?;
            person("customer.", &message.customer).and(somebody("customer", &message.customer))
        }
        Fact::ConversationChanged(changed) => {
            id("conversation", &changed.conversation)?;
            person("customer.", &changed.customer).and(somebody("customer", &changed.customer))
        }
        Fact::CheckoutChanged(changed) => checkout(changed),
        Fact::StockChanged(changed) => id("item", &changed.item).and(id("location", &changed.location)),
        Fact::LocationChanged(changed) => location(changed),
        Fact::ProductChanged(changed) => product(changed),
    }
}

fn order(details: &OrderDetails) -> Result<(), Unreadable> {
    id("order", &details.order)?;
    text("number", details.number.as_deref())?;
    person("buyer.", &details.buyer)?;
    lines(details.lines.as_deref())
}

fn lines(lines: Option<&[Line]>) -> Result<(), Unreadable> {
    let lines = lines.unwrap_or_default();
    count("lines", lines.len(), LINES)?;
    for (index, line) in lines.iter().enumerate() {
        id(&format!("lines[{index}].product"), &line.product)?;
        text(&format!("lines[{index}].title"), Some(&line.title))?;
    }
    Ok(())
}

fn checkout(changed: &CheckoutChanged) -> Result<(), Unreadable> {
    id("checkout", &changed.checkout)?;
    text("recovery_url", changed.recovery_url.as_deref())?;
    person("buyer.", &changed.buyer)?;
    lines(changed.lines.as_deref())
}

fn location(changed: &LocationChanged) -> Result<(), Unreadable> {
    id("location", &changed.location)?;
    text("name", changed.name.as_deref())?;
    text("address", changed.address.as_deref())
}

fn product(changed: &ProductChanged) -> Result<(), Unreadable> {
    id("product", &changed.product)?;
    text("title", changed.title.as_deref())?;
    count("items", changed.items.len(), LINES)?;
    let mut items = changed.items.iter().enumerate();
    items.try_for_each(|(index, item)| id(&format!("items[{index}]"), item))
}

fn parcel(moved: &ParcelMoved) -> Result<(), Unreadable> {
    if moved.order.is_none() && moved.tracking.is_none() {
        return Err(Unreadable::field(crate::json::WHOLE, "expected an order, a tracking number or both"));
    }
    text("carrier", moved.carrier.as_deref())?;
    let ids = [("order", &moved.order), ("parcel", &moved.parcel), ("tracking", &moved.tracking)];
    ids.into_iter().try_for_each(|(path, value)| value.as_deref().map_or(Ok(()), |value| id(path, value)))
}

fn privacy(requested: &PrivacyRequested) -> Result<(), Unreadable> {
    if requested.request != PrivacyRequest::EraseShop {
        somebody("person", &requested.person)?;
    }
    person("person.", &requested.person)?;
    text("id", requested.id.as_deref())?;
    count("orders", requested.orders.len(), ORDERS)?;
    let mut orders = requested.orders.iter().enumerate();
    orders.try_for_each(|(index, order)| id(&format!("orders[{index}]"), order))
}

fn person(path: &str, person: &Person) -> Result<(), Unreadable> {
    if let Some(customer) = &person.customer {
        id(&format!("{path}customer"), customer)?;
    }
    let place = person.place.clone().unwrap_or_default();
    let texts = [
        ("first_name", &person.first_name),
        ("last_name", &person.last_name),
        ("locale", &person.locale),
        ("zone", &person.zone),
        ("place.country", &place.country),
        ("place.region", &place.region),
        ("place.city", &place.city),
    ];
    texts.into_iter().try_for_each(|(name, value)| text(&format!("{path}{name}"), value.as_deref()))
}

fn somebody(path: &str, person: &Person) -> Result<(), Unreadable> {
    if person.customer.is_none() && person.email.is_none() && person.phone.is_none() {
        return Err(Unreadable::field(path, "expected a customer, an email or a phone, got none"));
    }
    Ok(())
}

fn id(path: &str, value: &str) -> Result<(), Unreadable> {
    if (1..=ID_BYTES).contains(&value.len()) {
        return Ok(());
    }
    Err(Unreadable::field(path, format!("expected an id of 1 to {ID_BYTES} bytes, got {}", value.len())))
}

fn text(path: &str, value: Option<&str>) -> Result<(), Unreadable> {
    count(path, value.map_or(0, str::len), TEXT_BYTES)
}

fn count(path: &str, found: usize, limit: usize) -> Result<(), Unreadable> {
    if found <= limit {
        return Ok(());
    }
    Err(Unreadable::field(path, format!("expected a length of at most {limit}, got {found}")))
}
