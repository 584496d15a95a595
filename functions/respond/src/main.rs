//! Start-up of the function that answers the links in mails.

use std::sync::Arc;

use respond::Respond;
use rihla_aws::clock::Clock;
use rihla_aws::environment::{optional, variable};
use rihla_aws::secrets::Secrets;
use rihla_aws::start;
use rihla_messages::Renderer;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), start::StartError> {
    start::log();
    let config = start::sdk_config()?;
    let parameters = Secrets::new(aws_sdk_ssm::Client::new(&config), variable("SECRETS_PREFIX")?);
    let respond = Respond {
        table: start::table(&config, rihla_infra::keep()).await?,
        shop: Arc::new(rihla_infra::shop()),
        renderer: Renderer::new(rihla_infra::catalogue(), rihla_infra::brand_with(optional)),
        link_keys: parameters.link_keys().await?,
        clock: Clock::wall(),
    };
    start::run(async |event| Ok::<_, start::StartError>(respond.handle(event).await)).await
}
