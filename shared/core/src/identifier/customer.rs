//! The name of a person's record.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Print;

/// The one record of a person, under a name that tells nothing of the person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CustomerId(String);

impl CustomerId {
    /// From text that was a customer's id before.
    pub fn from_text(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// What stands for the record itself among the identifiers of its person.
    pub fn print(&self) -> Print {
        Print::of(&self.0)
    }

    /// Its text: 20 hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CustomerId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
