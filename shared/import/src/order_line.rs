//! The products of an order.

use std::collections::BTreeMap;

use rihla_core::event::Line;
use rihla_core::money::Currency;

use crate::row::Found;
use crate::{Refusal, Row, amount};

const TITLE: [&str; 6] = ["lineitemname", "linestitle", "linetitle", "itemname", "productname", "title"];
const PRODUCT: [&str; 7] =
    ["productid", "linesproduct", "lineproduct", "lineitemsku", "sku", "itemsku", "product"];
const QUANTITY: [&str; 5] = ["lineitemquantity", "linesquantity", "linequantity", "itemquantity", "quantity"];
const PRICE: [&str; 5] = ["lineitemprice", "linesprice", "lineprice", "itemprice", "price"];

/// The products that one row names: one in columns of its own, or all of them, as `WooCommerce`'s exporter writes them.
pub(crate) fn lines(row: &Row, currency: Option<Currency>, refused: &mut Vec<Refusal>) -> Vec<Line> {
    let mut lines: Vec<Line> = packed(row, currency).collect();
    if lines.is_empty() {
        lines = apart(row, currency);
    }
    lines.extend(one(row, currency, refused));
    lines
}

fn one(row: &Row, currency: Option<Currency>, refused: &mut Vec<Refusal>) -> Option<Line> {
    let title = row.text(&TITLE).or_else(|| row.text(&PRODUCT))?;
    let quantity = row.parsed(&QUANTITY, refused, quantity).unwrap_or(1);
    let price =
        currency.and_then(|currency| row.parsed(&PRICE, refused, |text| amount::money(text, currency)));
    Some(Line { product: row.text(&PRODUCT).unwrap_or_else(|| title.clone()), title, quantity, price })
}

/// `line_item_1`: `name:Bowl|product_id:12|sku:B-1|quantity:2|total:24.00|…`.
fn packed(row: &Row, currency: Option<Currency>) -> impl Iterator<Item = Line> {
    let is_number = |rest: &str| rest.bytes().all(|byte| byte.is_ascii_digit());
    let cells = row.beginning("lineitem").filter(move |(rest, _)| !rest.is_empty() && is_number(rest));
    cells.filter_map(move |(_, Found { text, .. })| {
        let parts: BTreeMap<String, &str> = text.split('|').filter_map(named).collect();
        line(&|name| parts.get(name).copied(), currency)
    })
}

fn named(part: &str) -> Option<(String, &str)> {
    let (name, value) = part.split_once(':')?;
    Some((crate::row::plain(name), value.trim())).filter(|(_, value)| !value.is_empty())
}

/// `Product Item 1 Name`, `Product Item 1 id`, `Product Item 1 SKU`, `Product Item 1 Quantity`, `Product Item 1 Total`.
fn apart(row: &Row, currency: Option<Currency>) -> Vec<Line> {
    let mut items: BTreeMap<u32, BTreeMap<&str, &str>> = BTreeMap::new();
    for (rest, Found { text, .. }) in row.beginning("productitem") {
        let part = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        if let Ok(number) = rest[..rest.len() - part.len()].parse() {
            items.entry(number).or_default().insert(if part == "id" { "productid" } else { part }, text);
        }
    }
    items.values().filter_map(|parts| line(&|name| parts.get(name).copied(), currency)).collect()
}

/// A product of which the total is told, not the price of one.
fn line<'a>(part: &dyn Fn(&str) -> Option<&'a str>, currency: Option<Currency>) -> Option<Line> {
    let title = part("name")?.to_owned();
    let quantity = part("quantity").and_then(|text| quantity(text).ok()).unwrap_or(1);
    let total = part("total").zip(currency).and_then(|(text, currency)| amount::money(text, currency).ok());
    let price = total.map(|mut total| {
        total.minor /= i64::from(quantity.max(1));
        total
    });
    let product = part("productid").or_else(|| part("sku")).unwrap_or(&title).to_owned();
    Some(Line { product, title, quantity, price })
}

fn quantity(text: &str) -> Result<u32, String> {
    let whole = text.strip_suffix(".0").or_else(|| text.strip_suffix(".00")).unwrap_or(text);
    whole.parse().map_err(|_| format!("{text:?} is no number of pieces"))
}
