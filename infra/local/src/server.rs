//! HTTP on loopback: webhooks to `receive`, links of mails to `respond`, and the local pages.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::rc::Rc;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use rihla_channels::Headers;
use tokio::net::TcpListener;
use tokio::task::spawn_local;

use crate::run::{HttpAnswer, HttpRequest, Stack};

/// Answers the requests that are for no function.
pub trait LocalPages {
    /// The answer to a GET.
    fn page<'a>(&'a self, path: &'a str, query: &'a str) -> Pin<Box<dyn Future<Output = HttpAnswer> + 'a>>;
}

/// More than any webhook sends; `receive` has limits of its own.
const BODY_LIMIT_BYTES: usize = 6 * 1024 * 1024;

/// Listens on a port of this machine alone; 0 takes any free one.
pub async fn listen(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await
}

/// Serves until the task is dropped. Runs in a `LocalSet`.
pub async fn serve(listener: TcpListener, stack: Rc<Stack>, pages: Rc<dyn LocalPages>) -> io::Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        let (stack, pages) = (stack.clone(), pages.clone());
        spawn_local(async move {
            let service = service_fn(|request| answer(request, &stack, &*pages));
            let connection =
                hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service);
            // A browser that goes away in the middle is no matter.
            let _ = connection.await;
        });
    }
}

async fn answer(
    request: Request<Incoming>,
    stack: &Stack,
    pages: &dyn LocalPages,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let answer = match read(request).await {
        Some(request) => route(&request, stack, pages).await,
        None => HttpAnswer { status: 413, ..HttpAnswer::default() },
    };
    let mut response = Response::builder().status(answer.status);
    for (name, value) in answer.headers.iter() {
        response = response.header(name, value);
    }
    let response = response.body(Full::new(Bytes::from(answer.body)));
    Ok(response
        .unwrap_or_else(|_| Response::new(Full::new(Bytes::from_static(b"a header could not be sent")))))
}

async fn read(request: Request<Incoming>) -> Option<HttpRequest> {
    let (parts, body) = request.into_parts();
    let text = |value: &hyper::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    Some(HttpRequest {
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts.headers.iter().map(|(name, value)| (name.as_str(), text(value))).collect(),
        body: Limited::new(body, BODY_LIMIT_BYTES).collect().await.ok()?.to_bytes().to_vec(),
    })
}

async fn route(request: &HttpRequest, stack: &Stack, pages: &dyn LocalPages) -> HttpAnswer {
    let first = request.path.trim_start_matches('/').split('/').next().unwrap_or_default();
    let answered = match first {
        "hooks" => stack.receive(request).await,
        "r" | "u" | "n" | "p" => stack.respond(request).await,
        _ => return pages.page(&request.path, &request.query).await,
    };
    answered.unwrap_or_else(|error| HttpAnswer {
        status: 502,
        headers: Headers::from_iter([("content-type", "text/plain; charset=utf-8")]),
        body: error.to_string(),
    })
}
