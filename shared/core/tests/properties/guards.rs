//! Guards: what is sent is allowed by every rule, what is too late is refused, what waits waits for something.

use proptest::prelude::*;
use rihla_core::about::About;
use rihla_core::answer::Answers;
use rihla_core::claim::Claim;
use rihla_core::event::{DisputeState, Event, Purpose};
use rihla_core::follow_up::FollowUpKey;
use rihla_core::guards::{Answer, Question, ask_all};
use rihla_core::identifier::CustomerId;
use rihla_core::instant::{Instant, Wait};
use rihla_core::journey::{Journey, STEP};
use rihla_core::lattice::Latest;
use rihla_core::limits::Limits;
use rihla_core::look::Ledger;
use rihla_core::profile::Profile;
use rihla_core::source::Channel;
use rihla_core::workdays::Holidays;
use rihla_core::zone::{LocalZone, local_zone};

use crate::events::{events, joined};
use crate::journeys::journey;
use crate::moments::{moment, now, zone};
use crate::people::{agrees, person};

/// The rules, written a second time and the other way round: why nothing may be sent, if nothing may.
pub(crate) fn objection(question: &Question<'_>) -> Option<&'static str> {
    let Question { journey, step, key, now, profile, .. } = *question;
    let order = question.about.order().expect("these journeys are about orders");
    let address = profile.email.as_ref().map(|email| &email.value);
    let paid_back: i64 = order
        .refunds
        .values()
        .map(|refund| refund.value)
        .filter_map(|refund| {
            let price = order.total.as_ref()?.value;
            (refund.amount.currency == price.currency).then_some(refund.amount.minor)
        })
        .sum();
    let price = order.total.as_ref().map_or(0, |total| total.value.minor);
    let went_out =
        profile.claims.values().filter(|claim| claim.purpose != Purpose::Service && claim.at <= now);
    let last_one = went_out.map(|claim| claim.at).max();
    let apart = question.limits.surveys_apart;
    let surveys = profile.claims.values().filter(|claim| claim.purpose == Purpose::Survey && claim.at <= now);
    let in_a_week = profile.claims.values().filter(|claim| {
        claim.purpose != Purpose::Service && claim.at <= now && now < claim.at.after(Wait::days(7))
    });
    let most = question.limits.most_a_week.try_into().unwrap();
    let holds = |at: Instant| now < at.after(question.limits.case_holds);
    let local = now.in_zone(&question.zone.zone).time();
    let rules = [
        ("late", now > question.due_at.after(step.expires)),
        ("nobody", address.is_none()),
        ("closed", address.is_some_and(|address| profile.suppressed.contains_key(address))),
        ("cancelled", order.cancelled.is_some()),
        ("returned", order.is_returned()),
        ("disputed", order.disputes.values().any(|dispute| dispute.value.state != DisputeState::Won)),
        ("refunded", price > 0 && paid_back >= price),
        ("no consent", !agrees(profile, journey.purpose)),
        ("asked before", journey.invites_to.is_some_and(|purpose| profile.consents.on(purpose).is_some())),
        ("had it", journey.once && had_it(profile, key)),
        (
            "had it lately",
            journey.again_after.is_some_and(|wait| had_it_since(profile, key, now.before(wait))),
        ),
        (
            "somebody waits",
            journey.purpose != Purpose::Service
                && (profile.open.values().any(|heard| holds(heard.at))
                    || question.answers.values().any(|answer| {
                        answer.score <= Some(2) && answer.score.is_some() && holds(answer.answered_at)
                    })),
        ),
        (
            "asked a while ago",
            journey.purpose == Purpose::Survey
                && surveys.map(|claim| claim.at).max().is_some_and(|at| now < at.after(apart)),
        ),
        ("too many", journey.purpose != Purpose::Service && in_a_week.count() >= most),
        (
            "too close",
            journey.purpose != Purpose::Service
                && last_one.is_some_and(|last| now < last.after(question.limits.distance)),
        ),
        ("night", question.limits.quiet_hours.contain(local)),
    ];
    rules.into_iter().find_map(|(why, stands)| stands.then_some(why))
}

fn had_it_since(profile: &Profile, key: &FollowUpKey, since: Instant) -> bool {
    let same = |other: &FollowUpKey| (other.journey(), other.step()) == (key.journey(), key.step());
    profile.claims.iter().any(|(other, claim)| other != key && same(other) && claim.at > since)
}

/// Each step comes once: that the first one has been sent does not stop the second.
fn had_it(profile: &Profile, key: &FollowUpKey) -> bool {
    let once = format!("{}#once#{}", key.journey(), key.step());
    profile.claims.keys().any(|key| key.as_str() == once)
}

#[derive(Debug)]
struct Case {
    journey: Journey,
    due_at: Instant,
    now: Instant,
    profile: Profile,
    told: Vec<Event>,
    zone: LocalZone,
    distance: Wait,
    answers: Answers,
}

fn case() -> impl Strategy<Value = Case> {
    let distance = (0..100_i64).prop_map(Wait::hours);
    let heard = prop::option::weighted(0.2, moment());
    let answer = prop::option::weighted(0.2, (prop::option::of(0..=5_u8), moment()));
    (journey(), moment(), now(), person(), events(), zone(), distance, heard, answer).prop_map(
        |(journey, due_at, now, mut profile, told, zone, distance, heard, answer)| {
            let journey = Journey { name: "journey-1".into(), ..journey };
            profile.open = heard.map(|at| ("chat#1".to_owned(), Latest::new((), at))).into_iter().collect();
            let answers = answer.map(|(score, answered_at)| {
                let key = FollowUpKey::new("journey-2", "shop#4501", STEP);
                (
                    key,
                    rihla_core::answer::Answer {
                        score,
                        out_of: None,
                        choice: None,
                        comment: None,
                        answered_at,
                    },
                )
            });
            let answers = answers.into_iter().collect();
            Case { journey, due_at, now, profile, told, zone, distance, answers }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn they_pass_exactly_what_no_rule_forbids(case in case()) {
        let order = joined(&case.told);
        let limits = Limits { distance: case.distance, ..Limits::default() };
        let Case { journey, due_at, now, profile, zone, answers, .. } = &case;
        let (about, key) = (About::Order(&order, Channel::Web), FollowUpKey::new("journey-1", "shop#4501", STEP));
        let question = Question {
            journey,
            step: &journey.steps[0],
            key: &key,
            due_at: *due_at,
            now: *now,
            profile,
            about,
            ledger: &Ledger::new(),
            answers,
            zone,
            limits: &limits,
            holidays: &Holidays::default(),
            customer: &CustomerId::from_text("c"),
        };
        let (answer, guard, trace) = ask_all(&question);
        prop_assert_eq!(answer == Answer::Pass, objection(&question).is_none(), "{:?}", objection(&question));
        prop_assert_eq!(guard.is_empty(), answer == Answer::Pass);
        prop_assert_eq!(&trace[0].guard, "expiry");
        match answer {
            Answer::Defer(until) => {
                prop_assert!(until > *now && until <= journey.steps[0].expires_at(*due_at));
                prop_assert!(["open-case", "surveys-apart", "most-a-week", "distance", "quiet-hours"].contains(&guard));
            }
            // Too late is too late, whatever else there is.
            _ if *now > journey.steps[0].expires_at(*due_at) => prop_assert_eq!((answer, guard), (Answer::Refuse, "expiry")),
            _ => {}
        }
        // Whoever stopped it says why.
        prop_assert!(guard.is_empty() || trace.iter().any(|finding| finding.guard == guard), "{guard} {trace:?}");
    }
}

/// A message may wait for the very last moment at which it is good, and for no later one.
#[test]
fn what_would_wait_beyond_its_expiry_is_refused() {
    let now = Instant::from_seconds(crate::moments::MONDAY);
    let mut profile = crate::people::with_email();
    profile.claims.insert(
        FollowUpKey::from_text("another"),
        Claim {
            at: now,
            by: "1".into(),
            purpose: Purpose::Survey,
            keep_until: now.after(Wait::days(30)),
            follow_up: None,
        },
    );
    let zone = local_zone(None, None, None, "UTC");
    for (hours, expected) in [(20, Answer::Defer(now.after(Wait::hours(20)))), (21, Answer::Refuse)] {
        let journey: Journey = serde_json::from_value(serde_json::json!({
            "version": 1, "purpose": "survey", "priority": 1,
            "steps": [{ "due": [], "expires": "20 hours", "message": "survey" }],
        }))
        .unwrap();
        let limits =
            Limits { distance: Wait::hours(hours), surveys_apart: Wait::hours(0), ..Limits::default() };
        let order = rihla_core::order::Order::default();
        let question = Question {
            journey: &journey,
            step: &journey.steps[0],
            key: &FollowUpKey::from_text("survey#shop#1#1"),
            due_at: now,
            now,
            profile: &profile,
            about: About::Order(&order, Channel::Web),
            ledger: &Ledger::new(),
            answers: &Answers::new(),
            zone: &zone,
            limits: &limits,
            holidays: &Holidays::default(),
            customer: &CustomerId::from_text("c"),
        };
        assert_eq!(ask_all(&question).0, expected, "{hours} hours apart");
    }
}
