//! Recency, frequency and money: three scores of a customer against the shop's other customers, and six groups.
//!
//! A score is 1, 2 or 3: the shop's lower, middle and upper third (Hughes, *Strategic Database Marketing*, 1994; in
//! thirds, and with these six names, as Klaviyo reports it).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::instant::Instant;

/// In which third of a shop's customers somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "u8", try_from = "u8")]
pub enum Score {
    /// The lower third.
    Low = 1,
    /// The middle third.
    Middle = 2,
    /// The upper third.
    High = 3,
}

/// The three scores of one customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Scores {
    /// Of when they last bought: the later, the higher.
    pub recency: Score,
    /// Of how often they bought.
    pub frequency: Score,
    /// Of what they spent, net of what went back.
    pub monetary: Score,
}

/// How one figure is spread over a shop's customers: how many are in each step. A customer is taken out of one step and
/// put into another as the figure changes; a shop of any size has a few hundred steps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Spread(BTreeMap<i64, i64>);

/// Where the customers of a shop stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopSpread {
    /// By the week of the last purchase: it does not shift as time passes.
    pub last_week: Spread,
    /// By buying days.
    pub occasions: Spread,
    /// By net money in the shop's own currency.
    pub net_minor: Spread,
}

/// What the scores are made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    /// When they last bought.
    pub last: Instant,
    /// On how many days they bought.
    pub occasions: u32,
    /// What they spent, in minor units of the shop's own currency, net of what went back.
    pub net_minor: i64,
}

/// Customers of whom the same is to be thought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// Lately, often, and not little.
    Champions,
    /// Often, and not long ago.
    Loyal,
    /// Lately, for the first times.
    Recent,
    /// In the middle, and could go either way.
    NeedsAttention,
    /// Were good customers, and have not come for long.
    AtRisk,
    /// Bought little, long ago.
    Inactive,
}

impl Spread {
    /// With one customer more in that step.
    pub fn add(&mut self, step: i64) {
        self.change(step, 1);
    }

    /// With one customer fewer in that step.
    pub fn remove(&mut self, step: i64) {
        self.change(step, -1);
    }

    fn change(&mut self, step: i64, by: i64) {
        let count = self.0.entry(step).or_default();
        *count += by;
        if *count == 0 {
            self.0.remove(&step);
        }
    }

    /// In which third the lowest of those in that step is. Those in one step have one score, so that the thirds are uneven
    /// where many are alike: of a shop where nearly all bought once, these are the lower third, however many.
    pub fn score_of_lowest(&self, step: i64) -> Score {
        self.third(self.below(step))
    }

    /// In which third the highest of those in that step is: of a shop whose customers all came this week, nobody has stayed
    /// away.
    pub fn score_of_highest(&self, step: i64) -> Score {
        let here = self.0.get(&step).copied().unwrap_or_default();
        self.third(self.below(step) + (here - 1).max(0))
    }

    fn below(&self, step: i64) -> i64 {
        self.0.range(..step).map(|(_, count)| count).sum()
    }

    fn third(&self, below: i64) -> Score {
        let all: i64 = self.0.values().sum();
        match 3 * below {
            rank if rank < all => Score::Low,
            rank if rank < 2 * all => Score::Middle,
            _ => Score::High,
        }
    }
}

impl ShopSpread {
    /// With one customer more.
    pub fn add(&mut self, figures: &Figures) {
        let [week, occasions, money] = figures.steps();
        self.last_week.add(week);
        self.occasions.add(occasions);
        self.net_minor.add(money);
    }

    /// With one customer fewer: before the figures change.
    pub fn remove(&mut self, figures: &Figures) {
        let [week, occasions, money] = figures.steps();
        self.last_week.remove(week);
        self.occasions.remove(occasions);
        self.net_minor.remove(money);
    }

    /// A customer's scores among all.
    pub fn scores(&self, figures: &Figures) -> Scores {
        let [week, occasions, money] = figures.steps();
        Scores {
            recency: self.last_week.score_of_highest(week),
            frequency: self.occasions.score_of_lowest(occasions),
            monetary: self.net_minor.score_of_lowest(money),
        }
    }
}

impl Figures {
    fn steps(&self) -> [i64; 3] {
        let week = self.last.seconds().div_euclid(7 * 86_400);
        [week, magnitude(i64::from(self.occasions)), magnitude(self.net_minor)]
    }
}

/// Four steps for each doubling, each number below eight a step of its own.
fn magnitude(figure: i64) -> i64 {
    let figure = figure.max(0).cast_unsigned();
    let shift = (u64::BITS - figure.leading_zeros()).saturating_sub(3);
    i64::from(4 * shift) + (figure >> shift).cast_signed()
}

impl Group {
    /// All six, the best first.
    pub const ALL: [Self; 6] =
        [Self::Champions, Self::Loyal, Self::Recent, Self::NeedsAttention, Self::AtRisk, Self::Inactive];

    /// The group of those scores.
    pub fn of(scores: Scores) -> Self {
        use Score::{High, Low, Middle};
        match (scores.recency, scores.frequency, scores.monetary) {
            (High, High, Middle | High) => Self::Champions,
            (High, High, Low) | (High, Middle, _) | (Middle, High, _) => Self::Loyal,
            (High, Low, _) => Self::Recent,
            (Middle, Low | Middle, _) => Self::NeedsAttention,
            (Low, Middle | High, _) | (Low, Low, High) => Self::AtRisk,
            (Low, Low, Low | Middle) => Self::Inactive,
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Champions => "Champions",
            Self::Loyal => "Loyal",
            Self::Recent => "Recent",
            Self::NeedsAttention => "Needs attention",
            Self::AtRisk => "At risk",
            Self::Inactive => "Inactive",
        }
    }

    /// What it means, for the people of the shop.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Champions => {
                "Bought lately, buys often and spends well: say thank you, and ask what they think."
            }
            Self::Loyal => "Comes back often and was here not long ago: show what goes with what they have.",
            Self::Recent => "Bought lately, for the first time or nearly: make sure that it was as expected.",
            Self::NeedsAttention => "Neither lately nor often: a reason to come back may decide it.",
            Self::AtRisk => "Was a good customer and has not come for long: ask why.",
            Self::Inactive => "Bought little, and long ago: leave in peace, or ask once.",
        }
    }
}

impl From<Score> for u8 {
    fn from(score: Score) -> Self {
        score as Self
    }
}

/// A number that is no score.
#[derive(Debug, thiserror::Error)]
#[error("{0} is not a score of 1, 2 or 3")]
pub struct NotAScore(u8);

impl TryFrom<u8> for Score {
    type Error = NotAScore;

    fn try_from(number: u8) -> Result<Self, NotAScore> {
        match number {
            1 => Ok(Self::Low),
            2 => Ok(Self::Middle),
            3 => Ok(Self::High),
            _ => Err(NotAScore(number)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SCORES: [Score; 3] = [Score::Low, Score::Middle, Score::High];

    fn cells() -> impl Iterator<Item = Scores> {
        let cell = |cell: usize| Scores {
            recency: SCORES[cell / 9],
            frequency: SCORES[cell / 3 % 3],
            monetary: SCORES[cell % 3],
        };
        (0..27).map(cell)
    }

    /// From 111 to 333, as the page lists them.
    #[test]
    fn six_groups_share_the_27_cells() {
        let initials: String = cells().map(|scores| &Group::of(scores).name()[..1]).collect();
        assert_eq!(initials, "IIAAAAAAANNNNNNLLLRRRLLLLCC");
        assert!(Group::ALL.iter().all(|group| group.sentence().ends_with('.')));
    }

    #[test]
    fn steps_are_single_where_numbers_are_small_and_never_wider_than_a_quarter() {
        assert_eq!((0..8).map(magnitude).collect::<Vec<_>>(), (0..8).collect::<Vec<_>>());
        assert_eq!(magnitude(8), magnitude(9));
        assert!(magnitude(i64::MAX) < 260 && magnitude(-5) == 0);
    }

    proptest! {
        #[test]
        fn magnitudes_do_not_go_back(one in 0..i64::MAX, other in 0..i64::MAX) {
            prop_assert_eq!(magnitude(one) <= magnitude(other), one <= other || magnitude(one) == magnitude(other));
        }

        /// Where no two are alike the thirds are even; a higher figure never has a lower score; who left leaves no trace.
        #[test]
        fn scores_are_the_thirds(steps in prop::collection::btree_set(0..1_000_i64, 3..60), left in 0..1_000_i64) {
            let mut spread = Spread::default();
            for step in &steps {
                spread.add(*step);
            }
            let scores: Vec<Score> = steps.iter().map(|step| spread.score_of_lowest(*step)).collect();
            let highest: Vec<Score> = steps.iter().map(|step| spread.score_of_highest(*step)).collect();
            prop_assert_eq!(&scores, &highest);
            prop_assert!(scores.is_sorted());
            for score in SCORES {
                let count = scores.iter().filter(|other| **other == score).count();
                prop_assert!(count.abs_diff(steps.len() / 3) <= 1, "{scores:?}");
            }
            let before = spread.clone();
            spread.add(left);
            spread.remove(left);
            prop_assert_eq!(spread, before);
        }
    }

    fn spread(counts: &[(i64, i64)]) -> Spread {
        let mut spread = Spread::default();
        for (step, customers) in counts {
            spread.change(*step, *customers);
        }
        spread
    }

    #[test]
    fn where_most_bought_once_they_are_the_lower_third_however_many_they_are() {
        for once in [40, 65, 92] {
            let spread = spread(&[(1, once), (2, 20), (5, 15)]);
            assert_eq!(spread.score_of_lowest(1), Score::Low, "{once}");
            assert!(spread.score_of_lowest(2) > Score::Low, "{once}");
            assert_eq!(spread.score_of_lowest(5), Score::High, "{once}");
        }
        assert_eq!(spread(&[(1, 9)]).score_of_lowest(1), Score::Low);
    }

    #[test]
    fn where_all_came_this_week_nobody_has_stayed_away() {
        assert_eq!(spread(&[(2900, 9)]).score_of_highest(2900), Score::High);
        let weeks = spread(&[(2898, 1), (2899, 1), (2900, 7)]);
        assert_eq!(
            [2898, 2899, 2900].map(|week| weeks.score_of_highest(week)),
            [Score::Low, Score::Low, Score::High]
        );
    }
}
