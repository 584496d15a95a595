//! What happened, run through the journeys once more: the same pure rules that the functions call, on a record in memory
//! and a clock that jumps from one thing to the next.

mod answers;
mod calendar;
mod goods;
mod look;
mod open;
mod orders;
mod people;
mod phones;
mod planned;
mod record;
mod scene;
mod talk;
mod turn;
mod who;

use rihla_core::instant::Instant;
use rihla_core::shop::Shop;

use super::past::Past;
use record::Record;

pub use planned::{Decided, Planned};
pub use who::Who;

/// What came of it.
#[derive(Debug)]
pub struct Simulated {
    /// Everything that was decided, in order of time.
    pub decided: Vec<Decided>,
    /// The follow-ups that wait at the end.
    pub open: Vec<Planned>,
    /// How many people there are.
    pub customers: usize,
    /// How many orders there are.
    pub orders: usize,
    /// How many of the answers were given.
    pub answers: usize,
    /// From when on, and until when.
    pub span: (Instant, Instant),
    /// How many messages other than service the shop allows itself to write to one person in a week.
    pub most_a_week: u32,
    /// Everybody.
    pub who: Who,
}

/// Runs what happened through a shop's journeys; nothing where nothing happened. The shop has the sources that told it
/// (see [`Past::told_to`]).
pub fn simulate(past: &Past, shop: &Shop) -> Option<Simulated> {
    let (first, end) = (past.deliveries.first()?.at, past.ends_at()?);
    let mut record = Record::new(shop, &past.reviews);
    for told in &past.deliveries {
        record.run_until(told.at);
        record.take_in(told);
    }
    record.run_until(end);
    Some(record.end(first, end))
}

impl Record<'_> {
    /// Lets time pass: whatever is due until then happens, in its order.
    fn run_until(&mut self, until: Instant) {
        loop {
            let look_at = self.calendar.first_at().filter(|at| *at <= until);
            let answer_at = self.answers.first_at().filter(|at| *at <= until);
            match (look_at, answer_at) {
                (None, None) => return,
                (Some(look_at), answer_at) if answer_at.is_none_or(|answer_at| look_at <= answer_at) => {
                    self.look_at_next();
                }
                _ => self.answer_next(),
            }
        }
    }

    fn end(self, from: Instant, until: Instant) -> Simulated {
        let open = self.open_at(until);
        Simulated {
            open,
            customers: self.people.count(),
            orders: self.owners.len(),
            answers: self.answers.given(),
            span: (from, until),
            most_a_week: self.shop.limits.most_a_week,
            decided: self.decided,
            who: Who { people: self.people, owners: self.owners },
        }
    }
}
