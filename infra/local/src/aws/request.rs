//! What a request asks for: read from its headers and body before anything acts on it.

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;

use super::call::{Permission, Service};
use super::{dynamodb, ses, sqs, ssm};

/// A request, addressed.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) service: Service,
    pub(super) action: String,
    pub(super) body: Vec<u8>,
    /// The resource it names; the first if there are several.
    pub(super) resource: String,
    /// What the role must be allowed to do for it.
    pub(super) permissions: Vec<Permission>,
}

impl Request {
    /// Reads `request`; nothing if it goes to none of the services here.
    pub(super) fn read(request: &HttpRequest) -> Option<Self> {
        let body = request.body().bytes().unwrap_or_default();
        let (service, action) = match request.headers().get("x-amz-target") {
            Some(target) => json_target(target)?,
            None => (Service::Ses, ses::action(body)?),
        };
        let permissions = match service {
            Service::DynamoDb => dynamodb::permissions(&action, body),
            Service::Sqs => sqs::permissions(&action, body),
            Service::Ssm => ssm::permissions(&action, body),
            Service::Ses | Service::Sns => ses::permissions(&action, body),
        };
        let resource = permissions.first().map(|first| first.resource.clone()).unwrap_or_default();
        Some(Self { service, action, body: body.to_vec(), resource, permissions })
    }
}

fn json_target(target: &str) -> Option<(Service, String)> {
    let (service, action) = target.split_once('.')?;
    let service = match service {
        "DynamoDB_20120810" => Service::DynamoDb,
        "AmazonSQS" => Service::Sqs,
        "AmazonSSM" => Service::Ssm,
        _ => return None,
    };
    Some((service, action.into()))
}
