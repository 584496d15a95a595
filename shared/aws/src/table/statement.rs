//! Writes as statements of `PartiQL`, of which one request carries many, each with its own condition: the request of the
//! older kind, `BatchWriteItem`, knows no conditions.

use aws_sdk_dynamodb::types::{AttributeValue, BatchStatementRequest};

use super::item::swept_at_seconds;
use super::{Expect, Key, TableError, Write};

/// The statement that deletes an item of `table`, if there is one.
pub(super) fn deleting(key: &Key, table: &str) -> Result<BatchStatementRequest, TableError> {
    let statement = format!(r#"DELETE FROM "{table}" WHERE "PK"=? AND "SK"=?"#);
    let parameters = [&key.pk, &key.sk].map(|text| AttributeValue::S(text.clone())).to_vec();
    let request = BatchStatementRequest::builder().statement(statement).set_parameters(Some(parameters));
    request.build().map_err(|error| TableError::Refused(error.into()))
}

/// The statement that makes a write to `table`. One that expects whatever is there is written as if it expected nothing:
/// the database has no statement that replaces.
pub(super) fn of(write: &Write, table: &str) -> Result<BatchStatementRequest, TableError> {
    let Write { key, item, expect } = write;
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let number = |number: u64| AttributeValue::N(number.to_string());
    let (pk, sk, version, document) =
        (text(&key.pk), text(&key.sk), number(item.version), text(&item.document));
    let (statement, parameters) = match (expect, swept_at_seconds(key)) {
        (Expect::Version(known), _) => (
            format!(r#"UPDATE "{table}" SET "v"=? SET "d"=? WHERE "PK"=? AND "SK"=? AND "v"=?"#),
            vec![version, document, pk, sk, number(*known)],
        ),
        (_, None) => (
            format!(r#"INSERT INTO "{table}" VALUE {{'PK':?,'SK':?,'v':?,'d':?}}"#),
            vec![pk, sk, version, document],
        ),
        (_, Some(seconds)) => (
            format!(r#"INSERT INTO "{table}" VALUE {{'PK':?,'SK':?,'v':?,'d':?,'ttl':?}}"#),
            vec![pk, sk, version, document, AttributeValue::N(seconds.to_string())],
        ),
    };
    let request = BatchStatementRequest::builder().statement(statement).set_parameters(Some(parameters));
    request.build().map_err(|error| TableError::Refused(error.into()))
}
