//! A name is found however its letters are encoded, and by as much of a word as is typed.

use proptest::prelude::*;
use rihla_core::identity::{folded_words, start_of};
use unicode_normalization::UnicodeNormalization;

/// Latin letters with and without accents, Arabic and Persian ones with and without marks, and what stands between names.
const NAME: &str = "[a-zA-Z\u{c0}-\u{17f}\u{1cd}-\u{1dc}\u{200}-\u{233}\u{1e00}-\u{1e99}\u{1ea0}-\u{1ef9}\u{621}-\u{652}\u{6a9}\u{6cc}🌷 '-]{0,24}";

proptest! {
    #[test]
    fn composed_and_decomposed_letters_are_the_same(name in NAME) {
        let (composed, decomposed): (String, String) = (name.nfc().collect(), name.nfd().collect());
        prop_assert_eq!(folded_words(&composed), folded_words(&decomposed), "{}", name);
    }

    #[test]
    fn what_is_folded_stays_so_whatever_its_case(name in NAME) {
        let words = folded_words(&name);
        prop_assert_eq!(&folded_words(&words.join(" ")), &words);
        prop_assert_eq!(&folded_words(&name.to_lowercase()), &words);
    }

    #[test]
    fn three_letters_of_a_word_or_more_lead_where_the_word_does(word in "\\PC{1,24}", letters in 3_usize..24) {
        for word in folded_words(&word) {
            let typed: String = word.chars().take(letters).collect();
            prop_assert_eq!(start_of(&typed), start_of(&word));
        }
    }
}
