//! Invoices, put together from the file's rows.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use jiff::civil::DateTime;
use rihla_core::event::Line;
use rihla_core::money::{Currency, Money};
use serde::Deserialize;

use crate::replay::{ReplayError, table};

/// One invoice.
pub(super) struct Invoice {
    pub(super) number: String,
    /// By the clocks in London.
    pub(super) date: DateTime,
    pub(super) customer: Option<String>,
    pub(super) country: String,
    pub(super) rows: Vec<Row>,
}

/// One product or charge of an invoice, with all that the invoice has of it at one price.
pub(super) struct Row {
    pub(super) code: String,
    description: String,
    quantity: i64,
    price_mills: i64,
}

#[derive(Clone, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct FileRow {
    invoice_no: String,
    stock_code: String,
    description: String,
    quantity: i64,
    invoice_date: DateTime,
    unit_price: String,
    #[serde(rename = "CustomerID")]
    customer_id: Option<String>,
    country: String,
}

/// All invoices by time. Rows that are the same in every column are one row that the file has twice.
pub(super) fn invoices(file: &Path) -> Result<Vec<Invoice>, ReplayError> {
    let mut invoices: BTreeMap<String, Invoice> = BTreeMap::new();
    let mut seen = HashSet::new();
    for row in table::rows_of::<FileRow>(file)? {
        if seen.insert(row.clone()) {
            invoices.entry(row.invoice_no.clone()).or_insert_with(|| Invoice::start(&row)).add(&row)?;
        }
    }
    let mut by_time: Vec<Invoice> = invoices.into_values().collect();
    by_time.sort_by_key(|invoice| invoice.date);
    Ok(by_time)
}

impl Invoice {
    fn start(row: &FileRow) -> Self {
        Self {
            number: row.invoice_no.clone(),
            date: row.invoice_date,
            customer: row.customer_id.clone(),
            country: row.country.clone(),
            rows: Vec::new(),
        }
    }

    fn add(&mut self, row: &FileRow) -> Result<(), ReplayError> {
        self.date = self.date.min(row.invoice_date);
        let code = row.stock_code.trim().to_uppercase();
        let price_mills = mills(&row.unit_price, &row.invoice_no)?;
        let same = |known: &&mut Row| known.code == code && known.price_mills == price_mills;
        if let Some(known) = self.rows.iter_mut().find(same) {
            known.quantity += row.quantity;
        } else {
            let description = row.description.trim().to_owned();
            self.rows.push(Row { code, description, quantity: row.quantity, price_mills });
        }
        Ok(())
    }

    /// Whether it gives money back.
    pub(super) fn is_credit(&self) -> bool {
        self.number.starts_with('C')
    }

    /// Whether something was sold by it: not stock that was written off (fewer than none of it, free of charge, to
    /// nobody), nor fees of the shop's own.
    pub(super) fn is_sale(&self) -> bool {
        let sold = |row: &Row| row.quantity > 0 && row.is_product();
        self.rows.iter().any(sold)
            && (self.customer.is_some() || self.rows.iter().any(|row| row.price_mills > 0))
    }
}

impl Row {
    /// Whether it is a thing: their codes start with a digit, or with the name of a range. The others are charges:
    /// `POST`, `DOT` and `C2` carriage, `M` by hand, `D` discount, `S` samples, `BANK CHARGES`, `AMAZONFEE`, `PADS`.
    pub(super) fn is_product(&self) -> bool {
        let is_range = self.code.starts_with("DCGS") || self.code.starts_with("GIFT_");
        is_range || self.code.starts_with(|first: char| first.is_ascii_digit())
    }

    /// What it adds to the invoice, in thousandths of a pound: one price of the file is finer than a penny.
    pub(super) fn amount_mills(&self) -> i64 {
        self.quantity * self.price_mills
    }

    /// The line of the order; none for a charge, or for a row that another row of the invoice takes back.
    pub(super) fn line(&self) -> Option<Line> {
        let quantity =
            u32::try_from(self.quantity).ok().filter(|quantity| *quantity > 0 && self.is_product())?;
        let title = if self.description.is_empty() { &self.code } else { &self.description };
        let price = Some(pounds([self.price_mills]));
        Some(Line { product: self.code.clone(), title: title.clone(), quantity, price })
    }
}

/// The sum of amounts in thousandths, in pence, a half rounded up.
pub(super) fn pounds(mills: impl IntoIterator<Item = i64>) -> Money {
    let sum: i64 = mills.into_iter().sum();
    let pound: Currency = "GBP".parse().expect("three letters");
    Money::new((sum + 5).div_euclid(10), pound)
}

/// A price such as `2.55` in thousandths, read as money of a currency that has them.
fn mills(price: &str, invoice: &str) -> Result<i64, ReplayError> {
    let thousandths: Currency = "KWD".parse().expect("three letters");
    let refused = |source| ReplayError::Price { order: invoice.to_owned(), source };
    Ok(Money::parse(price, thousandths).map_err(refused)?.minor)
}
