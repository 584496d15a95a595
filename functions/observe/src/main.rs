//! Start-up of the function that takes in what the mail provider reports.

use observe::Observe;
use rihla_aws::clock::Clock;
use rihla_aws::environment::variable;
use rihla_aws::secrets::{IDENTITY_KEY, Secrets};
use rihla_aws::start;
use rihla_core::identifier::IdentityKey;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), start::StartError> {
    start::log();
    let config = start::sdk_config()?;
    let parameters = Secrets::new(aws_sdk_ssm::Client::new(&config), variable("SECRETS_PREFIX")?);
    let observe = Observe {
        table: start::table(&config, rihla_infra::keep()).await?,
        identity_key: IdentityKey::new(parameters.read_one(IDENTITY_KEY).await?),
        clock: Clock::wall(),
    };
    start::run(async |event| observe.handle(event).await).await
}
