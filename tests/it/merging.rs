//! Who is who: one person under several identifiers, whatever came first.

use rihla_core::event::{ConsentState, Fact, Person, Purpose};
use rihla_core::identifier::CustomerId;
use rihla_core::identity::Kinship;
use rihla_core::profile::Profile;

use crate::facts::{AMAL, agrees, known_as, person, placed, says};
use crate::shop::Shop;

/// The profiles that are nobody else's, and those that were linked to them.
fn roots_and_linked(shop: &Shop) -> (usize, usize) {
    let linked = shop.linked();
    (shop.profiles().len() - linked, linked)
}

/// The person as one, of all profiles.
fn united(shop: &Shop) -> Profile {
    let (any, _) = shop.profiles().remove(0);
    let person = shop.circle().person(&CustomerId::from_text(any));
    assert_eq!(person.len(), shop.profiles().len());
    let mut profiles = person.into_iter().map(|(_, profile)| profile);
    profiles.next().unwrap().united(profiles)
}

fn only_id(id: &str) -> Person {
    Person { customer: Some(id.into()), ..Person::default() }
}

#[tokio::test]
async fn one_event_with_the_identifiers_of_two_makes_them_one() {
    let shop = Shop::open().await;
    shop.tell(&[placed("1", person(AMAL))]).await;
    shop.tell(&[placed("2", only_id("77"))]).await;
    assert_eq!(roots_and_linked(&shop), (2, 0));
    shop.hours(1).await;
    shop.tell(&[placed("3", known_as(person(AMAL), "77"))]).await;
    assert_eq!(roots_and_linked(&shop), (1, 1));
    assert_eq!(united(&shop).totals.orders(), 3);
    let reason = shop.profile(AMAL).kin.values().next().map(Kinship::reason).unwrap();
    assert!(reason.contains("e-mail address, customer id"), "{reason}");
    // Told again, nothing changes.
    let before = shop.record();
    shop.tell(&[placed("3", known_as(person(AMAL), "77"))]).await;
    let orders = |items: &[crate::table::Item]| items.iter().filter(|item| item.sk == "PROFILE").count();
    assert_eq!(orders(&shop.record()), orders(&before));
    assert_eq!(roots_and_linked(&shop), (1, 1));
}

#[tokio::test]
async fn of_two_who_are_one_the_stricter_word_counts() {
    let shop = Shop::open().await;
    shop.tell(&[says(only_id("77"), Purpose::Marketing, ConsentState::Withdrawn)]).await;
    shop.hours(1).await;
    shop.tell(&[agrees(person(AMAL))]).await;
    shop.invitation_in_an_hour("1", person(AMAL)).await;
    shop.tell(&[Fact::ProfileChanged(known_as(person(AMAL), "77"))]).await;
    shop.hours(2).await;
    let told = shop.fate_of("1", "newsletter-invitation");
    assert!(told.starts_with("refused by consent: withdrawn 2026-11-02T09:00:00Z"), "{told}");
}

#[tokio::test]
async fn who_is_who_does_not_depend_on_what_came_first() {
    let facts =
        [placed("1", person(AMAL)), placed("2", only_id("77")), placed("3", known_as(person(AMAL), "77"))];
    let mut seen = Vec::new();
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let shop = Shop::open().await;
        for index in order {
            shop.tell(&[facts[index].clone()]).await;
        }
        let person = united(&shop);
        seen.push((person.totals.clone(), person.email.clone(), person.first_name.clone(), person.consents));
    }
    assert!(seen.iter().all(|one| *one == seen[0]), "{seen:?}");
    assert_eq!(seen[0].0.orders(), 3);
}

#[tokio::test]
async fn a_shared_phone_number_makes_nobody_one() {
    let shop = Shop::open().await;
    let with_phone = |email| Person { phone: Some("+447700900101".parse().unwrap()), ..person(email) };
    shop.tell(&[placed("1", with_phone(AMAL))]).await;
    shop.tell(&[placed("2", with_phone("basel@example.com"))]).await;
    assert_eq!(roots_and_linked(&shop), (2, 0));
}

fn by_phone(email: Option<&str>) -> Person {
    let known = email.map_or_else(Person::default, person);
    Person { phone: Some("+447700900101".parse().unwrap()), ..known }
}

#[tokio::test]
async fn a_sale_by_phone_number_alone_is_that_of_whoever_gave_the_number_first() {
    let shop = Shop::open().await;
    shop.tell(&[placed("1", by_phone(None))]).await;
    assert_eq!(roots_and_linked(&shop), (1, 0));
    shop.hours(2).await;
    shop.tell(&[placed("2", by_phone(Some("basel@example.com")))]).await;
    assert_eq!(roots_and_linked(&shop), (1, 1));
    assert_eq!(united(&shop).totals.orders(), 2);
    // That Amal gave it an hour earlier is heard of later: now it is hers.
    shop.tell_late(&[(rihla_core::instant::Wait::hours(1), placed("3", by_phone(Some(AMAL))))]).await;
    assert_eq!(roots_and_linked(&shop), (2, 1));
    let whose =
        shop.profiles().into_iter().find_map(|(_, profile)| profile.linked_by_phone().cloned()).unwrap();
    let amal = shop.profiles().into_iter().find(|(id, _)| id == whose.as_str()).unwrap().1;
    assert_eq!(amal.email.unwrap().value.as_str(), AMAL);
}

#[tokio::test]
async fn who_declined_under_two_names_and_agrees_under_one_of_them_has_agreed() {
    let shop = Shop::open().await;
    let both = known_as(person(AMAL), "77");
    shop.tell(&[says(both, Purpose::Marketing, ConsentState::Withdrawn)]).await;
    shop.hours(1).await;
    shop.tell(&[agrees(person(AMAL))]).await;
    assert_eq!(united(&shop).consents.on(Purpose::Marketing).unwrap().state, ConsentState::Granted);
}

#[tokio::test]
async fn a_guest_without_any_address_is_a_customer_of_one_order() {
    let shop = Shop::open().await;
    shop.tell(&[placed("1", Person::default())]).await;
    shop.tell(&[placed("2", Person::default())]).await;
    assert_eq!(roots_and_linked(&shop), (2, 0));
}

/// A till's own address, or that of somebody who orders for many.
#[tokio::test]
async fn an_address_that_many_use_makes_nobody_one_any_more() {
    let shop = Shop::open().await;
    let by = |name: &str, id: &str| Person { first_name: Some(name.into()), ..known_as(person(AMAL), id) };
    shop.tell(&[placed("before", only_id("88"))]).await;
    for (name, id) in [("Amal", "1"), ("Bilal", "2"), ("Carla", "3"), ("Dina", "4")] {
        shop.tell(&[placed(id, by(name, id))]).await;
    }
    assert_eq!(roots_and_linked(&shop), (2, 0));
    shop.tell(&[placed("5", by("Erik", "5")), placed("88", by("Farah", "88"))]).await;
    assert_eq!(roots_and_linked(&shop), (3, 0), "Erik is somebody else, and Farah who she was");
    let before = shop.record();
    shop.tell(&[placed("88", by("Farah", "88"))]).await;
    assert_eq!(shop.record(), before, "told again, it writes nothing");
}

#[tokio::test]
async fn nobody_is_forgotten_for_an_address_that_many_use() {
    let shop = Shop::open().await;
    for name in ["Amal", "Bilal", "Carla", "Dina", "Erik"] {
        shop.tell(&[placed(name, Person { first_name: Some(name.into()), ..person(AMAL) })]).await;
    }
    let before = shop.record();
    let told = rihla_core::event::PrivacyRequested {
        request: rihla_core::event::PrivacyRequest::Erase,
        person: Person { email: Some(AMAL.parse().unwrap()), ..Person::default() },
        id: None,
        orders: Vec::new(),
    };
    shop.post(&shop.delivery("shop", &[Fact::PrivacyRequested(told)])).await;
    shop.stack.settle().await.unwrap();
    let (requests, left): (Vec<_>, Vec<_>) =
        shop.record().into_iter().partition(|item| item.sk.starts_with("X#"));
    assert_eq!(left, before);
    assert!(requests.len() == 1 && !requests[0].document.contains("done_at"));
}
