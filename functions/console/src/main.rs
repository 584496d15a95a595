//! Start-up of the function that answers the shop's staff.

use std::sync::Arc;

use console::Console;
use rihla_aws::clock::Clock;
use rihla_aws::environment::variable;
use rihla_aws::record::Recorder;
use rihla_aws::secrets::{IDENTITY_KEY, Secrets};
use rihla_aws::start;
use rihla_core::identifier::IdentityKey;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), start::StartError> {
    start::log();
    let config = start::sdk_config()?;
    let parameters = Secrets::new(aws_sdk_ssm::Client::new(&config), variable("SECRETS_PREFIX")?);
    let identity_key = IdentityKey::new(parameters.read_one(IDENTITY_KEY).await?);
    let (table, shop) = (start::table(&config, rihla_infra::keep()).await?, Arc::new(rihla_infra::shop()));
    let console = Console {
        recorder: Recorder::new(table.clone(), identity_key.clone(), shop.clone(), Clock::wall()),
        table,
        identity_key,
        shop,
        clock: Clock::wall(),
    };
    start::run(async |request| Ok::<_, start::StartError>(console.handle(request).await)).await
}
