use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

/// How a message's question is answered. The message itself says so: by the links it has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Question {
    /// By a score from 1, the worst, to 5.
    #[default]
    Rating,
    /// By a score from 0, "not at all likely", to 10: the question of the Net Promoter Score (Reichheld, "The One Number
    /// You Need to Grow", Harvard Business Review 12/2003).
    Scale,
    /// By one of these codes, in the order in which they are offered.
    Choice(Vec<String>),
}

impl Question {
    /// The scores that are answers to it, from the lowest to the highest; a choice has none.
    pub fn scores(&self) -> Option<RangeInclusive<u8>> {
        match self {
            Self::Rating => Some(1..=5),
            Self::Scale => Some(0..=10),
            Self::Choice(_) => None,
        }
    }

    /// Whether a score is an answer to it.
    pub fn takes_score(&self, score: u8) -> bool {
        self.scores().is_some_and(|scores| scores.contains(&score))
    }

    /// Whether a code is an answer to it.
    pub fn takes_choice(&self, code: &str) -> bool {
        matches!(self, Self::Choice(codes) if codes.iter().any(|known| known == code))
    }

    /// Whether who gives this score is promised that a person looks into it: below the middle of five; of eleven, the
    /// "detractors" of the Net Promoter Score.
    pub fn is_low(&self, score: u8) -> bool {
        match self {
            Self::Rating => score < 3,
            Self::Scale => score <= 6,
            Self::Choice(_) => false,
        }
    }

    /// The page's layout.
    pub(crate) fn layout(&self) -> &'static str {
        match self {
            Self::Rating => "question",
            Self::Scale => "scale",
            Self::Choice(_) => "choice",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Question;

    #[test]
    fn each_kind_takes_its_own_answers() {
        let choice = Question::Choice(vec!["price".to_owned()]);
        for (question, lowest, highest) in
            [(&Question::Rating, 1, 5), (&Question::Scale, 0, 10), (&choice, 1, 0)]
        {
            for score in 0..=u8::MAX {
                let want = (lowest..=highest).contains(&score);
                assert_eq!(question.takes_score(score), want, "{question:?} {score}");
            }
        }
        assert!(choice.takes_choice("price"));
        assert!(
            !choice.takes_choice("prices")
                && !choice.takes_choice("")
                && !Question::Scale.takes_choice("price")
        );
    }

    #[test]
    fn who_is_not_content_is_promised_an_answer() {
        let low = |question: Question| (0..=10).filter(|score| question.is_low(*score)).collect::<Vec<u8>>();
        assert_eq!(low(Question::Scale), [0, 1, 2, 3, 4, 5, 6]);
        assert_eq!(low(Question::Rating), [0, 1, 2]);
    }
}
