//! What stands in for the providers' servers: it answers by address, and notes who asked what.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use rihla_local::aws::Clock;

/// All servers outside.
#[derive(Clone, Debug, Default)]
pub(crate) struct StandIn(Arc<Mutex<Servers>>);

#[derive(Debug, Default)]
struct Servers {
    /// Whose time passes while they think, and how much.
    slow: Option<(Clock, Duration)>,
    answers: BTreeMap<String, Vec<Says>>,
    asked: Vec<Asked>,
}

/// What a server does when it is asked.
#[derive(Clone, Debug)]
pub(crate) enum Says {
    /// It answers with this status, under this header, with this body.
    Answer(u16, Option<(&'static str, String)>, Vec<u8>),
    /// It takes the request, and is silent.
    Nothing,
    /// It cannot be reached.
    Away,
}

/// A request as a server saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) url: String,
    /// The header `authorization`.
    pub(crate) token: Option<String>,
    pub(crate) body: String,
}

impl Says {
    /// This, as one that went well.
    pub(crate) fn good(body: impl Into<Vec<u8>>) -> Self {
        Self::Answer(200, None, body.into())
    }

    /// No success.
    pub(crate) fn status(status: u16) -> Self {
        Self::Answer(status, None, b"{}".to_vec())
    }

    /// No success, and when to ask again.
    pub(crate) fn later(status: u16, retry_after: &str) -> Self {
        Self::Answer(status, Some(("retry-after", retry_after.into())), Vec::new())
    }
}

impl StandIn {
    /// Has an address answer so from now on: one after the other, the last of them for ever.
    pub(crate) fn answer(&self, url: &str, says: &[Says]) {
        let says = says.iter().rev().cloned().collect();
        self.0.lock().unwrap().answers.insert(url.to_owned(), says);
    }

    /// Has every server take so long for an answer, by this clock.
    pub(crate) fn take(&self, clock: &Clock, duration: Duration) {
        self.0.lock().unwrap().slow = Some((clock.clone(), duration));
    }

    /// What was asked since this was last called.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.0.lock().unwrap().asked)
    }

    /// The addresses that were asked since this was last called.
    pub(crate) fn urls(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.url).collect()
    }

    /// The way to all of them.
    pub(crate) fn way(&self) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }

    fn say(&self, url: &str) -> Says {
        let mut servers = self.0.lock().unwrap();
        if let Some((clock, duration)) = &servers.slow {
            clock.advance_to(clock.now() + *duration);
        }
        match servers.answers.get_mut(url) {
            Some(says) if says.len() > 1 => says.pop().unwrap(),
            Some(says) => says[0].clone(),
            None => Says::status(404),
        }
    }
}

impl HttpConnector for StandIn {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        self.0.lock().unwrap().asked.push(Asked {
            method: request.method().to_owned(),
            url: request.uri().to_owned(),
            token: request.headers().get("authorization").map(ToOwned::to_owned),
            body: String::from_utf8_lossy(request.body().bytes().unwrap_or_default()).into_owned(),
        });
        match self.say(request.uri()) {
            Says::Answer(status, header, body) => {
                let mut answer = HttpResponse::new(status.try_into().unwrap(), SdkBody::from(body));
                if let Some((name, value)) = header {
                    answer.headers_mut().insert(name, value);
                }
                HttpConnectorFuture::ready(Ok(answer))
            }
            Says::Nothing => HttpConnectorFuture::new(std::future::pending()),
            Says::Away => HttpConnectorFuture::ready(Err(ConnectorError::io("no route".into()))),
        }
    }
}
