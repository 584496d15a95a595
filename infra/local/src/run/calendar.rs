//! When the schedule has to run next. In a deployment it runs every minute; here the idle minutes are passed over.

use std::sync::atomic::Ordering;

use jiff::Timestamp;
use rihla_aws::table::{CALENDAR_SHARDS, Key};
use rihla_core::instant::{Instant, Wait};
use serde_json::{Value, json};

use super::Stack;

const MINUTE_MILLISECONDS: i64 = 60_000;

impl Stack {
    /// The minute at which the next look that is due between `from` and `to` is to be put on the queue.
    pub(super) fn next_tick(&self, from: Instant, to: Instant) -> Option<Timestamp> {
        let look_at = self.first_look(from, to.after(Wait::seconds(60)))?;
        Some(minute_before(look_at).timestamp())
    }

    /// The first look that is later than `from` and not later than `to`.
    fn first_look(&self, from: Instant, to: Instant) -> Option<Instant> {
        let hours = (0..).map(|hours| from.after(Wait::hours(hours)));
        let mut hours = hours.take_while(|hour| hour.before(Wait::hours(1)) < to);
        let first = hours.find_map(|hour| {
            let hour = hour.hour();
            let shards = (0..CALENDAR_SHARDS).filter(|_| self.aws.may_hold_looks(&hour));
            shards.filter_map(|shard| self.first_look_of(&hour, shard, from)).min()
        });
        first.filter(|look_at| *look_at <= to)
    }

    /// How far the calendar has been read; where it was never read, an hour back.
    pub(super) fn looked_through(&self) -> Instant {
        let cursor = self.cursor();
        let document: Option<Value> =
            cursor["d"]["S"].as_str().and_then(|text| serde_json::from_str(text).ok());
        let through = document.and_then(|document| document["through"].as_str()?.parse().ok());
        let read_through = through.unwrap_or_else(|| Instant::from(self.now()).before(Wait::hours(1)));
        read_through.max(Instant::from_milliseconds(self.nothing_until_milliseconds.load(Ordering::Relaxed)))
    }

    /// Remembers that no look is left that is due by `until`, which is now: those that are written from now on are later.
    pub(super) fn note_nothing_until(&self, until: Instant) {
        self.nothing_until_milliseconds.store(until.milliseconds(), Ordering::Relaxed);
    }

    /// Leaves the cursor where the ticks of the idle minutes until now would have left it; `looked_through` says from
    /// where on there is nothing. They are not run one by one, for a year has half a million of them. What one of them
    /// costs is priced apart, by the month.
    pub(super) fn pass_idle_minutes(&self, looked_through: Instant) {
        let now = Instant::from(self.now());
        let cursor = self.cursor();
        let nothing_is_late = now > looked_through && self.first_look(looked_through, now).is_none();
        let Some(version) = cursor["v"]["N"].as_str().filter(|_| nothing_is_late) else { return };
        let Key { pk, sk } = Key::calendar_cursor();
        let document = json!({ "through": now }).to_string();
        let item =
            json!({ "PK": { "S": pk }, "SK": { "S": sk }, "v": { "N": version }, "d": { "S": document } });
        self.aws.peek("PutItem", &json!({ "TableName": self.aws.layout().table, "Item": item }));
    }

    fn cursor(&self) -> Value {
        let Key { pk, sk } = Key::calendar_cursor();
        let key = json!({ "PK": { "S": pk }, "SK": { "S": sk } });
        let mut answer =
            self.aws.peek("GetItem", &json!({ "TableName": self.aws.layout().table, "Key": key }));
        answer["Item"].take()
    }

    /// The first look of an hour and shard that is later than `from`.
    fn first_look_of(&self, hour: &str, shard: u8, from: Instant) -> Option<Instant> {
        let answer = self.aws.peek(
            "Query",
            &json!({
                "TableName": self.aws.layout().table,
                "KeyConditionExpression": "PK = :pk AND SK > :sk",
                "ExpressionAttributeValues": {
                    ":pk": { "S": Key::calendar_partition(hour, shard) },
                    ":sk": { "S": Key::calendar_time(from.after(Wait::milliseconds_of(1))) },
                },
                "Limit": 1,
            }),
        );
        let key = answer["Items"][0]["SK"]["S"].as_str()?;
        key.split('#').next()?.parse().ok().map(Instant::from_milliseconds)
    }
}

/// The first minute from which the look is less than a minute ahead.
fn minute_before(look_at: Instant) -> Instant {
    let minute = look_at.milliseconds().div_euclid(MINUTE_MILLISECONDS);
    let is_whole = look_at.milliseconds().rem_euclid(MINUTE_MILLISECONDS) == 0;
    Instant::from_milliseconds((minute - i64::from(is_whole)) * MINUTE_MILLISECONDS)
}
