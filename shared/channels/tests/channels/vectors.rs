//! Signatures that others have published, as `vectors.json` holds them: each is right, and fits no other body.

use std::fs;

use rihla_channels::{Answer, Delivery, Greeting, Headers, Keys, PROVIDERS, Provider, Secret, Unverified};
use serde_json::Value;

use crate::fixtures::{fixture, signed_at};

/// A published signature, and what it is over.
struct Vector {
    what: Value,
    headers: Headers,
    body: String,
    secrets: Vec<Secret>,
    keys: Keys,
}

/// Whose signatures a provider's are: Meta signs for all its channels alike.
fn signer(provider: &Provider) -> &'static str {
    match provider.name {
        "messenger" | "whatsapp-cloud" => "meta",
        name => name,
    }
}

fn vectors(provider: &Provider) -> Vec<Value> {
    let Some(path) = fixture("vectors.json") else { return Vec::new() };
    let mut all: Vec<Value> = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    all.retain(|vector| vector["provider"] == signer(provider));
    all
}

impl Vector {
    fn new(what: Value) -> Self {
        let mut headers: Headers = serde_json::from_value(what["headers"].clone()).unwrap();
        for (name, member) in
            [("webhook-id", "id"), ("webhook-timestamp", "timestamp"), ("x-chatwoot-timestamp", "timestamp")]
        {
            if let Some(value) = what[member].as_str() {
                headers.set(name, value);
            }
        }
        let body = what["body"].as_str().map_or_else(|| form(&what["params"]), ToOwned::to_owned);
        let secrets = what["secret"].as_str().map(Secret::new).into_iter().collect();
        Self { what, headers, body, secrets, keys: Keys::default() }
    }

    /// The address that it was sent to, as configured.
    fn url(&self) -> Option<&str> {
        ["url_received", "url_signed", "notification_url"]
            .into_iter()
            .find_map(|name| self.what[name].as_str())
    }

    fn verify(&self, provider: &Provider, body: &str) -> Result<(), Unverified> {
        let url = self.url();
        let query = url.and_then(|url| Some(url.split_once('?')?.1)).unwrap_or_default();
        let delivery =
            Delivery { query, url, keys: &self.keys, ..Delivery::new(&self.headers, body.as_bytes()) };
        (provider.verify)(&delivery, &self.secrets, signed_at(self.what["timestamp"].as_str()))
    }

    /// Fetches the public key, where the provider wants one.
    fn fetch_key(&mut self, provider: &Provider) {
        if let Err(Unverified::KeyWanted(lookup)) = self.verify(provider, &self.body) {
            self.keys.keep(&lookup, self.what["public_key_response"].to_string().into_bytes());
        }
    }
}

/// The body of a form with these fields.
fn form(fields: &Value) -> String {
    let fields = fields.as_object().into_iter().flatten();
    let fields = fields.map(|(name, value)| (name, value.as_str().unwrap()));
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// What a right signature is worth, and a wrong one. The one of Zendesk that is published is made with the secret that
/// everybody knows: it is told from a wrong one, and refused.
fn verdicts(provider: &Provider) -> (Result<(), Unverified>, Unverified) {
    match provider.name {
        "zendesk" => (Err(Unverified::PublicSecret), Unverified::NoSecret),
        _ => (Ok(()), Unverified::WrongSignature),
    }
}

#[test]
fn published_signatures_are_right_and_fit_no_other_body() {
    for provider in PROVIDERS {
        let signed = vectors(provider).into_iter().filter(|what| !what["headers"].is_null());
        for what in signed {
            let mut vector = Vector::new(what);
            vector.fetch_key(provider);
            let (right, wrong) = verdicts(provider);
            assert_eq!(vector.verify(provider, &vector.body), right, "{}", vector.what);
            let longer = format!("{} ", vector.body);
            assert_eq!(vector.verify(provider, &longer), Err(wrong), "{}", vector.what);
        }
    }
}

#[test]
fn published_challenges_are_answered() {
    for provider in PROVIDERS {
        for what in vectors(provider).iter().filter(|what| !what["challenge_code"].is_null()) {
            let text = |member: &str| what[member].as_str().unwrap();
            let query = format!("challenge_code={}", text("challenge_code"));
            let token = Secret::new(text("verification_token"));
            let greeting = Greeting {
                method: "GET",
                query: &query,
                headers: &Headers::default(),
                body: b"",
                url: Some(text("endpoint")),
                token: Some(&token),
            };
            let Some(Answer::Json(answer)) = (provider.greet)(&greeting) else { panic!("{what}") };
            assert_eq!(serde_json::from_str::<Value>(&answer).unwrap(), what["response_body"]);
        }
    }
}

/// Every member of a vector is known here, or a scheme could pass for checked that was not.
#[test]
fn every_vector_is_a_signature_a_challenge_or_a_bare_digest() {
    for provider in PROVIDERS {
        for what in vectors(provider) {
            let kinds =
                ["headers", "challenge_code", "case"].iter().filter(|member| !what[**member].is_null());
            assert_eq!(kinds.count(), 1, "{what}");
        }
    }
}
