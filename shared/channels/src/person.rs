//! What providers tell of people, read so that a bad part of it is left out: it must not lose an order.

use std::collections::BTreeSet;

use rihla_core::event::{Person, Place};
use rihla_core::identifier::{Email, Phone};

use crate::json::Text;

/// An e-mail address.
pub(crate) fn email(text: Option<&Text<'_>>) -> Option<Email> {
    text?.trimmed()?.parse().ok()
}

/// A phone number with its country; others are no good.
pub(crate) fn phone(text: Option<&Text<'_>>) -> Option<Phone> {
    phone_in(text, None)
}

/// A phone number, as people write it in the country of their address.
pub(crate) fn phone_in(text: Option<&Text<'_>>, place: Option<&Place>) -> Option<Phone> {
    let country = place.and_then(|place| place.country.as_deref());
    Phone::of(text?.trimmed()?, country).ok()
}

/// A name, cut where it is longer than any name, and short enough for any mail.
pub(crate) fn name(text: Option<&Text<'_>>) -> Option<String> {
    text?.limited(100)
}

/// A country's two letters (ISO 3166-1).
pub(crate) fn country(code: Option<&Text<'_>>) -> Option<String> {
    let code = code?.trimmed()?;
    let is_code = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_code.then(|| code.to_ascii_uppercase())
}

/// A state's or province's code.
pub(crate) fn region(code: Option<&Text<'_>>) -> Option<String> {
    code?.limited(10)
}

/// A place, if anything of it is known.
pub(crate) fn place(country: Option<String>, region: Option<String>, city: Option<String>) -> Option<Place> {
    Some(Place { country, region, city }).filter(|place| *place != Place::default())
}

/// The given and the family name in a name as a whole: the first word, and what comes after it. Nobody knows better.
pub(crate) fn names(whole: Option<&Text<'_>>) -> (Option<String>, Option<String>) {
    let Some(whole) = name(whole) else { return (None, None) };
    match whole.split_once(char::is_whitespace) {
        Some((first, rest)) => (Some(first.to_owned()), Some(rest.trim().to_owned())),
        None => (Some(whole), None),
    }
}

/// Whether an order goes to somebody else than who bought it: under another name, with a number that is not the buyer's.
/// The name alone is no sign of that: people have things sent to where they work.
pub(crate) fn is_somebody_else(recipient: &Person, buyer: &Person) -> bool {
    let [theirs, ours] = [recipient, buyer].map(words);
    let is_other_name =
        !theirs.is_empty() && !ours.is_empty() && !theirs.is_subset(&ours) && !ours.is_subset(&theirs);
    is_other_name && recipient.phone.is_some() && recipient.phone != buyer.phone
}

/// The words of a name, in whatever order they are written.
fn words(person: &Person) -> BTreeSet<String> {
    let names = person.first_name.iter().chain(&person.last_name);
    names.flat_map(|name| name.split_whitespace()).map(str::to_lowercase).collect()
}

/// A language tag (BCP 47), if it has the shape of one.
pub(crate) fn locale(text: Option<&Text<'_>>) -> Option<String> {
    let tag = text?.trimmed()?.replace('_', "-");
    let subtag =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let language = tag.split('-').next().is_some_and(|part| (2..=3).contains(&part.len()));
    (language && tag.len() <= 35 && tag.split('-').all(subtag)).then_some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_name_with_a_number_of_its_own_is_somebody_else() {
        let person = |name: &str, phone: &str| {
            let (first, last) = name.split_once(' ').unwrap_or((name, ""));
            Person {
                first_name: Some(first.to_owned()),
                last_name: Some(last.to_owned()),
                phone: phone.parse().ok(),
                ..Person::default()
            }
        };
        let (ours, theirs) = ("+442079460018", "+971501234567");
        let buyer = person("Amal Haddad", ours);
        let table = [
            ("Omar Haddad", theirs, true),
            ("Omar Haddad", ours, false),
            ("Omar Haddad", "", false),
            ("HADDAD Amal", theirs, false),
            ("Amal F. Haddad", theirs, false),
            ("Haddad", theirs, false),
            ("", theirs, false),
        ];
        for (name, phone, is_other) in table {
            assert_eq!(is_somebody_else(&person(name, phone), &buyer), is_other, "{name} {phone}");
        }
        assert!(!is_somebody_else(&person("Omar Haddad", theirs), &Person::default()));
    }
}
