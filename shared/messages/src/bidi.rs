//! Keeping words of the other direction from shuffling the sentence around them (Unicode TR9, section 6.3).

use crate::Direction;

const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const LEFT_TO_RIGHT_ISOLATE: char = '\u{2066}';
const POP_ISOLATE: char = '\u{2069}';

/// Whether a character may change the direction of its surroundings. Data must not bring its own.
pub(crate) fn is_control(character: char) -> bool {
    matches!(character, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Isolates words whose direction is their own, where they could disturb the language around them.
pub(crate) fn isolate(words: String, around: Direction) -> String {
    if words.is_empty() || !words.chars().any(|character| disturbs(character, around)) {
        return words;
    }
    format!("{FIRST_STRONG_ISOLATE}{words}{POP_ISOLATE}")
}

/// Isolates a code that is read from left to right in every language: an order number, a price in Latin letters.
pub(crate) fn isolate_code(code: String, around: Direction) -> String {
    match around {
        Direction::Rtl if !code.is_empty() => format!("{LEFT_TO_RIGHT_ISOLATE}{code}{POP_ISOLATE}"),
        _ => isolate(code, around),
    }
}

fn disturbs(character: char, around: Direction) -> bool {
    match around {
        Direction::Ltr => is_right_to_left(character),
        Direction::Rtl => !is_right_to_left(character) && character != ' ',
    }
}

/// Whether a character is written from right to left: the Hebrew, Arabic, Syriac, Thaana, N'Ko blocks and forms.
fn is_right_to_left(character: char) -> bool {
    matches!(character, '\u{0590}'..='\u{08ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn isolates_only_what_could_disturb() {
        let cases = [
            ("Sara", Direction::Ltr, "Sara"),
            ("سارة", Direction::Ltr, "\u{2068}سارة\u{2069}"),
            ("سارة", Direction::Rtl, "سارة"),
            ("Sara", Direction::Rtl, "\u{2068}Sara\u{2069}"),
            ("", Direction::Rtl, ""),
        ];
        for (words, around, want) in cases {
            assert_eq!(isolate(words.to_owned(), around), want);
        }
    }

    #[test]
    fn a_code_reads_from_left_to_right() {
        assert_eq!(isolate_code("#1042-A".to_owned(), Direction::Rtl), "\u{2066}#1042-A\u{2069}");
        assert_eq!(isolate_code("#1042-A".to_owned(), Direction::Ltr), "#1042-A");
    }
}
