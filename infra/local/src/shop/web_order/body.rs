use rihla_core::instant::Instant;
use serde_json::{Value, json};

use super::{SHIPPING_PENCE, WebOrder};
use crate::shop::week::{Customer, Product};

/// Shopify's ids have thirteen digits.
const ORDER_IDS: u64 = 5_400_000_000_000;
const FULFILLMENT_IDS: u64 = 4_700_000_000_000;
const REFUND_IDS: u64 = 9_100_000_000_000;

impl WebOrder {
    fn id(&self) -> u64 {
        ORDER_IDS + self.number
    }

    /// The order as it is now.
    pub(super) fn body(&self) -> Value {
        let email = self.buyer.map_or("", |buyer| buyer.email);
        let mut body = json!({
            "id": self.id(),
            "admin_graphql_api_id": format!("gid://shopify/Order/{}", self.id()),
            "name": format!("#{}", self.number),
            "order_number": self.number,
            "source_name": "web",
            "test": self.is_test,
            "created_at": self.placed_at,
            "processed_at": self.placed_at,
            "updated_at": self.changed_at,
            "cancelled_at": self.cancelled_at,
            "cancel_reason": self.cancelled_at.map(|_| "customer"),
            "financial_status": self.financial_status,
            "fulfillment_status": self.fulfillment_status,
            "email": email,
            "contact_email": self.buyer.map(|buyer| buyer.email),
            "customer_locale": self.buyer.map(|buyer| buyer.locale),
            "customer": self.buyer.map(|buyer| buyer.body(self.placed_at)),
            "fulfillments": self.fulfillments,
            "refunds": self.refunds,
        });
        self.add_money(&mut body);
        self.add_addresses(&mut body);
        body
    }

    fn add_money(&self, body: &mut Value) {
        body["currency"] = json!("GBP");
        body["subtotal_price"] = json!(pounds(self.goods_pence()));
        body["total_price"] = json!(pounds(self.total_pence()));
        body["shipping_lines"] = json!([{ "title": "Standard", "price": pounds(SHIPPING_PENCE) }]);
        let lines = self.lines.iter().enumerate();
        body["line_items"] =
            lines.map(|(index, (product, quantity))| self.line(index as u64, product, *quantity)).collect();
    }

    fn line(&self, index: u64, product: &Product, quantity: u32) -> Value {
        let arabic = self.buyer.is_some_and(|buyer| buyer.locale.starts_with("ar"));
        json!({
            "id": self.id() * 10 + index,
            "product_id": product.id,
            "variant_id": product.id + 1,
            "sku": product.sku,
            "title": if arabic { product.title_ar } else { product.title },
            "quantity": quantity,
            "current_quantity": quantity,
            "price": pounds(product.pence),
            "gift_card": false,
        })
    }

    fn add_addresses(&self, body: &mut Value) {
        let address = self.buyer.map(Customer::address);
        body["billing_address"] = json!(address);
        body["shipping_address"] = json!(address);
    }

    pub(super) fn fulfillment(&self, at: Instant, tracking: &str) -> Value {
        let id = FULFILLMENT_IDS + self.number * 10 + self.fulfillments.len() as u64;
        json!({
            "id": id,
            "order_id": self.id(),
            "name": format!("#{}.{}", self.number, self.fulfillments.len() + 1),
            "status": "success",
            "shipment_status": null,
            "tracking_company": self.buyer.map_or("Swift Post", |buyer| buyer.carrier()),
            "tracking_number": tracking,
            "created_at": at,
            "updated_at": at,
        })
    }

    pub(super) fn refund(&self, at: Instant, pence: u64, goods_returned: bool) -> Value {
        let id = REFUND_IDS + self.number * 10 + self.refunds.len() as u64;
        let restock = if goods_returned { "return" } else { "no_restock" };
        let (product, _) = self.lines[0];
        let line = json!({
            "id": id * 10,
            "quantity": 1,
            "restock_type": restock,
            "subtotal": pounds(pence),
            "total_tax": "0.00",
            "line_item": self.line(0, product, 1),
        });
        json!({
            "id": id,
            "order_id": self.id(),
            "created_at": at,
            "processed_at": at,
            "refund_line_items": [line],
            "transactions": [{
                "id": id * 10 + 1,
                "kind": "refund",
                "status": "success",
                "amount": pounds(pence),
                "currency": "GBP",
            }],
        })
    }
}

impl Customer {
    /// The customer as of an order at `at`.
    fn body(&self, at: Instant) -> Value {
        json!({
            "id": self.id,
            "email": self.email,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "phone": self.phone,
            "created_at": at,
            "updated_at": at,
            "email_marketing_consent": self.consent_body(at),
            "default_address": self.address(),
        })
    }

    fn consent_body(&self, at: Instant) -> Value {
        if self.agrees {
            json!({ "state": "subscribed", "opt_in_level": "single_opt_in", "consent_updated_at": at })
        } else {
            json!({ "state": "not_subscribed", "opt_in_level": "single_opt_in", "consent_updated_at": null })
        }
    }

    fn address(&self) -> Value {
        json!({
            "first_name": self.first_name,
            "last_name": self.last_name,
            "city": self.city,
            "country_code": self.country,
            "province_code": null,
            "phone": self.phone,
        })
    }
}

fn pounds(pence: u64) -> String {
    format!("{}.{:02}", pence / 100, pence % 100)
}
