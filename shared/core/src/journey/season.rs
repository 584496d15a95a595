//! From when until when a journey takes somebody up.

use serde::{Deserialize, Serialize};

use crate::instant::Instant;

/// The time in which an order was placed, a cart touched or a conversation begun of those that a journey is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Season {
    /// Its first moment; without it there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Instant>,
    /// The first moment after it. What was taken up before goes on to its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
}

impl Season {
    /// Whether what begins then is taken up.
    pub fn contains(self, at: Instant) -> bool {
        self.from.is_none_or(|from| from <= at) && self.until.is_none_or(|until| at < until)
    }

    /// Whether nothing is ever taken up.
    pub fn is_empty(self) -> bool {
        self.from.zip(self.until).is_some_and(|(from, until)| until <= from)
    }

    /// Whether it takes up nobody from `now` on.
    pub fn is_over(self, now: Instant) -> bool {
        self.until.is_some_and(|until| until <= now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_has_its_first_moment_and_not_its_last() {
        let day = |day: i64| Some(Instant::from_seconds(day * 86_400));
        let table = [
            (None, None, [true, true, true]),
            (day(2), None, [false, true, true]),
            (None, day(3), [true, true, false]),
            (day(2), day(3), [false, true, false]),
            (day(3), day(2), [false, false, false]),
        ];
        for (from, until, contained) in table {
            let season = Season { from, until };
            let at = [day(1), day(2), day(3)].map(|at| season.contains(at.expect("it was given")));
            assert_eq!(at, contained, "{season:?}");
            assert_eq!(season.is_empty(), contained == [false; 3], "{season:?}");
            assert_eq!(season.is_over(Instant::from_seconds(3 * 86_400)), until.is_some(), "{season:?}");
        }
    }
}
