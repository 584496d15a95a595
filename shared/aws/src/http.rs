//! Requests and answers, from a function URL and from an HTTP API alike (payload format 2.0).

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use aws_lambda_events::encodings::Body;
use aws_lambda_events::http::{HeaderMap, HeaderName, HeaderValue, Method};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rihla_channels::Headers;

/// A request.
#[derive(Clone, Debug)]
pub struct Request {
    /// Its method.
    pub method: Method,
    /// Its path, as it was sent.
    pub path: String,
    /// What stands behind the question mark.
    pub query: String,
    /// Its headers.
    pub headers: Headers,
    /// Its body, byte for byte.
    pub body: Vec<u8>,
}

/// The body says that it is base64, and is not.
#[derive(Debug, thiserror::Error)]
#[error("the body is not the base64 that it is said to be")]
pub struct NotBase64(#[source] base64::DecodeError);

impl Request {
    /// The request that Lambda hands over.
    pub fn from_event(event: ApiGatewayV2httpRequest) -> Result<Self, NotBase64> {
        let text = event.body.unwrap_or_default();
        let body = if event.is_base64_encoded {
            STANDARD.decode(text).map_err(NotBase64)?
        } else {
            text.into_bytes()
        };
        let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        Ok(Self {
            method: event.request_context.http.method,
            path: event.raw_path.unwrap_or_default(),
            query: event.raw_query_string.unwrap_or_default(),
            headers: event.headers.iter().map(|(name, value)| (name.as_str(), text(value))).collect(),
            body,
        })
    }
}

/// An answer with a status and nothing else.
pub fn status(code: u16) -> ApiGatewayV2httpResponse {
    let mut response = ApiGatewayV2httpResponse::default();
    response.status_code = i64::from(code);
    response
}

/// An answer with a body.
pub fn answer(code: u16, headers: &[(&'static str, &str)], body: String) -> ApiGatewayV2httpResponse {
    let mut response = status(code);
    let named = headers.iter().filter_map(|(name, value)| {
        Some((HeaderName::from_static(name), HeaderValue::from_str(value).ok()?))
    });
    response.headers = named.collect::<HeaderMap>();
    response.body = Some(Body::Text(body));
    response
}
