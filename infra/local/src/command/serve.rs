//! `rihla serve`: live webhooks on the machine's clock.

use std::rc::Rc;
use std::time::Duration;

use rihla_core::instant::{Instant, Wait};

use super::account::{AccountFolder, start};
use super::local_pages::{DeskPages, serve};
use super::{CommandError, Place};
use crate::run::{LOCAL_SECRETS, Stack};

/// How live webhooks are taken.
#[derive(Clone, Debug, clap::Args)]
pub struct ServeArguments {
    /// The account to go on with: the sample's, or one of your own
    #[arg(long, default_value = "live")]
    pub account: String,
    /// Where it is kept and served
    #[command(flatten)]
    pub place: Place,
}

/// Takes webhooks until the process is stopped.
pub async fn run(arguments: &ServeArguments) -> Result<(), CommandError> {
    let folder = AccountFolder::new(&arguments.place.folder, &arguments.account, false)?;
    let aws = folder.on_wall_clock()?;
    let stack = Rc::new(start(aws, rihla_infra::shop(), arguments.place.port).await?);
    let names: Vec<&str> = stack.shop.sources.iter().map(|source| source.name.as_str()).collect();
    eprintln!("Sources: {}. All of them sign with {LOCAL_SECRETS}", names.join(", "));
    let pages = DeskPages::new(&stack, "live", Instant::from(stack.now()));
    let clockwork = run_on(stack.clone());
    let served = serve(stack, pages, arguments.place.port);
    tokio::select! {
        ended = clockwork => ended,
        ended = served => ended,
    }
}

/// Does every second what has come due: the minute's schedule, the queues, the reports; and every hour the count, and what the
/// database sweeps by itself.
async fn run_on(stack: Rc<Stack>) -> Result<(), CommandError> {
    let mut seconds = tokio::time::interval(Duration::from_secs(1));
    let mut counts_at = Instant::from(stack.now());
    loop {
        seconds.tick().await;
        stack.run_until(Instant::from(stack.now())).await?;
        if Instant::from(stack.now()) >= counts_at {
            stack.tally().await?;
            stack.aws.sweep();
            counts_at = counts_at.after(Wait::hours(1));
        }
    }
}
