use rihla_aws::parked::Parked;
use rihla_aws::queue::{BATCH, Message, Queue};
use rihla_channels::{Headers, standard_webhooks};
use rihla_core::source::SourceId;
use rihla_import::{Limits, deliveries};

use super::Plan;
use crate::aws::layout::queue_url;
use crate::command::CommandError;
use crate::run::Stack;
use crate::shop::standard_body;

/// So much that a function has taken in ten of them long before it is stopped, and that ten of them, in base64, are well
/// within what one request to the queue may hold.
const LIMITS: Limits = Limits { events: 50, bytes: 60_000 };

/// The messages for an inbox queue: of the same files always the same.
pub fn bodies(plan: &Plan, source: &SourceId) -> Vec<String> {
    let parked = deliveries(plan.told(), LIMITS).into_iter().map(|events| {
        let (headers, body) = (Headers::default(), standard_body(&events));
        let provider = Some(standard_webhooks::PROVIDER.name.to_owned());
        Parked { provider, ..Parked::new(source.clone(), plan.exported_at, &headers, body, &[]) }
    });
    parked.map(|parked| parked.to_body()).collect()
}

/// Puts messages on the inbox queue of an account on this machine and has them taken in. Gives how many were set aside;
/// `progress` is told how many are done.
pub async fn send(
    stack: &Stack,
    bodies: &[String],
    mut progress: impl FnMut(usize),
) -> Result<usize, CommandError> {
    let client = aws_sdk_sqs::Client::new(&stack.aws.function("import").sdk_config());
    let inbox = Queue::new(client, queue_url("inbox"));
    let aside = || stack.aws.queues().counts("inbox-dead").map(|counts| counts.visible + counts.in_flight);
    let before = aside()?;
    for bodies in bodies.chunks(BATCH) {
        let message = |body: &String| Message { body: body.clone(), delay_seconds: 0 };
        inbox.send_batch(bodies.iter().map(message).collect()).await?;
        stack.settle().await?;
        progress(bodies.len());
    }
    Ok(usize::try_from(aside()?.saturating_sub(before))?)
}
