//! How many people an experiment takes, told before it begins.

use serde::Serialize;

/// What an experiment is to find out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Horizon {
    /// What share does it anyway, from 0 to 1.
    pub baseline: f64,
    /// The smallest difference worth knowing, in the same unit: 0.01 is one of a hundred people.
    pub smallest_effect: f64,
    /// What share is held out, from 0 to 1.
    pub held_out: f64,
}

/// How many people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct People {
    /// Who get it.
    pub sent: u64,
    /// Who do not.
    pub held_out: u64,
}

/// Why no number of people can be told.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum NoHorizon {
    /// Nobody to compare with, or nobody who gets it.
    #[error("a share of {0} held out leaves nobody to compare")]
    HeldOut(f64),
    /// Shares that are none.
    #[error("from {from} to {to} is no change of a share between 0 and 1")]
    Effect {
        /// Without it.
        from: f64,
        /// With it.
        to: f64,
    },
}

/// One in twenty experiments without any effect may seem to have one (two-sided).
const Z_SEEMING: f64 = 1.959_963_984_540_054;

/// Of experiments with the smallest effect four in five find it.
const Z_FINDING: f64 = 0.841_621_233_572_914_2;

impl Horizon {
    /// How many people it takes (Fleiss, Levin and Paik, "Statistical Methods for Rates and Proportions", third edition,
    /// 2003, section 4.2: samples of unequal size, without correction for continuity).
    pub fn people(&self) -> Result<People, NoHorizon> {
        let Self { baseline, smallest_effect, held_out } = *self;
        let with = baseline + smallest_effect;
        if !(held_out > 0.0 && held_out < 1.0) {
            return Err(NoHorizon::HeldOut(held_out));
        }
        let is_share = |share: f64| (0.0..=1.0).contains(&share);
        if !is_share(baseline) || !is_share(with) || smallest_effect.abs() < 1e-9 {
            return Err(NoHorizon::Effect { from: baseline, to: with });
        }
        let ratio = (1.0 - held_out) / held_out;
        let mean = (baseline + ratio * with) / (ratio + 1.0);
        let spread = |share: f64| share * (1.0 - share);
        let if_none = Z_SEEMING * ((ratio + 1.0) * spread(mean)).sqrt();
        let if_any = Z_FINDING * (ratio * spread(baseline) + spread(with)).sqrt();
        let needed = (if_none + if_any).powi(2) / (ratio * smallest_effect.powi(2));
        Ok(People { sent: whole(needed * ratio), held_out: whole(needed) })
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a positive number, and one too large becomes the largest"
)]
fn whole(people: f64) -> u64 {
    people.ceil() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(baseline: f64, smallest_effect: f64, held_out: f64) -> Result<People, NoHorizon> {
        Horizon { baseline, smallest_effect, held_out }.people()
    }

    /// With halves it is the well-known formula: from 60 % to 70 % takes 356 people a side, from 10 % to 15 % 686.
    #[test]
    fn halves_are_as_in_the_tables() {
        assert_eq!(people(0.6, 0.1, 0.5), Ok(People { sent: 356, held_out: 356 }));
        assert_eq!(people(0.1, 0.05, 0.5), Ok(People { sent: 686, held_out: 686 }));
    }

    #[test]
    fn a_small_holdout_takes_more_people_in_all() {
        let all = |held_out| people(0.05, 0.01, held_out).map(|people| people.sent + people.held_out);
        let [twentieth, fifth, half] = [0.05, 0.2, 0.5].map(|held_out| all(held_out).unwrap());
        assert!(half < fifth && fifth < twentieth, "{half} {fifth} {twentieth}");
        let People { sent, held_out } = people(0.05, 0.01, 0.05).unwrap();
        assert!(sent.abs_diff(19 * held_out) <= 19);
    }

    #[test]
    fn a_smaller_effect_takes_more_people_and_none_takes_no_number() {
        let needed = [0.05, 0.02, 0.01, 0.001].map(|effect| people(0.1, effect, 0.5).unwrap().sent);
        assert!(needed.is_sorted() && needed[3] > 100 * needed[0] / 2);
        for (baseline, effect, held_out) in
            [(0.1, 0.0, 0.5), (0.1, -0.2, 0.5), (0.9, 0.2, 0.5), (f64::NAN, 0.1, 0.5)]
        {
            assert!(matches!(people(baseline, effect, held_out), Err(NoHorizon::Effect { .. })));
        }
        for held_out in [0.0, 1.0, f64::NAN] {
            assert!(matches!(people(0.1, 0.1, held_out), Err(NoHorizon::HeldOut(_))));
        }
    }
}
