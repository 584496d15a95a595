//! Takes in webhooks: verified over the raw bytes, recorded, and only then answered with 2xx.
//!
//! Where the table is throttled or down, the verified delivery is parked in the inbox queue and answered all the same;
//! and so is one that only names what changed, for the provider's API to be asked by `absorb`.

mod greet;
mod keys;
mod verify;

use std::sync::Arc;

use rihla_aws::clock::Clock;
use rihla_aws::fetch::Asking;
use rihla_aws::http::{HttpEvent, Request, Response, status};
use rihla_aws::intake::{Intake, Taken};
use rihla_aws::kept::KeptSecrets;
use rihla_aws::parked::Parked;
use rihla_aws::queue::Queue;
use rihla_channels::{Provider, Unverified};
use rihla_core::shop::Shop;
use rihla_core::source::Source;

pub use keys::KeptKeys;

/// The function.
#[derive(Debug)]
pub struct Receive {
    /// The shop's set-up.
    pub shop: Arc<Shop>,
    /// The sources' secrets: those of [`secret_names`].
    pub secrets: KeptSecrets,
    /// Public keys of the providers.
    pub keys: KeptKeys,
    /// Whom they are asked for, with the tokens of [`key_token_names`].
    pub asking: Asking,
    /// What records.
    pub intake: Intake,
    /// Where deliveries are parked that cannot be recorded now.
    pub inbox: Queue,
    /// The time.
    pub clock: Clock,
}

/// The parameters with what the sources sign with and the words that they show before they send.
pub fn secret_names(shop: &Shop) -> impl Iterator<Item = &String> {
    shop.sources.iter().flat_map(|source| source.secrets.iter().chain(&source.greeting_token))
}

/// The parameters with the tokens under which public keys are asked for. Who signs with a secret has none.
pub fn key_token_names(shop: &Shop) -> impl Iterator<Item = &String> {
    let by_key = |source: &&Source| source.secrets.is_empty() && source.queue.is_none();
    shop.sources.iter().filter(by_key).filter_map(|source| source.api_token.as_ref())
}

impl Receive {
    /// Answers one request. The status, and what a greeting asks for, are all that the sender learns.
    pub async fn handle(&self, event: HttpEvent) -> Response {
        let Ok(request) = Request::from_event(event) else { return status(400) };
        let Some((source, provider)) = self.sender(&request.path) else { return status(404) };
        if request.body.len() > provider.body_limit_bytes {
            return status(413);
        }
        if let Some(answer) = self.greet(source, provider, &request).await {
            return answer;
        }
        if request.method != "POST" {
            return status(405);
        }
        match self.verify(source, provider, &request).await {
            Ok(()) => answer_to(provider, self.take(source, request).await),
            Err(unverified) => {
                tracing::warn!(source = source.name.as_str(), reason = %unverified, "delivery.not_verified");
                // Without the key nobody knows: the sender is to try again.
                status(if matches!(unverified, Unverified::KeyWanted(_)) { 503 } else { 401 })
            }
        }
    }

    /// Who sends to a path. A source whose deliveries come by a queue sends nothing here: nothing of it is signed.
    fn sender(&self, path: &str) -> Option<(&Source, &'static Provider)> {
        let name = path.strip_prefix("/hooks/")?.trim_end_matches('/');
        let source = self.shop.source(name).filter(|source| source.queue.is_none())?;
        Some((source, self.intake.provider(source)?))
    }

    async fn take(&self, source: &Source, request: Request) -> Response {
        let (now, secrets) = (self.clock.now(), self.secrets.all(&source.secrets));
        let parked = Parked::new(source.name.clone(), now, &request.headers, request.body, &secrets);
        match self.intake.take(source, &parked).await {
            Ok(Taken::Recorded) => status(200),
            Ok(Taken::OfNoInterest) => status(204),
            Ok(Taken::SetAside) => status(202),
            Ok(Taken::TakesLong) => self.park(&parked).await,
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

/// Whoever takes the answer for an order is told that there is none.
fn answer_to(provider: &Provider, response: Response) -> Response {
    if provider.obeys_answers && response.is_success() { status(204) } else { response }
}
