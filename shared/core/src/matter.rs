//! What a person can agree to: being written to for a purpose, on a channel.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::event::Purpose;
use crate::source::Channel;

/// A purpose on a channel. Stored as `marketing` for e-mail, as `marketing/sms` for any other channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Matter {
    /// What for.
    pub purpose: Purpose,
    /// By which channel.
    pub channel: Channel,
}

/// Text that names no matter.
#[derive(Debug, thiserror::Error)]
#[error("{0:?} is no purpose, such as `marketing`, and no purpose on a channel, such as `marketing/sms`")]
pub struct NoMatter(String);

impl Matter {
    /// Every purpose, the strictest to obtain last.
    pub const PURPOSES: [Purpose; 4] =
        [Purpose::Service, Purpose::Survey, Purpose::Marketing, Purpose::Newsletter];
}

impl From<Purpose> for Matter {
    /// By e-mail.
    fn from(purpose: Purpose) -> Self {
        Self { purpose, channel: Channel::Email }
    }
}

impl fmt::Display for Matter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.purpose.serialize(&mut *formatter)?;
        if self.channel == Channel::Email {
            return Ok(());
        }
        formatter.write_str("/")?;
        self.channel.serialize(formatter)
    }
}

impl From<Matter> for String {
    fn from(matter: Matter) -> Self {
        matter.to_string()
    }
}

impl TryFrom<String> for Matter {
    type Error = NoMatter;

    fn try_from(text: String) -> Result<Self, NoMatter> {
        let (purpose, channel) = text.split_once('/').unwrap_or((&text, "email"));
        match (named(purpose), named(channel)) {
            (Some(purpose), Some(channel)) => Ok(Self { purpose, channel }),
            _ => Err(NoMatter(text)),
        }
    }
}

/// The variant of that name.
fn named<'a, T: Deserialize<'a>>(name: &'a str) -> Option<T> {
    let text = serde::de::value::BorrowedStrDeserializer::<serde::de::value::Error>::new(name);
    T::deserialize(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matter_is_written_by_its_purpose_and_its_channel_unless_that_is_email() {
        let read = |text: &str| Matter::try_from(text.to_owned()).ok();
        let by_sms = Matter { purpose: Purpose::Newsletter, channel: Channel::Sms };
        assert_eq!((by_sms.to_string(), read("newsletter/sms")), ("newsletter/sms".to_owned(), Some(by_sms)));
        let by_email = Matter::from(Purpose::Survey);
        assert_eq!((by_email.to_string(), read("survey")), ("survey".to_owned(), Some(by_email)));
        assert_eq!((read("survey/pigeon"), read("offers"), read("")), (None, None, None));
    }
}
