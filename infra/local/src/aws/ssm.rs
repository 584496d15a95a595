//! SSM Parameter Store: set anew at each start, read through `GetParameter` and `GetParameters`.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use serde::Deserialize;
use serde_json::{Value, json};

use super::answer::Answer;
use super::call::{Permission, Service};
use super::layout::arn;
use super::seam::Acted;
use super::usage::Usage;

/// `GetParameters` takes no more names at once.
const MAX_NAMES: usize = 10;

/// The parameters, by name.
#[derive(Debug, Default)]
pub struct Parameters(RwLock<BTreeMap<String, Parameter>>);

#[derive(Clone, Debug)]
struct Parameter {
    value: String,
    secure: bool,
    version: u64,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Asked {
    name: Option<String>,
    names: Vec<String>,
    with_decryption: bool,
}

pub(super) fn permissions(action: &str, body: &[u8]) -> Vec<Permission> {
    let asked: Asked = serde_json::from_slice(body).unwrap_or_default();
    let names = asked.name.iter().chain(&asked.names);
    names.map(|name| Permission::of(Service::Ssm, action, name)).collect()
}

impl Parameters {
    /// Sets a `SecureString`: without `WithDecryption` nobody can read it.
    pub fn set_secret(&self, name: &str, value: &str) {
        self.put(name, value, true);
    }

    /// Sets a plain `String`.
    pub fn set(&self, name: &str, value: &str) {
        self.put(name, value, false);
    }

    fn put(&self, name: &str, value: &str, secure: bool) {
        let mut parameters = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let version = parameters.get(name).map_or(1, |known| known.version + 1);
        parameters.insert(name.into(), Parameter { value: value.into(), secure, version });
    }

    pub(super) fn act(&self, action: &str, body: &[u8]) -> Acted {
        let answer = match (action, serde_json::from_slice::<Asked>(body)) {
            ("GetParameter", Ok(asked)) => self.one(&asked),
            ("GetParameters", Ok(asked)) => self.several(&asked),
            (_, Err(error)) => refused("SerializationException", &error.to_string()),
            _ => refused("UnknownOperationException", action),
        };
        Acted { answer, usage: Usage::requests(1) }
    }

    fn one(&self, asked: &Asked) -> Answer {
        let found = asked.name.as_deref().and_then(|name| self.find(name, asked.with_decryption));
        match found {
            Some(parameter) => Answer::ok(Service::Ssm, &json!({ "Parameter": parameter })),
            None => refused("ParameterNotFound", ""),
        }
    }

    fn several(&self, asked: &Asked) -> Answer {
        if asked.names.is_empty() || asked.names.len() > MAX_NAMES {
            return refused(
                "ValidationException",
                "Member must have length less than or equal to 10 and at least 1",
            );
        }
        let (mut found, mut missing) = (Vec::new(), Vec::new());
        for name in &asked.names {
            match self.find(name, asked.with_decryption) {
                Some(parameter) => found.push(parameter),
                None => missing.push(name),
            }
        }
        Answer::ok(Service::Ssm, &json!({ "Parameters": found, "InvalidParameters": missing }))
    }

    fn find(&self, name: &str, decrypted: bool) -> Option<Value> {
        let parameters = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let Parameter { value, secure, version } = parameters.get(name)?;
        let kind = if *secure { "SecureString" } else { "String" };
        let value = if *secure && !decrypted { "encrypted" } else { value };
        Some(json!({
            "Name": name,
            "Type": kind,
            "Value": value,
            "Version": version,
            "ARN": arn("ssm", &format!("parameter/{}", name.trim_start_matches('/'))),
            "DataType": "text",
        }))
    }
}

fn refused(kind: &str, message: &str) -> Answer {
    Answer::error(Service::Ssm, 400, kind, message)
}
