//! Whether a delivery is what its source sent.

use std::time::Duration;

use rihla_aws::http::Request;
use rihla_aws::intake::with_causes;
use rihla_channels::{Delivery, Keys, Lookup, Provider, Unverified};
use rihla_core::instant::Wait;
use rihla_core::source::Source;

use crate::Receive;
use crate::keys::{FETCHED_AGAIN_AFTER, KEPT_FOR};

/// How long a key may take to come: the sender waits for us meanwhile, some for five seconds.
const KEY_TIMEOUT: Duration = Duration::from_secs(2);

impl Receive {
    /// Checks a delivery with the secrets and keys that are at hand; where nothing fits, with what there is now: both
    /// may be newer than this process.
    pub(crate) async fn verify(
        &self,
        source: &Source,
        provider: &Provider,
        request: &Request,
    ) -> Result<(), Unverified> {
        match self.verify_by(source, provider, request, KEPT_FOR).await {
            Err(unverified) if !matches!(unverified, Unverified::KeyWanted(_)) => {
                self.secrets.read_again(self.clock.now()).await;
                self.verify_by(source, provider, request, FETCHED_AGAIN_AFTER).await
            }
            verified => verified,
        }
    }

    /// Checks a delivery by keys that were fetched less than `age` ago. [`Unverified::KeyWanted`]: one could not be
    /// fetched.
    async fn verify_by(
        &self,
        source: &Source,
        provider: &Provider,
        request: &Request,
        age: Wait,
    ) -> Result<(), Unverified> {
        let now = self.clock.now();
        let secrets = self.secrets.all(&source.secrets);
        let verify = |keys: &Keys| {
            let (url, query) = (source.url.as_deref(), request.query.as_str());
            let delivery = Delivery::new(&request.headers, &request.body);
            (provider.verify)(
                &Delivery { url, query, keys, allowed: &source.allow, ..delivery },
                &secrets,
                now,
            )
        };
        let mut keys = self.keys.younger_than(age, source, now);
        match verify(&keys) {
            Err(Unverified::KeyWanted(lookup)) => {
                let Some(answer) = self.fetch_key(source, provider, &lookup).await else {
                    return Err(Unverified::KeyWanted(lookup));
                };
                keys.keep(&lookup, answer.clone());
                self.keys.keep(source, lookup, answer, now);
                verify(&keys)
            }
            verified => verified,
        }
    }

    async fn fetch_key(&self, source: &Source, provider: &Provider, lookup: &Lookup) -> Option<Vec<u8>> {
        let asked = if self.keys.may_ask(self.clock.now()) {
            let asked = self.asking.ask(source, provider, lookup, KEY_TIMEOUT).await;
            asked.map_err(|error| with_causes(&error))
        } else {
            Err("too many were asked for in this minute".to_owned())
        };
        asked
            .inspect_err(|reason| tracing::warn!(source = source.name.as_str(), reason, "key.not_fetched"))
            .ok()
    }
}
