//! All functions, each with its own clients.

use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use absorb::{Absorb, token_names};
use console::Console;
use deliver::Deliver;
use dispatch::Dispatch;
use observe::Observe;
use receive::{KeptKeys, Receive, key_token_names, secret_names};
use respond::Respond;
use rihla_aws::clock::Clock;
use rihla_aws::fetch::{Asking, Fetch};
use rihla_aws::intake::Intake;
use rihla_aws::kept::KeptSecrets;
use rihla_aws::kept_rhythm::KeptRhythm;
use rihla_aws::mail::Mail;
use rihla_aws::queue::{Queue, Visibility};
use rihla_aws::record::Recorder;
use rihla_aws::secrets::{IDENTITY_KEY, LINK_KEYS, Secrets, SecretsError};
use rihla_aws::table::{Retention, Table};
use rihla_channels::Secret;
use rihla_core::identifier::IdentityKey;
use rihla_core::shop::Shop;
use rihla_core::source::{Source, SourceId};
use rihla_messages::{Brand, Catalogue, Renderer};
use tally::{Pace, Tally};

use super::Outside;
use crate::aws::layout::queue_url;
use crate::aws::triggers::{MailEventTrigger, QueueTrigger};
use crate::aws::{Aws, Function, StoreError};

/// The functions of one deployment.
pub struct Stack {
    /// The account that they run in.
    pub aws: Aws,
    /// The shop's set-up.
    pub shop: Arc<Shop>,
    /// Until when the calendar is known to hold nothing more.
    pub(super) nothing_until_milliseconds: AtomicI64,
    pub(super) receive: (Function, Receive),
    pub(super) absorb: (QueueTrigger, Absorb),
    /// The queues by which sources send in place of HTTP.
    pub(super) by_queue: Vec<QueueTrigger>,
    pub(super) dispatch: (Function, Dispatch),
    pub(super) deliver: (QueueTrigger, Deliver),
    pub(super) respond: (Function, Respond),
    pub(super) observe: (MailEventTrigger, Observe),
    pub(super) console: (Function, Console),
    pub(super) tally: (Function, Tally),
}

/// Why the functions do not run.
#[derive(Debug, thiserror::Error)]
pub enum StackError {
    /// A function cannot start.
    #[error("a function cannot start")]
    Start(#[from] SecretsError),
    /// Queues and mail failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A function did not answer.
    #[error("{function} did not answer: {reason}")]
    Function {
        /// Its name.
        function: &'static str,
        /// Why.
        reason: String,
    },
}

const PREFIX: &str = "/rihla/local";

/// What everything on this machine is signed with. It protects nothing: no address outside is listened on.
pub const LOCAL_SECRETS: &str = "whsec_cmlobGEgb24gdGhpcyBtYWNoaW5lLCBmb3Igbm9ib2R5IGVsc2U=";

impl Stack {
    /// Starts all functions. Every source's secret is [`LOCAL_SECRETS`].
    pub async fn start(aws: Aws, shop: Shop, brand: Brand, catalogue: Catalogue) -> Result<Self, StackError> {
        Self::start_beside(Outside::default(), aws, shop, brand, catalogue).await
    }

    /// The same, with something outside. Tokens for the providers' APIs are there if somebody has set their parameters.
    pub async fn start_beside(
        outside: Outside,
        aws: Aws,
        shop: Shop,
        brand: Brand,
        catalogue: Catalogue,
    ) -> Result<Self, StackError> {
        let shop = Arc::new(shop);
        write_secrets(&aws, &shop);
        let clock = functions_clock(&aws);
        let starting = Starting { outside: &outside, aws: &aws, shop: &shop, clock: &clock };
        let renderer = || Renderer::new(catalogue.clone(), brand.clone());
        let receive = aws.function("receive");
        let [absorb, deliver, observe] = ["absorb", "deliver", "observe"].map(|name| aws.function(name));
        Ok(Self {
            nothing_until_milliseconds: AtomicI64::new(i64::MIN),
            receive: (receive.clone(), starting.receive(&receive).await?),
            absorb: (QueueTrigger::new(&absorb, "inbox"), starting.absorb(&absorb).await?),
            by_queue: queues_of(&shop).map(|queue| QueueTrigger::new(&absorb, queue)).collect(),
            dispatch: starting.dispatch(),
            deliver: (QueueTrigger::new(&deliver, "outbox"), starting.deliver(&deliver, renderer()).await?),
            respond: starting.respond(renderer()).await?,
            observe: (MailEventTrigger::new(&observe), starting.observe(&observe).await?),
            console: starting.console().await?,
            tally: starting.tally(),
            aws,
            shop,
        })
    }

    /// A source of that name and provider that is not in `infra/sources.yaml`, for replays.
    pub fn guest_source(name: &SourceId, channel: rihla_core::source::Channel, zone: Option<&str>) -> Source {
        Source {
            name: name.clone(),
            provider: "standard-webhooks".to_owned(),
            channel,
            zone: zone.map(ToOwned::to_owned),
            product_url: None,
            review_url: None,
            secrets: vec![format!("sources/{name}")],
            url: None,
            greeting_token: None,
            api_token: None,
            api_url: None,
            allow: Vec::new(),
            queue: None,
        }
    }

    /// The secret that every source signs with.
    pub fn secret() -> Secret {
        Secret::new(LOCAL_SECRETS)
    }
}

fn write_secrets(aws: &Aws, shop: &Shop) {
    for name in secret_names(shop).map(String::as_str).chain([IDENTITY_KEY, LINK_KEYS[0]]) {
        aws.parameters().set_secret(&format!("{PREFIX}/{name}"), LOCAL_SECRETS);
    }
}

/// The queues by which sources send in place of HTTP.
pub(super) fn queues_of(shop: &Shop) -> impl Iterator<Item = &str> {
    shop.sources.iter().filter_map(|source| source.queue.as_deref())
}

fn functions_clock(aws: &Aws) -> Clock {
    let clock = aws.clock().clone();
    Clock::reading(move || clock.now().into())
}

fn queue(function: &Function, name: &str) -> Queue {
    Queue::new(aws_sdk_sqs::Client::new(&function.sdk_config()), queue_url(name))
}

fn parameters(function: &Function) -> Secrets {
    Secrets::new(aws_sdk_ssm::Client::new(&function.sdk_config()), PREFIX)
}

/// What the functions are started from.
struct Starting<'a> {
    outside: &'a Outside,
    aws: &'a Aws,
    shop: &'a Arc<Shop>,
    clock: &'a Clock,
}

impl Starting<'_> {
    async fn receive(&self, function: &Function) -> Result<Receive, SecretsError> {
        let parameters = parameters(function);
        Ok(Receive {
            intake: self.intake(function).await?,
            secrets: KeptSecrets::read(parameters, secret_names(self.shop), self.clock.now()).await?,
            keys: KeptKeys::default(),
            asking: self.asking(function, key_token_names(self.shop)).await?,
            inbox: queue(function, "inbox"),
            shop: self.shop.clone(),
            clock: self.clock.clone(),
        })
    }

    async fn absorb(&self, function: &Function) -> Result<Absorb, SecretsError> {
        Ok(Absorb {
            intake: self.intake(function).await?,
            asking: self.asking(function, token_names(self.shop)).await?,
            visibility: Visibility::new(aws_sdk_sqs::Client::new(&function.sdk_config())),
            shop: self.shop.clone(),
            clock: self.clock.clone(),
        })
    }

    fn dispatch(&self) -> (Function, Dispatch) {
        let function = self.aws.function("dispatch");
        let (table, outbox) = (self.table(&function), queue(&function, "outbox"));
        (function, Dispatch { table, outbox, clock: self.clock.clone() })
    }

    async fn deliver(&self, function: &Function, renderer: Renderer) -> Result<Deliver, SecretsError> {
        let configuration_set = self.aws.layout().configuration_sets[0].clone();
        Ok(Deliver {
            table: self.table(function),
            mail: Mail::new(&function.sdk_config(), configuration_set),
            shop: self.shop.clone(),
            renderer,
            link_keys: parameters(function).link_keys().await?,
            rhythm: KeptRhythm::default(),
            clock: self.clock.clone(),
        })
    }

    async fn respond(&self, renderer: Renderer) -> Result<(Function, Respond), SecretsError> {
        let function = self.aws.function("respond");
        let (table, clock) = (self.table(&function), self.clock.clone());
        let link_keys = parameters(&function).link_keys().await?;
        Ok((function, Respond { table, shop: self.shop.clone(), renderer, link_keys, clock }))
    }

    async fn observe(&self, function: &Function) -> Result<Observe, SecretsError> {
        let identity_key = self.identity_key(function).await?;
        Ok(Observe { table: self.table(function), identity_key, clock: self.clock.clone() })
    }

    async fn console(&self) -> Result<(Function, Console), SecretsError> {
        let function = self.aws.function("console");
        let (recorder, table) = (self.recorder(&function).await?, self.table(&function));
        let identity_key = self.identity_key(&function).await?;
        let (shop, clock) = (self.shop.clone(), self.clock.clone());
        Ok((function, Console { table, recorder, identity_key, shop, clock }))
    }

    fn tally(&self) -> (Function, Tally) {
        let function = self.aws.function("tally");
        let (table, clock) = (self.table(&function), self.clock.clone());
        (function, Tally { table, clock, pace: Pace::default() })
    }

    async fn recorder(&self, function: &Function) -> Result<Recorder, SecretsError> {
        let identity_key = self.identity_key(function).await?;
        Ok(Recorder::new(self.table(function), identity_key, self.shop.clone(), self.clock.clone()))
    }

    async fn intake(&self, function: &Function) -> Result<Intake, SecretsError> {
        let recorder = self.recorder(function).await?;
        Ok(Intake::new(self.outside.providers, recorder, queue(function, "inbox-dead")))
    }

    async fn asking<'n>(
        &self,
        function: &Function,
        token_names: impl Iterator<Item = &'n String>,
    ) -> Result<Asking, SecretsError> {
        let tokens = KeptSecrets::read(parameters(function), token_names, self.clock.now()).await?;
        let fetch = Fetch::new(self.outside.way.clone(), Function::sleep());
        Ok(Asking::new(fetch, tokens, self.clock.clone()))
    }

    async fn identity_key(&self, function: &Function) -> Result<IdentityKey, SecretsError> {
        Ok(IdentityKey::new(parameters(function).read_one(IDENTITY_KEY).await?))
    }

    fn table(&self, function: &Function) -> Table {
        let client = aws_sdk_dynamodb::Client::new(&function.sdk_config());
        let retention = Retention { keep: self.shop.limits.keep, clock: self.clock.clone() };
        Table::new(client, self.aws.layout().table.clone(), retention)
    }
}
