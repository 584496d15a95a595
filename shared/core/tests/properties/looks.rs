//! Looks: one thing at a time, nothing twice, nothing that a guard refuses, and always a next one.

use std::collections::BTreeSet;

use proptest::prelude::*;
use rihla_core::about::About;
use rihla_core::answer::Answers;
use rihla_core::claim::Claim;
use rihla_core::event::Event;
use rihla_core::follow_up::{FollowUpKey, ONCE};
use rihla_core::guards::Question;
use rihla_core::identifier::CustomerId;
use rihla_core::instant::{Instant, Wait};
use rihla_core::journey::{Journey, STEP};
use rihla_core::lattice::Earliest;
use rihla_core::ledger::{LedgerEntry, Outcome, State};
use rihla_core::limits::Limits;
use rihla_core::look::{Conclusion, Decision, Ledger, Verdict, View};
use rihla_core::order::Order;
use rihla_core::profile::Profile;
use rihla_core::source::Channel;
use rihla_core::trigger::Trigger;
use rihla_core::workdays::Holidays;
use rihla_core::zone::LocalZone;

use crate::events::{events, joined};
use crate::guards::objection;
use crate::journeys::journeys;
use crate::moments::{moment, now, zone};
use crate::people::person;

#[derive(Debug)]
struct Case {
    key: Trigger,
    order: Order,
    ledger: Ledger,
    answers: Answers,
    holidays: Holidays,
    customer: CustomerId,
    profile: Profile,
    zone: LocalZone,
    limits: Limits,
    journeys: Vec<Journey>,
    now: Instant,
}

impl Case {
    fn view(&self) -> View<'_> {
        View {
            now: self.now,
            trigger: &self.key,
            about: About::Order(&self.order, Channel::Web),
            ledger: &self.ledger,
            answers: &self.answers,
            profile: &self.profile,
            zone: &self.zone,
            limits: &self.limits,
            holidays: &self.holidays,
            used_up_at: None,
            customer: &self.customer,
            attempt: "1",
        }
    }

    fn conclude(&self) -> Conclusion<'_> {
        self.view().conclude(&self.journeys)
    }

    /// Writes down what became of a follow-up, as the function that sends does.
    fn record(&mut self, key: FollowUpKey, due_at: Instant, state: State) {
        self.ledger.insert(key, entry(due_at, self.now, state, 1));
    }
}

fn entry(due_at: Instant, decided_at: Instant, state: State, version: u32) -> LedgerEntry {
    let reported = LedgerEntry::reported("message".into(), Outcome::Delivered, decided_at);
    LedgerEntry { version, due_at, state, ..reported }
}

fn state() -> impl Strategy<Value = State> {
    let guard = || "distance".to_owned();
    prop_oneof![
        moment().prop_map(move |until| State::Deferred { until, guard: guard() }),
        Just(State::Refused { guard: "consent".into() }),
        Just(State::InDoubt),
        Just(State::Sent { message: "message".into() }),
    ]
}

fn case() -> impl Strategy<Value = Case> {
    // What is known by the provider's report alone (version 0) was sent.
    let version = (state(), 0..3_u32).prop_map(|(state, version)| match state {
        State::Sent { .. } => (state, version),
        state => (state, version.max(1)),
    });
    let entries = prop::collection::vec((0..4_u8, moment(), version), 0..3);
    (events(), entries, person(), zone(), journeys(), now()).prop_map(
        |(told, entries, profile, zone, journeys, now): (Vec<Event>, _, _, _, _, _)| {
            let key: Trigger = "shop#4501".parse().unwrap();
            let ledger = entries.into_iter().map(|(journey, at, (state, version))| {
                let follow_up = FollowUpKey::new(&format!("journey-{journey}"), &key.to_string(), STEP);
                (follow_up, entry(at, at, state, version))
            });
            let (order, limits) = (joined(&told), Limits::default());
            let answers = Answers::new();
            let (holidays, customer) = (Holidays::default(), CustomerId::from_text("c"));
            Case {
                holidays,
                customer,
                ledger: ledger.collect(),
                answers,
                order,
                key,
                profile,
                zone,
                limits,
                journeys,
                now,
            }
        },
    )
}

fn is_own_claim(case: &Case, decision: &Decision<'_>) -> bool {
    let claim = case.profile.claims.get(&decision.claim_key);
    claim.is_some_and(|claim| claim.by == "1" && claim.is_for(&decision.key))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn nothing_is_sent_that_a_guard_refuses(case in case()) {
        let Conclusion::Decide(decision) = case.conclude() else { return Ok(()) };
        let question = Question {
            journey: decision.journey,
            step: decision.step,
            key: &decision.key,
            due_at: decision.due_at,
            now: case.now,
            profile: &case.profile,
            about: About::Order(&case.order, Channel::Web),
            ledger: &case.ledger,
            answers: &case.answers,
            zone: &case.zone,
            limits: &case.limits,
            holidays: &case.holidays,
            customer: &case.customer,
        };
        let allowed = objection(&question).is_none();
        match &decision.verdict {
            // What this attempt claimed itself had passed the guards before.
            Verdict::Send => prop_assert!(allowed || is_own_claim(&case, &decision), "{:?}", objection(&question)),
            Verdict::Record(State::Refused { .. } | State::Deferred { .. }) => prop_assert!(!allowed),
            Verdict::Record(_) | Verdict::Leave => {}
        }
    }

    /// What this attempt has claimed it sends; what another has is left while that may be at work, and then in doubt.
    #[test]
    fn only_the_attempt_that_claimed_sends(case in case()) {
        let Conclusion::Decide(decision) = case.conclude() else { return Ok(()) };
        let claim = case.profile.claims.get(&decision.claim_key).filter(|claim| claim.is_for(&decision.key));
        let Some(claim) = claim else { return Ok(()) };
        if case.ledger.get(&decision.key).is_some_and(LedgerEntry::is_report_only) {
            return Ok(());
        }
        let fresh = case.now < claim.at.after(Wait::seconds(60));
        let expected = match &*claim.by {
            "1" => Verdict::Send,
            _ if fresh => Verdict::Leave,
            _ => Verdict::Record(State::InDoubt),
        };
        prop_assert_eq!(decision.verdict, expected);
    }

    #[test]
    fn what_was_decided_for_good_is_not_decided_again(case in case()) {
        let Conclusion::Decide(decision) = case.conclude() else { return Ok(()) };
        let known = case.ledger.get(&decision.key);
        prop_assert!(known.is_none_or(|entry| !entry.is_final() || entry.is_report_only()), "{known:?}");
    }

    #[test]
    fn it_rests_until_the_first_moment_at_which_anything_is_due(case in case()) {
        let Conclusion::Rest(next) = case.conclude() else { return Ok(()) };
        let Some(next) = next else { return Ok(()) };
        prop_assert!(next > case.now);
        let just_before = Case { now: next.before(Wait::milliseconds_of(1)), ..case };
        prop_assert!(matches!(just_before.conclude(), Conclusion::Rest(_)));
        let then = Case { now: next, ..just_before };
        prop_assert!(matches!(then.conclude(), Conclusion::Decide(_)));
    }

    /// However often it is looked at: each follow-up is decided once for good, and then nothing is left.
    #[test]
    fn looking_until_nothing_is_due_decides_each_follow_up_once(case in case()) {
        let mut case = case;
        let mut decided = Vec::new();
        // Each of up to four: sent, or put off by the distance and the night a few times and then decided.
        for _ in 0..200 {
            let (key, due_at, verdict, next) = match case.conclude() {
                Conclusion::Rest(None) => {
                    let once: BTreeSet<&FollowUpKey> = decided.iter().collect();
                    prop_assert_eq!(once.len(), decided.len(), "{:?}", decided);
                    return Ok(());
                }
                Conclusion::Rest(Some(next)) => {
                    case.now = next;
                    continue;
                }
                Conclusion::Decide(Decision { key, due_at, verdict, .. }) => {
                    let state = State::Sent { message: "message".into() };
                    let next = case.view().next_after(&case.journeys, &key, &state);
                    (key, due_at, verdict, next)
                }
            };
            prop_assert!(next.is_none_or(|next| next > case.now));
            let state = match verdict {
                Verdict::Send => State::Sent { message: "message".into() },
                Verdict::Record(state) => state,
                Verdict::Leave => {
                    let claimed_at = case.profile.claims.values().map(|claim| claim.at).max();
                    case.now = claimed_at.unwrap().after(Wait::seconds(60));
                    continue;
                }
            };
            if !matches!(state, State::Deferred { .. }) {
                decided.push(key.clone());
            }
            case.record(key, due_at, state);
        }
        prop_assert!(false, "it does not come to rest: {:?}", case.ledger);
    }

    #[test]
    fn the_next_look_after_a_deferral_is_no_later_than_it(case in case(), until in moment()) {
        let Conclusion::Decide(decision) = case.conclude() else { return Ok(()) };
        let state = State::Deferred { until, guard: "distance".into() };
        let next = case.view().next_after(&case.journeys, &decision.key, &state);
        prop_assert!(next.is_none_or(|next| next > case.now));
        prop_assert!(until <= case.now || next.is_some_and(|next| next <= until));
    }

    /// What else is due now, and nothing but that, is told as more; where nothing is, the next look is the one at which
    /// it rests.
    #[test]
    fn what_is_left_after_a_decision_is_known_before_it(case in case()) {
        let Conclusion::Decide(Decision { key, due_at, .. }) = case.conclude() else { return Ok(()) };
        let more = case.view().is_more_due(&case.journeys, &key, &State::InDoubt);
        let next = case.view().next_after(&case.journeys, &key, &State::InDoubt);
        let mut case = case;
        case.record(key, due_at, State::InDoubt);
        match case.conclude() {
            Conclusion::Decide(_) => prop_assert!(more),
            Conclusion::Rest(rests_until) => prop_assert_eq!((rests_until, false), (next, more)),
        }
    }
}

proptest! {
    /// Looks that the order names, and no others: what the ledger names may not have been put there.
    #[test]
    fn it_knows_which_looks_are_on_the_calendar(case in case(), looks in [moment(), moment(), moment()]) {
        let [by_event, by_decision, other] = looks;
        let mut case = case;
        case.order.looks = [Earliest(by_event)].into();
        let mut decided = entry(by_event, by_event, State::InDoubt, 1);
        decided.next_look = Some(by_decision);
        case.ledger.insert(FollowUpKey::from_text("journey-0#shop#4501#1"), decided);
        prop_assert!(case.view().is_on_calendar(by_event));
        for at in [by_decision, other] {
            prop_assert_eq!(case.view().is_on_calendar(at), at == by_event);
        }
    }
}

proptest! {
    #[test]
    fn what_a_person_gets_once_and_has_is_not_planned_for_another_order(case in case()) {
        let mut case = case;
        case.ledger.clear();
        case.journeys.truncate(1);
        case.journeys[0].once = true;
        case.journeys[0].again_after = None;
        case.journeys[0].steps.truncate(1);
        let about = About::Order(&case.order, Channel::Web);
        if about.due_at(&case.journeys[0], &case.journeys[0].steps[0]).is_none() {
            return Ok(());
        }
        for (order, is_planned) in [("shop#1", false), ("shop#4501", true)] {
            let key = FollowUpKey::new("journey-0", order, STEP);
            let claim = Claim {
                at: case.now,
                by: "2".into(),
                purpose: case.journeys[0].purpose,
                keep_until: case.now,
                follow_up: Some(key),
            };
            case.profile.claims = [(FollowUpKey::new("journey-0", ONCE, STEP), claim)].into();
            prop_assert_eq!(!matches!(case.conclude(), Conclusion::Rest(None)), is_planned, "{}", order);
        }
    }
}
