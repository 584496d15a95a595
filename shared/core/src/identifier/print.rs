//! What tells the identifiers of one person apart.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What tells one identifier of a person from the others of the same person; too short to tell persons apart.
/// Stored as eight hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Print([u8; 4]);

impl Print {
    pub(crate) fn of(text: &str) -> Self {
        let hash = Sha256::digest(text);
        Self([hash[0], hash[1], hash[2], hash[3]])
    }
}

/// Text that is no print.
#[derive(Debug, thiserror::Error)]
#[error("not eight hexadecimal digits")]
pub struct NotAPrint;

impl TryFrom<String> for Print {
    type Error = NotAPrint;

    fn try_from(text: String) -> Result<Self, NotAPrint> {
        let number = u32::from_str_radix(&text, 16).ok().filter(|_| text.len() == 8);
        number.map(|number| Self(number.to_be_bytes())).ok_or(NotAPrint)
    }
}

impl From<Print> for String {
    fn from(print: Print) -> Self {
        crate::hex::lower(&print.0)
    }
}
