//! Phone numbers.

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
}
