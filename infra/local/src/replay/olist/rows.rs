//! Rows of Olist's tables, by the names of their columns.

use std::collections::HashMap;
use std::path::Path;

use jiff::civil::DateTime;
use serde::Deserialize;

use crate::replay::{ReplayError, table};

#[derive(Deserialize)]
pub(super) struct OrderRow {
    pub(super) order_id: String,
    pub(super) customer_id: String,
    pub(super) order_status: String,
    pub(super) order_purchase_timestamp: DateTime,
    pub(super) order_approved_at: Option<DateTime>,
    pub(super) order_delivered_carrier_date: Option<DateTime>,
    pub(super) order_delivered_customer_date: Option<DateTime>,
    pub(super) order_estimated_delivery_date: Option<DateTime>,
}

#[derive(Deserialize)]
pub(super) struct ItemRow {
    order_id: String,
    pub(super) product_id: String,
    pub(super) price: String,
    pub(super) freight_value: String,
}

#[derive(Deserialize)]
pub(super) struct PaymentRow {
    order_id: String,
    pub(super) payment_value: String,
}

#[derive(Deserialize)]
pub(super) struct CustomerRow {
    customer_id: String,
    #[serde(rename = "customer_unique_id")]
    pub(super) person: String,
    #[serde(rename = "customer_city")]
    pub(super) city: String,
    #[serde(rename = "customer_state")]
    pub(super) state: String,
}

#[derive(Deserialize)]
pub(super) struct ReviewRow {
    order_id: String,
    pub(super) review_score: u8,
    review_comment_title: Option<String>,
    review_comment_message: Option<String>,
    pub(super) review_answer_timestamp: DateTime,
}

#[derive(Deserialize)]
struct ProductRow {
    product_id: String,
    product_category_name: String,
}

/// All tables, each by what it is looked up by.
pub(super) struct Tables {
    pub(super) orders: Vec<OrderRow>,
    pub(super) items: HashMap<String, Vec<ItemRow>>,
    pub(super) payments: HashMap<String, Vec<PaymentRow>>,
    pub(super) customers: HashMap<String, CustomerRow>,
    pub(super) reviews: HashMap<String, Vec<ReviewRow>>,
    categories: HashMap<String, String>,
}

impl Tables {
    /// The first `limit` orders by time, and everything about them.
    pub(super) fn read(folder: &Path, limit: usize) -> Result<Self, ReplayError> {
        let mut orders: Vec<OrderRow> = table::rows(folder, "orders")?;
        orders.sort_by(|a, b| a.placing().cmp(&b.placing()));
        orders.truncate(limit);
        let customers: Vec<CustomerRow> = table::rows(folder, "customers")?;
        Ok(Self {
            orders,
            items: grouped(table::rows(folder, "order_items")?, |row: &ItemRow| &row.order_id),
            payments: grouped(table::rows(folder, "order_payments")?, |row: &PaymentRow| &row.order_id),
            customers: customers.into_iter().map(|row| (row.customer_id.clone(), row)).collect(),
            reviews: grouped(table::rows(folder, "order_reviews")?, |row: &ReviewRow| &row.order_id),
            categories: categories(folder)?,
        })
    }

    /// A product's title. The tables have none: its category, where a `products` table lies beside, and part of its id.
    pub(super) fn title(&self, product: &str) -> String {
        let short = product.get(..6).unwrap_or(product);
        let category = self.categories.get(product).map_or("Produto", String::as_str);
        format!("{category} {short}")
    }
}

/// The products' categories, from a table in the folder or in `olist_catalog` beside it; none where there is none.
fn categories(folder: &Path) -> Result<HashMap<String, String>, ReplayError> {
    let beside = folder.parent().map(|parent| parent.join("olist_catalog"));
    let places = [Some(folder.to_owned()), beside];
    let file = places.into_iter().flatten().find_map(|place| table::find(&place, "products"));
    let rows: Vec<ProductRow> = file.map_or(Ok(Vec::new()), |file| table::rows_of(&file))?;
    let named = rows.into_iter().filter(|row| !row.product_category_name.is_empty());
    Ok(named.map(|row| (row.product_id, readable(&row.product_category_name))).collect())
}

/// `cama_mesa_banho` as `Cama mesa banho`.
fn readable(category: &str) -> String {
    let words = category.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn grouped<T>(rows: Vec<T>, key: impl Fn(&T) -> &String) -> HashMap<String, Vec<T>> {
    let mut groups: HashMap<String, Vec<T>> = HashMap::new();
    for row in rows {
        groups.entry(key(&row).clone()).or_default().push(row);
    }
    groups
}

impl OrderRow {
    fn placing(&self) -> (DateTime, &str) {
        (self.order_purchase_timestamp, &self.order_id)
    }

    /// The number that people see. The tables have only ids of 32 digits: their first eight.
    pub(super) fn number(&self) -> String {
        format!("#{}", self.order_id.get(..8).unwrap_or(&self.order_id))
    }
}

impl ReviewRow {
    /// Title and text in one.
    pub(super) fn comment(&self) -> Option<String> {
        let parts = [&self.review_comment_title, &self.review_comment_message];
        let words = parts.into_iter().flatten().map(|part| part.trim()).filter(|part| !part.is_empty());
        let comment = words.collect::<Vec<_>>().join("\n");
        (!comment.is_empty()).then_some(comment)
    }
}
