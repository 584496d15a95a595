//! Who is one with whom: the same from the same facts, whatever their order, with words of persons in between.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use rihla_core::identifier::CustomerId;
use rihla_core::identity::{Forest, Kinship, Kinships, Pair, Said, Word};
use rihla_core::instant::Instant;
use rihla_core::lattice::{Earliest, Join};
use rihla_core::merge::Merged;
use rihla_core::source::SourceId;

/// One fact: an event that carried both, or a person's word.
type Fact = (Pair, Kinship);

fn customer(number: u8) -> CustomerId {
    CustomerId::from_text(format!("c{number}"))
}

/// The higher numbers were heard of first, and one never.
fn since(customer: &CustomerId) -> Option<Earliest> {
    let number: i64 = customer.as_str()[1..].parse().unwrap();
    (number != 3).then(|| Earliest(Instant::from_seconds(100 - number / 2)))
}

fn attested(second: i64) -> Kinship {
    let at = Earliest(Instant::from_seconds(second));
    Kinship::attested(Merged {
        at,
        source: SourceId::from_static("web"),
        identifiers: "e-mail address".into(),
    })
}

fn said(said: Said, second: i64) -> Kinship {
    let word = Word { said, by: "Noor".into(), because: "called".into() };
    Kinship::said(word, Instant::from_seconds(second))
}

fn pair(one: u8, other: u8) -> Pair {
    Pair::of(customer(one), customer(other)).unwrap()
}

fn fact() -> impl Strategy<Value = Fact> {
    let kinship = prop_oneof![
        3 => (0..9_i64).prop_map(attested),
        2 => (0..9_i64).prop_map(|second| said(Said::Apart, second)),
        1 => (0..9_i64).prop_map(|second| said(Said::One, second)),
    ];
    (0..8_u8, 1..8_u8, kinship).prop_map(|(one, more, kinship)| (pair(one, (one + more) % 8), kinship))
}

fn known(facts: &[Fact]) -> Kinships {
    facts.iter().cloned().fold(Kinships::new(), |mut known, (pair, kinship)| {
        known.join([(pair, kinship)].into());
        known
    })
}

fn forest(facts: &[Fact]) -> Forest {
    Forest::of(&known(facts), since)
}

/// Who is reached from `start` over the links that stand.
fn reached(known: &Kinships, start: &CustomerId) -> BTreeSet<CustomerId> {
    let mut reached = BTreeSet::from([start.clone()]);
    loop {
        let links = known.iter().filter(|(_, kinship)| !kinship.is_apart());
        let met = links.filter(|(pair, _)| pair.customers().iter().any(|one| reached.contains(*one)));
        let met: BTreeSet<CustomerId> =
            met.flat_map(|(pair, _)| pair.customers().map(Clone::clone)).collect();
        if met.is_subset(&reached) {
            return reached;
        }
        reached.extend(met);
    }
}

proptest! {
    #[test]
    fn the_order_of_facts_and_repeats_change_nothing(
        (tidy, shuffled) in prop::collection::vec(fact(), 0..20).prop_flat_map(|facts| {
            let twice: Vec<Fact> = facts.iter().chain(&facts).cloned().collect();
            (Just(facts), Just(twice).prop_shuffle())
        }),
    ) {
        prop_assert_eq!(forest(&tidy), forest(&shuffled));
    }

    #[test]
    fn nobody_is_one_with_whom_a_person_said_they_are_apart_from(facts in prop::collection::vec(fact(), 0..20)) {
        let (forest, known) = (forest(&facts), known(&facts));
        for (pair, _) in known.iter().filter(|(_, kinship)| kinship.is_apart()) {
            let [one, other] = pair.customers().map(|customer| forest.root(customer));
            prop_assert_ne!(one, other);
        }
    }

    #[test]
    fn all_who_are_linked_are_one_unless_that_joins_some_who_are_apart(facts in prop::collection::vec(fact(), 0..20)) {
        let (forest, known) = (forest(&facts), known(&facts));
        for (pair, kinship) in &known {
            let roots = pair.customers().map(|customer| forest.root(customer));
            let held_back = forest.held_back().contains(pair);
            prop_assert_eq!(!kinship.is_apart() && roots[0] != roots[1], held_back);
            let keeps_apart = known.iter().filter(|(_, kinship)| kinship.is_apart()).any(|(apart, _)| {
                apart.customers().map(|customer| forest.root(customer)).iter().all(|root| roots.contains(root))
            });
            prop_assert!(!held_back || keeps_apart);
        }
    }

    #[test]
    fn a_group_is_linked_and_its_root_the_oldest(facts in prop::collection::vec(fact(), 0..20)) {
        let (forest, known) = (forest(&facts), known(&facts));
        for (root, members) in forest.groups() {
            prop_assert!(members.len() > 1);
            let age = |customer: &CustomerId| (since(customer).is_none(), since(customer), customer.clone());
            let oldest = members.iter().min_by_key(|member| age(member)).copied();
            prop_assert_eq!(Some(root), oldest);
            let reached = reached(&known, root);
            prop_assert!(members.iter().all(|member| reached.contains(*member)));
        }
    }

    /// So whoever holds the facts of one group alone comes to the same.
    #[test]
    fn facts_of_others_change_nothing(facts in prop::collection::vec(fact(), 0..20)) {
        let (whole, known) = (forest(&facts), known(&facts));
        for number in 0..8 {
            let mine = reached(&known, &customer(number));
            let is_mine = |pair: &Pair| pair.customers().iter().all(|one| mine.contains(*one));
            let alone: Vec<Fact> = facts.iter().filter(|(pair, _)| is_mine(pair)).cloned().collect();
            let roots = |forest: &Forest| -> BTreeMap<CustomerId, CustomerId> {
                mine.iter().map(|one| (one.clone(), forest.root(one).clone())).collect()
            };
            prop_assert_eq!(roots(&whole), roots(&forest(&alone)));
        }
    }

    #[test]
    fn to_take_apart_and_to_join_again_restores_all(facts in prop::collection::vec(fact(), 0..20), link in 0..20_usize) {
        let before = forest(&facts);
        let links: Vec<Pair> = known(&facts).into_iter().filter(|(_, kinship)| {
            kinship.said.is_none()
        }).map(|(pair, _)| pair).collect();
        let Some(pair) = links.get(link % links.len().max(1)).cloned() else { return Ok(()) };
        let mut apart = facts.clone();
        apart.push((pair.clone(), said(Said::Apart, 50)));
        let [one, other] = pair.customers();
        let parted = forest(&apart);
        prop_assert_ne!(parted.root(one), parted.root(other));
        // Later events change nothing; only a person does.
        apart.push((pair.clone(), attested(60)));
        prop_assert_eq!(&forest(&apart), &parted);
        let only_links = facts.iter().all(|(_, kinship)| kinship.said.is_none());
        apart.push((pair, said(Said::One, 70)));
        if only_links {
            prop_assert_eq!(forest(&apart), before);
        }
    }
}

#[test]
fn a_person_taken_out_of_a_chain_leaves_the_older_link() {
    let apart = (pair(1, 4), said(Said::Apart, 3));
    for (first, second, held_back) in [(1, 2, pair(2, 4)), (2, 1, pair(1, 2))] {
        let facts = [(pair(1, 2), attested(first)), (pair(2, 4), attested(second)), apart.clone()];
        assert_eq!(forest(&facts).held_back(), [held_back]);
    }
}

#[test]
fn of_what_persons_said_the_newest_counts_and_more_than_any_event() {
    let apart = (pair(1, 4), said(Said::Apart, 3));
    for (first, second, held_back) in [
        (said(Said::One, 1), said(Said::One, 2), pair(1, 2)),
        (said(Said::One, 2), said(Said::One, 1), pair(2, 4)),
        (attested(1), said(Said::One, 2), pair(1, 2)),
    ] {
        let facts = [(pair(1, 2), first), (pair(2, 4), second), apart.clone()];
        assert_eq!(forest(&facts).held_back(), [held_back]);
    }
}

#[test]
fn every_link_has_a_reason_that_a_person_can_read() {
    let reasons = [attested(0), said(Said::One, 0), said(Said::Apart, 0)].map(|kinship| kinship.reason());
    assert_eq!(
        reasons,
        [
            "one event of web carried identifiers of both (e-mail address), 1970-01-01T00:00:00Z",
            "Noor said that both are one (called), 1970-01-01T00:00:00Z",
            "Noor said that both are not one (called), 1970-01-01T00:00:00Z"
        ]
    );
}
