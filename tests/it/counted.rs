//! What the template counts from the log is logged so that it can be counted.

use std::io::Write;
use std::sync::{Arc, Mutex};

use rihla_channels::Headers;
use rihla_local::aws::{Fault, Service};
use rihla_local::run::HttpRequest;
use serde_json::Value;
use tracing_subscriber::util::SubscriberInitExt;

use crate::facts::{AMAL, ORDER, paid, person};
use crate::shop::Shop;
use crate::template::Template;

/// The log of one test.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    /// Takes what this thread logs, as a function does that the template starts, until the guard is dropped.
    pub(crate) fn begin() -> (Self, tracing::subscriber::DefaultGuard) {
        let log = Self::default();
        let lines = log.clone();
        let writer = rihla_aws::log::lines().with_writer(move || lines.clone());
        (log, writer.with_max_level(tracing::Level::WARN).set_default())
    }

    /// All lines.
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    /// How many lines the template's metric `name` counts.
    pub(crate) fn counted_as(&self, name: &str) -> usize {
        let (field, value) = Template::own().counts(name);
        let text = self.text();
        let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        lines.filter(|line| line[&field] == *value).count()
    }
}

#[tokio::test]
async fn a_refused_signature_is_counted() {
    let (log, _guard) = Log::begin();
    let shop = Shop::open().await;
    let delivery = shop.delivery("shop", &[paid(ORDER)]);
    assert_eq!(shop.post(&delivery).await, 200);
    assert_eq!(log.counted_as("NotVerified"), 0);
    let unsigned = HttpRequest::delivery("shop", Headers::default(), delivery.body);
    assert_eq!(Box::pin(shop.stack.receive(&unsigned)).await.unwrap().status, 401);
    assert_eq!(log.counted_as("NotVerified"), 1);
}

#[tokio::test]
async fn a_mail_in_doubt_is_counted_once() {
    let (log, _guard) = Log::begin();
    let shop = Shop::open().await;
    shop.survey_in_an_hour(ORDER, person(AMAL)).await;
    shop.aws().faults().set(|call| match call.service {
        Service::Ses => Fault::TimeOut,
        _ => Fault::None,
    });
    shop.hours(2).await;
    shop.days(1).await;
    assert_eq!(log.counted_as("InDoubt"), 1);
}
