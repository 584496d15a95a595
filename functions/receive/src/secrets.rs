//! The secrets that the sources sign with, kept between invocations.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use rihla_aws::secrets::{Secrets, SecretsError};
use rihla_channels::Secret;
use rihla_core::instant::{Instant, Wait};
use rihla_core::shop::Shop;
use rihla_core::source::Source;

/// The sources' secrets by their parameters' names.
#[derive(Debug)]
pub struct SourceSecrets {
    parameters: Secrets,
    known: Mutex<Known>,
}

#[derive(Debug)]
struct Known {
    by_name: BTreeMap<String, Secret>,
    read_at: Instant,
}

/// How long a forged signature cannot make us ask again.
const READ_AGAIN_AFTER: Wait = Wait::seconds(60);

impl SourceSecrets {
    /// Reads the secrets of all the shop's sources.
    pub async fn read(parameters: Secrets, shop: &Shop, now: Instant) -> Result<Self, SecretsError> {
        let by_name = read(&parameters, shop).await?;
        Ok(Self { parameters, known: Mutex::new(Known { by_name, read_at: now }) })
    }

    /// The secrets that a source may sign with now.
    pub fn of(&self, source: &Source) -> Vec<Secret> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        source.secrets.iter().filter_map(|name| known.by_name.get(name)).cloned().collect()
    }

    /// Reads them again, unless that was done a moment ago. Whether they were read.
    pub async fn read_again(&self, shop: &Shop, now: Instant) -> bool {
        let due = {
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            let due = now >= known.read_at.after(READ_AGAIN_AFTER);
            known.read_at = if due { now } else { known.read_at };
            due
        };
        if !due {
            return false;
        }
        match read(&self.parameters, shop).await {
            Ok(by_name) => {
                self.known.lock().unwrap_or_else(PoisonError::into_inner).by_name = by_name;
                true
            }
            Err(error) => {
                tracing::warn!(%error, "secrets.not_read");
                false
            }
        }
    }
}

async fn read(parameters: &Secrets, shop: &Shop) -> Result<BTreeMap<String, Secret>, SecretsError> {
    let mut names: Vec<String> = shop.sources.iter().flat_map(|source| source.secrets.clone()).collect();
    names.sort();
    names.dedup();
    let found = parameters.read(&names).await?;
    Ok(found.into_iter().map(|(name, value)| (name, Secret::new(value))).collect())
}
