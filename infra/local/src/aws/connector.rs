//! The HTTP connector that real SDK clients are given: the seam through which every call passes.

use std::fmt;
use std::sync::Arc;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;

use super::Aws;
use super::call::Caller;
use super::function::Process;
use super::request::Request;
use super::seam::Passed;

#[derive(Clone)]
pub(super) struct Connector {
    aws: Aws,
    function: Arc<str>,
    process: Arc<Process>,
}

impl Connector {
    pub(super) fn new(aws: Aws, function: Arc<str>, process: Arc<Process>) -> Self {
        Self { aws, function, process }
    }

    fn perform(&self, request: &HttpRequest) -> HttpConnectorFuture {
        let Some(request) = Request::read(request) else {
            let reason = format!("nothing here answers for {} {}", request.method(), request.uri());
            return HttpConnectorFuture::ready(Err(ConnectorError::user(reason.into())));
        };
        let call = self.aws.call(&self.function, Caller::Function, &request);
        let sequence = call.sequence;
        match self.aws.pass(call, |call, part| self.aws.act(call, &request, part)) {
            Passed::Answered(answer) => HttpConnectorFuture::ready(Ok(answer.into_http(sequence))),
            Passed::TimedOut => {
                HttpConnectorFuture::ready(Err(ConnectorError::timeout("no answer in time".into())))
            }
            Passed::Died => {
                self.process.die();
                never()
            }
        }
    }
}

fn never() -> HttpConnectorFuture {
    HttpConnectorFuture::new(std::future::pending())
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        if self.process.is_dead() { never() } else { self.perform(&request) }
    }
}

impl HttpClient for Connector {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl fmt::Debug for Connector {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Connector({})", self.function)
    }
}
