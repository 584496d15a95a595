//! A function's place in the account: its clients, and the process that it runs in.

use std::any::Any;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, Sleep};
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::retry::RetryConfig;
use aws_types::SdkConfig;
use aws_types::region::Region;

use super::Aws;
use super::connector::Connector;
use super::layout::REGION;

/// One function: whatever its clients do is counted as its own.
#[derive(Clone, Debug)]
pub struct Function {
    pub(super) aws: Aws,
    pub(super) name: Arc<str>,
    process: Arc<Process>,
}

/// Why an invocation gave no result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Ending {
    /// The process died, by a [`super::Fault`], and nothing of it runs on.
    #[error("the process died")]
    Died,
    /// The code panicked.
    #[error("the invocation panicked: {0}")]
    Panicked(String),
}

impl Function {
    pub(super) fn new(aws: Aws, name: &str) -> Self {
        Self { aws, name: name.into(), process: Arc::default() }
    }

    /// The name by which its calls are counted.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The way to AWS, for clients that are configured by hand.
    pub fn http_client(&self) -> SharedHttpClient {
        SharedHttpClient::new(Connector::new(self.aws.clone(), self.name.clone(), self.process.clone()))
    }

    /// What an SDK client of any service is made from.
    ///
    /// It waits for nothing (a retry's pause passes at once, and all time-outs with it) and reads the
    /// account's clock. A call that was let through is answered at its first poll, so no time-out of
    /// the client's own can cut it short.
    pub fn sdk_config(&self) -> SdkConfig {
        SdkConfig::builder()
            .behavior_version(BehaviorVersion::v2026_01_12())
            .region(Region::from_static(REGION))
            .credentials_provider(SharedCredentialsProvider::new(Credentials::new(
                "local",
                "local",
                None,
                None,
                "rihla-local",
            )))
            .time_source(SharedTimeSource::new(self.aws.clock().clone()))
            .sleep_impl(Self::sleep())
            .retry_config(RetryConfig::standard())
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
            .http_client(self.http_client())
            .build()
    }

    /// Waiting that is over at once, so that whatever is not answered at its first poll has timed out.
    pub fn sleep() -> SharedAsyncSleep {
        SharedAsyncSleep::new(NoWait)
    }

    /// Runs one invocation and counts it.
    ///
    /// A fault that kills the process raises a flag and never answers the call. From then on no call of
    /// this function is answered, and this future ends with [`Ending::Died`] and drops the invocation:
    /// nothing after the fatal call has any effect, as if the process had been killed there. The next
    /// run is a new process. (Tasks that the invocation spawned hang at their next call.)
    pub async fn run<F: Future>(&self, invocation: F) -> Result<F::Output, Ending> {
        self.process.start();
        self.aws.ledger().invoked(&self.name);
        let mut invocation = pin!(invocation);
        poll_fn(|context| self.process.poll(invocation.as_mut(), context)).await
    }
}

/// Whether the process lives.
#[derive(Debug, Default)]
pub(super) struct Process {
    dead: AtomicBool,
    waker: Mutex<Option<Waker>>,
}

impl Process {
    fn start(&self) {
        self.dead.store(false, Ordering::Release);
    }

    pub(super) fn is_dead(&self) -> bool {
        self.dead.load(Ordering::Acquire)
    }

    pub(super) fn die(&self) {
        self.dead.store(true, Ordering::Release);
        if let Some(waker) = self.waker().take() {
            waker.wake();
        }
    }

    fn poll<F: Future>(
        &self,
        invocation: Pin<&mut F>,
        context: &mut Context<'_>,
    ) -> Poll<Result<F::Output, Ending>> {
        *self.waker() = Some(context.waker().clone());
        let polled = catch_unwind(AssertUnwindSafe(|| invocation.poll(context)));
        match polled {
            _ if self.is_dead() => Poll::Ready(Err(Ending::Died)),
            Ok(poll) => poll.map(Ok),
            Err(panic) => Poll::Ready(Err(Ending::Panicked(panic_text(&*panic)))),
        }
    }

    fn waker(&self) -> std::sync::MutexGuard<'_, Option<Waker>> {
        self.waker.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no text".into())
}

/// Sleeps that are over at once.
#[derive(Debug)]
struct NoWait;

impl AsyncSleep for NoWait {
    fn sleep(&self, _: Duration) -> Sleep {
        Sleep::new(std::future::ready(()))
    }
}
