//! What one run of a journey is about.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::checkout::CheckoutKey;
use crate::order::OrderKey;
use crate::source::SourceId;

/// One order, cart or conversation that journeys follow. Each has its own run of each journey.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Trigger {
    /// What it is.
    pub on: On,
    /// The source that tells of it.
    pub source: SourceId,
    /// Its id there; of a conversation the keyed hash of it, because the id may be a phone number.
    pub id: String,
}

/// What a journey can be about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum On {
    /// An order.
    #[default]
    Order,
    /// A cart or checkout.
    Cart,
    /// A conversation.
    Conversation,
}

/// Text that is no trigger.
#[derive(Debug, thiserror::Error)]
#[error("{0:?} is not a trigger such as web#4501 or cart:web#c-17")]
pub struct NotATrigger(String);

impl On {
    const ALL: [Self; 3] = [Self::Order, Self::Cart, Self::Conversation];

    /// What stands before a trigger's text. No source's name has a colon.
    fn prefix(self) -> &'static str {
        match self {
            Self::Order => "",
            Self::Cart => "cart:",
            Self::Conversation => "conversation:",
        }
    }
}

impl From<&OrderKey> for Trigger {
    fn from(key: &OrderKey) -> Self {
        Self { on: On::Order, source: key.source.clone(), id: key.order.clone() }
    }
}

impl From<&CheckoutKey> for Trigger {
    fn from(key: &CheckoutKey) -> Self {
        Self { on: On::Cart, source: key.source.clone(), id: key.checkout.clone() }
    }
}

impl Trigger {
    /// What [`Self::place`] gave, of one of that kind.
    ///
    /// # Errors
    /// Where it is no such text.
    pub fn at(on: On, place: &str) -> Result<Self, NotATrigger> {
        let refused = || NotATrigger(place.to_owned());
        let (source, id) = place.split_once('#').ok_or_else(refused)?;
        let source = source.parse().map_err(|_| refused())?;
        Ok(Self { on, source, id: id.replace("%23", "#").replace("%25", "%") })
    }

    /// The order that it is, if it is one.
    pub fn order(&self) -> Option<OrderKey> {
        let is_order = self.on == On::Order;
        is_order.then(|| OrderKey { source: self.source.clone(), order: self.id.clone() })
    }

    /// `<source>#<id>`, where a `#` of the id itself is written `%23`.
    pub fn place(&self) -> String {
        format!("{}#{}", self.source, self.id.replace('%', "%25").replace('#', "%23"))
    }
}

impl fmt::Display for Trigger {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}{}", self.on.prefix(), self.place())
    }
}

impl FromStr for Trigger {
    type Err = NotATrigger;

    fn from_str(text: &str) -> Result<Self, NotATrigger> {
        let with_prefix = |on: On| Some((on, text.strip_prefix(on.prefix()).filter(|_| on != On::Order)?));
        let (on, place) = On::ALL.into_iter().find_map(with_prefix).unwrap_or((On::Order, text));
        Self::at(on, place)
    }
}

impl TryFrom<String> for Trigger {
    type Error = NotATrigger;

    fn try_from(text: String) -> Result<Self, NotATrigger> {
        text.parse()
    }
}

impl From<Trigger> for String {
    fn from(trigger: Trigger) -> Self {
        trigger.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn triggers_read_as_they_are_written() {
        for text in ["web#4501", "cart:web#c%23%25 1", "conversation:chat#0123456789abcdef"] {
            assert_eq!(text.parse::<Trigger>().unwrap().to_string(), text);
        }
        let order = OrderKey { source: "web".parse().unwrap(), order: "#%1".to_owned() };
        assert_eq!(Trigger::from(&order).to_string(), order.to_string());
        assert_eq!(order.to_string().parse::<Trigger>().unwrap().order(), Some(order));
        for refused in ["", "web", "Web#1", "parcel:web#1", "cart:#1"] {
            assert!(refused.parse::<Trigger>().is_err(), "{refused}");
        }
    }
}
