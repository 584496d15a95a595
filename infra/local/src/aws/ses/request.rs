//! What a `SendRawEmail` request looks like (AWS Query: a form).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::Refusal;
use super::message::{Message, address};
use crate::aws::call::{Permission, Service};

/// A mail to be sent.
#[derive(Debug, Default)]
pub(super) struct SendRawEmail {
    pub(super) source: Option<String>,
    pub(super) destinations: Vec<String>,
    pub(super) raw: Vec<u8>,
    pub(super) configuration_set: Option<String>,
    /// Names with values.
    pub(super) tags: Vec<(String, String)>,
}

impl SendRawEmail {
    pub(super) fn read(body: &[u8]) -> Result<Self, Refusal> {
        let mut asked = Self::default();
        for (name, value) in form_urlencoded::parse(body) {
            let value = value.into_owned();
            match &*name {
                "Source" => asked.source = Some(value),
                "ConfigurationSetName" => asked.configuration_set = Some(value),
                "RawMessage.Data" => asked.raw = decoded(&value)?,
                name if name.starts_with("Destinations.member.") => asked.destinations.push(value),
                name if name.starts_with("Tags.member.") && name.ends_with(".Name") => {
                    asked.tags.push((value, String::new()));
                }
                name if name.starts_with("Tags.member.") && name.ends_with(".Value") => {
                    asked.tags.last_mut().ok_or_else(nameless)?.1 = value;
                }
                _ => {}
            }
        }
        Ok(asked)
    }
}

fn decoded(data: &str) -> Result<Vec<u8>, Refusal> {
    BASE64.decode(data).map_err(|error| Refusal::InvalidParameterValue(format!("RawMessage.Data: {error}")))
}

fn nameless() -> Refusal {
    Refusal::InvalidParameterValue("A tag has a value but no name.".into())
}

/// The action that the form `body` asks for.
pub(in crate::aws) fn action(body: &[u8]) -> Option<String> {
    field(body, "Action")
}

/// The permissions that `action` needs: on the address it sends from, and on its configuration set.
pub(in crate::aws) fn permissions(action: &str, body: &[u8]) -> Vec<Permission> {
    let of = |resource: &str| Permission::of(Service::Ses, action, resource);
    let source = field(body, "Source").or_else(|| {
        let asked = SendRawEmail::read(body).ok()?;
        Message::read(&asked.raw)?.addresses("From").into_iter().next()
    });
    let set = field(body, "ConfigurationSetName").map(|name| of(&format!("configuration-set/{name}")));
    source.iter().map(|source| of(address(source))).chain(set).collect()
}

/// The value of the one field called `wanted`. A mail's data lies between, so nothing else is decoded.
fn field(body: &[u8], wanted: &str) -> Option<String> {
    let mut pairs = body.split(|byte| *byte == b'&');
    let pair =
        pairs.find(|pair| pair.strip_prefix(wanted.as_bytes()).is_some_and(|rest| rest.starts_with(b"=")))?;
    form_urlencoded::parse(pair).next().map(|(_, value)| value.into_owned())
}
