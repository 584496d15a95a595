//! What there is in the account: names, limits and where things lead. The template says the same to AWS.

use std::time::Duration;

use rihla_core::shop::Shop;

/// The region that the stand-ins say they are in.
pub const REGION: &str = "eu-central-1";
/// The account number that the stand-ins say they are in.
pub const ACCOUNT: &str = "000000000000";

/// The resources of one account.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The one table.
    pub table: String,
    /// Whether the table keeps a stream of new and old images. It costs one more insert for each write.
    pub stream: bool,
    /// The queues, dead-letter queues included.
    pub queues: Vec<Queue>,
    /// The SES configuration sets; mail that names another is refused.
    pub configuration_sets: Vec<String>,
    /// The SNS topic to which SES publishes its events.
    pub topic: String,
    /// The kinds of events that SES publishes, by SES's names for them. Of the others nobody hears.
    pub mail_events: Vec<String>,
}

/// One SQS standard queue.
#[derive(Clone, Debug)]
pub struct Queue {
    /// Its name, the last part of its URL and of its ARN.
    pub name: String,
    /// For how long a received message is hidden from others.
    pub visibility: Duration,
    /// For how long a message is kept after it was sent. SQS allows a minute to 14 days.
    pub retention: Duration,
    /// Where a message goes that was received too often.
    pub redrive: Option<Redrive>,
}

/// A queue's redrive policy.
#[derive(Clone, Debug)]
pub struct Redrive {
    /// The dead-letter queue's name.
    pub target: String,
    /// How many times a message is received before it is moved.
    pub max_receive_count: u32,
}

impl Queue {
    /// A queue that keeps messages for 14 days and moves them nowhere.
    pub fn new(name: &str, visibility: Duration) -> Self {
        let retention = Duration::from_hours(14 * 24);
        Self { name: name.into(), visibility, retention, redrive: None }
    }

    /// The same queue, with messages moved to `target` after `max_receive_count` receives.
    #[must_use]
    pub fn with_redrive(self, target: &str, max_receive_count: u32) -> Self {
        Self { redrive: Some(Redrive { target: target.into(), max_receive_count }), ..self }
    }
}

/// What `template.yaml` has SES publish. Not `send`: whatever follows an acceptance proves it as well.
const MAIL_EVENTS: [&str; 7] =
    ["delivery", "bounce", "complaint", "open", "click", "reject", "deliveryDelay"];

impl Default for Layout {
    fn default() -> Self {
        Self {
            table: "rihla".into(),
            stream: false,
            queues: queues(),
            configuration_sets: vec!["rihla".into()],
            topic: "rihla-mail-events".into(),
            mail_events: MAIL_EVENTS.map(Into::into).into(),
        }
    }
}

/// The queues of `template.yaml`, limit for limit.
fn queues() -> Vec<Queue> {
    let four_days = Duration::from_hours(4 * 24);
    let working = |name: &str, visibility, max_receive_count| {
        let queue = Queue { retention: four_days, ..Queue::new(name, visibility) };
        queue.with_redrive(&format!("{name}-dead"), max_receive_count)
    };
    let dead = |name: &str| Queue::new(name, Duration::from_secs(30));
    vec![
        working("inbox", Duration::from_mins(3), 10),
        dead("inbox-dead"),
        working("outbox", Duration::from_mins(6), 5),
        dead("outbox-dead"),
    ]
}

impl Layout {
    /// The same, with the queues by which a shop's sources send in place of HTTP: somebody else's, with limits of theirs.
    #[must_use]
    pub fn and_queues_of(mut self, shop: &Shop) -> Self {
        let names = shop.sources.iter().filter_map(|source| source.queue.as_deref());
        self.queues.extend(names.map(|name| Queue::new(name, Duration::from_mins(3))));
        self
    }

    /// The queue called `name`.
    pub fn queue(&self, name: &str) -> Option<&Queue> {
        self.queues.iter().find(|queue| queue.name == name)
    }
}

/// The URL of the queue called `name`, as the functions are told it.
pub fn queue_url(name: &str) -> String {
    format!("https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{name}")
}

/// The ARN of a resource of `service` in this account.
pub fn arn(service: &str, resource: &str) -> String {
    format!("arn:aws:{service}:{REGION}:{ACCOUNT}:{resource}")
}
