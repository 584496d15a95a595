//! The HTTP answers of the stand-ins, in the form in which each service gives them.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::body::SdkBody;
use serde::Serialize;

use super::call::Service;
use super::faults::Refusal;

/// One HTTP answer.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    content_type: &'static str,
    /// The code of the older query protocol, by which SQS errors are still told apart.
    query_error: Option<String>,
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// A JSON answer of `service`.
    pub(super) fn json(service: Service, status: u16, body: Vec<u8>) -> Self {
        let content_type = match service {
            Service::Ssm => "application/x-amz-json-1.1",
            _ => "application/x-amz-json-1.0",
        };
        Self { status, content_type, query_error: None, body }
    }

    /// A good JSON answer of `service`.
    pub(super) fn ok(service: Service, body: &impl Serialize) -> Self {
        let body = serde_json::to_vec(body).expect("structs with string keys always serialise");
        Self::json(service, 200, body)
    }

    /// An XML answer of SES.
    pub(super) fn xml(status: u16, body: String) -> Self {
        Self { status, content_type: "text/xml", query_error: None, body: body.into_bytes() }
    }

    /// An error of a JSON service: its type, and what it says.
    pub(super) fn error(service: Service, status: u16, kind: &str, message: &str) -> Self {
        let body = serde_json::json!({ "__type": kind, "message": message });
        Self::json(service, status, body.to_string().into_bytes())
    }

    /// The same answer with the query protocol's code of the error.
    pub(super) fn with_query_error(self, code: &str) -> Self {
        let side = if self.status < 500 { "Sender" } else { "Receiver" };
        Self { query_error: Some(format!("{code};{side}")), ..self }
    }

    /// An error of SES.
    pub(super) fn ses_error(status: u16, code: &str, message: &str) -> Self {
        let side = if status < 500 { "Sender" } else { "Receiver" };
        let message = xml_text(message);
        Self::xml(
            status,
            format!(
                "<ErrorResponse xmlns=\"http://ses.amazonaws.com/doc/2010-12-01/\"><Error><Type>{side}</Type>\
                 <Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>"
            ),
        )
    }

    /// The error with which `service` refuses for the reason `refusal`.
    pub(super) fn refusal(service: Service, refusal: Refusal) -> Self {
        let (status, code, message) = refusal_text(service, refusal);
        match service {
            Service::Ses => Self::ses_error(status, code, message),
            Service::Sqs => Self::error(service, status, &format!("com.amazonaws.sqs#{code}"), message)
                .with_query_error(code),
            _ => Self::error(service, status, code, message),
        }
    }

    pub(super) fn is_good(&self) -> bool {
        self.status < 300
    }

    /// The answer as the SDK's connector hands it on, with `sequence` as the request's id.
    pub(super) fn into_http(self, sequence: u64) -> HttpResponse {
        let status = self.status.try_into().expect("written here, between 100 and 599");
        let mut response = HttpResponse::new(status, SdkBody::from(self.body));
        response.headers_mut().insert("content-type", self.content_type);
        response.headers_mut().insert("x-amzn-requestid", format!("local-{sequence}"));
        if let Some(code) = self.query_error {
            response.headers_mut().insert("x-amzn-query-error", code);
        }
        response
    }
}

fn refusal_text(service: Service, refusal: Refusal) -> (u16, &'static str, &'static str) {
    match (refusal, service) {
        (Refusal::Throttled, Service::DynamoDb) => (
            400,
            "com.amazonaws.dynamodb.v20120810#ThrottlingException",
            "Throughput exceeds the current capacity",
        ),
        (Refusal::Throttled, Service::Ses) => (400, "Throttling", "Maximum sending rate exceeded."),
        (Refusal::Throttled, Service::Sqs) => (403, "RequestThrottled", "Rate exceeded"),
        (Refusal::Throttled, _) => (400, "ThrottlingException", "Rate exceeded"),
        (Refusal::Unavailable, Service::DynamoDb) => {
            (500, "com.amazonaws.dynamodb.v20120810#InternalServerError", "Internal server error")
        }
        (Refusal::Unavailable, _) => (503, "ServiceUnavailable", "Service is unable to handle the request"),
        (Refusal::AccessDenied, Service::Ses) => (403, "AccessDenied", "User is not authorized"),
        (Refusal::AccessDenied, _) => (400, "AccessDeniedException", "User is not authorized"),
    }
}

/// `text` with what XML would take for markup escaped.
pub(super) fn xml_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
