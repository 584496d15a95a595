//! What is outside of the account: the providers, and the way to their APIs.

use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use rihla_channels::{PROVIDERS, Provider};

/// What is outside of the account.
#[derive(Clone, Debug)]
pub struct Outside {
    /// The providers whose deliveries are read.
    pub providers: &'static [&'static Provider],
    /// The way to their APIs.
    pub way: SharedHttpConnector,
}

impl Default for Outside {
    /// Every provider, and no way to any: nothing here speaks to other machines.
    fn default() -> Self {
        Self { providers: PROVIDERS, way: SharedHttpConnector::new(NoWay) }
    }
}

#[derive(Debug)]
struct NoWay;

impl HttpConnector for NoWay {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let reason = "no request leaves this machine";
        HttpConnectorFuture::ready(Err(ConnectorError::user(reason.into())))
    }
}
