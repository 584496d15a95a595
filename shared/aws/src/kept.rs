//! Secrets that are kept between invocations, and read again where one may have been replaced.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use rihla_channels::Secret;
use rihla_core::instant::{Instant, Wait};

use crate::secrets::{Secrets, SecretsError};

/// Secrets by their parameters' names.
#[derive(Debug)]
pub struct KeptSecrets {
    parameters: Secrets,
    names: Vec<String>,
    known: Mutex<Known>,
}

#[derive(Debug)]
struct Known {
    by_name: BTreeMap<String, Secret>,
    read_at: Instant,
}

/// How long a forged signature, or a refused token, cannot make us ask again.
const READ_AGAIN_AFTER: Wait = Wait::seconds(60);

impl KeptSecrets {
    /// Reads those of these names that exist.
    pub async fn read(
        parameters: Secrets,
        names: impl IntoIterator<Item = &String>,
        now: Instant,
    ) -> Result<Self, SecretsError> {
        let names: BTreeSet<&String> = names.into_iter().collect();
        let names: Vec<String> = names.into_iter().cloned().collect();
        let known = Mutex::new(Known { by_name: read(&parameters, &names).await?, read_at: now });
        Ok(Self { parameters, names, known })
    }

    /// The secret of a name, if it exists.
    pub fn get(&self, name: &str) -> Option<Secret> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).by_name.get(name).cloned()
    }

    /// Those of several names that exist.
    pub fn all(&self, names: &[String]) -> Vec<Secret> {
        names.iter().filter_map(|name| self.get(name)).collect()
    }

    /// Reads them again, unless that was done a moment ago. Whether they were read.
    pub async fn read_again(&self, now: Instant) -> bool {
        let due = {
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            let due = now >= known.read_at.after(READ_AGAIN_AFTER);
            known.read_at = if due { now } else { known.read_at };
            due
        };
        if !due {
            return false;
        }
        match read(&self.parameters, &self.names).await {
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

async fn read(parameters: &Secrets, names: &[String]) -> Result<BTreeMap<String, Secret>, SecretsError> {
    let found = parameters.read(names).await?;
    Ok(found.into_iter().map(|(name, value)| (name, Secret::new(value))).collect())
}
