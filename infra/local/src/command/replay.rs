//! `rihla replay`: a real shop's history, as signed deliveries on the virtual clock.

mod mails;
mod result;
mod state;

use std::path::PathBuf;
use std::time::Duration;

use rihla_core::instant::{Instant, Wait};
use rihla_core::shop::Shop;
use rihla_core::source::Channel;

use super::account::{AccountFolder, start};
use super::{CommandError, Place, progress, summary};
use crate::replay::{Arrival, Replay, in_order, read, shuffled};
use crate::run::Stack;

use mails::Mails;
use result::ReplayResult;
use state::State;

/// What is replayed, and how.
#[derive(Clone, Debug, clap::Args)]
pub struct ReplayArguments {
    /// A folder of Olist's tables, or UCI Online Retail's file or its folder
    pub data: PathBuf,
    /// Only the first orders
    #[arg(long, value_name = "ORDERS")]
    pub limit: Option<usize>,
    /// Let deliveries arrive late and out of order, by chance with this seed
    #[arg(long, value_name = "SEED")]
    pub shuffle: Option<u64>,
    /// Send every delivery twice
    #[arg(long)]
    pub twice: bool,
    /// Print one JSON object on standard output
    #[arg(long)]
    pub json: bool,
    /// Start over instead of going on with a replay that was interrupted
    #[arg(long)]
    pub fresh: bool,
    /// Where it is kept
    #[command(flatten)]
    pub place: Place,
}

/// How long the clock runs on after the last delivery: longer than any journey waits and keeps.
const AFTERWARDS: Wait = Wait::days(75);

/// After so many arrivals the place is noted on disk.
const ARRIVALS_BETWEEN_NOTES: usize = 500;

/// Replays, and prints what came of it.
pub async fn run(arguments: &ReplayArguments) -> Result<(), CommandError> {
    let began = clock_time();
    let replay = read(&arguments.data, arguments.limit)?;
    for (why, count) in &replay.left_out {
        eprintln!("left out: {count} {why}");
    }
    let shop = with_source(rihla_infra::shop(), &replay);
    let arrivals = match arguments.shuffle {
        Some(seed) => shuffled(&replay, seed, arguments.twice, &shop.journeys),
        None => in_order(&replay, arguments.twice),
    };
    let Some(first) = arrivals.first() else { return Err("there is nothing to replay".into()) };
    let (folder, state) = State::open(arguments)?;
    let aws = folder.on_virtual_clock(first.at)?;
    let stack = start(aws, shop, arguments.place.port).await?;
    let mut run = Run { stack, mails: Mails::open(&folder, &replay)?, replay, state, folder };
    run.play(&arrivals).await?;
    let seconds = run.state.seconds + clock_time().saturating_sub(began).as_secs_f64();
    let result = ReplayResult::of(&run.stack, &run.replay, &arrivals, &run.mails, seconds);
    for line in result.lost_lines.iter().take(20) {
        eprintln!("lost: {line}");
    }
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&result)?);
    } else {
        println!("{}", summary::summary(&run.stack.aws));
        println!("{}", result.in_words());
    }
    run.state.finish(&run.folder, seconds)
}

/// The shop with the replay's own source beside those of `infra/sources.yaml`.
fn with_source(mut shop: Shop, replay: &Replay) -> Shop {
    if shop.source(replay.source.as_str()).is_none() {
        shop.sources.push(Stack::guest_source(&replay.source, Channel::Web, None));
    }
    shop
}

struct Run {
    stack: Stack,
    replay: Replay,
    mails: Mails,
    state: State,
    folder: AccountFolder,
}

impl Run {
    async fn play(&mut self, arrivals: &[Arrival]) -> Result<(), CommandError> {
        self.state.restore(&self.stack);
        let bar = progress::bar(arrivals.len(), "deliveries");
        bar.set_position(self.state.next_arrival as u64);
        let began = clock_time();
        for (index, arrival) in arrivals.iter().enumerate().skip(self.state.next_arrival) {
            self.run_until(arrival.at).await?;
            let posted = self.replay.posted(arrival);
            let answer = self.stack.post(&posted).await?;
            if answer.status >= 300 {
                return Err(format!("{} was answered with {}", posted.delivery_id, answer.status).into());
            }
            bar.inc(1);
            if (index + 1) % ARRIVALS_BETWEEN_NOTES == 0 {
                self.mails.keep(&self.stack)?;
                self.state.note(&self.folder, &self.stack, index + 1, clock_time().saturating_sub(began))?;
            }
        }
        bar.finish();
        let last = arrivals.last().map_or(Instant::from(self.stack.now()), |arrival| arrival.at);
        self.run_until(last.after(AFTERWARDS)).await?;
        self.mails.keep(&self.stack)
    }

    /// Lets time pass, with the answers that buyers give in it.
    async fn run_until(&mut self, until: Instant) -> Result<(), CommandError> {
        loop {
            let next =
                self.mails.next_answer().unwrap_or(until).min(until).max(Instant::from(self.stack.now()));
            self.stack.run_until(next).await?;
            self.mails.collect(&self.stack)?;
            self.mails.answer(&self.stack, next).await?;
            if next >= until {
                return Ok(());
            }
        }
    }
}

/// The time that a person waits, which has nothing to do with the time in the replay.
#[expect(clippy::disallowed_methods, reason = "how long the replay took is measured on the machine's clock")]
fn clock_time() -> Duration {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default()
}
