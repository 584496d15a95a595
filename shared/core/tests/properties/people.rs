//! Persons: what they said, what they were sent, whether their address takes mail.

use proptest::prelude::*;
use rihla_core::claim::Claim;
use rihla_core::consent::Consents;
use rihla_core::event::{ConsentState, Person, Purpose};
use rihla_core::follow_up::{FollowUpKey, ONCE};
use rihla_core::identifier::Identifier;
use rihla_core::instant::{Instant, Wait};
use rihla_core::journey::STEP;
use rihla_core::lattice::{Earliest, Join};
use rihla_core::profile::Profile;
use rihla_core::suppression::{Suppression, SuppressionReason};
use rihla_core::totals::Totals;

use crate::journeys::PURPOSES;
use crate::moments::{MONDAY, moment};

const EMAIL: &str = "amal@example.com";

/// A person with an address, of whom nothing else is known.
pub(crate) fn with_email() -> Profile {
    let person = Person { email: Some(EMAIL.parse().unwrap()), ..Person::default() };
    Profile::told_by(&person, Instant::from_seconds(MONDAY))
}

/// Most have an address that takes mail.
pub(crate) fn person() -> impl Strategy<Value = Profile> {
    let words = prop::collection::vec((purpose(), word(), moment()), 0..4);
    let claims = prop::collection::vec(claim(), 0..3);
    (prop::bool::weighted(0.9), prop::bool::weighted(0.1), prop::bool::weighted(0.05), words, claims)
        .prop_map(|(reachable, closed, erased, words, claims)| {
            let mut profile = if reachable { with_email() } else { Profile::default() };
            let at = Earliest(Instant::from_seconds(MONDAY));
            if closed {
                let suppression = Suppression { since: at, reason: SuppressionReason::Bounced };
                profile.suppressed.insert(EMAIL.parse().unwrap(), suppression);
            }
            for (purpose, state, at) in words {
                profile.consents.join(Consents::of(
                    purpose,
                    state,
                    at,
                    &[Identifier::Email(EMAIL.parse().unwrap())],
                ));
            }
            profile.claims.extend(claims);
            if erased { profile.forgotten(at.0, Totals::default()) } else { profile }
        })
}

fn purpose() -> impl Strategy<Value = Purpose> {
    prop::sample::select(&PURPOSES[..])
}

fn word() -> impl Strategy<Value = ConsentState> {
    prop::sample::select(&[ConsentState::Granted, ConsentState::Withdrawn][..])
}

/// A claim of another order's follow-up, or of this order's, or of one that a person gets once.
fn claim() -> impl Strategy<Value = (FollowUpKey, Claim)> {
    let trigger = prop::sample::select(&["shop#1", "shop#4501", ONCE][..]);
    let by = prop::sample::select(&["1", "2"][..]);
    let of_this_order = any::<bool>();
    (0..4_u8, trigger, by, purpose(), moment(), of_this_order).prop_map(
        |(journey, trigger, by, purpose, at, of_this_order)| {
            let journey = format!("journey-{journey}");
            let order = if of_this_order { "shop#4501" } else { "shop#1" };
            let follow_up = (trigger == ONCE).then(|| FollowUpKey::new(&journey, order, STEP));
            let claim = Claim { at, by: by.into(), purpose, keep_until: at.after(Wait::days(30)), follow_up };
            (FollowUpKey::new(&journey, trigger, STEP), claim)
        },
    )
}

/// Whether mail for that purpose may go to the person at all, by what the person said.
pub(crate) fn agrees(profile: &Profile, purpose: Purpose) -> bool {
    let word = profile.consents.on(purpose).map(|word| word.state);
    match purpose {
        Purpose::Service => true,
        Purpose::Survey => word != Some(ConsentState::Withdrawn),
        Purpose::Marketing | Purpose::Newsletter => word == Some(ConsentState::Granted),
    }
}
