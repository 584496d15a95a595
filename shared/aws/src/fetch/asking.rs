use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::lock::Mutex;
use rihla_channels::{Address, Api, Exchange, Lookup, Provider, Secret};
use rihla_core::instant::{Instant, Wait};
use rihla_core::source::{Source, SourceId};

use super::{Fetch, FetchError};
use crate::clock::Clock;
use crate::kept::KeptSecrets;

/// Asks providers' APIs in the name of the shop's sources.
#[derive(Debug)]
pub struct Asking {
    fetch: Fetch,
    /// The tokens as they are kept.
    secrets: KeptSecrets,
    /// What was got for them, of those that live for a while. Locked while one is got, so that it is got once.
    tokens: Mutex<BTreeMap<SourceId, Held>>,
    clock: Clock,
}

#[derive(Debug)]
struct Held {
    token: Secret,
    got_at: Instant,
    ends_at: Instant,
}

/// So long before its end a token is used no more.
const MARGIN: Wait = Wait::seconds(60);

/// A token that was got within this time will not be better if it is got again.
const RENEWED_AFTER: Wait = Wait::seconds(60);

/// Whether a source has what is needed to ask for this.
pub fn is_askable(source: &Source, lookup: &Lookup) -> bool {
    match lookup.address {
        Address::Path(_) => source.api_token.is_some(),
        Address::Url(_) => true,
    }
}

impl Asking {
    /// Asks by `fetch`, with the tokens of `secrets`.
    pub fn new(fetch: Fetch, secrets: KeptSecrets, clock: Clock) -> Self {
        Self { fetch, secrets, tokens: Mutex::default(), clock }
    }

    /// Waits before something is asked again.
    pub async fn wait(&self, pause: Duration) {
        self.fetch.wait(pause).await;
    }

    /// The answer to a lookup that a delivery of `source` made necessary, within `limit`.
    pub async fn ask(
        &self,
        source: &Source,
        provider: &Provider,
        lookup: &Lookup,
        limit: Duration,
    ) -> Result<Vec<u8>, FetchError> {
        match (&lookup.address, &provider.api) {
            (Address::Url(url), _) => self.fetch.within(limit, self.fetch.get(url, &[])).await,
            (Address::Path(path), Some(api)) if path.starts_with('/') => {
                let base_url = source.api_url.as_deref().unwrap_or(api.base_url).trim_end_matches('/');
                let url = format!("{base_url}{path}");
                self.fetch.within(limit, self.ask_with_token(source, api, &url)).await
            }
            (Address::Path(_), _) => Err(FetchError::Unsendable),
        }
    }

    async fn ask_with_token(&self, source: &Source, api: &Api, url: &str) -> Result<Vec<u8>, FetchError> {
        let token = self.token(source, api).await?;
        match self.fetch.get(url, &(api.headers)(&token)).await {
            // Perhaps there is a newer one than this process has.
            Err(error) if error.is_refused() && self.forget(source).await => {
                let token = self.token(source, api).await?;
                self.fetch.get(url, &(api.headers)(&token)).await
            }
            answer => answer,
        }
    }

    /// The token to ask with.
    async fn token(&self, source: &Source, api: &Api) -> Result<Secret, FetchError> {
        let kept = self.kept(source).await.ok_or(FetchError::NoToken)?;
        let Some(exchange) = api.exchange else { return Ok(kept) };
        let mut tokens = self.tokens.lock().await;
        let now = self.clock.now();
        if let Some(held) = tokens.get(&source.name).filter(|held| now < held.ends_at.before(MARGIN)) {
            return Ok(held.token.clone());
        }
        let (token, lives) = self.exchanged(exchange, &kept).await?;
        let held = Held { token: token.clone(), got_at: now, ends_at: now.after(lives) };
        tokens.insert(source.name.clone(), held);
        Ok(token)
    }

    /// The token as it is kept, even if it was put there after this process began.
    async fn kept(&self, source: &Source) -> Option<Secret> {
        let name = source.api_token.as_deref()?;
        match self.secrets.get(name) {
            None if self.secrets.read_again(self.clock.now()).await => self.secrets.get(name),
            kept => kept,
        }
    }

    async fn exchanged(&self, exchange: Exchange, kept: &Secret) -> Result<(Secret, Wait), FetchError> {
        let post = (exchange.request)(kept).ok_or(FetchError::NotAToken)?;
        let answer = self.fetch.send("POST", &post.url, &post.headers, post.body.into()).await?;
        let token = (exchange.token)(&answer).map_err(FetchError::NoTokenGiven)?;
        Ok((token.secret, token.lives))
    }

    /// Forgets a token that was refused, and reads anew what is kept. Whether there may be another one now.
    async fn forget(&self, source: &Source) -> bool {
        let now = self.clock.now();
        let was_read = self.secrets.read_again(now).await;
        let mut tokens = self.tokens.lock().await;
        let held = tokens.get(&source.name);
        let is_old = held.is_some_and(|held| now >= held.got_at.after(RENEWED_AFTER));
        if was_read || is_old {
            tokens.remove(&source.name);
        }
        was_read || is_old
    }
}
