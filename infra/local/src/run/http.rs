//! Requests to the functions that are reached over HTTPS, as a function URL hands them over.

use rihla_channels::Headers;
use serde_json::{Value, json};

use super::{Stack, StackError};
use crate::aws::Function;
use crate::shop::Posted;

/// A request.
#[derive(Clone, Debug, Default)]
pub struct HttpRequest {
    /// Its method.
    pub method: String,
    /// Its path.
    pub path: String,
    /// What stands behind the question mark.
    pub query: String,
    /// Its headers.
    pub headers: Headers,
    /// Its body.
    pub body: Vec<u8>,
}

/// An answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HttpAnswer {
    /// Its status.
    pub status: u16,
    /// Its headers.
    pub headers: Headers,
    /// Its body.
    pub body: String,
}

impl HttpRequest {
    /// A GET of `path`, which may have a query.
    pub fn get(path: &str) -> Self {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        Self { method: "GET".into(), path: path.into(), query: query.into(), ..Self::default() }
    }

    /// A form sent to `path`.
    pub fn form(path: &str, fields: &[(&str, &str)]) -> Self {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        Self { method: "POST".into(), path: path.into(), body: body.into_bytes(), ..Self::default() }
    }

    /// A webhook's delivery.
    pub fn delivery(source: &str, headers: Headers, body: Vec<u8>) -> Self {
        Self { method: "POST".into(), path: format!("/hooks/{source}"), headers, body, ..Self::default() }
    }

    /// The event that a function URL makes of it: text as it is, anything else in base64.
    fn event(&self) -> Value {
        let (body, is_base64_encoded) = match std::str::from_utf8(&self.body) {
            Ok(text) => (text.to_owned(), false),
            Err(_) => (base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &self.body), true),
        };
        json!({
            "version": "2.0",
            "routeKey": "$default",
            "rawPath": self.path,
            "rawQueryString": self.query,
            "headers": self.headers,
            "requestContext": { "http": { "method": self.method, "path": self.path, "protocol": "HTTP/1.1",
                "sourceIp": "127.0.0.1", "userAgent": "rihla" }, "stage": "$default", "timeEpoch": 0 },
            "body": body,
            "isBase64Encoded": is_base64_encoded,
        })
    }
}

impl Stack {
    /// Sends a request to `receive`.
    pub async fn receive(&self, request: &HttpRequest) -> Result<HttpAnswer, StackError> {
        let (function, receive) = &self.receive;
        Box::pin(invoke("receive", function, request, |event| receive.handle(event))).await
    }

    /// Sends a request to `respond`.
    pub async fn respond(&self, request: &HttpRequest) -> Result<HttpAnswer, StackError> {
        let (function, respond) = &self.respond;
        Box::pin(invoke("respond", function, request, |event| respond.handle(event))).await
    }

    /// Posts a delivery as its source would at this moment: signed.
    pub async fn post(&self, posted: &Posted) -> Result<HttpAnswer, StackError> {
        let headers = posted.headers(&Self::secret(), self.aws.clock().now().into());
        let headers = headers.expect("the local secret makes a key for every provider");
        let body = posted.body.clone();
        self.receive(&HttpRequest::delivery(posted.source.as_str(), headers, body)).await
    }
}

async fn invoke<Event, Answer, Handling>(
    name: &'static str,
    function: &Function,
    request: &HttpRequest,
    handle: impl FnOnce(Event) -> Handling,
) -> Result<HttpAnswer, StackError>
where
    Event: serde::de::DeserializeOwned,
    Answer: serde::Serialize,
    Handling: Future<Output = Answer>,
{
    let failed = |reason: String| StackError::Function { function: name, reason };
    let event = serde_json::from_value(request.event()).map_err(|error| failed(error.to_string()))?;
    let answer = function.run(handle(event)).await.map_err(|ending| failed(ending.to_string()))?;
    let answer = serde_json::to_value(answer).map_err(|error| failed(error.to_string()))?;
    Ok(HttpAnswer {
        status: answer["statusCode"].as_u64().and_then(|status| u16::try_from(status).ok()).unwrap_or(502),
        headers: serde_json::from_value(answer["headers"].clone()).unwrap_or_default(),
        body: answer["body"].as_str().unwrap_or_default().to_owned(),
    })
}
