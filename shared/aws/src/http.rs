//! Requests and answers, from a function URL and from an HTTP API alike: of payload format 2.0, what is used
//! (API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs").

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rihla_channels::Headers;
use serde::{Deserialize, Serialize};

/// A request as Lambda hands it over.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HttpEvent {
    raw_path: String,
    #[serde(default)]
    raw_query_string: String,
    #[serde(default)]
    headers: Headers,
    request_context: RequestContext,
    body: Option<String>,
    #[serde(default)]
    is_base64_encoded: bool,
}

#[derive(Clone, Debug, Deserialize)]
struct RequestContext {
    http: HttpContext,
}

#[derive(Clone, Debug, Deserialize)]
struct HttpContext {
    method: String,
}

/// A request.
#[derive(Clone, Debug)]
pub struct Request {
    /// Its method, in capitals.
    pub method: String,
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
    pub fn from_event(event: HttpEvent) -> Result<Self, NotBase64> {
        let text = event.body.unwrap_or_default();
        let body = if event.is_base64_encoded {
            STANDARD.decode(text).map_err(NotBase64)?
        } else {
            text.into_bytes()
        };
        Ok(Self {
            method: event.request_context.http.method,
            path: event.raw_path,
            query: event.raw_query_string,
            headers: event.headers,
            body,
        })
    }
}

/// An answer as Lambda takes it.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Response {
    status_code: u16,
    headers: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
}

impl Response {
    /// Whether it says that all went well.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status_code)
    }
}

/// An answer with a status and nothing else.
pub fn status(code: u16) -> Response {
    Response { status_code: code, ..Response::default() }
}

/// An answer with a body.
pub fn answer(code: u16, headers: &[(&'static str, &str)], body: String) -> Response {
    let headers = headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    Response { status_code: code, headers, body: Some(body) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An event of an HTTP API, shortened; a function URL's differs only in what is not read.
    fn event(body: &str) -> Result<HttpEvent, serde_json::Error> {
        serde_json::from_str(&format!(
            r#"{{"version": "2.0", "routeKey": "POST /hooks/{{source}}", "rawPath": "/hooks/shop",
                "rawQueryString": "a=1", "cookies": ["c"], "headers": {{"Webhook-Id": "msg_1"}},
                "requestContext": {{"accountId": "1", "http": {{"method": "POST", "path": "/hooks/shop"}}}} {body}}}"#
        ))
    }

    #[test]
    fn a_request_is_read_as_it_was_sent() {
        let request =
            Request::from_event(event(r#", "body": "{}", "isBase64Encoded": false"#).unwrap()).unwrap();
        let Request { method, path, query, headers, body } = request;
        assert_eq!((&*method, &*path, &*query, &*body), ("POST", "/hooks/shop", "a=1", &b"{}"[..]));
        assert_eq!(headers.get("webhook-id"), Some("msg_1"));
    }

    #[test]
    fn a_body_comes_as_text_or_in_base64_or_not_at_all() {
        let body = |body: &str| Request::from_event(event(body).unwrap()).map(|request| request.body).ok();
        assert_eq!(body(r#", "body": "/wA=", "isBase64Encoded": true"#), Some(vec![0xff, 0]));
        assert_eq!(body(r#", "body": "/wA=""#), Some(b"/wA=".to_vec()));
        assert_eq!(body(""), Some(Vec::new()));
        assert_eq!(body(r#", "body": "?", "isBase64Encoded": true"#), None);
        assert!(event(r#", "body": 7"#).is_err());
    }

    #[test]
    fn an_answer_is_what_payload_format_2_asks_for() {
        let text = |response: &Response| serde_json::to_string(response).unwrap();
        assert_eq!(text(&status(204)), r#"{"statusCode":204,"headers":{}}"#);
        let page = answer(200, &[("cache-control", "no-store")], "<p>".to_owned());
        assert_eq!(text(&page), r#"{"statusCode":200,"headers":{"cache-control":"no-store"},"body":"<p>"}"#);
    }
}
