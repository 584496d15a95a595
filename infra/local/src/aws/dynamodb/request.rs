//! Which tables a request names, and what it needs to be allowed there.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::aws::call::{Permission, Service};

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[expect(clippy::zero_sized_map_values, reason = "only the keys, the tables' names, are looked at")]
struct Named<'body> {
    #[serde(borrow)]
    table_name: Option<Cow<'body, str>>,
    #[serde(borrow)]
    request_items: HashMap<Cow<'body, str>, IgnoredAny>,
    #[serde(borrow)]
    transact_items: Vec<HashMap<Cow<'body, str>, Inner<'body>>>,
    #[serde(borrow)]
    statements: Vec<Statement<'body>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Statement<'body> {
    #[serde(borrow)]
    statement: Cow<'body, str>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Inner<'body> {
    #[serde(borrow)]
    table_name: Cow<'body, str>,
}

/// The permissions that `action` with `body` needs; none if the body names no table.
pub(in crate::aws) fn permissions(action: &str, body: &[u8]) -> Vec<Permission> {
    let named: Named<'_> = serde_json::from_slice(body).unwrap_or_default();
    let of = |action: &str, table: &str| Permission::of(Service::DynamoDb, action, table);
    let tables = named.table_name.iter().chain(named.request_items.keys()).map(|table| of(action, table));
    let parts =
        named.transact_items.iter().flatten().map(|(part, inner)| of(part_action(part), &inner.table_name));
    let statements = named.statements.iter().filter_map(|one| {
        let (action, table) = of_statement(&one.statement)?;
        Some(of(action, table))
    });
    tables.chain(parts).chain(statements).collect()
}

/// What a statement of `PartiQL` does, and to which table.
fn of_statement(text: &str) -> Option<(&'static str, &str)> {
    let action = match text.split_whitespace().next()? {
        "INSERT" => "PartiQLInsert",
        "UPDATE" => "PartiQLUpdate",
        "DELETE" => "PartiQLDelete",
        _ => "PartiQLSelect",
    };
    Some((action, text.split('"').nth(1)?))
}

/// A transaction needs the permission of each of its parts.
fn part_action(part: &str) -> &'static str {
    match part {
        "Put" => "PutItem",
        "Update" => "UpdateItem",
        "Delete" => "DeleteItem",
        "Get" => "GetItem",
        _ => "ConditionCheckItem",
    }
}
