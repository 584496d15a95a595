//! `rihla`: a week of a small shop, thirty days later.

use std::rc::Rc;

use rihla_core::instant::{Instant, Wait};

use super::account::{AccountFolder, start};
use super::local_pages::{DeskPages, serve};
use super::visits::Visits;
use super::{CommandError, Place, progress, summary};
use crate::run::Stack;
use crate::shop::{STARTS_AT, sample_visits, sample_week};

/// How the sample is run.
#[derive(Clone, Debug, clap::Args)]
pub struct SampleArguments {
    /// Start over instead of going on from what was kept
    #[arg(long)]
    pub fresh: bool,
    /// End with the table, without serving the pages
    #[arg(long)]
    pub no_serve: bool,
    /// Where it is kept and served
    #[command(flatten)]
    pub place: Place,
}

/// How long the clock runs on after the week.
const AFTERWARDS: Wait = Wait::days(30);

/// Runs the sample, prints what happened and serves the pages.
pub async fn run(arguments: &SampleArguments) -> Result<(), CommandError> {
    let start_at: Instant = STARTS_AT.parse()?;
    let folder = AccountFolder::new(&arguments.place.folder, "sample", arguments.fresh)?;
    let is_begun = folder.is_begun()?;
    let aws = folder.on_virtual_clock(start_at)?;
    let stack = Rc::new(start(aws, rihla_infra::shop(), arguments.place.port).await?);
    if is_begun {
        eprintln!("Going on from {} (start over with --fresh).", arguments.place.folder.display());
    }
    folder.restore_usage(&stack.aws);
    play(&stack).await?;
    folder.keep_usage(&stack.aws)?;
    stack.tally().await?;
    println!("{}", summary::summary(&stack.aws));
    if arguments.no_serve {
        return Ok(());
    }
    let pages = DeskPages::new(&stack, "a week of a small shop, and the thirty days after it", start_at);
    serve(stack, pages, arguments.place.port).await
}

/// Posts what has not been posted, and lets the time pass.
async fn play(stack: &Stack) -> Result<(), CommandError> {
    let now = Instant::from(stack.now());
    let week: Vec<_> = sample_week().into_iter().filter(|posted| posted.at >= now).collect();
    let mut visits = Visits::new(sample_visits());
    let bar = progress::bar(week.len(), "posting");
    for posted in &week {
        visits.run_until(stack, posted.at).await?;
        let answer = stack.post(posted).await?;
        if answer.status >= 300 {
            return Err(
                format!("{} answered {} to {}", posted.source, answer.status, posted.delivery_id).into()
            );
        }
        bar.inc(1);
    }
    bar.finish();
    let days = AFTERWARDS.milliseconds() / Wait::days(1).milliseconds();
    let end = sample_week().last().map_or(now, |posted| posted.at).after(AFTERWARDS);
    let bar = progress::bar(usize::try_from(days)?, "days");
    for day in (0..days).rev() {
        visits.run_until(stack, end.before(Wait::days(day)).max(Instant::from(stack.now()))).await?;
        bar.inc(1);
    }
    bar.finish();
    Ok(())
}
