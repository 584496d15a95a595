//! The lifts, for a program and for a terminal.

use std::collections::BTreeSet;
use std::fmt;

use rihla_core::experiment::{Counts, Finding, Horizon, Interval, People, Share};
use serde::Serialize;

use super::hillstrom::Customer;

/// What came of the test.
#[derive(Clone, Debug, Serialize)]
pub struct ExperimentResult {
    /// How many customers were in it.
    pub people: usize,
    /// What it brought, by what is looked at.
    pub outcomes: Vec<Outcome>,
}

/// One thing that people did or did not do.
#[derive(Clone, Debug, Serialize)]
pub struct Outcome {
    /// What.
    pub outcome: &'static str,
    /// Of those who got nothing.
    pub held_out: Share,
    /// Of the others.
    pub arms: Vec<ArmResult>,
}

/// What an arm brought.
#[derive(Clone, Debug, Serialize)]
pub struct ArmResult {
    /// What they got.
    pub arm: String,
    /// How many got it, and how many of them did it.
    pub sent: Share,
    /// By how much their share is above that of those who got nothing.
    pub lift: Interval,
    /// The same in percent of that share.
    pub relative_lift_percent: f64,
    /// How many people a test takes that is to find the smallest lift worth knowing, with this share held out.
    pub needed: Option<People>,
    /// In words.
    pub sentence: String,
}

impl ExperimentResult {
    /// Of a test that is over. `smallest_effect` is worth knowing, as a part of what is done without it.
    pub(super) fn of(customers: &[Customer], smallest_effect: f64) -> Self {
        let outcomes = ["visit", "conversion"].map(|what| Outcome::of(what, customers, smallest_effect));
        Self { people: customers.len(), outcomes: outcomes.into() }
    }
}

impl Outcome {
    fn of(outcome: &'static str, customers: &[Customer], smallest_effect: f64) -> Self {
        let share = |of: &dyn Fn(&Customer) -> bool| {
            let those = || customers.iter().filter(|customer| of(customer));
            let did = those().filter(|customer| customer.did(outcome)).count();
            Share { people: those().count() as u64, did: did as u64 }
        };
        let held_out = share(&Customer::is_held_out);
        let got_something = customers.iter().filter(|customer| !customer.is_held_out());
        let segments: BTreeSet<&str> = got_something.map(|customer| customer.segment.as_str()).collect();
        let mut arms = vec![("any e-mail", share(&|customer| !customer.is_held_out()))];
        arms.extend(segments.iter().map(|arm| (*arm, share(&|customer| customer.segment == *arm))));
        let arm = |(arm, sent)| ArmResult::of(arm, Counts { sent, held_out }, smallest_effect);
        Self { outcome, held_out, arms: arms.into_iter().map(arm).collect() }
    }
}

impl ArmResult {
    fn of(arm: &str, counts: Counts, smallest_effect: f64) -> Self {
        let finding: Finding = counts.at_the_end();
        let Counts { sent, held_out } = counts;
        let baseline = held_out.rate();
        let all = Share { people: sent.people + held_out.people, did: held_out.people };
        let horizon = Horizon { baseline, smallest_effect: baseline * smallest_effect, held_out: all.rate() };
        Self {
            arm: arm.to_owned(),
            sent,
            lift: finding.lift,
            relative_lift_percent: 100.0 * finding.lift.found / baseline,
            needed: horizon.people().ok(),
            sentence: finding.to_string(),
        }
    }
}

impl fmt::Display for ExperimentResult {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{} customers, a finished test", self.people)?;
        for Outcome { outcome, held_out, arms } in &self.outcomes {
            writeln!(formatter, "\n{outcome}: {} of {} who got nothing", held_out.did, held_out.people)?;
            for ArmResult { arm, sent, relative_lift_percent, sentence, needed, .. } in arms {
                writeln!(
                    formatter,
                    "  {arm}: {} of {} ({relative_lift_percent:+.0} %)",
                    sent.did, sent.people
                )?;
                writeln!(formatter, "    {sentence}")?;
                if let Some(People { sent, held_out }) = needed {
                    writeln!(
                        formatter,
                        "    The smallest effect worth knowing takes {sent} and {held_out} people."
                    )?;
                }
            }
        }
        Ok(())
    }
}
