//! Start-up of the function that reads the calendar.

use dispatch::Dispatch;
use rihla_aws::clock::Clock;
use rihla_aws::environment::variable;
use rihla_aws::queue::Queue;
use rihla_aws::start;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), start::StartError> {
    start::log();
    let config = start::sdk_config()?;
    let outbox = Queue::new(aws_sdk_sqs::Client::new(&config), variable("OUTBOX_URL")?);
    let dispatch =
        Dispatch { table: start::table(&config, rihla_infra::keep()).await?, outbox, clock: Clock::wall() };
    start::run(async |_: serde::de::IgnoredAny| dispatch.handle().await).await
}
