//! Refunds (<https://docs.bigcommerce.com/docs/rest-management/orders/order-refunds>).

use rihla_core::event::{Fact, Refunded};
use rihla_core::instant::Instant;
use rihla_core::money::Currency;
use serde::Deserialize;

use super::event;
use super::hook::Hook;
use crate::json::{self, Amount, Id};
use crate::{Reading, Unreadable};

/// What the lookup is called.
pub(super) const REFUNDS: &str = "refunds";

#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(borrow)]
    data: Vec<Refund<'a>>,
}

#[derive(Deserialize)]
struct Refund<'a> {
    id: Id,
    created: Option<Instant>,
    #[serde(borrow)]
    total_amount: Amount<'a>,
}

/// Reads the API's answer: the refunds of the order that the delivery is about, in its currency.
pub(super) fn read_answer(
    hook: &Hook<'_>,
    currency: Option<Currency>,
    answer: &[u8],
) -> Result<Reading, Unreadable> {
    let Answer { data } = json::read(answer)?;
    let order = hook.order()?;
    let Some(currency) = currency else { return Ok(Reading::default()) };
    let mut events = Vec::with_capacity(data.len());
    for (index, refund) in data.iter().enumerate() {
        let amount = refund.total_amount.money(currency);
        let path = || format!("data[{index}].total_amount");
        let amount = amount.map_err(|error| Unreadable::field(path(), error.to_string()))?;
        let (order, id) = (order.0.clone(), refund.id.0.clone());
        let refunded = Refunded { order, refund: id, amount, goods_returned: false };
        events.push(event(refund.created.unwrap_or(hook.at()), Fact::Refunded(refunded)));
    }
    Ok(Reading::events(events))
}
