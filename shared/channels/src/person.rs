//! What providers tell of people, read so that a bad part of it is left out: it must not lose an order.

use rihla_core::event::Place;
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

/// A language tag (BCP 47), if it has the shape of one.
pub(crate) fn locale(text: Option<&Text<'_>>) -> Option<String> {
    let tag = text?.trimmed()?.replace('_', "-");
    let subtag =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let language = tag.split('-').next().is_some_and(|part| (2..=3).contains(&part.len()));
    (language && tag.len() <= 35 && tag.split('-').all(subtag)).then_some(tag)
}
