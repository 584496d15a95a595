//! Where somebody stands with the shop, by their own rhythm.

use serde::{Deserialize, Serialize};

use crate::buying_days::BuyingDays;
use crate::history::History;
use crate::instant::Instant;
use crate::rhythm::{Rhythm, ShopRhythm};

/// The five stages of a customer's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Stage {
    /// Known to the shop, and has bought nothing that stands.
    Acquisition,
    /// Bought on one day.
    Trial,
    /// Bought on several days, and is in rhythm.
    Loyalty,
    /// Silent for longer than four in five of such a person's silences: they buy less often than was usual for them.
    Retention,
    /// Silent for longer than nineteen in twenty of them: ask why, and win back by the answer.
    Recovery,
}

/// Somebody went from one stage to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageChanged {
    /// From which.
    pub from: Stage,
    /// To which.
    pub to: Stage,
    /// When.
    pub at: Instant,
}

impl Stage {
    /// Of such silences one in five lasts longer.
    pub const RETENTION_SHARE: f64 = 0.2;
    /// Of such silences one in twenty lasts longer.
    pub const RECOVERY_SHARE: f64 = 0.05;

    /// The stage at `now` of somebody who bought so, or never.
    pub fn of(history: Option<&History>, shop: &ShopRhythm, now: Instant) -> Self {
        let Some(history) = history else { return Self::Acquisition };
        match silent_from(history, shop) {
            [_, recovery] if now >= recovery => Self::Recovery,
            [retention, _] if now >= retention => Self::Retention,
            _ if history.gaps() == 0 => Self::Trial,
            _ => Self::Loyalty,
        }
    }

    /// Since when somebody who bought on those days is in the stage of `now`: from acquisition nothing tells. Who is in
    /// rhythm is since their second day, or since they came back from a silence that was long for them.
    pub fn since(days: &BuyingDays, shop: &ShopRhythm, now: Instant) -> Option<Instant> {
        let history = History::of(days)?;
        match Self::of(Some(&history), shop, now) {
            Self::Acquisition => None,
            Self::Trial => Some(history.first),
            Self::Loyalty => Some(in_rhythm_since(days, shop).unwrap_or(history.first)),
            Self::Retention => Some(silent_from(&history, shop)[0]),
            Self::Recovery => Some(silent_from(&history, shop)[1]),
        }
    }

    /// In a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Acquisition => "acquisition",
            Self::Trial => "trial",
            Self::Loyalty => "loyalty",
            Self::Retention => "retention",
            Self::Recovery => "recovery",
        }
    }

    /// When it is another one because time went by and nothing was bought: never from acquisition and recovery, which
    /// last until something is.
    pub fn changes_at(history: Option<&History>, shop: &ShopRhythm, now: Instant) -> Option<Instant> {
        silent_from(history?, shop).into_iter().find(|moment| *moment > now)
    }
}

impl StageChanged {
    /// What changed at `at`, if anything did.
    pub fn between(from: Stage, to: Stage, at: Instant) -> Option<Self> {
        (from != to).then_some(Self { from, to, at })
    }
}

/// From when on somebody who buys nothing is in retention, and from when on in recovery.
pub(crate) fn silent_from(history: &History, shop: &ShopRhythm) -> [Instant; 2] {
    let rhythm = Rhythm::of(history, shop);
    [Stage::RETENTION_SHARE, Stage::RECOVERY_SHARE].map(|share| history.last.after(rhythm.silence(share)))
}

fn in_rhythm_since(days: &BuyingDays, shop: &ShopRhythm) -> Option<Instant> {
    let known = days.known();
    let first = known.first()?.0;
    let came_back = |pair: &[(Instant, u32)]| {
        let [(last, occasions), (next, up_to)] = *pair else { return None };
        // What lies between days that are only counted is no silence.
        let is_gap = up_to == occasions.saturating_add(1);
        let history = History { occasions, first, last };
        (is_gap && next >= silent_from(&history, shop)[0]).then_some(next)
    };
    known.windows(2).rev().find_map(came_back).or_else(|| Some(known.get(1)?.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instant::Wait;
    use proptest::prelude::*;

    const SHOP: ShopRhythm = ShopRhythm { gap_days: 60.0, weight: 2.0 };

    fn history(occasions: u32, span_days: i64) -> History {
        let first = Instant::from_seconds(1_700_000_000);
        History { occasions, first, last: first.after(Wait::days(span_days)) }
    }

    #[test]
    fn the_same_silence_is_another_stage_in_another_rhythm() {
        use Stage::{Loyalty, Recovery, Retention, Trial};
        let cases = [
            (history(1, 0), 80, Trial),
            (history(1, 0), 110, Retention),
            (history(1, 0), 210, Recovery),
            // Weekly for a quarter: a month is long, two are very long.
            (history(13, 84), 10, Loyalty),
            (history(13, 84), 30, Retention),
            (history(13, 84), 60, Recovery),
            // Once a quarter for three years: two months are nothing.
            (history(13, 1_092), 60, Loyalty),
            (history(13, 1_092), 150, Retention),
            (history(13, 1_092), 300, Recovery),
            // Every Christmas.
            (history(5, 1_460), 360, Loyalty),
        ];
        for (history, days, expected) in cases {
            let now = history.last.after(Wait::days(days));
            assert_eq!(Stage::of(Some(&history), &SHOP, now), expected, "{history:?} silent for {days} days");
        }
        assert_eq!(Stage::of(None, &SHOP, Instant::from_seconds(0)), Stage::Acquisition);
        assert_eq!(Stage::changes_at(None, &SHOP, Instant::from_seconds(0)), None);
    }

    #[test]
    fn a_stage_is_since_it_began() {
        let day = |day: i64| Instant::from_seconds(1_700_006_400).after(Wait::days(day));
        let since = |days: &[i64], now: i64| {
            let days = days.iter().map(|one| BuyingDays::of(day(*one)));
            let days = days.fold(BuyingDays::default(), |all, one| all.plus(&one));
            Stage::since(&days, &SHOP, day(now))
        };
        assert_eq!(since(&[], 5), None);
        assert_eq!(since(&[3], 5), Some(day(3)));
        assert_eq!(since(&[0, 30, 60], 70), Some(day(30)));
        // A year of silence is long for anybody here: back since the day after it.
        assert_eq!(since(&[0, 30, 395], 400), Some(day(395)));
        let silent = History { occasions: 1, first: day(0), last: day(0) };
        assert_eq!([110, 210].map(|now| since(&[0], now)), silent_from(&silent, &SHOP).map(Some));
        // Of many days those between are only counted: it is not thought that nobody came.
        let weekly: Vec<i64> = (0..60).map(|week| 7 * week).collect();
        assert_eq!(since(&weekly, 7 * 60), Some(day(7)));
    }

    proptest! {
        /// Whoever looks only at the moments that are told misses no change.
        #[test]
        fn between_the_moments_that_are_told_nothing_changes(
            occasions in 1..30_u32, span in 0..1_500_i64, gap_days in 1.0..400.0_f64, weight in 0.1..20.0_f64,
            hours in 0..50_000_i64,
        ) {
            let (history, shop) = (history(occasions, span), ShopRhythm { gap_days, weight });
            let stage = |now| Stage::of(Some(&history), &shop, now);
            let (mut now, mut seen) = (history.last, vec![stage(history.last)]);
            while let Some(next) = Stage::changes_at(Some(&history), &shop, now) {
                prop_assert_eq!(stage(next.before(Wait::milliseconds_of(1))), stage(now));
                prop_assert!(StageChanged::between(stage(now), stage(next), next).is_some());
                seen.push(stage(next));
                now = next;
            }
            let fresh = if occasions == 1 { Stage::Trial } else { Stage::Loyalty };
            prop_assert_eq!(seen, vec![fresh, Stage::Retention, Stage::Recovery]);
            let any = history.last.after(Wait::hours(hours));
            let next = Stage::changes_at(Some(&history), &shop, any);
            prop_assert!(next.is_none_or(|next| stage(next) > stage(any)));
            prop_assert_eq!(next.is_none(), stage(any) == Stage::Recovery);
        }
    }
}
