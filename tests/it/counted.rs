//! What the template counts from the log is logged so that it can be counted.

use std::io::Write;
use std::sync::{Arc, Mutex};

use rihla_channels::Headers;
use rihla_core::event::Person;
use rihla_local::aws::{Fault, Service};
use rihla_local::run::HttpRequest;
use serde_json::Value;
use tracing_subscriber::util::SubscriberInitExt;

use crate::facts::{AMAL, ORDER, paid, person, placed};
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

/// A template that fails for one person's data: only theirs is refused, with the reason, and it is counted.
#[tokio::test]
async fn a_message_that_cannot_be_written_for_one_person_is_counted_and_all_others_go_out() {
    let (log, _guard) = Log::begin();
    let mut catalogue = rihla_infra::catalogue();
    let english = catalogue.languages.get_mut("en").unwrap();
    let text = english.templates.get_mut("ease-survey.txt").unwrap();
    text.push_str(
        "{% if \"Noor\" in customer.first_name %}{{ customer.first_name.no.such.thing }}{% endif %}",
    );
    let shop = Shop::written_by(catalogue).await;
    let noor = Person { first_name: Some("Noor".into()), ..person("noor@example.com") };
    shop.tell(&[placed("1", person(AMAL)), placed("2", noor), placed("3", person("rana@example.com"))]).await;
    shop.days(3).await;
    let fate = |order: &str| shop.fate_of(order, "ease-survey");
    assert_eq!(
        ["1", "2", "3"].map(fate).map(|fate| fate.split(':').next().unwrap().to_owned()),
        ["sent", "refused by message", "sent"]
    );
    assert!(
        shop.fate_of("2", "ease-survey").contains("ease-survey.txt"),
        "{}",
        shop.fate_of("2", "ease-survey")
    );
    assert_eq!(log.counted_as("NotWritten"), 1);
    assert!(!log.text().contains("Noor"), "{}", log.text());
}
