//! Claims: of two the first stands, and each holds to the millisecond.

use proptest::prelude::*;
use rihla_core::claim::{Claim, LEASE};
use rihla_core::event::Purpose;
use rihla_core::follow_up::FollowUpKey;
use rihla_core::instant::{Instant, Wait};
use rihla_core::journey::STEP;
use rihla_core::lattice::Join;

use crate::moments::{MONDAY, moment};

const MOMENT: Wait = Wait::milliseconds_of(1);

fn claim(at: Instant, by: &str) -> Claim {
    let keep_until = at.after(Wait::days(14));
    Claim { at, by: by.to_owned(), purpose: Purpose::Survey, keep_until, follow_up: None }
}

fn joined(one: &Claim, other: &Claim) -> Claim {
    let mut joined = one.clone();
    joined.join(other.clone());
    joined
}

proptest! {
    #[test]
    fn of_two_claims_the_first_stands_whichever_is_known_first(
        (at, by) in (moment(), "[12]"),
        (other_at, other_by) in (moment(), "[12]"),
    ) {
        let (one, other) = (claim(at, &by), claim(other_at, &other_by));
        let stands = joined(&one, &other);
        prop_assert_eq!(&stands, &joined(&other, &one));
        prop_assert_eq!((stands.at, stands.by), (at, by).min((other_at, other_by)));
    }
}

#[test]
fn a_claim_is_worked_on_for_its_lease_and_kept_until_its_follow_up_expired() {
    let at = Instant::from_seconds(MONDAY);
    let claim = claim(at, "1");
    assert!(claim.is_fresh(at) && claim.is_fresh(at.after(LEASE).before(MOMENT)));
    assert!(!claim.is_fresh(at.after(LEASE)));
    assert!(!claim.is_stale(at) && !claim.is_stale(claim.keep_until));
    assert!(claim.is_stale(claim.keep_until.after(MOMENT)));
}

#[test]
fn what_a_person_gets_once_is_claimed_for_one_order() {
    let key = |order: &str| FollowUpKey::new("invitation", order, STEP);
    let for_any = claim(Instant::from_seconds(MONDAY), "1");
    let for_one = Claim { follow_up: Some(key("web#1")), ..for_any.clone() };
    assert!(for_any.is_for(&key("web#1")) && for_any.is_for(&key("web#2")));
    assert!(for_one.is_for(&key("web#1")) && !for_one.is_for(&key("web#2")));
}
