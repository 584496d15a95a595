//! The way out to the providers: what their APIs tell, and the public keys of those who sign with a private one.
//!
//! HTTPS alone. A redirection is an answer as any other, and followed by nobody: what an API tells lies where its
//! documentation says, and a token must not be carried to another host.

mod asking;
mod error;

pub use asking::{Asking, is_askable};
pub use error::FetchError;

use std::time::Duration;

use aws_smithy_async::future::timeout::Timeout;
use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep};
use aws_smithy_runtime_api::client::http::{HttpConnector, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use http_body_util::{BodyExt, Limited};

/// Sends requests to providers.
#[derive(Clone, Debug)]
pub struct Fetch {
    way: SharedHttpConnector,
    sleep: SharedAsyncSleep,
}

/// The longest answer that is taken, in bytes.
const ANSWER_LIMIT_BYTES: usize = 1024 * 1024;

/// Some APIs refuse who does not say who asks.
const USER_AGENT: &str = concat!("rihla/", env!("CARGO_PKG_VERSION"));

/// Names and values of a request's headers.
type Headers = [(&'static str, String)];

impl Fetch {
    /// Sends by `way`, and waits by `sleep`.
    pub fn new(way: SharedHttpConnector, sleep: SharedAsyncSleep) -> Self {
        Self { way, sleep }
    }

    /// Waits.
    pub async fn wait(&self, pause: Duration) {
        self.sleep.sleep(pause).await;
    }

    /// What becomes of `doing` within `limit`.
    async fn within<T>(
        &self,
        limit: Duration,
        doing: impl Future<Output = Result<T, FetchError>>,
    ) -> Result<T, FetchError> {
        Timeout::new(doing, self.sleep.sleep(limit)).await.unwrap_or(Err(FetchError::TimedOut))
    }

    async fn get(&self, url: &str, headers: &Headers) -> Result<Vec<u8>, FetchError> {
        self.send("GET", url, headers, SdkBody::empty()).await
    }

    /// The body of the answer, if it is one of success.
    async fn send(
        &self,
        method: &str,
        url: &str,
        headers: &Headers,
        body: SdkBody,
    ) -> Result<Vec<u8>, FetchError> {
        let request = request(method, url, headers, body).ok_or(FetchError::Unsendable)?;
        let mut answer = self.way.call(request).await.map_err(FetchError::unreachable)?;
        let status = answer.status().as_u16();
        if !(200..300).contains(&status) {
            let retry_after = answer.headers().get("retry-after").map(ToOwned::to_owned);
            return Err(FetchError::Status { status, retry_after });
        }
        let body = Limited::new(answer.take_body(), ANSWER_LIMIT_BYTES).collect().await;
        Ok(body.map_err(FetchError::cut_off)?.to_bytes().to_vec())
    }
}

/// A request over HTTPS; nothing where the address or a header could not be one.
fn request(method: &str, url: &str, headers: &Headers, body: SdkBody) -> Option<HttpRequest> {
    let mut request = HttpRequest::new(body);
    request.set_method(method).ok()?;
    request.set_uri(url).ok().filter(|()| url.starts_with("https://"))?;
    request.headers_mut().try_insert("user-agent", USER_AGENT).ok()?;
    for (name, value) in headers {
        request.headers_mut().try_insert(*name, value.clone()).ok()?;
    }
    Some(request)
}
