//! Starting a function: clients, and the loop that takes its invocations.

use std::fmt::{Debug, Display};
use std::future::Future;
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_sdk_dynamodb::config::{
    BehaviorVersion, IdentityCache, Region, SharedCredentialsProvider, StalledStreamProtectionConfig,
};
use aws_smithy_async::rt::sleep::{SharedAsyncSleep, TokioSleep};
use aws_smithy_runtime_api::client::http::SharedHttpConnector;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SdkConfig;
use lambda_runtime::{LambdaEvent, service_fn};
use rihla_core::limits::Keep;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::clock::Clock;
use crate::environment::{NotSet, optional, variable};
use crate::fetch::Fetch;
use crate::https::Https;
use crate::log;
use crate::table::{Retention, Table};

/// Why a function cannot start.
pub type StartError = Box<dyn std::error::Error + Send + Sync>;

/// The clients' configuration, from what Lambda sets: no profile, no file, no request is needed for it.
pub fn sdk_config() -> Result<SdkConfig, StartError> {
    sdk_config_over(Https::new()?)
}

/// The same, and the way to the providers: one pool of connections, and the certificates that are trusted, for both.
pub fn sdk_config_and_fetch() -> Result<(SdkConfig, Fetch), StartError> {
    let https = Https::new()?;
    let fetch = Fetch::new(SharedHttpConnector::new(https.clone()), SharedAsyncSleep::new(TokioSleep::new()));
    Ok((sdk_config_over(https)?, fetch))
}

fn sdk_config_over(https: Https) -> Result<SdkConfig, StartError> {
    let timeouts = TimeoutConfig::builder()
        .operation_attempt_timeout(Duration::from_secs(3))
        .operation_timeout(Duration::from_secs(9));
    let mut config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::new(variable("AWS_REGION")?))
        .credentials_provider(SharedCredentialsProvider::new(credentials()?))
        // They last as long as the process: there is nothing to keep, or to ask anew.
        .identity_cache(IdentityCache::no_cache())
        .http_client(https)
        .retry_config(RetryConfig::standard())
        // An answer that trickles in ends at the time-out of its attempt, as one that does not come.
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .timeout_config(timeouts.build());
    // As every AWS SDK reads it. A deployment does not set it; `benches/startup` does.
    config.set_endpoint_url(optional("AWS_ENDPOINT_URL"));
    Ok(config.build())
}

/// What Lambda puts into the environment for the function's role. It lives longer than the process.
fn credentials() -> Result<Credentials, NotSet> {
    let (id, secret) = (variable("AWS_ACCESS_KEY_ID")?, variable("AWS_SECRET_ACCESS_KEY")?);
    Ok(Credentials::new(id, secret, optional("AWS_SESSION_TOKEN"), None, "environment"))
}

/// The table, with its connection open already: while a function starts, its processor is not yet throttled.
pub async fn table(config: &SdkConfig, keep: Keep) -> Result<Table, NotSet> {
    let retention = Retention { keep, clock: Clock::wall() };
    let table = Table::new(aws_sdk_dynamodb::Client::new(config), variable("TABLE_NAME")?, retention);
    table.warm_up().await;
    Ok(table)
}

/// Takes invocations until the function is stopped.
pub async fn run<Event, Handling, Answer, Error>(handle: impl Fn(Event) -> Handling) -> Result<(), StartError>
where
    Event: DeserializeOwned,
    Handling: Future<Output = Result<Answer, Error>>,
    Answer: Serialize,
    Error: Into<StartError> + Display + Debug,
{
    let handle = &handle;
    // The runtime would read the event itself, with a track of the path to a fault: slower and larger for every event,
    // and the fault is in none of our hands.
    let service = service_fn(move |event: LambdaEvent<Box<RawValue>>| async move {
        let event = serde_json::from_str(event.payload.get())?;
        handle(event).await.map_err(Into::<StartError>::into)
    });
    lambda_runtime::run(service).await
}

/// Writes what goes wrong, at the level that the template sets. Lambda hands it on in its own variable.
pub fn log() {
    let level = optional("AWS_LAMBDA_LOG_LEVEL").and_then(|level| level.parse().ok());
    log::lines().with_max_level(level.unwrap_or(tracing::Level::WARN)).init();
}
