//! Deliveries kept in files: what the name of a file tells of the delivery in it.

use rihla_core::instant::Instant;

use crate::{Headers, Provider};

impl Provider {
    /// The headers of a delivery that is kept in a file: those that were kept with it, and what they leave open. The
    /// topic is in the file's name, and the time is now.
    #[must_use]
    pub fn headers_of_file(&self, mut kept: Headers, file_name: &str, now: Instant) -> Headers {
        let topic = self.topic_header.map(|header| (header, self.topic_of_file(file_name)));
        let time = self.time_header.map(|header| (header, now.to_string()));
        for (header, value) in topic.into_iter().chain(time) {
            if kept.get(header).is_none() {
                kept.set(header, value);
            }
        }
        kept
    }

    /// The topic of a delivery that is kept in a file: `orders_updated--1.json` is `orders/updated`. It is the longest
    /// topic that the file's name holds; where it holds none, the name's first part.
    pub fn topic_of_file(&self, file_name: &str) -> String {
        let first = || file_name.split("--").next().unwrap_or_default().trim_end_matches(".json");
        self.topic_in_file_name(file_name).unwrap_or_else(first).to_owned()
    }

    /// The longest topic that a file's name holds, letters and digits alone compared.
    pub fn topic_in_file_name(&self, file_name: &str) -> Option<&'static str> {
        let name = letters_and_digits(file_name);
        let held = self.topics.iter().filter(|topic| name.contains(&letters_and_digits(topic.name)));
        held.map(|topic| topic.name).max_by_key(|topic| topic.len())
    }
}

fn letters_and_digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Topic, provider};

    #[test]
    fn the_longest_topic_of_the_name_is_meant() {
        let of = |name| provider("shopify").unwrap().topic_of_file(name);
        assert_eq!(of("orders_updated--1.json"), "orders/updated");
        assert_eq!(of("rest-wrapped-draft_orders_create--2.json"), "draft_orders/create");
        assert_eq!(of("collections_listed--1.json"), "collections_listed");
    }

    #[test]
    fn topics_are_written_in_many_ways() {
        const TOPICS: &[Topic] =
            &[Topic { name: "charge.refunded", tells: &[] }, Topic { name: "ORDER_CHANGE", tells: &[] }];
        let provider = Provider { topics: TOPICS, ..Provider::PLAIN };
        assert_eq!(provider.topic_in_file_name("charge_refunded--1.json"), Some("charge.refunded"));
        assert_eq!(provider.topic_in_file_name("OrderChange--1.json"), Some("ORDER_CHANGE"));
        assert_eq!(provider.topic_in_file_name("object_charge--1.json"), None);
    }

    #[test]
    fn what_was_kept_comes_first() {
        let shopify = provider("shopify").unwrap();
        let now = Instant::from_seconds(0);
        let kept: Headers = [("X-Shopify-Topic", "carts/update")].into_iter().collect();
        let headers = shopify.headers_of_file(kept, "orders_create--1.json", now);
        assert_eq!(headers.get("x-shopify-topic"), Some("carts/update"));
        assert_eq!(headers.get("x-shopify-triggered-at"), Some("1970-01-01T00:00:00Z"));
    }
}
