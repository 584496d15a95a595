//! Secrets, from parameters of the Systems Manager. Read once, when a function starts, and again where one is missing.

use aws_sdk_ssm::Client;

use crate::table::Source;

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

    /// The values of all of these, which must exist.
    pub async fn read_all(&self, names: &[&str]) -> Result<Vec<String>, SecretsError> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let found = self.read(&names).await?;
        match names.iter().find(|name| !found.iter().any(|(found, _)| found == *name)) {
            Some(name) => Err(SecretsError::Missing { name: self.whole_name(name) }),
            None => Ok(found.into_iter().map(|(_, value)| value).collect()),
        }
    }

    fn whole_name(&self, name: &str) -> String {
        format!("{}/{name}", self.prefix)
    }
}
