//! Writes as statements of `PartiQL`, of which one request carries many, each with its own condition: the request of the
//! older kind, `BatchWriteItem`, knows no conditions.

use aws_sdk_dynamodb::types::{AttributeValue, BatchStatementRequest};

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
pub(super) fn of(
    write: &Write,
    table: &str,
    swept_at_seconds: Option<i64>,
) -> Result<BatchStatementRequest, TableError> {
    let Write { key, item, expect } = write;
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let number = |number: String| AttributeValue::N(number);
    let (pk, sk, version, document) =
        (text(&key.pk), text(&key.sk), number(item.version.to_string()), text(&item.document));
    let swept_at = swept_at_seconds.map(|seconds| number(seconds.to_string()));
    let (statement, parameters) = if let Expect::Version(known) = expect {
        let set = if swept_at.is_some() { r#" SET "ttl"=?"# } else { "" };
        let statement =
            format!(r#"UPDATE "{table}" SET "v"=? SET "d"=?{set} WHERE "PK"=? AND "SK"=? AND "v"=?"#);
        let told = [version, document].into_iter().chain(swept_at);
        (statement, told.chain([pk, sk, number(known.to_string())]).collect())
    } else {
        let more = if swept_at.is_some() { ",'ttl':?" } else { "" };
        let statement = format!(r#"INSERT INTO "{table}" VALUE {{'PK':?,'SK':?,'v':?,'d':?{more}}}"#);
        (statement, [pk, sk, version, document].into_iter().chain(swept_at).collect::<Vec<_>>())
    };
    let request = BatchStatementRequest::builder().statement(statement).set_parameters(Some(parameters));
    request.build().map_err(|error| TableError::Refused(error.into()))
}
