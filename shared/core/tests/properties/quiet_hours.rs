//! Quiet hours: until their end by the person's clock, and not a minute longer, also where the clock jumps.

use jiff::civil::Time;
use proptest::prelude::*;
use rihla_core::about::About;
use rihla_core::answer::Answers;
use rihla_core::follow_up::FollowUpKey;
use rihla_core::guards::{Answer, Question, ask_all};
use rihla_core::identifier::CustomerId;
use rihla_core::instant::{Instant, Wait};
use rihla_core::journey::Journey;
use rihla_core::limits::{Limits, QuietHours};
use rihla_core::look::Ledger;
use rihla_core::order::Order;
use rihla_core::source::Channel;
use rihla_core::workdays::Holidays;
use rihla_core::zone::{LocalZone, local_zone};

use crate::moments::ZONES;
use crate::people::with_email;

const MINUTE: Wait = Wait::seconds(60);

/// What the quiet hours say at a moment, with nothing else against the message.
fn asked(quiet_hours: QuietHours, zone: &LocalZone, now: Instant) -> Answer {
    let journey: Journey = serde_json::from_value(serde_json::json!({
        "version": 1, "purpose": "service", "priority": 1,
        "steps": [{ "due": [], "expires": "30 days", "message": "news" }],
    }))
    .unwrap();
    let limits = Limits { quiet_hours, distance: Wait::hours(1), ..Limits::default() };
    let (profile, order) = (with_email(), Order::default());
    let question = Question {
        journey: &journey,
        step: &journey.steps[0],
        key: &FollowUpKey::from_text("news#shop#1#1"),
        due_at: now,
        now,
        profile: &profile,
        about: About::Order(&order, Channel::Web),
        ledger: &Ledger::new(),
        answers: &Answers::new(),
        zone,
        limits: &limits,
        holidays: &Holidays::default(),
        customer: &CustomerId::from_text("c"),
    };
    ask_all(&question).0
}

fn time() -> impl Strategy<Value = Time> {
    (0..24_i8, prop::sample::select(&[0_i8, 15, 30, 45][..]))
        .prop_map(|(hour, minute)| Time::constant(hour, minute, 0, 0))
}

/// A moment of some years; most often within hours of a jump of the clock, where there is one.
fn moment_near_a_jump() -> impl Strategy<Value = (LocalZone, Instant)> {
    let second = 1_293_840_000..1_924_992_000_i64;
    (prop::sample::select(&ZONES[..]), second, prop::bool::weighted(0.8), -6 * 60..30 * 60_i64).prop_map(
        |(name, second, near, minutes)| {
            let zone = local_zone(Some(name), None, None, "UTC");
            let now = Instant::from_seconds(second);
            let jump = zone.zone.following(now.timestamp()).next().filter(|_| near);
            let jump = jump.map_or(now, |jump| Instant::from(jump.timestamp()));
            (zone, jump.after(Wait::seconds(minutes * 60)))
        },
    )
}

fn is_quiet(quiet_hours: QuietHours, zone: &LocalZone, at: Instant) -> bool {
    quiet_hours.contain(at.in_zone(&zone.zone).time())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Asked minute by minute, by nothing but the clock on the wall.
    #[test]
    fn they_end_with_the_first_minute_that_is_not_quiet(
        from in time(),
        to in time(),
        (zone, now) in moment_near_a_jump(),
    ) {
        let quiet_hours = QuietHours { from, to };
        let mut minutes = (0..48 * 60).map(|minutes| now.after(Wait::seconds(minutes * 60)));
        let free_at = minutes.find(|at| !is_quiet(quiet_hours, &zone, *at)).unwrap();
        match asked(quiet_hours, &zone, now) {
            Answer::Pass => prop_assert_eq!(free_at, now),
            Answer::Defer(until) => {
                prop_assert!(until > now, "{until} is no later than {now}, {zone}");
                prop_assert!(until.before(MINUTE) < free_at && free_at <= until.after(MINUTE), "{until} {free_at} {zone}");
                prop_assert_eq!(asked(quiet_hours, &zone, until), Answer::Pass);
            }
            Answer::Refuse => prop_assert!(false, "quiet hours refuse nothing"),
        }
    }
}
