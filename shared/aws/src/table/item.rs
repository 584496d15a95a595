//! How a document lies in the table: `PK`, `SK`, `v` its version, `d` its JSON, `ttl` where it is swept one day.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
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

    pub(super) fn under(self, key: &Key) -> Attributes {
        let mut attributes = key_of(key);
        attributes.insert("v".into(), AttributeValue::N(self.version.to_string()));
        attributes.insert("d".into(), AttributeValue::S(self.document));
        if let Some(seconds) = swept_at_seconds(key) {
            attributes.insert("ttl".into(), AttributeValue::N(seconds.to_string()));
        }
        attributes
    }
}

/// Looks are swept a month after their time, long after the calendar was read; nothing else is ever swept.
pub(super) fn swept_at_seconds(key: &Key) -> Option<i64> {
    const MONTH_SECONDS: i64 = 30 * 86_400;
    let time = key.pk.starts_with("D#").then(|| key.sk.split('#').next())??;
    time.parse::<i64>().ok().map(|milliseconds| milliseconds / 1000 + MONTH_SECONDS)
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
    let (pk, sk, version, document) = (text("PK"), text("SK"), text("v"), text("d"));
    let document = serde_json::from_str(&document)
        .map_err(|source| TableError::Unreadable { sort_key: sk.clone(), source })?;
    Ok((Key { pk, sk }, Versioned { document, version: version.parse().unwrap_or_default() }))
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
