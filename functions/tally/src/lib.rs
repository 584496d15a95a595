//! Once a day goes through all customers, a stretch at each invocation, and fits to their counts how the shop's customers buy.
//!
//! Counts and how far they reach are one item, written under a condition at the end of a stretch: what was cut short, or done
//! twice at once, is counted once.

mod counts;
mod round;

use rihla_aws::clock::Clock;
use rihla_aws::person::circle;
use rihla_aws::table::{Expect, Freshness, Key, Table, TableError, Versioned, Write};
use rihla_core::identifier::CustomerId;
use rihla_core::instant::{Instant, Wait};
use rihla_core::profile::Profile;
use serde::Serialize;

use round::Round;

/// The function.
#[derive(Debug)]
pub struct Tally {
    /// The table.
    pub table: Table,
    /// The time.
    pub clock: Clock,
    /// How much is done at once.
    pub pace: Pace,
}

/// How much of the table an invocation goes through.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// So many pages at most.
    pub pages: usize,
    /// So many of the table's items a page; none for as many as DynamoDB gives, a megabyte.
    pub items_a_page: Option<i32>,
    /// No page is begun after so long.
    pub time: Wait,
}

impl Default for Pace {
    /// A gigabyte, within two thirds of the function's five minutes: the rest is for the fit.
    fn default() -> Self {
        Self { pages: 1_000, items_a_page: None, time: Wait::seconds(200) }
    }
}

/// What an invocation did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Done {
    /// The last round is not a day old.
    NotDue,
    /// A stretch: the next invocation goes on.
    Stretch,
    /// The round is over, and its fit is stored.
    Round,
    /// Another invocation did the same at the same time.
    Overtaken,
}

/// The stretch was not counted: the next invocation does it again.
#[derive(Debug, thiserror::Error)]
pub enum TallyError {
    /// The table could not be read or written.
    #[error("the customers could not be counted")]
    Table(#[from] TableError),
}

impl Tally {
    /// Goes on with the round, or begins one, if it is time.
    pub async fn handle(&self) -> Result<Done, TallyError> {
        let now = self.clock.now();
        let known: Option<Versioned<Round>> = self.table.get(&Key::tally(), Freshness::Latest).await?;
        let expect = Versioned::expect(known.as_ref());
        let Some(mut round) = Round::at(known.map(|known| known.document), now) else {
            return Ok(Done::NotDue);
        };
        let is_at_the_end = self.stretch(&mut round, now.after(self.pace.time)).await?;
        let done = if is_at_the_end { self.finish(&mut round).await? } else { Done::Stretch };
        match self.table.put(Write::new(Key::tally(), &round, expect)).await {
            Err(TableError::Conflict) => Ok(Done::Overtaken),
            written => Ok(written.map(|()| done)?),
        }
    }

    /// Counts the customers of some pages. Whether the table ends there.
    async fn stretch(&self, round: &mut Round, until: Instant) -> Result<bool, TableError> {
        for _ in 0..self.pace.pages {
            let page = self.table.profiles(round.after.as_ref(), self.pace.items_a_page).await?;
            for (customer, profile) in page.customers {
                self.count(round, &customer, profile).await?;
            }
            round.after = page.next;
            if round.after.is_none() || self.clock.now() >= until {
                break;
            }
        }
        Ok(round.after.is_none())
    }

    /// A person of several records is counted where the oldest of them lies.
    async fn count(&self, round: &mut Round, customer: &CustomerId, own: Profile) -> Result<(), TableError> {
        let circle = circle(&self.table, customer, own, Freshness::MayBeStale).await?;
        let mut person = circle.person(customer).into_iter();
        if let Some((_, oldest)) = person.next().filter(|(oldest, _)| oldest == customer) {
            let person = oldest.united(person.map(|(_, profile)| profile));
            round.count(customer, &person.totals);
        }
        Ok(())
    }

    /// Stores what was found, before the round is noted as over: cut short in between, it is found again.
    async fn finish(&self, round: &mut Round) -> Result<Done, TableError> {
        let now = self.clock.now();
        if !round.is_in_the_shops_currency() {
            *round = round.anew(now);
            return Ok(Done::Stretch);
        }
        let fit = round.fit(now);
        self.table.put(Write::new(Key::fit(), &fit, Expect::Anything)).await?;
        *round = round.over();
        Ok(Done::Round)
    }
}
