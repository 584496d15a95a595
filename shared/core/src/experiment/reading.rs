//! What an experiment says, once it may be read.

use std::fmt;

use serde::Serialize;

use super::horizon::People;
use super::share::{Interval, Share, difference};

/// Those who were in it and have had their days: who came in lately is not counted yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Who got it.
    pub sent: Share,
    /// Who did not.
    pub held_out: Share,
}

/// What can be said.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Reading {
    /// Nothing: not all are there that were said to be needed. What they did so far is not told.
    NotYet {
        /// Who have had their days.
        there: People,
        /// Who are needed.
        needed: People,
    },
    /// What it brings.
    Read(Finding),
}

/// What was found at the end.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// What was counted.
    pub counts: Counts,
    /// By how much the share of those who got it is above that of the others.
    pub lift: Interval,
}

impl Counts {
    /// What the experiment says, for which so many people were found to be needed.
    pub fn read(&self, needed: People) -> Reading {
        let there = People { sent: self.sent.people, held_out: self.held_out.people };
        if there.sent < needed.sent || there.held_out < needed.held_out {
            return Reading::NotYet { there, needed };
        }
        Reading::Read(self.at_the_end())
    }

    /// What is found of an experiment that is over.
    pub fn at_the_end(&self) -> Finding {
        Finding { counts: *self, lift: difference(&self.sent, &self.held_out) }
    }
}

impl fmt::Display for Reading {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(finding) => finding.fmt(formatter),
            Self::NotYet { there, needed } => write!(
                formatter,
                "Not enough yet: {} of {} people who get it and {} of {} who do not have had their time. It is read once, \
                 when all have.",
                there.sent.min(needed.sent),
                needed.sent,
                there.held_out.min(needed.held_out),
                needed.held_out,
            ),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { counts, lift } = self;
        let verdict = match lift {
            lift if lift.has_zero() => "Not enough to say that it makes a difference",
            lift if lift.found > 0.0 => "It brings more",
            _ => "It brings less",
        };
        let [sent, held_out] = [counts.sent, counts.held_out].map(|share| share.rate() * 100.0);
        let [found, low, high] = [lift.found, lift.low, lift.high].map(|share| share * 100.0);
        write!(
            formatter,
            "{verdict}: {sent:.2} % of those who got it, {held_out:.2} % of those who did not. That is {found:+.2} of a \
             hundred people, with 95 % confidence between {low:+.2} and {high:+.2}."
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(sent: (u64, u64), held_out: (u64, u64)) -> Counts {
        let share = |(did, people)| Share { people, did };
        Counts { sent: share(sent), held_out: share(held_out) }
    }

    const NEEDED: People = People { sent: 1_000, held_out: 500 };

    #[test]
    fn before_its_time_nothing_is_told_of_what_people_did() {
        for there in [counts((900, 999), (0, 500)), counts((900, 5_000), (0, 499)), Counts::default()] {
            let reading = there.read(NEEDED);
            assert!(matches!(reading, Reading::NotYet { .. }));
            let told = format!("{reading} {}", serde_json::to_string(&reading).unwrap());
            assert!(
                told.starts_with("Not enough yet: ") && !told.contains("lift") && !told.contains('%'),
                "{told}"
            );
        }
        assert_eq!(
            counts((900, 5_000), (0, 499)).read(NEEDED).to_string(),
            "Not enough yet: 1000 of 1000 people who get it and 499 of 500 who do not have had their time. It is read \
             once, when all have."
        );
    }

    #[test]
    fn at_its_time_the_sentence_says_no_more_than_the_interval() {
        let begins = |sent, held_out| {
            let text = counts(sent, held_out).read(NEEDED).to_string();
            text.split(':').next().unwrap_or_default().to_owned()
        };
        assert_eq!(begins((120, 1_000), (30, 500)), "It brings more");
        assert_eq!(begins((30, 1_000), (60, 500)), "It brings less");
        assert_eq!(begins((60, 1_000), (29, 500)), "Not enough to say that it makes a difference");
        assert_eq!(
            counts((120, 1_000), (30, 500)).read(NEEDED).to_string(),
            "It brings more: 12.00 % of those who got it, 6.00 % of those who did not. That is +6.00 of a hundred people, \
             with 95 % confidence between +2.93 and +8.79."
        );
    }
}
