//! Every order in which the deliveries of a life can arrive, doubles among them: they must all lead to the same.

use std::collections::BTreeMap;

use rihla_core::instant::{Instant, Wait};

use super::ending::Ending;
use super::lives::{ALL_HAPPENED, Life};
use super::promises::Broken;
use super::script::LENGTH;
use super::telling::phone;
use super::world::{Files, STARTS_AT, World, WorldError};

/// What came of all orders of one life.
#[derive(Debug)]
pub struct Orders {
    /// How many were tried.
    pub tried: usize,
    /// What the first of them led to, for a person to read.
    pub led_to: String,
    /// What is not as promised; a disagreement is an order that led to something else than the first.
    pub broken: Broken,
}

/// Lets the deliveries of `life` arrive in all distinct orders with so many of them doubled, each of a customer of its
/// own, side by side.
pub async fn try_orders(life: Life, doubles: usize) -> Result<Orders, WorldError> {
    let start: Instant = STARTS_AT.parse().expect("written as a moment");
    let world = World::new(&Files::read(), &[], false).await?;
    world.until(start.after(ALL_HAPPENED)).await?;
    for posted in Life::others() {
        world.post(&posted).await?;
    }
    let sequences = sequences(life.deliveries(&token(0)).len(), doubles);
    for place in 0..sequences.first().map_or(0, Vec::len) {
        for (number, sequence) in sequences.iter().enumerate() {
            world.post(&life.deliveries(&token(number))[sequence[place]]).await?;
        }
        world.until(world.now().after(Wait::seconds(60))).await?;
    }
    world.until(start.after(LENGTH)).await?;
    Ok(compare(&Ending::read(&world.stack.aws)?, &sequences))
}

fn compare(ending: &Ending, sequences: &[Vec<usize>]) -> Orders {
    let mut broken = Broken::promises(ending);
    let mut said: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for mail in &ending.mails {
        let token = mail.recipient.split('@').next().unwrap_or_default();
        said.entry(token).or_default().push(format!("{} for {}: {}", mail.journey, mail.order, mail.words));
    }
    let mut records: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for key in ending.orders.keys() {
        let token = key.split(['#', '-']).nth(1).unwrap_or_default();
        records.entry(token).or_default().push(format!("{key}: {}", ending.record(key)));
    }
    let led_to = |number: usize| {
        let token = token(number);
        let mut lines = records.get(&*token).cloned().unwrap_or_default();
        let mut mails = said.get(&*token).cloned().unwrap_or_default();
        mails.sort();
        lines.extend(mails);
        lines.join("\n").replace(&token, "·").replace(&phone(&token), "☎")
    };
    let first = led_to(0);
    for (number, sequence) in sequences.iter().enumerate() {
        let this = led_to(number);
        if this != first {
            broken.disagreements.push(format!("{sequence:?} {}", difference(&this, &first)));
        }
    }
    Orders { tried: sequences.len(), led_to: first, broken }
}

/// The first lines that differ, cut to where they do.
fn difference(this: &str, first: &str) -> String {
    let lines = this.lines().zip(first.lines()).find(|(this, first)| this != first);
    let (this, first) = lines.unwrap_or((this, first));
    let same = this.bytes().zip(first.bytes()).take_while(|(this, first)| this == first).count();
    let cut = |line: &str| line.chars().skip(same.saturating_sub(60)).take(160).collect::<String>();
    format!("…{}… instead of …{}…", cut(this), cut(first))
}

/// What tells the customers and orders of one sequence from those of another, at one length.
fn token(number: usize) -> String {
    format!("n{number:07}")
}

/// All distinct orders of `count` things, of which each choice of `doubles` comes twice.
fn sequences(count: usize, doubles: usize) -> Vec<Vec<usize>> {
    let mut all = Vec::new();
    for chosen in 0_u32..1 << count {
        if chosen.count_ones() as usize != doubles {
            continue;
        }
        let times = |thing: &usize| if chosen & (1 << thing) == 0 { 1 } else { 2 };
        let mut sequence: Vec<usize> = (0..count).flat_map(|thing| vec![thing; times(&thing)]).collect();
        all.push(sequence.clone());
        while step(&mut sequence) {
            all.push(sequence.clone());
        }
    }
    all
}

/// The next order by the alphabet; false after the last.
fn step(sequence: &mut [usize]) -> bool {
    let Some(fall) = sequence.windows(2).rposition(|pair| pair[0] < pair[1]) else { return false };
    let larger = sequence.iter().rposition(|thing| *thing > sequence[fall]).expect("the next one is larger");
    sequence.swap(fall, larger);
    sequence[fall + 1..].reverse();
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_orders_are_all_there_and_none_twice() {
        for (doubles, count) in [(0, 120), (1, 1_800), (2, 12_600)] {
            let all = sequences(5, doubles);
            let distinct: std::collections::BTreeSet<&Vec<usize>> = all.iter().collect();
            assert_eq!((all.len(), distinct.len()), (count, count));
        }
    }
}
