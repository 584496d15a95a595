//! What an experiment says by now, for a program and for a terminal.

use std::fmt;

use rihla_core::experiment::{Counts, Horizon, NoHorizon, People, Reading, Share};
use rihla_core::instant::{Instant, Wait};
use rihla_core::journey::Journey;
use serde::Serialize;

use super::customers::{Got, Person};

/// What was settled before it began.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Settled {
    /// For how many days after it was due people's orders count.
    pub within_days: u16,
    /// How many of a hundred buy in that time anyway.
    pub baseline_percent: u16,
    /// The smallest lift worth knowing, in percent of those.
    pub smallest_effect_percent: u16,
    /// How many of a hundred are held out.
    pub held_out_percent: u8,
}

/// What an experiment says.
#[derive(Clone, Debug, Serialize)]
pub struct LedgerResult {
    /// The journey.
    pub journey: String,
    /// What was settled before it began.
    #[serde(flatten)]
    pub settled: Settled,
    /// Until when the ledger tells.
    pub as_of: Instant,
    /// People of the journey whose days are not over, in all arms: they do not count yet.
    pub not_over: u64,
    /// All who got it, and those of each variant, against those who were held out.
    pub arms: Vec<LedgerArm>,
}

/// What one arm says.
#[derive(Clone, Debug, Serialize)]
pub struct LedgerArm {
    /// What its people got.
    pub arm: String,
    /// What can be said of it.
    #[serde(flatten)]
    pub reading: Reading,
    /// The same in words.
    pub sentence: String,
}

/// Why an experiment says nothing.
#[derive(Debug, thiserror::Error)]
pub enum NoResult {
    /// Nobody to compare with.
    #[error("{0} leaves nobody out: its file would say so by `holdout: 5`")]
    NobodyHeldOut(String),
    /// The ledger is empty.
    #[error("there is no decision in the ledger of these files")]
    NoDecision,
    /// No number of people can be told.
    #[error("what is looked for makes no experiment")]
    NoHorizon(#[from] NoHorizon),
}

impl Settled {
    /// How many people it takes for one of several arms.
    fn needed(self, arms: usize) -> Result<People, NoHorizon> {
        let baseline = f64::from(self.baseline_percent) / 100.0;
        let smallest_effect = baseline * f64::from(self.smallest_effect_percent) / 100.0;
        let out = f64::from(self.held_out_percent) / 100.0;
        let arms = f64::from(u32::try_from(arms).unwrap_or(u32::MAX));
        Horizon { baseline, smallest_effect, held_out: out / (out + (1.0 - out) / arms) }.people()
    }
}

impl LedgerResult {
    pub(super) fn of(
        journey: &Journey,
        settled: Settled,
        as_of: Instant,
        people: &[Person],
    ) -> Result<Self, NoResult> {
        if settled.held_out_percent == 0 {
            return Err(NoResult::NobodyHeldOut(journey.name.clone()));
        }
        let days = Wait::days(settled.within_days.into());
        let (over, not_over): (Vec<&Person>, Vec<&Person>) =
            people.iter().partition(|person| person.decided.due_at.after(days) <= as_of);
        let share = |is_of: &dyn Fn(&Got) -> bool| {
            let those = over.iter().filter(|person| is_of(&person.decided.got));
            those.fold(Share::default(), |Share { people, did }, person| {
                let bought = u64::from(person.bought_within(days));
                Share { people: people + 1, did: did + bought }
            })
        };
        let held_out = share(&|got| *got == Got::Nothing);
        let arm = |arm: &str, sent: Share, arms: usize| -> Result<LedgerArm, NoHorizon> {
            let reading = Counts { sent, held_out }.read(settled.needed(arms)?);
            Ok(LedgerArm { arm: arm.to_owned(), reading, sentence: reading.to_string() })
        };
        let mut arms = vec![arm("any message", share(&|got| *got != Got::Nothing), 1)?];
        if let Some(step) = journey.steps.iter().find(|step| !step.variants.is_empty()) {
            for variant in step.messages() {
                let sent = share(&|got| matches!(got, Got::Variant(drawn) if drawn == variant));
                arms.push(arm(variant, sent, step.messages().count())?);
            }
        }
        Ok(Self { journey: journey.name.clone(), settled, as_of, not_over: not_over.len() as u64, arms })
    }
}

impl fmt::Display for LedgerResult {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { journey, settled, as_of, not_over, arms } = self;
        let Settled { within_days, baseline_percent, smallest_effect_percent, held_out_percent } = settled;
        writeln!(formatter, "{journey}: who bought within {within_days} days after it was due")?;
        writeln!(
            formatter,
            "  Settled before: {held_out_percent} % held out; it is to be found where {baseline_percent} % buy anyway \
             and {smallest_effect_percent} % more of them with it."
        )?;
        for LedgerArm { arm, sentence, .. } in arms {
            writeln!(formatter, "  {arm}: {sentence}")?;
        }
        writeln!(formatter, "  Of {not_over} people the days were not over {as_of}; they do not count yet.")
    }
}
