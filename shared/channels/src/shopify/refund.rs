//! Refunds.

use rihla_core::event::{Event, Fact, Refunded};
use rihla_core::instant::Instant;
use rihla_core::money::{Currency, Money};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::bare::bare;
use super::{Told, event};
use crate::json::{self, Amount, Id, Text};
use crate::{Reading, Unreadable};

/// A refund: a resource of its own, and within an order.
#[derive(Deserialize)]
#[expect(clippy::struct_field_names, reason = "the fields are called as Shopify calls them")]
pub(super) struct Refund<'a> {
    id: Option<Id>,
    order_id: Option<Id>,
    created_at: Option<Instant>,
    processed_at: Option<Instant>,
    /// There when goods were taken back by a return.
    r#return: Option<IgnoredAny>,
    #[serde(borrow)]
    refund_line_items: Option<Vec<RefundLine<'a>>>,
    #[serde(borrow)]
    transactions: Option<Vec<Transaction<'a>>>,
}

#[derive(Deserialize)]
struct RefundLine<'a> {
    #[serde(borrow)]
    restock_type: Option<Text<'a>>,
    #[serde(borrow)]
    subtotal: Option<Amount<'a>>,
    #[serde(borrow)]
    total_tax: Option<Amount<'a>>,
    #[serde(borrow)]
    subtotal_set: Option<MoneySet<'a>>,
}

#[derive(Deserialize)]
struct MoneySet<'a> {
    #[serde(borrow)]
    shop_money: Option<ShopMoney<'a>>,
}

#[derive(Deserialize)]
struct ShopMoney<'a> {
    #[serde(borrow)]
    currency_code: Option<Text<'a>>,
}

#[derive(Deserialize)]
struct Transaction<'a> {
    #[serde(borrow)]
    kind: Option<Text<'a>>,
    #[serde(borrow)]
    status: Option<Text<'a>>,
    #[serde(borrow)]
    amount: Option<Amount<'a>>,
    currency: Option<Currency>,
}

/// Reads `refunds/create`.
pub(super) fn read(body: &[u8], told: &Told<'_>) -> Result<Reading, Unreadable> {
    let refund: Refund<'_> = json::read(bare(body, "refund")?)?;
    if refund.is_suggestion() {
        return Ok(Reading::default());
    }
    let order = refund.order_id.as_ref().ok_or_else(|| Unreadable::missing("order_id"))?;
    let at = refund.told_at().map_or_else(|| told.time(), Ok)?;
    Ok(Reading::events(refund.refunded(&order.0, None, at)?.into_iter().collect()))
}

impl Refund<'_> {
    /// When the money went back.
    pub(super) fn told_at(&self) -> Option<Instant> {
        self.processed_at.or(self.created_at)
    }

    /// What it tells: nothing when neither money nor goods went back.
    pub(super) fn refunded(
        &self,
        order: &str,
        currency: Option<Currency>,
        at: Instant,
    ) -> Result<Option<Event>, Unreadable> {
        let refund = self.id.as_ref().ok_or_else(|| Unreadable::missing("id"))?.0.clone();
        let goods_returned = self.goods_returned();
        let amount = self.amount(currency)?.filter(|amount| amount.minor != 0 || goods_returned);
        Ok(amount.map(|amount| {
            let refunded = Refunded { order: order.to_owned(), refund, amount, goods_returned };
            event(at, Fact::Refunded(refunded))
        }))
    }

    /// The REST API answers a calculation with a refund that has not been made and has no id.
    fn is_suggestion(&self) -> bool {
        let suggested = |transaction: &Transaction<'_>| is(transaction.kind.as_ref(), "suggested_refund");
        self.id.is_none() && self.transactions.iter().flatten().any(suggested)
    }

    fn goods_returned(&self) -> bool {
        let returned = |line: &RefundLine<'_>| is(line.restock_type.as_ref(), "return");
        self.r#return.is_some() || self.refund_line_items.iter().flatten().any(returned)
    }

    /// What went back, in the shop's currency, as the order's total is. A payment in another currency is told in that
    /// one, and a cut body tells none: then the lines stand for it, without the shipping.
    fn amount(&self, currency: Option<Currency>) -> Result<Option<Money>, Unreadable> {
        let currency = currency.or_else(|| self.currency_of_lines());
        match &self.transactions {
            Some(transactions) if transactions.iter().all(|transaction| transaction.is_in(currency)) => {
                sum_of_transactions(transactions, currency)
            }
            _ => currency.map(|currency| self.sum_of_lines(currency)).transpose(),
        }
    }

    fn currency_of_lines(&self) -> Option<Currency> {
        let lines = self.refund_line_items.iter().flatten();
        let mut codes =
            lines.filter_map(|line| line.subtotal_set.as_ref()?.shop_money.as_ref()?.currency_code.as_ref());
        codes.next()?.trimmed()?.parse().ok()
    }

    fn sum_of_lines(&self, currency: Currency) -> Result<Money, Unreadable> {
        let mut sum = Sum::new(currency);
        for (index, line) in self.refund_line_items.iter().flatten().enumerate() {
            let path = format!("refund_line_items[{index}]");
            sum.add(line.subtotal.as_ref(), &format!("{path}.subtotal"))?;
            sum.add(line.total_tax.as_ref(), &format!("{path}.total_tax"))?;
        }
        Ok(sum.0)
    }
}

impl Transaction<'_> {
    fn is_in(&self, currency: Option<Currency>) -> bool {
        currency.is_none() || self.currency.is_none() || self.currency == currency
    }

    fn succeeded(&self) -> bool {
        is(self.kind.as_ref(), "refund") && is(self.status.as_ref(), "success")
    }
}

fn sum_of_transactions(
    transactions: &[Transaction<'_>],
    currency: Option<Currency>,
) -> Result<Option<Money>, Unreadable> {
    let of_first = || transactions.iter().find_map(|transaction| transaction.currency);
    let Some(currency) = currency.or_else(of_first) else { return Ok(None) };
    let mut sum = Sum::new(currency);
    for (index, transaction) in transactions.iter().enumerate().filter(|(_, made)| made.succeeded()) {
        sum.add(transaction.amount.as_ref(), &format!("transactions[{index}].amount"))?;
    }
    Ok(Some(sum.0))
}

struct Sum(Money);

impl Sum {
    fn new(currency: Currency) -> Self {
        Self(Money::new(0, currency))
    }

    fn add(&mut self, amount: Option<&Amount<'_>>, path: &str) -> Result<(), Unreadable> {
        let Some(amount) = amount else { return Ok(()) };
        let money =
            amount.money(self.0.currency).map_err(|error| Unreadable::field(path, error.to_string()))?;
        let sum = self.0.minor.checked_add(money.minor);
        self.0.minor = sum.ok_or_else(|| Unreadable::field(path, "more than any shop turns over"))?;
        Ok(())
    }
}

fn is(text: Option<&Text<'_>>, word: &str) -> bool {
    text.and_then(Text::trimmed) == Some(word)
}
