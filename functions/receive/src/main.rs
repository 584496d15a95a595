//! Start-up of the function that takes in webhooks.

use std::sync::Arc;

use receive::{KeptKeys, Receive, key_token_names, secret_names};
use rihla_aws::clock::Clock;
use rihla_aws::environment::variable;
use rihla_aws::fetch::Asking;
use rihla_aws::intake::Intake;
use rihla_aws::kept::KeptSecrets;
use rihla_aws::queue::Queue;
use rihla_aws::record::Recorder;
use rihla_aws::secrets::{IDENTITY_KEY, Secrets};
use rihla_aws::start;
use rihla_core::identifier::IdentityKey;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), start::StartError> {
    start::log();
    let (config, fetch) = start::sdk_config_and_fetch()?;
    let (clock, shop) = (Clock::wall(), Arc::new(rihla_infra::shop()));
    let parameters = Secrets::new(aws_sdk_ssm::Client::new(&config), variable("SECRETS_PREFIX")?);
    let identity_key = IdentityKey::new(parameters.read_one(IDENTITY_KEY).await?);
    let queues = aws_sdk_sqs::Client::new(&config);
    let recorder = Recorder::new(
        start::table(&config, rihla_infra::keep()).await?,
        identity_key,
        shop.clone(),
        clock.clone(),
    );
    let dead = Queue::new(queues.clone(), variable("INBOX_DEAD_URL")?);
    let tokens = KeptSecrets::read(parameters.clone(), key_token_names(&shop), clock.now()).await?;
    let receive = Receive {
        secrets: KeptSecrets::read(parameters, secret_names(&shop), clock.now()).await?,
        keys: KeptKeys::default(),
        asking: Asking::new(fetch, tokens, clock.clone()),
        intake: Intake::new(rihla_infra::providers(), recorder, dead),
        inbox: Queue::new(queues, variable("INBOX_URL")?),
        shop,
        clock,
    };
    start::run(async |event| Ok::<_, start::StartError>(receive.handle(event).await)).await
}
