//! A verified delivery on its way through the inbox queue, or waiting in its dead-letter queue for a person.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rihla_core::instant::Instant;
use rihla_core::source::SourceId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A delivery whose signature was checked, with everything needed to read it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parked {
    /// The source that sent it.
    pub source: SourceId,
    /// When it was received.
    pub received_at: Instant,
    /// Its headers, signatures left out.
    pub headers: BTreeMap<String, String>,
    /// Its body, in base64.
    body: String,
}

impl Parked {
    /// A verified delivery.
    pub fn new(
        source: SourceId,
        received_at: Instant,
        headers: BTreeMap<String, String>,
        body: &[u8],
    ) -> Self {
        let headers = headers.into_iter().filter(|(name, _)| !is_credential(name)).collect();
        Self { source, received_at, headers, body: STANDARD.encode(body) }
    }

    /// The message that it travels as.
    pub fn to_body(&self) -> String {
        serde_json::to_string(self).expect("a parked delivery is plain text")
    }

    /// Its body.
    pub fn body(&self) -> Result<Vec<u8>, base64::DecodeError> {
        STANDARD.decode(&self.body)
    }
}

/// Whether a header proves who sent it. What was verified need not be proved again, and is kept from who looks at it.
fn is_credential(name: &str) -> bool {
    ["signature", "hmac", "authorization", "cookie"].iter().any(|word| name.contains(word))
}
