//! A verified delivery on its way through the inbox queue, or waiting in its dead-letter queue for a person.

use rihla_channels::{Headers, RECEIVED_AT, Secret};
use rihla_core::instant::Instant;
use rihla_core::source::SourceId;
use serde::{Deserialize, Serialize};

/// A delivery whose signature was checked, with everything needed to read it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parked {
    /// The source that sent it.
    pub source: SourceId,
    /// By whose rules it is read, where that is not its source's own provider: what is imported is told in the generic
    /// format, whoever tells of the same orders afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// When it was received.
    pub received_at: Instant,
    /// Its headers, signatures and secrets left out, and when it was received among them. What stood in the query of its address is not kept at all.
    pub headers: Headers,
    /// Its body, byte for byte. It travels in base64.
    #[serde(with = "in_base64")]
    pub body: Vec<u8>,
}

impl Parked {
    /// A verified delivery. Headers that show one of the source's `secrets` are left out with the signatures.
    pub fn new(
        source: SourceId,
        received_at: Instant,
        headers: &Headers,
        body: Vec<u8>,
        secrets: &[Secret],
    ) -> Self {
        let shows_secret = |value| secrets.iter().any(|secret| secret.is_in(value));
        let kept = headers.iter().filter(|(name, value)| !is_credential(name) && !shows_secret(value));
        let mut headers: Headers = kept.collect();
        headers.set(RECEIVED_AT, received_at.to_string());
        Self { source, provider: None, received_at, headers, body }
    }

    /// The message that it travels as.
    pub fn to_body(&self) -> String {
        serde_json::to_string(self).expect("a parked delivery is plain text")
    }
}

/// Whether a header proves who sent it. What was verified need not be proved again, and is kept from who looks at it.
fn is_credential(name: &str) -> bool {
    ["signature", "hmac", "authorization", "cookie"].iter().any(|word| name.contains(word))
}

mod in_base64 {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        STANDARD.decode(String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn when_it_was_received_is_not_what_the_sender_says() {
        let headers: Headers =
            [(RECEIVED_AT, "1999-01-01T00:00:00Z"), ("x-kept", "it")].into_iter().collect();
        let received_at = Instant::from_seconds(1_795_410_507);
        let parked = Parked::new(SourceId::from_static("sms"), received_at, &headers, Vec::new(), &[]);
        assert_eq!(parked.headers.get(RECEIVED_AT), Some("2026-11-23T05:08:27Z"));
        assert_eq!(parked.headers.get("x-kept"), Some("it"));
    }
}
