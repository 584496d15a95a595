//! Persons, as exports tell of them.

use celes::Country;
use rihla_core::event::{Person, Place};
use rihla_core::identifier::{NotAPhone, Phone};

use crate::{Refusal, Row};

/// Under which columns a person stands.
pub(crate) struct Columns {
    pub(crate) customer: &'static [&'static str],
    pub(crate) email: &'static [&'static str],
    pub(crate) phone: &'static [&'static str],
    pub(crate) first_name: &'static [&'static str],
    pub(crate) last_name: &'static [&'static str],
    pub(crate) full_name: &'static [&'static str],
    pub(crate) locale: &'static [&'static str],
    pub(crate) zone: &'static [&'static str],
    pub(crate) country: &'static [&'static str],
    pub(crate) region: &'static [&'static str],
    pub(crate) city: &'static [&'static str],
}

impl Columns {
    pub(crate) fn person(&self, row: &Row, refused: &mut Vec<Refusal>) -> Person {
        let (first_name, last_name) = self.names(row);
        Person {
            customer: row.text(self.customer).filter(|id| id != "0"),
            email: row.parsed(self.email, refused, str::parse),
            phone: row.parsed(self.phone, refused, phone),
            first_name,
            last_name,
            locale: row.text(self.locale).map(|locale| locale.replace('_', "-")),
            zone: row.parsed(self.zone, refused, zone),
            place: self.place(row, refused),
        }
    }

    /// A name in one piece is taken apart at its first space.
    fn names(&self, row: &Row) -> (Option<String>, Option<String>) {
        let names = (row.text(self.first_name), row.text(self.last_name));
        match (names, row.find(self.full_name)) {
            ((None, None), Some(full)) => match full.text.split_once(' ') {
                Some((first, last)) => (Some(first.to_owned()), Some(last.trim().to_owned())),
                None => (Some(full.text.to_owned()), None),
            },
            (names, _) => names,
        }
    }

    fn place(&self, row: &Row, refused: &mut Vec<Refusal>) -> Option<Place> {
        let country = row.parsed(self.country, refused, country);
        let place = Place { country, region: row.text(self.region), city: row.text(self.city) };
        (place != Place::default()).then_some(place)
    }
}

/// Whether anybody could be known by what is told.
pub(crate) fn is_somebody(person: &Person) -> bool {
    person.customer.is_some() || person.email.is_some() || person.phone.is_some()
}

/// A phone number with its country. `00` stands for `+` in most of the world. Without either nobody can tell the country.
fn phone(text: &str) -> Result<Phone, NotAPhone> {
    let text = text.trim();
    match text.strip_prefix("00") {
        Some(number) => format!("+{number}").parse(),
        None => text.parse(),
    }
}

fn zone(text: &str) -> Result<String, String> {
    let known = jiff::tz::TimeZone::get(text).is_ok();
    known.then(|| text.to_owned()).ok_or_else(|| format!("{text:?} is no time zone such as Europe/Berlin"))
}

/// A country by its two letters, its three (Pinpoint's exports), or its English name (Klaviyo's, Omnisend's).
fn country(text: &str) -> Result<String, String> {
    let found = match text.len() {
        2 => Country::from_alpha2(text),
        3 => Country::from_alpha3(text),
        _ => {
            // The list has most of its short names in one word.
            let word = text.replace(' ', "");
            let by_word = || Country::from_name(&word).or_else(|_| Country::from_alias(&word));
            Country::from_name(text).or_else(|_| by_word())
        }
    };
    found.map(|country| country.alpha2.to_owned()).map_err(|_| format!("{text:?} is no country"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_and_phones_are_read_as_exports_write_them() {
        let countries = [
            ("DE", Some("DE")),
            ("de", Some("DE")),
            ("CHN", Some("CN")),
            ("USA", Some("US")),
            ("United States", Some("US")),
            ("United Kingdom", Some("GB")),
            ("Germany", Some("DE")),
            ("France", Some("FR")),
            ("Netherlands", Some("NL")),
            ("United Arab Emirates", Some("AE")),
            ("Turkey", Some("TR")),
            ("Russia", Some("RU")),
            ("South Korea", Some("KR")),
            ("Czech Republic", Some("CZ")),
            ("Saudi Arabia", Some("SA")),
            ("New Zealand", Some("NZ")),
            ("Hong Kong", Some("HK")),
            ("Iran", Some("IR")),
            ("Vietnam", Some("VN")),
            ("Taiwan", Some("TW")),
            ("Atlantis", None),
            ("QQ", None),
        ];
        for (text, code) in countries {
            assert_eq!(country(text).ok().as_deref(), code, "{text}");
        }
        let phones = [
            ("+49 151 234567", Some("+49151234567")),
            ("0049151234567", Some("+49151234567")),
            ("0151234567", None),
        ];
        for (text, number) in phones {
            assert_eq!(phone(text).ok().as_ref().map(Phone::as_str), number, "{text}");
        }
    }
}
