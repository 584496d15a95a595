//! Names that are told in one piece.

use rihla_core::event::Person;

/// Longer than any name, and short enough for any mail.
const LIMIT: usize = 100;

/// Gives a person the name that a desk knows: the first word is the given name, the rest the family's. Desks fill in
/// what they have where nobody told a name: numbers, addresses, `Web User 6a27d07e`. None of these is one.
pub(crate) fn give(person: &mut Person, name: Option<&str>) {
    let Some(name) = name.map(str::trim).filter(|name| is_name(name)) else { return };
    let (first, last) = name.split_once(char::is_whitespace).unwrap_or((name, ""));
    person.first_name = part(first);
    person.last_name = part(last);
}

fn is_name(name: &str) -> bool {
    let in_a_name = |letter: char| !letter.is_numeric() && !letter.is_control() && !"@/<>_#".contains(letter);
    name.chars().any(char::is_alphabetic) && name.chars().all(in_a_name)
}

fn part(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.chars().take(LIMIT).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_its_first_word_and_the_rest() {
        let named = |name| {
            let mut person = Person::default();
            give(&mut person, Some(name));
            (person.first_name, person.last_name)
        };
        let pair = |first: &str, last: &str| (Some(first.to_owned()), Some(last.to_owned()));
        assert_eq!(named("Amal Haddad"), pair("Amal", "Haddad"));
        assert_eq!(named(" أمل  حداد الخوري "), pair("أمل", "حداد الخوري"));
        assert_eq!(named("Amal"), (Some("Amal".into()), None));
        for none in
            ["", "  ", "+971501234567", "amal@example.com", "Web User 6a27d07e", "polished-dust-123", "—"]
        {
            assert_eq!(named(none), (None, None), "{none}");
        }
    }
}
