//! Every order in which the deliveries of a life can arrive, doubles among them: they must all lead to the same.

use std::collections::BTreeMap;

use rihla_core::instant::{Instant, Wait};

use super::ending::Ending;
use super::lives::{ALL_HAPPENED, Life};
use super::promises::Broken;
use super::script::LENGTH;
use super::telling::phone;
use super::world::{Files, STARTS_AT, World, WorldError};

/// So many orders of delivery are tried in one world, each with a customer of its own.
const SIDE_BY_SIDE: usize = 900;

/// Some of the orders in which the deliveries of a life can arrive. They are tried in one world.
#[derive(Debug)]
pub struct Orders {
    life: Life,
    /// The one that every other must come to the same as.
    first: Vec<usize>,
    sequences: Vec<Vec<usize>>,
}

/// What came of them.
#[derive(Debug)]
pub struct OrdersTried {
    /// What the first of all led to, for a person to read.
    pub led_to: String,
    /// What is not as promised; a disagreement is an order that led to something else than the first.
    pub broken: Broken,
}

impl Orders {
    /// All distinct orders of the deliveries of `life` with so many of them doubled, in groups.
    pub fn of(life: Life, doubles: usize) -> Vec<Self> {
        let sequences = sequences(life.deliveries(&token(0)).len(), doubles);
        let first = sequences.first().cloned().unwrap_or_default();
        let group = |group: &[Vec<usize>]| Self { life, first: first.clone(), sequences: group.to_vec() };
        sequences.chunks(SIDE_BY_SIDE).map(group).collect()
    }

    /// The life whose deliveries they are.
    pub fn life(&self) -> Life {
        self.life
    }

    /// How many they are.
    pub fn count(&self) -> usize {
        self.sequences.len()
    }

    /// Lets the deliveries arrive in all of these orders.
    pub async fn try_all(&self) -> Result<OrdersTried, WorldError> {
        let start: Instant = STARTS_AT.parse().expect("written as a moment");
        let world = World::new(&Files::read().patient(), &[], false).await?;
        world.until(start.after(ALL_HAPPENED)).await?;
        for posted in Life::others() {
            world.send(&posted).await?;
        }
        let sequences: Vec<&Vec<usize>> = [&self.first].into_iter().chain(&self.sequences).collect();
        for place in 0..self.first.len() {
            for (number, sequence) in sequences.iter().enumerate() {
                world.send(&self.life.deliveries(&token(number))[sequence[place]]).await?;
            }
            world.until(world.now().after(Wait::seconds(60))).await?;
        }
        world.until(start.after(LENGTH)).await?;
        Ok(compare(&Ending::read(&world.stack.aws)?, &sequences))
    }
}

fn compare(ending: &Ending, sequences: &[&Vec<usize>]) -> OrdersTried {
    let mut broken = Broken::promises(ending);
    let led_to = LedTo::of(ending);
    let first = led_to.by(0);
    for (number, sequence) in sequences.iter().enumerate() {
        let this = led_to.by(number);
        if this != first {
            broken.disagreements.push(format!("{sequence:?} {}", difference(&this, &first)));
        }
    }
    OrdersTried { led_to: first, broken }
}

/// Records and mails, each as a line, by the token of the customer.
#[derive(Default)]
struct LedTo(BTreeMap<String, Vec<String>>);

impl LedTo {
    fn of(ending: &Ending) -> Self {
        let mut led_to = Self::default();
        for key in ending.orders.keys() {
            let token = key.split(['#', '-']).nth(1).unwrap_or_default();
            led_to.add(token, format!("{key}: {}", ending.record(key)));
        }
        for mail in &ending.mails {
            let token = mail.recipient.split('@').next().unwrap_or_default();
            led_to.add(token, format!("{} for {}: {}", mail.journey, mail.order, mail.words));
        }
        led_to
    }

    fn add(&mut self, token: &str, line: String) {
        self.0.entry(token.to_owned()).or_default().push(line);
    }

    /// What the sequence of that number led to, without what tells it from the others.
    fn by(&self, number: usize) -> String {
        let token = token(number);
        let mut lines = self.0.get(&token).cloned().unwrap_or_default();
        lines.sort();
        lines.join("\n").replace(&token, "·").replace(&phone(&token), "☎")
    }
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
