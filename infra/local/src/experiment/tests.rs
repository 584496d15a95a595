//! The real test, where it is at hand, against plain arithmetic.

use std::path::Path;

use rihla_core::experiment::{Arm, Counts, Experiment, Share};
use rihla_core::identifier::CustomerId;

use super::hillstrom::{Customer, read};
use super::result::ExperimentResult;

fn customers() -> Option<Vec<Customer>> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/hillstrom_email");
    if !data.exists() {
        #[expect(clippy::disallowed_methods, reason = "only the build that checks knows that it is one")]
        let must_be_there = std::env::var("CI").is_ok_and(|value| value == "true");
        assert!(!must_be_there, "no {}", data.display());
        println!("skipped: no {}", data.display());
        return None;
    }
    Some(read(&data).unwrap())
}

/// With tens of thousands in an arm the interval is that of the normal distribution, to a twentieth of its half.
#[test]
fn lifts_are_those_of_plain_arithmetic() {
    let Some(customers) = customers() else { return };
    let result = ExperimentResult::of(&customers, 0.5);
    assert_eq!(result.people, 64_000);
    let did: Vec<u64> = result.outcomes.iter().map(|one| one.held_out.did + one.arms[0].sent.did).collect();
    assert_eq!(did, [9_394, 578]);
    for outcome in &result.outcomes {
        let (n0, k0) = (float(outcome.held_out.people), float(outcome.held_out.did));
        for arm in &outcome.arms {
            let (n1, k1) = (float(arm.sent.people), float(arm.sent.did));
            let (p1, p0) = (k1 / n1, k0 / n0);
            let half = 1.96 * (p1 * (1.0 - p1) / n1 + p0 * (1.0 - p0) / n0).sqrt();
            assert!((arm.lift.found - (p1 - p0)).abs() < 1e-12);
            let off = (arm.lift.low - (p1 - p0 - half)).abs().max((arm.lift.high - (p1 - p0 + half)).abs());
            assert!(off < 0.05 * half, "{arm:?} by hand ±{half}");
            assert!(arm.sentence.starts_with("It brings more: "), "{}", arm.sentence);
        }
    }
}

/// Those who got nothing, divided by our own draw into two groups that are treated alike: a difference would be the draw's.
#[test]
fn our_own_draw_makes_no_difference_where_there_is_none() {
    let Some(customers) = customers() else { return };
    for salt in ["1", "2", "3"] {
        let experiment = Experiment { journey: "a", salt, holdout_percent: 50, variants: &[] };
        let mut counts = Counts::default();
        for (number, customer) in customers.iter().enumerate().filter(|(_, customer)| customer.is_held_out())
        {
            let arm = experiment.arm(&CustomerId::from_text(format!("{number:08x}")));
            let share: &mut Share = if arm == Arm::HeldOut { &mut counts.held_out } else { &mut counts.sent };
            share.people += 1;
            share.did += u64::from(customer.did("visit"));
        }
        assert!(counts.at_the_end().lift.has_zero(), "{counts:?}");
    }
}

#[expect(clippy::cast_precision_loss, reason = "tens of thousands")]
fn float(count: u64) -> f64 {
    count as f64
}
