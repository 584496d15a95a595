use serde::{Deserialize, Serialize};

/// The forms a word can take beside a number (CLDR's plural categories).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PluralCategory {
    /// As in Arabic for 0.
    Zero,
    /// As in English for 1.
    One,
    /// As in Arabic for 2.
    Two,
    /// As in Arabic for 3 to 10.
    Few,
    /// As in Arabic for 11 to 99.
    Many,
    /// All the rest; every language has it.
    Other,
}

use PluralCategory::{Few, Many, One, Other, Two, Zero};

impl PluralCategory {
    /// All, in the usual order.
    pub const ALL: [Self; 6] = [Zero, One, Two, Few, Many, Other];

    /// The name used in locale files.
    pub fn name(self) -> &'static str {
        match self {
            Zero => "zero",
            One => "one",
            Two => "two",
            Few => "few",
            Many => "many",
            Other => "other",
        }
    }
}

/// A family of languages with the same plural rule for whole numbers (CLDR 48, `plurals.xml`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plural {
    /// One form: Chinese, Japanese, Korean, Vietnamese, Thai, Indonesian, Malay.
    Single,
    /// One and other: English, German, Turkish and most.
    OneOther,
    /// Zero goes with one: French, Portuguese, Persian, Hindi.
    ZeroWithOne,
    /// One, two, other: Hebrew.
    Dual,
    /// All six: Arabic.
    Arabic,
    /// One, few, many: Russian, Ukrainian.
    EastSlavic,
    /// One, few, many: Polish.
    Polish,
}

impl Plural {
    /// The rule of a language.
    pub fn of(language: &str) -> Self {
        match language {
            "zh" | "ja" | "ko" | "vi" | "th" | "id" | "ms" => Self::Single,
            "fr" | "pt" | "fa" | "hi" => Self::ZeroWithOne,
            "he" => Self::Dual,
            "ar" => Self::Arabic,
            "ru" | "uk" => Self::EastSlavic,
            "pl" => Self::Polish,
            _ => Self::OneOther,
        }
    }

    /// The forms that whole numbers take, so that a locale file must have.
    pub fn categories(self) -> &'static [PluralCategory] {
        match self {
            Self::Single => &[Other],
            Self::OneOther | Self::ZeroWithOne => &[One, Other],
            Self::Dual => &[One, Two, Other],
            Self::Arabic => &PluralCategory::ALL,
            Self::EastSlavic | Self::Polish => &[One, Few, Many, Other],
        }
    }

    /// The form that goes with a number.
    pub fn category(self, number: u32) -> PluralCategory {
        match self {
            Self::Single => Other,
            Self::OneOther => if_one(number == 1),
            Self::ZeroWithOne => if_one(number <= 1),
            Self::Dual => match number {
                1 => One,
                2 => Two,
                _ => Other,
            },
            Self::Arabic => arabic(number),
            Self::EastSlavic if number % 10 == 1 && number % 100 != 11 => One,
            Self::Polish if number == 1 => One,
            Self::EastSlavic | Self::Polish => slavic(number),
        }
    }
}

fn if_one(is_one: bool) -> PluralCategory {
    if is_one { One } else { Other }
}

fn arabic(number: u32) -> PluralCategory {
    match (number, number % 100) {
        (0, _) => Zero,
        (1, _) => One,
        (2, _) => Two,
        (_, 3..=10) => Few,
        (_, 11..=99) => Many,
        _ => Other,
    }
}

fn slavic(number: u32) -> PluralCategory {
    match (number % 10, number % 100) {
        (2..=4, hundred) if !(12..=14).contains(&hundred) => Few,
        _ => Many,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_cldr() {
        let cases: [(&str, &[(u32, PluralCategory)]); 5] = [
            ("en", &[(0, Other), (1, One), (2, Other), (21, Other)]),
            ("fr", &[(0, One), (1, One), (2, Other)]),
            (
                "ar",
                &[
                    (0, Zero),
                    (1, One),
                    (2, Two),
                    (3, Few),
                    (10, Few),
                    (11, Many),
                    (99, Many),
                    (100, Other),
                    (103, Few),
                    (111, Many),
                ],
            ),
            ("ru", &[(1, One), (11, Many), (21, One), (22, Few), (12, Many), (5, Many), (0, Many)]),
            ("pl", &[(1, One), (21, Many), (22, Few), (112, Many)]),
        ];
        for (language, expectations) in cases {
            for &(number, want) in expectations {
                assert_eq!(Plural::of(language).category(number), want, "{language} {number}");
            }
        }
    }

    #[test]
    fn a_language_lists_every_form_it_uses() {
        for language in ["zh", "en", "fr", "he", "ar", "ru", "pl"] {
            let plural = Plural::of(language);
            assert!(
                (0..1_000).all(|number| plural.categories().contains(&plural.category(number))),
                "{language}"
            );
        }
    }
}
