//! The ledger: what the provider reports and what was decided come to the same, whatever is written first.

use proptest::prelude::*;
use rihla_core::instant::Instant;
use rihla_core::lattice::Join;
use rihla_core::ledger::{LedgerEntry, Outcome, State};

use crate::moments::moment;

fn outcome() -> impl Strategy<Value = Outcome> {
    let outcomes =
        [Outcome::Accepted, Outcome::Delayed, Outcome::Delivered, Outcome::Opened, Outcome::Bounced];
    prop::sample::select(outcomes.to_vec())
}

/// What the attempt that sent wrote down, if it lived to.
fn decided(decided_at: Instant, in_doubt: bool) -> LedgerEntry {
    let reported = LedgerEntry::reported("message".into(), Outcome::Accepted, decided_at);
    let state = if in_doubt { State::InDoubt } else { State::Sent { message: "message".into() } };
    LedgerEntry { version: 3, state, outcomes: [].into(), ..reported }
}

fn written(entries: &[LedgerEntry]) -> Option<LedgerEntry> {
    entries.iter().cloned().reduce(|mut known, told| {
        known.join(told);
        known
    })
}

proptest! {
    #[test]
    fn reports_and_decisions_join_in_any_order(
        reports in prop::collection::vec((outcome(), moment()), 1..6),
        decided_at in moment(),
        in_doubt in any::<bool>(),
        order in any::<u64>(),
    ) {
        let mut entries: Vec<LedgerEntry> =
            reports.iter().map(|(outcome, at)| LedgerEntry::reported("message".into(), *outcome, *at)).collect();
        entries.push(decided(decided_at, in_doubt));
        let straight = written(&entries).unwrap();
        let by = usize::try_from(order % 7).unwrap() % entries.len();
        entries.rotate_left(by);
        entries.extend_from_within(..2.min(entries.len()));
        let turned = written(&entries).unwrap();
        prop_assert_eq!(&straight, &turned);
        // A report proves that it was sent, and every kind is kept with its first time.
        prop_assert_eq!(straight.state, State::Sent { message: "message".into() });
        prop_assert_eq!((straight.version, straight.decided_at), (3, decided_at));
        for (outcome, at) in straight.outcomes {
            let first = reports.iter().filter(|(kind, _)| *kind == outcome).map(|(_, at)| *at).min();
            prop_assert_eq!(Some(at.0), first);
        }
    }
}
