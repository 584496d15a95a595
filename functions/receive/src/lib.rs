//! Takes in webhooks: verified over the raw bytes, recorded, and only then answered with 2xx.
//!
//! Where the table is throttled or down, the verified delivery is parked in the inbox queue and answered all the same.

mod secrets;

use std::sync::Arc;

use rihla_aws::clock::Clock;
use rihla_aws::http::{HttpEvent, Request, Response, status};
use rihla_aws::intake::{Intake, Taken};
use rihla_aws::parked::Parked;
use rihla_aws::queue::Queue;
use rihla_channels::{Delivery, Provider, provider};
use rihla_core::shop::Shop;
use rihla_core::source::Source;

pub use secrets::SourceSecrets;

/// The function.
#[derive(Debug)]
pub struct Receive {
    /// The shop's set-up.
    pub shop: Arc<Shop>,
    /// The sources' secrets.
    pub secrets: SourceSecrets,
    /// What records.
    pub intake: Intake,
    /// Where deliveries are parked that cannot be recorded now.
    pub inbox: Queue,
    /// The time.
    pub clock: Clock,
}

impl Receive {
    /// Answers one request. The status is all that the sender learns.
    pub async fn handle(&self, event: HttpEvent) -> Response {
        let Ok(request) = Request::from_event(event) else { return status(400) };
        let Some(name) = request.path.strip_prefix("/hooks/") else { return status(404) };
        let source = self.shop.source(name.trim_end_matches('/'));
        let Some((source, provider)) = source.and_then(|source| Some((source, provider(&source.provider)?)))
        else {
            return status(404);
        };
        if request.method != "POST" {
            return status(405);
        }
        if request.body.len() > provider.body_limit_bytes {
            return status(413);
        }
        if !self.is_signed(source, provider, &request).await {
            tracing::warn!(source = name, "delivery.not_verified");
            return status(401);
        }
        self.take(source, request).await
    }

    async fn is_signed(&self, source: &Source, provider: &Provider, request: &Request) -> bool {
        let delivery = Delivery::new(&request.headers, &request.body);
        let now = self.clock.now();
        if (provider.verify)(&delivery, &self.secrets.of(source), now).is_ok() {
            return true;
        }
        // Perhaps it was signed with a secret that is newer than this process.
        self.secrets.read_again(&self.shop, now).await
            && (provider.verify)(&delivery, &self.secrets.of(source), now).is_ok()
    }

    async fn take(&self, source: &Source, request: Request) -> Response {
        let parked = Parked::new(source.name.clone(), self.clock.now(), &request.headers, request.body);
        match self.intake.take(source, &parked).await {
            Ok(Taken::Recorded) => status(200),
            Ok(Taken::OfNoInterest) => status(204),
            Ok(Taken::SetAside) => status(202),
            Err(error) => {
                tracing::warn!(source = source.name.as_str(), %error, "delivery.parked");
                self.park(&parked).await
            }
        }
    }

    async fn park(&self, parked: &Parked) -> Response {
        match self.inbox.send(parked.to_body(), None).await {
            Ok(()) => status(202),
            Err(error) => {
                tracing::error!(%error, "delivery.not_taken");
                status(503)
            }
        }
    }
}
