//! Phone numbers: in the one form of E.164, however people write them.

mod national;
mod plan;

use serde::{Deserialize, Serialize};

/// A phone number in E.164: `+` and 7 to 15 digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "String", extend("pattern" = r"^\+[1-9][0-9]{6,14}$")))]
pub struct Phone(String);

/// Text that is no phone number with its country.
#[derive(Debug, thiserror::Error)]
#[error("not a phone number with its country such as +971501234567 (E.164)")]
pub struct NotAPhone;

impl Phone {
    /// The number, such as `+971501234567`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A number as people of `country` (ISO 3166-1, two letters) write it, such as `050 123 4567` in `AE`. It is read by
    /// how long the country's numbers are: whether there is such a number, only its network knows.
    pub fn of(text: &str, country: Option<&str>) -> Result<Self, NotAPhone> {
        let digits = national::digits(text, country).ok_or(NotAPhone)?;
        format!("+{digits}").parse()
    }

    /// The number as its telephone is known: two ways to write one number are known as one. It is not what is dialled.
    ///
    /// Brazil's mobile numbers got a ninth digit, a 9 before the others, by 2016, and Mexico's lost the 1 before them in
    /// 2019; WhatsApp still has both as they were (<https://support.gupshup.io/hc/en-us/articles/4407840924953>).
    pub fn known_as(&self) -> String {
        let brazilian = || {
            let (area, number) = self.0.strip_prefix("+55")?.split_at_checked(2)?;
            let is_short = number.len() == 8 && number.starts_with(['6', '8', '9']);
            is_short.then(|| format!("+55{area}9{number}"))
        };
        let mexican = || {
            let number = self.0.strip_prefix("+521").filter(|number| number.len() == 10)?;
            Some(format!("+52{number}"))
        };
        brazilian().or_else(mexican).unwrap_or_else(|| self.0.clone())
    }
}

impl std::str::FromStr for Phone {
    type Err = NotAPhone;

    fn from_str(text: &str) -> Result<Self, NotAPhone> {
        let digits = text.trim().strip_prefix('+').ok_or(NotAPhone)?;
        let digits: String = digits.chars().filter(|c| !" -().".contains(*c)).collect();
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
        if plain && (7..=15).contains(&digits.len()) {
            Ok(Self(format!("+{digits}")))
        } else {
            Err(NotAPhone)
        }
    }
}

impl TryFrom<String> for Phone {
    type Error = NotAPhone;

    fn try_from(text: String) -> Result<Self, NotAPhone> {
        text.parse()
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_need_their_country() {
        let phone = |text: &str| text.parse::<Phone>().ok().map(String::from);
        assert_eq!(phone("+971 50 123-4567"), Some("+971501234567".into()));
        for refused in ["0501234567", "+0501234567", "+12", "+1234567890123456", "+12345a7"] {
            assert_eq!(phone(refused), None, "{refused}");
        }
    }

    #[test]
    fn a_number_is_read_as_its_country_writes_it() {
        for (text, country, number) in [
            ("050 123 4567", "AE", "+971501234567"),
            ("971501234567", "AE", "+971501234567"),
            ("00971 50 123 4567", "AE", "+971501234567"),
            ("٠٥٠ ١٢٣ ٤٥٦٧", "AE", "+971501234567"),
            ("۰۹۱۲۳۴۵۶۷۸۹", "IR", "+989123456789"),
            ("(020) 7946 0018", "GB", "+442079460018"),
            ("+44 (0)20 7946 0018", "AE", "+442079460018"),
            ("+44 (0)20 7946 0018 ext. 12", "AE", "+442079460018"),
            ("1-312-555-0143", "US", "+13125550143"),
            ("(312) 555-0143 x12", "us", "+13125550143"),
            ("011 44 20 7946 0018", "US", "+442079460018"),
            ("06 1234 5678", "IT", "+390612345678"),
            ("8 912 345-67-89", "RU", "+79123456789"),
            ("011 15 2345-6789", "AR", "+5491123456789"),
            ("0221 15 234-5678", "AR", "+5492212345678"),
            ("0 15 11 98765-4321", "BR", "+5511987654321"),
            ("(11) 98765-4321", "BR", "+5511987654321"),
            ("044 55 1234 5678", "MX", "+525512345678"),
            ("tel:+81-90-1234-5678", "", "+819012345678"),
            ("06 30 123 4567", "HU", "+36301234567"),
        ] {
            let read = Phone::of(text, Some(country)).ok();
            assert_eq!(read.as_ref().map(Phone::as_str), Some(number), "{text} in {country}");
        }
    }

    #[test]
    fn what_may_be_a_number_of_anywhere_is_none() {
        for (text, country) in [
            ("050 123 4567", None),
            ("050 123 4567", Some("ZZ")),
            ("12", Some("AE")),
            ("050 123 4567 89 10", Some("AE")),
            ("call me", Some("AE")),
            ("", Some("AE")),
            ("0800 FLOWERS", Some("GB")),
            ("amal@example.com", Some("AE")),
        ] {
            assert!(Phone::of(text, country).is_err(), "{text}");
        }
    }

    #[test]
    fn one_telephone_is_known_by_one_number() {
        for (number, known) in [
            ("+551187654321", "+5511987654321"),
            ("+5511987654321", "+5511987654321"),
            ("+551123456789", "+551123456789"),
            ("+5215512345678", "+525512345678"),
            ("+525512345678", "+525512345678"),
            ("+971501234567", "+971501234567"),
        ] {
            assert_eq!(number.parse::<Phone>().unwrap().known_as(), known);
        }
    }
}
