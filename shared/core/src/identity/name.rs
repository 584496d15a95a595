//! What is a person's name.

use crate::identifier::Print;

/// Longer than any name, and short enough for any mail.
const MOST_CHARACTERS: usize = 100;

/// A name as it is kept: trimmed, without control characters, cut where it is longer than any name. Nothing where there is
/// no letter of any script in it, as in spaces, dashes or emoji alone.
pub fn name(text: &str) -> Option<String> {
    let plain: String = text.chars().filter(|letter| !letter.is_control()).collect();
    let plain = plain.trim();
    plain.contains(char::is_alphabetic).then(|| plain.chars().take(MOST_CHARACTERS).collect())
}

/// What tells a name from others: its words in whichever order and case. Nothing where it is no name.
pub fn name_print(text: &str) -> Option<Print> {
    let name = name(text)?.to_lowercase();
    let mut words: Vec<&str> =
        name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    Some(Print::of(&words.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_a_letter_and_an_end() {
        let long = "a".repeat(300);
        for (told, kept) in [
            (" Amal ", Some("Amal")),
            ("أمل", Some("أمل")),
            ("李", Some("李")),
            ("Amal 🌷", Some("Amal 🌷")),
            ("O'Brien-Ḥaddād", Some("O'Brien-Ḥaddād")),
            ("Am\r\nal", Some("Amal")),
            (&long, Some(&long[..100])),
            ("", None),
            (" \u{a0}\u{3000} ", None),
            ("🌷🌷", None),
            ("👨‍👩‍👧", None),
            ("- . -", None),
            ("12345", None),
        ] {
            assert_eq!(name(told).as_deref(), kept, "{told:?}");
        }
    }
}
