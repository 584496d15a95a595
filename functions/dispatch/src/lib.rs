//! Reads the calendar every minute and puts the looks of the next minute on the outbox queue, each with its delay.

mod cursor;

use futures_util::future::try_join_all;
use rihla_aws::clock::Clock;
use rihla_aws::look::Look;
use rihla_aws::queue::{BATCH, Message, Queue, QueueError};
use rihla_aws::table::{CALENDAR_SHARDS, Key, Table, TableError};
use rihla_core::instant::{Instant, Wait};

use cursor::KnownCursor;

/// The function.
#[derive(Debug)]
pub struct Dispatch {
    /// The table with the calendar.
    pub table: Table,
    /// Where the looks go.
    pub outbox: Queue,
    /// The time.
    pub clock: Clock,
}

/// The calendar was not read to the end: the next minute goes on from where this one came.
#[derive(Debug, thiserror::Error)]
pub enum DispatchError {
    /// The calendar could not be read.
    #[error("the calendar could not be read")]
    Table(#[from] TableError),
    /// The outbox did not take a look.
    #[error("a look could not be put on the outbox queue")]
    Queue(#[from] QueueError),
}

/// How far ahead of its time a look is put on the queue. Whoever writes to the calendar keeps further ahead than this.
const AHEAD: Wait = Wait::seconds(60);

/// So many requests to the queue are under way at once: one after another, a minute would hold some ten thousand.
const SIDE_BY_SIDE: usize = 16;

/// So many looks are in memory at once. A query's own measure, a megabyte, would be some nine thousand.
const PAGE: i32 = 2_000;

/// After so many pages of one shard the place is noted, so that a run that is cut short is not wholly done again.
const PAGES_BETWEEN_NOTES: usize = 16;

impl Dispatch {
    /// Puts everything that is due by a minute from now on the queue. Gives how many looks that were.
    pub async fn handle(&self) -> Result<usize, DispatchError> {
        let now = self.clock.now();
        let horizon = now.after(AHEAD);
        let mut cursor = KnownCursor::read(&self.table, now).await?;
        let mut count = 0;
        for shard in 0..CALENDAR_SHARDS {
            count += self.shard(&mut cursor, shard, now, horizon).await?;
        }
        cursor.finish(&self.table, horizon, count).await?;
        Ok(count)
    }

    async fn shard(
        &self,
        cursor: &mut KnownCursor,
        shard: u8,
        now: Instant,
        horizon: Instant,
    ) -> Result<usize, DispatchError> {
        let (from, to) =
            (cursor.start_of(shard), Key::calendar_time(horizon.after(Wait::milliseconds_of(1))));
        let (mut count, mut pages) = (0, 0);
        for hour in hours(cursor.cursor.through, horizon) {
            let partition = Key::calendar_partition(&hour, shard);
            let mut after: Option<String> = None;
            loop {
                let start = after.as_deref().unwrap_or(&from);
                let page = self.table.keys_between(&partition, (start, &to), PAGE).await?;
                let keys = page.keys.into_iter().filter(|key| Some(key) != after.as_ref());
                let keys: Vec<String> = keys.collect();
                self.send(&keys, now).await?;
                count += keys.len();
                pages += 1;
                let Some(last) = keys.into_iter().last().filter(|_| page.has_more) else { break };
                if pages % PAGES_BETWEEN_NOTES == 0 {
                    cursor.note(&self.table, shard, &last).await?;
                }
                after = Some(last);
            }
        }
        Ok(count)
    }

    async fn send(&self, keys: &[String], now: Instant) -> Result<(), QueueError> {
        let messages: Vec<Message> = keys.iter().filter_map(|key| message(key, now)).collect();
        for batches in messages.chunks(BATCH * SIDE_BY_SIDE) {
            let sending = batches.chunks(BATCH).map(|batch| self.outbox.send_batch(batch.to_vec()));
            try_join_all(sending).await?;
        }
        Ok(())
    }
}

/// The message of a look: its place in the calendar says all of it.
fn message(key: &str, now: Instant) -> Option<Message> {
    let (time, rest) = key.split_once('#')?;
    let (customer, trigger) = rest.split_once('#')?;
    let due_at = Instant::from_milliseconds(time.parse().ok()?);
    let look = Look {
        customer: rihla_core::identifier::CustomerId::from_text(customer),
        trigger: trigger.parse().ok()?,
    };
    // Up to the next second: nothing is looked at before its time.
    let seconds = (due_at.milliseconds() - now.milliseconds() + 999).div_euclid(1000).clamp(0, 900);
    let body = serde_json::to_string(&look).expect("a look is plain text");
    Some(Message { body, delay_seconds: i32::try_from(seconds).expect("at most 900") })
}

/// The hours from one moment to another, both included.
fn hours(from: Instant, to: Instant) -> Vec<String> {
    let starts = (0..).map(|hour| from.after(Wait::hours(hour)));
    let mut hours: Vec<String> = starts.take_while(|start| *start < to).map(Instant::hour).collect();
    hours.push(to.hour());
    hours.dedup();
    hours
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_leave_none_out() {
        let at = |text: &str| text.parse::<Instant>().unwrap();
        assert_eq!(
            hours(at("2026-11-02T08:59:30Z"), at("2026-11-02T09:00:10Z")),
            ["2026-11-02T08", "2026-11-02T09"]
        );
        assert_eq!(hours(at("2026-11-02T08:10:00Z"), at("2026-11-02T08:11:00Z")), ["2026-11-02T08"]);
        assert_eq!(hours(at("2026-11-02T22:30:00Z"), at("2026-11-03T01:00:00Z")).len(), 4);
    }

    #[test]
    fn nothing_is_looked_at_before_its_time() {
        let key = "000001700000000500#0123456789abcdef0123#web#45%2301";
        let message = message(key, Instant::from_milliseconds(1_700_000_000_000)).unwrap();
        assert_eq!(message.delay_seconds, 1);
        let look: Look = serde_json::from_str(&message.body).unwrap();
        assert_eq!(look.trigger.id, "45#01");
    }
}
