//! Telephone numbers as people write them in the country of the address that is told beside them, such as a till has them.

use rihla_core::identifier::Phone;
use serde_json::Value;

/// Where an event tells of a person: itself, or one of its fields.
const PERSONS: [&str; 4] = ["", "/buyer", "/customer", "/person"];

/// An event's data with the numbers in E.164 that are national ones of their person's country. Nothing where there is none.
pub(super) fn with_country(data: &str) -> Option<String> {
    let mut data: Value = serde_json::from_str(data).ok()?;
    let numbers: Vec<_> =
        PERSONS.iter().filter_map(|path| Some((*path, number(data.pointer(path)?)?))).collect();
    for (path, number) in &numbers {
        data.pointer_mut(path)?["phone"] = number.as_str().into();
    }
    (!numbers.is_empty()).then(|| data.to_string())
}

/// The number of a person that has no country of its own, with that of the address.
fn number(person: &Value) -> Option<Phone> {
    let written = person.get("phone")?.as_str()?;
    let country = person.pointer("/place/country")?.as_str()?.to_ascii_uppercase();
    let is_national = written.parse::<Phone>().is_err();
    Phone::of(written, Some(&country)).ok().filter(|_| is_national)
}
