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
    match meant(text) {
        Some(name) => format!("{text}; did you mean `{name}`?"),
        None => text.to_owned(),
    }
}

/// The known name that an unknown one is most likely a misspelling of.
fn meant(text: &str) -> Option<&str> {
    let (unknown, known) = text.strip_prefix("unknown ")?.split_once(", expected ")?;
    let unknown = unknown.split('`').nth(1)?;
    let names = known.split('`').skip(1).step_by(2);
    let distance = |name: &str| strsim::damerau_levenshtein(unknown, name);
    names.map(|name| (distance(name), name)).min().filter(|(far, _)| *far <= 2).map(|(_, name)| name)
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
}
