//! How far off a forecast was.

use serde::Serialize;

/// What was foretold of somebody, and what they did.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    /// Foretold.
    pub foretold: f64,
    /// Done.
    pub done: f64,
}

/// A forecast of one figure for every customer, beside what they did.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Judged {
    /// Which forecast.
    pub forecast: &'static str,
    /// By how much it was off for a customer, on average.
    pub mean_absolute_error: f64,
    /// The same, where being off by much counts for more.
    pub root_mean_square_error: f64,
    /// What it foretold of all together.
    pub total: f64,
    /// By how much that was off, in percent of what was done.
    pub total_error_percent: f64,
    /// What percentage of all that was done, was done by the tenth of customers of whom it foretold most.
    pub top_tenth_percent: f64,
}

impl Judged {
    /// Of those.
    pub fn of(forecast: &'static str, mut pairs: Vec<Pair>) -> Self {
        let count = float(pairs.len().max(1));
        let off = |pair: &Pair| pair.foretold - pair.done;
        let done = |pairs: &[Pair]| pairs.iter().map(|pair| pair.done).sum::<f64>();
        let total: f64 = pairs.iter().map(|pair| pair.foretold).sum();
        // Those of whom the same is foretold are ranked as if what they did were spread evenly: see `top_tenth`.
        pairs.sort_by(|one, other| other.foretold.total_cmp(&one.foretold));
        Self {
            forecast,
            mean_absolute_error: pairs.iter().map(|pair| off(pair).abs()).sum::<f64>() / count,
            root_mean_square_error: (pairs.iter().map(|pair| off(pair).powi(2)).sum::<f64>() / count).sqrt(),
            total,
            total_error_percent: 100.0 * (total / done(&pairs) - 1.0),
            top_tenth_percent: 100.0 * top_tenth(&pairs) / done(&pairs),
        }
    }
}

/// What the first tenth did. Of those who stand alike around its end, as large a part as belongs to it.
fn top_tenth(ranked: &[Pair]) -> f64 {
    let mut places = float(ranked.len()) / 10.0;
    let alike = ranked.chunk_by(|one, other| one.foretold.total_cmp(&other.foretold).is_eq());
    let mut sum = 0.0;
    for group in alike {
        let share = (places / float(group.len())).min(1.0);
        sum += share * group.iter().map(|pair| pair.done).sum::<f64>();
        places -= share * float(group.len());
    }
    sum
}

#[expect(clippy::cast_precision_loss, reason = "no shop has so many customers")]
fn float(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(pairs: &[(f64, f64)]) -> Vec<Pair> {
        pairs.iter().map(|(foretold, done)| Pair { foretold: *foretold, done: *done }).collect()
    }

    #[test]
    fn errors_are_as_counted_by_hand() {
        let judged = Judged::of("by hand", pairs(&[(1.0, 2.0), (3.0, 0.0)]));
        assert!((judged.mean_absolute_error - 2.0).abs() < 1e-12);
        assert!((judged.root_mean_square_error - 5.0_f64.sqrt()).abs() < 1e-12);
        assert!((judged.total_error_percent - 100.0).abs() < 1e-12);
    }

    #[test]
    fn of_those_who_stand_alike_a_part_is_at_the_top() {
        let mut all = vec![(9.0, 5.0)];
        all.extend([(1.0, 1.0); 4]);
        all.extend([(0.0, 1.0); 15]);
        // Two places: the first, and one of the four.
        let judged = Judged::of("by hand", pairs(&all));
        assert!((judged.top_tenth_percent - 100.0 * 6.0 / 24.0).abs() < 1e-9, "{judged:?}");
    }
}
