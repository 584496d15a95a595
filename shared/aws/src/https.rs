//! The way out to AWS: HTTP/1.1 over TLS, one pool of connections for all clients of a function.
//!
//! In place of the SDK's own way out, which brings HTTP/2, proxies and a second library of ciphers into every program:
//! `docs/adr/0010-a-way-out-of-our-own.md`.

use std::io;
use std::time::Duration;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::{Client, connect};
use hyper_util::rt::{TokioExecutor, TokioTimer};

/// The way out, for [`aws_types::sdk_config::Builder::http_client`].
#[derive(Clone, Debug)]
pub(crate) struct Https(Client<HttpsConnector<connect::HttpConnector>, SdkBody>);

/// How long a connection may take to come about, its handshake left out.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);

impl Https {
    /// Trusts the certificates that the machine trusts; fails where it has none.
    pub(crate) fn new() -> io::Result<Self> {
        let mut tcp = connect::HttpConnector::new();
        tcp.set_connect_timeout(Some(CONNECT_TIMEOUT));
        tcp.set_nodelay(true);
        tcp.enforce_http(false);
        let tls = HttpsConnectorBuilder::new()
            .with_provider_and_native_roots(rustls::crypto::ring::default_provider())?
            // Plain HTTP is for `benches/startup` alone: the addresses of AWS all begin with https.
            .https_or_http()
            .enable_http1()
            .wrap_connector(tcp);
        Ok(Self(Client::builder(TokioExecutor::new()).pool_timer(TokioTimer::new()).build(tls)))
    }
}

impl HttpConnector for Https {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let request = match request.try_into_http1x() {
            Ok(request) => request,
            Err(error) => return HttpConnectorFuture::ready(Err(ConnectorError::user(error.into()))),
        };
        let answered = self.0.request(request);
        HttpConnectorFuture::new(async move {
            // Whatever keeps an answer from coming passes: the client may try again, if it is one that tries again.
            let answer = answered.await.map_err(|error| ConnectorError::io(error.into()))?;
            let answer = HttpResponse::try_from(answer.map(SdkBody::from_body_1_x));
            answer.map_err(|error| ConnectorError::other(error.into(), None))
        })
    }
}

impl HttpClient for Https {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}
