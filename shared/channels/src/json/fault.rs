//! Faults in words that an engineer can act on, without any text of the body.

use serde_path_to_error::Path;

/// A path such as `line_items[2].quantity`.
pub(super) fn path(path: &Path) -> String {
    let text = path.to_string();
    if text == "." { super::WHOLE.to_owned() } else { text }
}

/// What is wrong and what is expected; the path says where, better than line and column. A value is told by its kind alone: it may be about a person.
pub(super) fn problem(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let text = text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what);
    for kind in ["invalid type: ", "invalid value: ", "invalid length: "] {
        if let Some((got, expected)) =
            text.strip_prefix(kind).and_then(|rest| rest.rsplit_once(", expected "))
        {
            let got = got.split(['"', '`']).next().unwrap_or_default().trim();
            return format!("expected {expected}, got {got}");
        }
    }
    if text == "expected value" {
        return "expected one of the known names, as text".to_owned();
    }
    unknown(text).unwrap_or_else(|| text.to_owned())
}

/// The fault of a name that is none of the known ones. The name is shown if it could be one.
fn unknown(text: &str) -> Option<String> {
    let (kind, rest) = text.strip_prefix("unknown ")?.split_once(" `")?;
    let (name, expected) = rest.rsplit_once("`, expected ")?;
    let in_a_name = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
    if name.len() > 40 || !name.bytes().all(in_a_name) {
        return Some(format!("unknown {kind}, expected {expected}"));
    }
    let meant = meant(name, expected).map(|known| format!("; did you mean `{known}`?"));
    Some(format!("unknown {kind} `{name}`, expected {expected}{}", meant.unwrap_or_default()))
}

/// The known name that an unknown one is most likely a misspelling of.
fn meant<'a>(unknown: &str, expected: &'a str) -> Option<&'a str> {
    let names = expected.split('`').skip(1).step_by(2);
    let distances = names.map(|name| (strsim::damerau_levenshtein(unknown, name), name));
    distances.min().filter(|(distance, _)| *distance <= 2).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told<T: serde::de::DeserializeOwned>(text: &str) -> String {
        problem(&serde_json::from_str::<T>(text).err().unwrap())
    }

    #[test]
    fn a_value_is_told_by_its_kind_alone() {
        assert_eq!(told::<u32>(r#""amal, expected x""#), "expected u32, got string");
        assert_eq!(told::<String>("971501234567"), "expected a string, got integer");
        assert_eq!(told::<u32>("null"), "expected u32, got null");
    }

    #[test]
    fn a_misspelt_name_is_set_right() {
        use rihla_core::event::Person;
        let told = told::<Person>(r#"{"emial": "amal@example.com"}"#);
        assert!(
            told.starts_with("unknown field `emial`") && told.ends_with("did you mean `email`?"),
            "{told}"
        );
    }

    #[test]
    fn a_name_that_could_be_none_is_not_shown() {
        use rihla_core::event::Purpose;
        let told = told::<Purpose>(r#""amal@example.com`, expected nothing""#);
        assert!(told.starts_with("unknown variant, expected one of `service`"), "{told}");
    }
}
