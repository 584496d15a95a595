//! Mail, through the Simple Email Service. It has no idempotency token: a send whose answer was lost may have been done.

use aws_sdk_ses::Client;
use aws_sdk_ses::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_ses::primitives::Blob;
use aws_sdk_ses::types::{MessageTag, RawMessage};

use aws_smithy_types::retry::RetryConfig;
use aws_types::SdkConfig;

use crate::table::Source;

/// The sender of mails, through the SDK's client.
#[derive(Clone, Debug)]
pub struct Mail {
    client: Client,
    configuration_set: String,
}

/// A mail was not sent, or nobody knows whether it was.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// For certain not sent, and it may be tried again later: too fast, paused, or our own set-up is wrong.
    #[error("the mail provider did not take the mail now")]
    NotNow(#[source] Source),
    /// For certain not sent, and never will be: the provider refuses this mail.
    #[error("the mail provider refused the mail: {reason}")]
    Refused {
        /// The provider's code.
        reason: String,
        /// What it said.
        #[source]
        source: Source,
    },
    /// Nobody knows: the answer was lost, or the provider failed on the way.
    #[error("whether the mail provider took the mail is not known")]
    InDoubt(#[source] Source),
}

impl Mail {
    /// Sends under that configuration set, by a client that makes one attempt and never a second.
    pub fn new(config: &SdkConfig, configuration_set: impl Into<String>) -> Self {
        let once = aws_sdk_ses::config::Builder::from(config).retry_config(RetryConfig::disabled());
        Self { client: Client::from_conf(once.build()), configuration_set: configuration_set.into() }
    }

    /// Sends one message, once. Gives the provider's id of it. The tags come back with everything that is reported of it.
    pub async fn send(
        &self,
        sender: &str,
        recipient: &str,
        message: Vec<u8>,
        tags: &[(&str, String)],
    ) -> Result<String, MailError> {
        let raw =
            RawMessage::builder().data(Blob::new(message)).build().expect("a message with data is complete");
        let tags = tags.iter().map(|(name, value)| {
            MessageTag::builder()
                .name(*name)
                .value(value)
                .build()
                .expect("a tag with name and value is complete")
        });
        let request = self.client.send_raw_email().source(sender).destinations(recipient).raw_message(raw);
        let request = request.configuration_set_name(&self.configuration_set).set_tags(Some(tags.collect()));
        request.send().await.map(|answer| answer.message_id).map_err(classify)
    }
}

fn classify<E, R>(error: SdkError<E, R>) -> MailError
where
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    R: std::fmt::Debug + Send + Sync + 'static,
{
    let code = error.code().unwrap_or_default().to_owned();
    let answered = matches!(error, SdkError::ServiceError(_));
    match code.as_str() {
        // Only what is wrong with this one mail is refused for good.
        "MessageRejected" | "InvalidParameterValue" if answered => {
            MailError::Refused { reason: code, source: Box::new(error) }
        }
        // The provider failed on the way: the mail may be out.
        "ServiceUnavailable" | "InternalFailure" | "InternalError" | "" => {
            MailError::InDoubt(Box::new(error))
        }
        // Too fast, paused, or our own set-up is wrong, which a person can mend: for certain nothing was sent.
        _ if answered => MailError::NotNow(Box::new(error)),
        _ if matches!(error, SdkError::ConstructionFailure(_)) => {
            MailError::Refused { reason: "the request could not be built".into(), source: Box::new(error) }
        }
        _ => MailError::InDoubt(Box::new(error)),
    }
}
