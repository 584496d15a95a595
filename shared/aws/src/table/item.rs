//! How a document lies in the table: `PK`, `SK`, `v` its version, `d` its JSON, `ttl` where it is swept one day.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use rihla_core::instant::Instant;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Expect, Key, TableError, Versioned};

pub(super) type Attributes = HashMap<String, AttributeValue>;

/// A document on its way into the table.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) document: String,
    pub(super) version: u64,
}

impl Item {
    pub(super) fn of<T: Serialize>(document: &T, expect: Expect) -> Self {
        let document = serde_json::to_string(document).expect("documents are structs with text keys");
        let version = if let Expect::Version(version) = expect { version + 1 } else { 1 };
        Self { document, version }
    }

    pub(super) fn under(self, key: &Key, swept_at_seconds: Option<i64>) -> Attributes {
        let mut attributes = key_of(key);
        attributes.insert("v".into(), AttributeValue::N(self.version.to_string()));
        attributes.insert("d".into(), AttributeValue::S(self.document));
        if let Some(seconds) = swept_at_seconds {
            attributes.insert("ttl".into(), AttributeValue::N(seconds.to_string()));
        }
        attributes
    }
}

pub(super) fn key_of(key: &Key) -> Attributes {
    let text = |text: &String| AttributeValue::S(text.clone());
    [("PK".to_owned(), text(&key.pk)), ("SK".to_owned(), text(&key.sk))].into()
}

pub(super) fn key_in(attributes: &Attributes) -> Key {
    let text = |name: &str| attributes.get(name).and_then(|value| value.as_s().ok().cloned());
    Key { pk: text("PK").unwrap_or_default(), sk: text("SK").unwrap_or_default() }
}

/// Of an item of which nothing else was asked for.
pub(super) fn sort_key(mut attributes: Attributes) -> String {
    match attributes.remove("SK") {
        Some(AttributeValue::S(text)) => text,
        _ => String::new(),
    }
}

pub(super) fn read<T: DeserializeOwned>(
    mut attributes: Attributes,
) -> Result<(Key, Versioned<T>), TableError> {
    let mut text = |name: &str| match attributes.remove(name) {
        Some(AttributeValue::S(text) | AttributeValue::N(text)) => text,
        _ => String::new(),
    };
    let (pk, sk, version, document, swept_at) = (text("PK"), text("SK"), text("v"), text("d"), text("ttl"));
    let document = serde_json::from_str(&document)
        .map_err(|source| TableError::Unreadable { sort_key: sk.clone(), source })?;
    let swept_at = swept_at.parse().ok().map(Instant::from_seconds);
    Ok((Key { pk, sk }, Versioned { document, version: version.parse().unwrap_or_default(), swept_at }))
}

type Condition = (Option<String>, Option<HashMap<String, String>>, Option<Attributes>);

pub(super) fn condition(expect: Expect) -> Condition {
    match expect {
        Expect::Anything => (None, None, None),
        Expect::Absent => (Some("attribute_not_exists(PK)".into()), None, None),
        Expect::Version(version) => {
            let values = [(":v".to_owned(), AttributeValue::N(version.to_string()))].into();
            (Some("v = :v".into()), None, Some(values))
        }
    }
}
