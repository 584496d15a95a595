//! The same subsets of failing messages through the functions that work batches: absorb, and then deliver.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex};

use absorb::Absorb;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::interceptors::BeforeSerializationInterceptorContextRef;
use aws_sdk_dynamodb::config::{Builder, ConfigBag, Intercept};
use aws_sdk_dynamodb::error::BoxError;
use deliver::Deliver;
use rihla_aws::batch::{Batch, Failures};
use rihla_aws::clock::Clock;
use rihla_aws::fetch::{Asking, Fetch};
use rihla_aws::intake::Intake;
use rihla_aws::kept::KeptSecrets;
use rihla_aws::kept_rhythm::KeptRhythm;
use rihla_aws::look::Look;
use rihla_aws::mail::Mail;
use rihla_aws::parked::Parked;
use rihla_aws::queue::{Queue, Visibility};
use rihla_aws::record::Recorder;
use rihla_aws::secrets::Secrets;
use rihla_aws::table::{Retention, Table};
use rihla_channels::Headers;
use rihla_core::identifier::{CustomerId, IdentityKey};
use rihla_core::instant::Wait;
use rihla_core::limits::Keep;
use rihla_core::link::LinkKeys;
use rihla_local::aws::layout::queue_url;
use rihla_local::aws::{Aws, Function};
use rihla_local::run::Outside;
use rihla_messages::Renderer;

use crate::facts::{person, placed};
use crate::proof_batches::{event, id, reported};
use crate::shop::Shop;

/// Every subset of ten.
const SUBSETS: u32 = 1 << 10;

#[tokio::test]
async fn each_quarter_of_the_subsets_1() {
    subsets(0..SUBSETS / 4).await;
}

#[tokio::test]
async fn each_quarter_of_the_subsets_2() {
    subsets(SUBSETS / 4..SUBSETS / 2).await;
}

#[tokio::test]
async fn each_quarter_of_the_subsets_3() {
    subsets(SUBSETS / 2..SUBSETS / 4 * 3).await;
}

#[tokio::test]
async fn each_quarter_of_the_subsets_4() {
    subsets(SUBSETS / 4 * 3..SUBSETS).await;
}

/// A batch of ten new orders is absorbed, of which those of the subset fail; these come again and do not. Two days later
/// the looks at the ten orders are one batch, and the same fail again, and come again.
async fn subsets(subsets: Range<u32>) {
    let shop = Shop::open().await;
    let trap = Trap::default();
    let absorb = absorb(shop.aws(), &trap).await;
    for subset in subsets.clone() {
        let good = |number: u32| delivery(&shop, &order(subset, number));
        let response = trap.spring(subset, absorb.handle(batch(subset, good))).await;
        assert_eq!(reported(&serde_json::to_value(response).unwrap()), ids(subset), "absorb {subset:010b}");
        assert_nothing_fails(absorb.handle(only(subset, good)).await);
    }
    shop.aws().clock().advance_to(shop.now().after(Wait::hours(49)).timestamp());
    let customers = customers_of_orders(shop.aws());
    let deliver = deliver(shop.aws(), &trap);
    for subset in subsets.clone() {
        let good = |number: u32| look(&customers, &order(subset, number));
        let response = trap.spring(subset, deliver.handle(batch(subset, good))).await;
        assert_eq!(reported(&serde_json::to_value(response).unwrap()), ids(subset), "deliver {subset:010b}");
        assert_nothing_fails(deliver.handle(only(subset, good)).await);
    }
    assert_done_once(shop.aws(), &subsets, &customers);
}

/// Each order was written once, and one mail sent for it.
fn assert_done_once(aws: &Aws, subsets: &Range<u32>, customers: &BTreeMap<String, CustomerId>) {
    let orders = subsets.len() * 10;
    assert_eq!(customers.len(), orders);
    let mut mails: BTreeMap<String, usize> = BTreeMap::new();
    for mail in aws.mailbox().all().unwrap() {
        *mails.entry(mail.recipients.join(" ")).or_default() += 1;
    }
    assert_eq!(mails.len(), orders);
    assert!(mails.values().all(|count| *count == 1), "{mails:?}");
}

/// An odd one of the failing messages makes its handling panic, an even one is nothing that can be read.
fn panics(subset: u32, number: u32) -> bool {
    fails(subset, number) && number % 2 == 1
}

fn fails(subset: u32, number: u32) -> bool {
    subset & (1 << number) != 0
}

fn ids(subset: u32) -> std::collections::BTreeSet<String> {
    (0..10).filter(|number| fails(subset, *number)).map(id).collect()
}

/// The ten messages, of which those of the subset fail.
fn batch(subset: u32, good: impl Fn(u32) -> String) -> Batch {
    let is_unreadable = |number: u32| fails(subset, number) && !panics(subset, number);
    event_of((0..10).map(|number| (number, if is_unreadable(number) { "{".into() } else { good(number) })))
}

/// The messages of the subset alone, as they should be.
fn only(subset: u32, good: impl Fn(u32) -> String) -> Batch {
    event_of((0..10).filter(|number| fails(subset, *number)).map(|number| (number, good(number))))
}

fn event_of(messages: impl Iterator<Item = (u32, String)>) -> Batch {
    serde_json::from_value(event(messages)).unwrap()
}

fn assert_nothing_fails(response: Failures) {
    assert!(reported(&serde_json::to_value(response).unwrap()).is_empty());
}

/// The order of a message: no other has its name in its own.
fn order(subset: u32, number: u32) -> String {
    format!("b{subset}-{number}")
}

fn delivery(shop: &Shop, order: &str) -> String {
    let placed = placed(order, person(&format!("{order}@example.com")));
    let posted = shop.delivery("shop", &[placed]);
    Parked::new(posted.source, shop.now(), &Headers::default(), posted.body, &[]).to_body()
}

fn look(customers: &BTreeMap<String, CustomerId>, order: &str) -> String {
    let key = format!("shop#{order}").parse().unwrap();
    serde_json::to_string(&Look { customer: customers[order].clone(), trigger: key }).unwrap()
}

/// In whose record each order lies, if it was written once and no more.
fn customers_of_orders(aws: &Aws) -> BTreeMap<String, CustomerId> {
    let mut found = BTreeMap::new();
    aws.each_item(|item| {
        let text = |name: &str| item[name]["S"].as_str().unwrap();
        let order = text("SK").strip_prefix("O#shop#").and_then(|rest| rest.strip_suffix('#'));
        if let Some(order) = order {
            assert_eq!(item["v"]["N"], "1", "{order}");
            let customer = CustomerId::from_text(text("PK").trim_start_matches("C#"));
            assert!(found.insert(order.to_owned(), customer).is_none(), "{order} lies there twice");
        }
    });
    found
}

/// A trap in the client of the table: whatever is asked about some orders makes the handling panic.
#[derive(Clone, Debug, Default)]
struct Trap(Arc<Mutex<Vec<String>>>);

impl Trap {
    /// Does something while the trap lies at the orders of that subset.
    async fn spring<T>(&self, subset: u32, doing: impl Future<Output = T>) -> T {
        let orders = (0..10).filter(|number| panics(subset, *number));
        *self.0.lock().unwrap() = orders.map(|number| format!("#{}#", order(subset, number))).collect();
        let done = doing.await;
        self.0.lock().unwrap().clear();
        done
    }

    fn client(&self, function: &Function) -> Client {
        Client::from_conf(Builder::from(&function.sdk_config()).interceptor(self.clone()).build())
    }
}

impl Intercept for Trap {
    fn name(&self) -> &'static str {
        "trap"
    }

    fn read_before_execution(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let orders = self.0.lock().unwrap().clone();
        let asked = format!("{:?}", context.input());
        if orders.iter().any(|order| asked.contains(order)) {
            // A panic that prints nothing.
            std::panic::resume_unwind(Box::new("a message that makes its handling panic"));
        }
        Ok(())
    }
}

fn clock(aws: &Aws) -> Clock {
    let clock = aws.clock().clone();
    Clock::reading(move || clock.now().into())
}

fn retention(aws: &Aws) -> Retention {
    Retention { keep: Keep::default(), clock: clock(aws) }
}

async fn absorb(aws: &Aws, trap: &Trap) -> Absorb {
    let function = aws.function("absorb");
    let shop = Arc::new(rihla_infra::shop());
    let table = Table::new(trap.client(&function), aws.layout().table.clone(), retention(aws));
    let recorder = Recorder::new(table, IdentityKey::new("key"), shop.clone(), clock(aws));
    let dead = Queue::new(aws_sdk_sqs::Client::new(&function.sdk_config()), queue_url("inbox-dead"));
    let queues = aws_sdk_sqs::Client::new(&function.sdk_config());
    let intake = Intake::new(rihla_infra::providers(), recorder, dead);
    let visibility = Visibility::new(queues);
    let parameters = Secrets::new(aws_sdk_ssm::Client::new(&function.sdk_config()), "/none");
    let no_tokens = KeptSecrets::read(parameters, [], clock(aws).now()).await.unwrap();
    let fetch = Fetch::new(Outside::default().way, Function::sleep());
    let asking = Asking::new(fetch, no_tokens, clock(aws));
    Absorb { shop, intake, asking, visibility, clock: clock(aws) }
}

fn deliver(aws: &Aws, trap: &Trap) -> Deliver {
    let function = aws.function("deliver");
    Deliver {
        table: Table::new(trap.client(&function), aws.layout().table.clone(), retention(aws)),
        mail: Mail::new(&function.sdk_config(), aws.layout().configuration_sets[0].clone()),
        shop: Arc::new(rihla_infra::shop()),
        renderer: Renderer::new(rihla_infra::catalogue(), rihla_infra::brand()),
        link_keys: LinkKeys::new(vec![b"key".to_vec()]).unwrap(),
        rhythm: KeptRhythm::default(),
        clock: clock(aws),
    }
}
