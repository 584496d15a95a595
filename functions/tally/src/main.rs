//! Start-up of the function that counts all customers.

use rihla_aws::clock::Clock;
use rihla_aws::start;
use tally::{Pace, Tally};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), start::StartError> {
    start::log();
    let config = start::sdk_config()?;
    let tally = Tally {
        table: start::table(&config, rihla_infra::keep()).await?,
        clock: Clock::wall(),
        pace: Pace::default(),
    };
    start::run(async |_: serde::de::IgnoredAny| tally.handle().await).await
}
