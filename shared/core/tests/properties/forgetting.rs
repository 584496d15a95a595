//! What was told before a person was forgotten is not known, whatever comes first.

use proptest::prelude::*;
use rihla_core::consent::Consents;
use rihla_core::event::{ConsentState, Person, Purpose};
use rihla_core::identifier::{CustomerId, Identifier};
use rihla_core::identity::Kinship;
use rihla_core::instant::Instant;
use rihla_core::lattice::Join;
use rihla_core::order::OrderKey;
use rihla_core::profile::Profile;
use rihla_core::source::SourceId;
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

#[test]
fn nothing_is_counted_any_more_of_who_was_forgotten() {
    let order = OrderKey { source: SourceId::from_static("shop"), order: "1".to_owned() };
    let mut known = Profile::default();
    known.counted.note(&order, Totals::default(), Instant::from_seconds(1));
    assert!(!known.counted.is_empty());
    assert!(known.forgotten(Instant::from_seconds(2), Totals::default()).counted.is_empty());
}

/// A record that is one with another by an event that names both is no longer the phone's alone.
#[test]
fn a_phone_links_nobody_who_is_one_with_somebody() {
    let owner = CustomerId::from_text("owner");
    let mut of_a_phone = Profile { phone_of: Some(owner.clone()), ..Profile::default() };
    assert_eq!(of_a_phone.linked_by_phone(), Some(&owner));
    of_a_phone.kin.insert(CustomerId::from_text("other"), Kinship::default());
    assert_eq!(of_a_phone.linked_by_phone(), None);
}
