//! What is kept of a person, as a page to read: a heading for each item, and under it what it says.

use std::fmt::Write;

use rihla_core::instant::Instant;
use serde_json::Value;

use super::Kept;

/// The whole page, which asks for nothing from anywhere.
pub(super) fn of(at: Instant, items: &[Kept]) -> String {
    let mut page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>What is kept</title>\
         <style>body{{font:16px/1.5 sans-serif;max-width:48em;margin:2em auto;padding:0 1em}}\
         dt{{font-weight:bold}}dd{{margin:0 0 .3em 1.5em}}h2{{margin-top:2em}}</style>\
         <h1>What is kept of you</h1><p>As of {at}.</p>"
    );
    for item in items {
        let document: Value = serde_json::from_str(item.document.get()).unwrap_or_default();
        let heading = escaped(&heading(&item.place));
        let _ = write!(page, "<h2>{heading}</h2>");
        write_value(&mut page, &document);
    }
    page
}

/// What an item is, by its place.
fn heading(place: &str) -> String {
    let parts: Vec<&str> = place.split('#').collect();
    match parts[..] {
        ["O", source, order, ""] => format!("Order {order} ({source})"),
        ["O", source, order, "F", journey] => format!("Message “{journey}” about order {order} ({source})"),
        ["O", source, order, "A", journey] => format!("Answer to “{journey}” about order {order} ({source})"),
        ["T", source, ..] => format!("Conversation ({source})"),
        ["M", source, ..] => format!("Message of a conversation ({source})"),
        ["K", source, ..] => format!("Cart ({source})"),
        ["N", ..] => "Word on being written to".to_owned(),
        ["X", ..] => "Request under privacy law".to_owned(),
        _ => "Profile".to_owned(),
    }
}

fn write_value(page: &mut String, value: &Value) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            page.push_str("<dl>");
            for (name, value) in fields {
                let _ = write!(page, "<dt>{}</dt><dd>", escaped(&name.replace('_', " ")));
                write_value(page, value);
                page.push_str("</dd>");
            }
            page.push_str("</dl>");
        }
        Value::Array(values) => write_list(page, values),
        Value::Number(number) => {
            page.push_str(&moment(value).map_or(number.to_string(), |at| at.to_string()));
        }
        Value::String(text) => page.push_str(&escaped(text)),
        Value::Bool(is_so) => page.push_str(if *is_so { "yes" } else { "no" }),
        Value::Null | Value::Object(_) => {}
    }
}

fn write_list(page: &mut String, values: &[Value]) {
    if let Some((value, at)) = dated(values) {
        write_value(page, value);
        let _ = write!(page, " <small>({at})</small>");
        return;
    }
    page.push_str("<ul>");
    for value in values {
        page.push_str("<li>");
        write_value(page, value);
        page.push_str("</li>");
    }
    page.push_str("</ul>");
}

/// A value with the moment at which it was told.
fn dated(values: &[Value]) -> Option<(&Value, Instant)> {
    let [value, at] = values else { return None };
    Some((value, moment(at)?))
}

/// Moments are stored in milliseconds; no other number of ours is as great.
fn moment(value: &Value) -> Option<Instant> {
    const YEAR_2001: i64 = 1_000_000_000_000;
    const YEAR_2096: i64 = 4_000_000_000_000;
    let milliseconds = value.as_i64().filter(|number| (YEAR_2001..YEAR_2096).contains(number))?;
    Some(Instant::from_milliseconds(milliseconds))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
