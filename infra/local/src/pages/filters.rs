use jiff::tz::TimeZone;
use minijinja::value::{Rest, Value};
use minijinja::{Environment, Error, ErrorKind};
use rihla_core::instant::Instant;

pub(super) fn add(templates: &mut Environment<'static>, zone: TimeZone) {
    let day_zone = zone.clone();
    templates.add_filter("moment", move |at: &str| format(at, &zone, "%a %-d %b %Y, %H:%M"));
    templates.add_filter("day", move |at: &str| format(at, &day_zone, "%-d %b %Y"));
    templates.add_filter("words", |name: &str| words(name));
    templates.add_filter("thousands", thousands);
    templates
        .add_filter("plural", |count: i64, one: &str, Rest(many): Rest<String>| plural(count, one, &many));
    templates.add_filter("query", |text: &str| {
        form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>()
    });
}

/// A moment by the shop's clock.
fn format(at: &str, zone: &TimeZone, pattern: &str) -> Result<String, Error> {
    let moment: Instant =
        at.parse().map_err(|_| Error::new(ErrorKind::InvalidOperation, format!("{at} is no moment")))?;
    Ok(moment.in_zone(zone).strftime(pattern).to_string())
}

/// A name of the code as words: `out-for-delivery` as `Out for delivery`.
fn words(name: &str) -> String {
    let spaced = name.replace(['-', '_'], " ").replace('/', " by ");
    let mut letters = spaced.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `17199` as `17,199`.
fn thousands(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let groups = digits.as_bytes().rchunks(3).rev().map(|group| String::from_utf8_lossy(group).into_owned());
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}", groups.collect::<Vec<_>>().join(","))
}

/// `1 order`, `2 orders`; `many` where an `s` does not do.
fn plural(count: i64, one: &str, many: &[String]) -> Value {
    let many = many.first().cloned().unwrap_or_else(|| format!("{one}s"));
    Value::from(format!("{} {}", thousands(count), if count == 1 { one } else { &many }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_names_and_moments_are_for_people() {
        assert_eq!(thousands(17_199), "17,199");
        assert_eq!(thousands(-1_000), "-1,000");
        assert_eq!(thousands(0), "0");
        assert_eq!(words("out-for-delivery"), "Out for delivery");
        assert_eq!(plural(1, "order", &[]).to_string(), "1 order");
        assert_eq!(plural(2, "delivery", &["deliveries".to_owned()]).to_string(), "2 deliveries");
        let dubai = TimeZone::get("Asia/Dubai").unwrap();
        assert_eq!(format("2026-11-02T22:30:00Z", &dubai, "%a %-d %b, %H:%M").unwrap(), "Tue 3 Nov, 02:30");
        assert!(format("soon", &dubai, "%H").is_err());
    }
}
