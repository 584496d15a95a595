//! Secrets, from parameters of the Systems Manager. Read once, when a function starts, and again where one is missing.

use aws_sdk_ssm::Client;
use rihla_core::link::LinkKeys;

use crate::table::Source;

/// The secret by which identifiers are hashed.
pub const IDENTITY_KEY: &str = "identity-key";
/// The secrets by which links are signed: the one in use, and the one before it while its links are still honoured.
pub const LINK_KEYS: [&str; 2] = ["link-key", "link-key-before"];

/// The parameters under one prefix, such as `/rihla/prod`.
#[derive(Clone, Debug)]
pub struct Secrets {
    client: Client,
    prefix: String,
}

/// A secret could not be read.
#[derive(Debug, thiserror::Error)]
pub enum SecretsError {
    /// The request failed.
    #[error("the parameters under {prefix} could not be read")]
    Failed {
        /// The prefix.
        prefix: String,
        /// What went wrong.
        #[source]
        source: Source,
    },
    /// A parameter does not exist.
    #[error("the parameter {name} does not exist: write it with `aws ssm put-parameter --type SecureString`")]
    Missing {
        /// Its whole name.
        name: String,
    },
}

/// How many parameters one request may name.
const AT_ONCE: usize = 10;

impl Secrets {
    /// The secrets under `prefix`.
    pub fn new(client: Client, prefix: impl Into<String>) -> Self {
        Self { client, prefix: prefix.into() }
    }

    /// The values of those that exist, each with its name, in the order asked.
    pub async fn read(&self, names: &[String]) -> Result<Vec<(String, String)>, SecretsError> {
        let mut found = Vec::new();
        for names in names.chunks(AT_ONCE) {
            let whole = names.iter().map(|name| self.whole_name(name)).collect();
            let request = self.client.get_parameters().set_names(Some(whole)).with_decryption(true);
            let answer = request.send().await.map_err(|error| SecretsError::Failed {
                prefix: self.prefix.clone(),
                source: Box::new(error),
            })?;
            let values = answer.parameters.unwrap_or_default();
            for name in names {
                let whole_name = self.whole_name(name);
                let parameter = values.iter().find(|parameter| parameter.name() == Some(whole_name.as_str()));
                found.extend(parameter.and_then(|p| p.value()).map(|value| (name.clone(), value.to_owned())));
            }
        }
        Ok(found)
    }

    /// The value of one that must exist.
    pub async fn read_one(&self, name: &str) -> Result<String, SecretsError> {
        let found = self.read(&[name.to_owned()]).await?;
        let value = found.into_iter().next().map(|(_, value)| value);
        value.ok_or_else(|| SecretsError::Missing { name: self.whole_name(name) })
    }

    /// The secrets by which links are signed, the one in use first.
    pub async fn link_keys(&self) -> Result<LinkKeys, SecretsError> {
        let found = self.read(&LINK_KEYS.map(ToOwned::to_owned)).await?;
        let in_use = found.iter().any(|(name, _)| name == LINK_KEYS[0]);
        let keys = LinkKeys::new(found.into_iter().map(|(_, value)| value.into_bytes()).collect());
        keys.filter(|_| in_use).ok_or_else(|| SecretsError::Missing { name: self.whole_name(LINK_KEYS[0]) })
    }

    fn whole_name(&self, name: &str) -> String {
        format!("{}/{name}", self.prefix)
    }
}
