//! Start-up of the function that sends.

use std::sync::Arc;

use deliver::Deliver;
use rihla_aws::clock::Clock;
use rihla_aws::environment::{optional, variable};
use rihla_aws::kept_rhythm::KeptRhythm;
use rihla_aws::mail::Mail;
use rihla_aws::secrets::Secrets;
use rihla_aws::start;
use rihla_messages::Renderer;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), start::StartError> {
    start::log();
    let config = start::sdk_config()?;
    let parameters = Secrets::new(aws_sdk_ssm::Client::new(&config), variable("SECRETS_PREFIX")?);
    let deliver = Deliver {
        table: start::table(&config, rihla_infra::keep()).await?,
        mail: Mail::new(&config, variable("CONFIGURATION_SET")?),
        shop: Arc::new(rihla_infra::shop_with(optional)),
        renderer: Renderer::new(rihla_infra::catalogue(), rihla_infra::brand_with(optional)),
        link_keys: parameters.link_keys().await?,
        rhythm: KeptRhythm::default(),
        clock: Clock::wall(),
    };
    start::run(async |event| Ok::<_, start::StartError>(deliver.handle(event).await)).await
}
