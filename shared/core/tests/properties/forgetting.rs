//! What was told before a person was forgotten is not known, whatever comes first.

use proptest::prelude::*;
use rihla_core::consent::Consents;
use rihla_core::event::{ConsentState, Person, Purpose};
use rihla_core::identifier::Identifier;
use rihla_core::instant::Instant;
use rihla_core::lattice::Join;
use rihla_core::profile::Profile;
use rihla_core::totals::Totals;

/// What somebody who goes by a name tells at a second: who they are, and that they agree.
fn told((second, name): (i64, String)) -> Profile {
    let at = Instant::from_seconds(second);
    let email = format!("{name}@example.com").parse().unwrap();
    let person = Person { first_name: Some(name), email: Some(email), ..Person::default() };
    let about = [Identifier::Email("amal@example.com".parse().unwrap())];
    let consents = Consents::of(Purpose::Marketing, ConsentState::Granted, at, &about);
    Profile { consents, ..Profile::told_by(&person, at) }
}

fn joined<'a>(profiles: impl IntoIterator<Item = &'a Profile>) -> Profile {
    let mut all = Profile::default();
    profiles.into_iter().for_each(|one| all.join(one.clone()));
    all
}

proptest! {
    #[test]
    fn only_what_is_told_since_is_known_and_in_any_order(
        facts in prop::collection::vec((0_i64..20, "[a-c]"), 0..8),
        forgotten_at in prop::collection::vec(0_i64..20, 1..3),
        order in any::<prop::sample::Index>(),
    ) {
        let last = *forgotten_at.iter().max().unwrap();
        let forgotten = |second: &i64| Profile::default().forgotten(Instant::from_seconds(*second), Totals::default());
        let since: Vec<Profile> = facts.iter().filter(|(at, _)| *at > last).cloned().map(told).collect();
        let tidy = joined(since.iter().chain([&forgotten(&last)]));
        let mut all: Vec<Profile> = facts.into_iter().map(told).chain(forgotten_at.iter().map(forgotten)).collect();
        let middle = order.index(all.len());
        all.rotate_left(middle);
        prop_assert_eq!(&joined(&all), &tidy);
        all.reverse();
        prop_assert_eq!(&joined(all.iter().chain(&all)), &tidy);
        prop_assert_eq!(tidy.is_forgotten(), since.is_empty());
    }
}
