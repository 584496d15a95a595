//! Letting time pass: whatever is to happen until then happens, in its order.

use jiff::Timestamp;
use rihla_core::instant::{Instant, Wait};
use serde_json::Value;

use super::stack::queues_of;
use super::{Stack, StackError};

/// How often the schedule runs.
const MINUTE: Wait = Wait::seconds(60);

/// The queues that functions are fed from.
const QUEUES: [&str; 2] = ["inbox", "outbox"];

impl Stack {
    /// Lets time pass until `until`. Gives how many times the schedule ran.
    pub async fn run_until(&self, until: Instant) -> Result<usize, StackError> {
        let mut ticks = 0;
        let queues: Vec<&str> = QUEUES.into_iter().chain(queues_of(&self.shop)).collect();
        let mut looked_through = self.looked_through();
        let mut not_before = self.now();
        loop {
            Box::pin(self.settle()).await?;
            let due_at = self.next_tick(looked_through, until);
            let tick_at = due_at.map(|tick_at| tick_at.max(not_before));
            let message_at = self.aws.next_event_at(&queues)?;
            let next = tick_at.into_iter().chain(message_at).min();
            let Some(next) = next.filter(|at| *at <= until.timestamp()) else {
                self.aws.clock().advance_to(until.timestamp());
                if due_at.is_none_or(|due_at| due_at > until.timestamp()) {
                    self.note_nothing_until(until);
                }
                return Ok(ticks);
            };
            self.aws.clock().advance_to(next);
            if tick_at != Some(next) {
                continue;
            }
            self.pass_idle_minutes(looked_through);
            ticks += 1;
            if self.tick().await? {
                looked_through = Instant::from(self.now()).after(MINUTE);
            } else {
                not_before = Instant::from(self.now()).after(MINUTE).timestamp();
            }
        }
    }

    /// Runs the schedule once, at this moment. Whether it got through.
    pub async fn tick(&self) -> Result<bool, StackError> {
        let (function, dispatch) = &self.dispatch;
        Ok(matches!(Box::pin(function.run(dispatch.handle())).await, Ok(Ok(_))))
    }

    /// Handles every message and report that is there at this moment.
    pub async fn settle(&self) -> Result<(), StackError> {
        // On the heap: the futures of all functions within one another are more than a thread's stack likes.
        while Box::pin(self.step()).await? {}
        Ok(())
    }

    /// Handles one batch of each kind. Whether there was anything.
    async fn step(&self) -> Result<bool, StackError> {
        let (inbox, absorb) = &self.absorb;
        let absorbed = inbox.poll(async |event| answer(absorb.handle(read(event)?).await)).await?;
        let mut by_queue = 0;
        for queue in &self.by_queue {
            by_queue += queue.poll(async |event| answer(absorb.handle(read(event)?).await)).await?.received;
        }
        let (outbox, deliver) = &self.deliver;
        let delivered = outbox.poll(async |event| answer(deliver.handle(read(event)?).await)).await?;
        let (topic, observe) = &self.observe;
        let observed = topic
            .poll(async |event| {
                observe.handle(read(event)?).await.map_err(|error| error.to_string())?;
                Ok::<Value, String>(Value::Null)
            })
            .await?;
        Ok(absorbed.received + by_queue + delivered.received + observed.received > 0)
    }

    /// Asks `console` as staff do, with one JSON object.
    pub async fn ask(&self, request: Value) -> Result<Value, StackError> {
        let (function, console) = &self.console;
        let failed = |ending: crate::aws::Ending| StackError::Function {
            function: "console",
            reason: ending.to_string(),
        };
        Box::pin(function.run(console.handle(request))).await.map_err(failed)
    }

    /// Runs the hourly count of all customers once, at this moment. It does something once a day.
    pub async fn tally(&self) -> Result<tally::Done, StackError> {
        let (function, tally) = &self.tally;
        let failed = |reason: String| StackError::Function { function: "tally", reason };
        let counted = Box::pin(function.run(tally.handle())).await;
        counted.map_err(|ending| failed(ending.to_string()))?.map_err(|error| failed(error.to_string()))
    }

    /// The clock's time.
    pub fn now(&self) -> Timestamp {
        self.aws.clock().now()
    }
}

fn read<Event: serde::de::DeserializeOwned>(event: Value) -> Result<Event, String> {
    serde_json::from_value(event).map_err(|error| error.to_string())
}

fn answer(answer: impl serde::Serialize) -> Result<Value, String> {
    serde_json::to_value(answer).map_err(|error| error.to_string())
}
