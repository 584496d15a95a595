//! A provider that is none: it greets, signs by keys that must be fetched, names what is to be asked for, and exchanges
//! tokens. What the shipped ones do of this, each does in its own way.

use rihla_channels::{
    About, Address, Answer, Api, Delivery, Exchange, Greeting, Headers, Holds, Lookup, Post, Provider,
    Reading, Secret, Token, Unreadable, Unverified, sign, standard_webhooks,
};
use rihla_core::event::{Event, Fact, OrderDetails, OrderPaid};
use rihla_core::instant::{Instant, Wait};
use rihla_core::shop::Shop as SetUp;
use rihla_core::source::Source;
use rihla_local::aws::Aws;
use rihla_local::run::{HttpRequest, Outside, Stack};
use serde::Deserialize;

use crate::facts::{AMAL, person, placed};
use crate::shop::{MONDAY_NINE, Shop, account_at};
use crate::stand_in::StandIn;

/// The provider; its API takes the token as it is kept.
pub(crate) const TESTER: Provider = Provider {
    name: "tester",
    verify,
    normalise,
    greet,
    api: Some(Api { base_url: "https://api.tester.example", headers, exchange: None }),
    complete,
    topics: &[],
    topic_header: None,
    time_header: None,
    obeys_answers: false,
    body_limit_bytes: 1_000,
    has_secrets: true,
    about: About { title: "", verified: "", holds: Holds::Names, ids: "", limits: "" },
};

/// The same, with an API that takes a token which lives for an hour.
pub(crate) const EXCHANGER: Provider = Provider {
    name: "exchanger",
    api: Some(Api { exchange: Some(Exchange { request: exchange, token }), ..TESTER.api.unwrap() }),
    ..TESTER
};

/// What the set-ups here read.
pub(crate) const TESTERS: &[&Provider] = &[&TESTER, &EXCHANGER];

/// A shop whose source `shop` is the tester's, set up so, beside the servers of `outside`.
pub(crate) async fn shop_with(outside: &StandIn, set_up: impl FnOnce(&mut Source)) -> Shop {
    shop_on(account_at(MONDAY_NINE), outside, set_up).await
}

/// The same, in an account that may hold something. The API's token is `tokens/shop`.
pub(crate) async fn shop_on(aws: Aws, outside: &StandIn, set_up: impl FnOnce(&mut Source)) -> Shop {
    aws.parameters().set_secret("/rihla/local/tokens/shop", "open sesame");
    Shop::beside(Outside { providers: TESTERS, way: outside.way() }, aws, set_up_with(set_up)).await
}

/// The shop's own set-up, but for its source `shop`, which is the tester's.
pub(crate) fn set_up_with(set_up: impl FnOnce(&mut Source)) -> SetUp {
    let mut shop = rihla_infra::shop();
    let source = shop.sources.iter_mut().find(|source| source.name.as_str() == "shop").unwrap();
    source.provider = "tester".into();
    set_up(source);
    shop
}

impl Shop {
    /// A delivery of the tester's, signed by a secret at this moment.
    pub(crate) fn tester(&self, secret: &Secret, body: &str) -> HttpRequest {
        let headers = sign::standard_webhooks(secret, "delivery", self.now(), body.as_bytes()).unwrap();
        HttpRequest::delivery("shop", headers, body.into())
    }

    /// Posts a body as the tester does; gives the status.
    pub(crate) async fn tell_thinly(&self, body: &str) -> u16 {
        self.send(&self.tester(&Stack::secret(), body)).await.status
    }

    /// Sends any request to `receive`.
    pub(crate) async fn send(&self, request: &HttpRequest) -> rihla_local::run::HttpAnswer {
        Box::pin(self.stack.receive(request)).await.unwrap()
    }
}

fn greet(greeting: &Greeting<'_>) -> Option<Answer> {
    match (greeting.method, greeting.query.split_once('&')) {
        ("HEAD", _) => Some(Answer::Welcome),
        ("GET", Some((challenge, word))) => {
            let is_agreed = greeting.token.is_some_and(|token| token.is_in(word));
            Some(if is_agreed { Answer::Text(challenge.into()) } else { Answer::Refused })
        }
        ("GET", None) if !greeting.query.is_empty() => {
            Some(Answer::Json(format!("{{\"{}\":{:?}}}", greeting.query, greeting.url.unwrap_or_default())))
        }
        ("POST", _) if greeting.body == b"ping" => Some(Answer::Welcome),
        _ => None,
    }
}

/// By a token in the query, by a key that the header names, or by the secret.
fn verify(delivery: &Delivery<'_>, secrets: &[Secret], now: Instant) -> Result<(), Unverified> {
    if delivery.headers.get("x-account").is_some_and(|one| !delivery.allowed.iter().any(|it| it == one)) {
        return Err(Unverified::NotAllowed("account"));
    }
    if !delivery.query.is_empty() {
        let shown = secrets.iter().any(|secret| secret.is_in(delivery.query));
        return if shown { Ok(()) } else { Err(Unverified::WrongSignature) };
    }
    let Some(name) = delivery.headers.get("x-key") else {
        return (standard_webhooks::PROVIDER.verify)(delivery, secrets, now);
    };
    let lookup = key_lookup(name);
    let key = delivery.keys.get(&lookup).ok_or(Unverified::KeyWanted(lookup))?;
    let key = Secret::new(String::from_utf8_lossy(key));
    (standard_webhooks::PROVIDER.verify)(delivery, &[key], now)
}

/// Keys whose names begin with a slash are the API's.
fn key_lookup(name: &str) -> Lookup {
    match name.strip_prefix('/') {
        Some(_) => Lookup::at_path("key", name),
        None => Lookup::at_url("key", format!("https://keys.tester.example/{name}")),
    }
}

/// A delivery, or what the API tells.
#[derive(Deserialize)]
struct Body {
    at: Instant,
    order: String,
    #[serde(default)]
    state: Option<String>,
    #[serde(default)]
    name: Option<String>,
    /// Paths and addresses that are to be asked.
    #[serde(default)]
    ask: Vec<String>,
}

impl Body {
    fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        serde_json::from_slice(bytes).map_err(|source| Unreadable::NotJson { source })
    }

    fn reading(&self, facts: Vec<Fact>) -> Reading {
        let events = facts.into_iter().map(|fact| Event { at: self.at, fact }).collect();
        let lookup = |text: &String| Lookup {
            what: text.rsplit('/').nth(1).unwrap_or_default().into(),
            address: if text.starts_with('/') {
                Address::Path(text.into())
            } else {
                Address::Url(text.into())
            },
        };
        Reading { lookups: self.ask.iter().map(lookup).collect(), ..Reading::events(events) }
    }
}

fn normalise(delivery: &Delivery<'_>) -> Result<Reading, Unreadable> {
    let body = Body::read(delivery.body)?;
    let order = body.order.clone();
    Ok(match body.state.as_deref() {
        None => body.reading(vec![Fact::OrderChanged(OrderDetails { order, ..OrderDetails::default() })]),
        Some("paid") => body.reading(vec![Fact::OrderPaid(OrderPaid { order })]),
        Some("ready") => body.reading(Vec::new()),
        Some("unsure") => {
            let lookups = body.reading(Vec::new()).lookups;
            let number = Some("unsure".to_owned());
            let changed = OrderDetails { order, number, ..OrderDetails::default() };
            Reading { lookups, ..Reading::default() }
                .otherwise(vec![Event { at: body.at, fact: Fact::OrderChanged(changed) }])
        }
        Some(other) => body.reading(Vec::new()).and_unknown("state", other),
    })
}

fn complete(_: &Delivery<'_>, lookup: &Lookup, answer: &[u8]) -> Result<Reading, Unreadable> {
    let body = Body::read(answer)?;
    let amal = person(AMAL);
    let reading = match lookup.what.as_str() {
        "orders" => body.reading(vec![placed(&body.order, amal)]),
        "customers" => {
            let person = rihla_core::event::Person { first_name: body.name.clone(), ..amal };
            body.reading(vec![Fact::ProfileChanged(person)])
        }
        _ => body.reading(Vec::new()),
    };
    Ok(match body.state.as_deref() {
        Some(state) => reading.and_unknown("state", state),
        None => reading,
    })
}

fn headers(token: &Secret) -> Vec<(&'static str, String)> {
    vec![("authorization", seal(token))]
}

/// What shows that somebody has a token, without showing it.
pub(crate) fn seal(token: &Secret) -> String {
    let at = Instant::from_seconds(0);
    let signed = sign::shopify(token, "", "", "", at, b"token");
    let signed: Headers = signed.unwrap_or_default();
    signed.get("x-shopify-hmac-sha256").unwrap_or_default().to_owned()
}

fn exchange(kept: &Secret) -> Option<Post> {
    let url = "https://login.tester.example/token".to_owned();
    (!kept.is_in("shapeless")).then(|| Post {
        url,
        headers: vec![("content-type", "text/plain".into())],
        body: seal(kept),
    })
}

/// What is answered is the token; it lives for an hour.
fn token(answer: &[u8]) -> Result<Token, Unreadable> {
    let text = String::from_utf8_lossy(answer);
    if text.is_empty() || text.contains('<') {
        return Err(Unreadable::MissingHeader("token"));
    }
    Ok(Token { secret: Secret::new(text), lives: Wait::hours(1) })
}
