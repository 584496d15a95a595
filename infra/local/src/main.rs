//! `rihla`: the functions on an embedded AWS, to try them, replay a shop's history, and look into deliveries.

use std::io::{stderr, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use rihla_core::instant::Instant;
use rihla_local::command::faults::{self, FaultsArguments};
use rihla_local::command::import::{self, ImportArguments};
use rihla_local::command::replay::{self, ReplayArguments};
use rihla_local::command::sample::{self, SampleArguments};
use rihla_local::command::serve::{self, ServeArguments};
use rihla_local::cost::{self, CostArguments};
use rihla_local::experiment::{self, ExperimentArguments};
use rihla_local::forecast::{self, ForecastArguments};
use rihla_local::identity::{self, IdentityArguments};
use rihla_local::inspect::{InspectArguments, inspect};
use rihla_local::journeys::{self, JourneysArguments};
use rihla_local::recommend::{self, RecommendArguments};
use rihla_local::why::{self, WhyArguments};

/// The path of a shop's customers on this machine: webhooks in, one record each, follow-ups out.
#[derive(Debug, Parser)]
#[command(name = "rihla", version, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    sample: SampleArguments,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Take live webhooks on the machine's clock
    Serve(ServeArguments),
    /// Replay a folder of a real shop's tables
    Replay(ReplayArguments),
    /// Try every order of delivery, every fault at every call, and random shops
    Faults(FaultsArguments),
    /// Find who is one in records of which it is known, and print how well
    Identity(IdentityArguments),
    /// Take over what a former system exported
    Import(ImportArguments),
    /// Show what one delivery says
    Inspect(InspectCommand),
    /// Print the bill of a shop of a size
    Cost(CostArguments),
    /// Foretell the held-out end of a real shop's history, beside naive forecasts
    Forecast(ForecastArguments),
    /// Check journeys, try them on past events, look at their messages
    Journeys(JourneysArguments),
    /// Say what was decided on a customer's follow-ups, and why
    Why(WhyArguments),
    /// Suggest what goes with the orders of a real shop's last month, beside its best sellers
    Recommend(RecommendArguments),
    /// Print what each arm of a finished test of e-mails brought
    Experiment(ExperimentArguments),
}

#[derive(Debug, clap::Args)]
struct InspectCommand {
    /// The provider that sent it, such as shopify or standard-webhooks
    kind: String,
    /// The file with its body, byte for byte
    body_file: PathBuf,
    /// A JSON file with its headers; without it the topic is taken from the body file's name
    #[arg(long, value_name = "FILE")]
    headers: Option<PathBuf>,
    /// The secret it should be signed with; without it the signature is not checked
    #[arg(long)]
    secret: Option<String>,
    /// The address it was sent to, for providers that sign it
    #[arg(long)]
    url: Option<String>,
    /// The time that stands for now
    #[arg(long, value_name = "TIME")]
    at: Option<Instant>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime without threads needs nothing but a free file handle");
    tokio::task::LocalSet::new().block_on(&runtime, async {
        match arguments.command {
            None => sample::run(&arguments.sample).await,
            Some(Command::Serve(arguments)) => serve::run(&arguments).await,
            Some(Command::Faults(arguments)) => faults::run(&arguments).await,
            Some(Command::Import(arguments)) => import::run(&arguments).await,
            Some(Command::Replay(arguments)) => replay::run(&arguments).await,
            Some(Command::Cost(arguments)) => cost::run(&arguments).await,
            Some(Command::Identity(arguments)) => identity::run(&arguments),
            Some(Command::Forecast(arguments)) => forecast::run(&arguments),
            Some(Command::Journeys(arguments)) => return journeys::run(&arguments),
            Some(Command::Why(arguments)) => return why::run(&arguments),
            Some(Command::Recommend(arguments)) => recommend::run(&arguments),
            Some(Command::Experiment(arguments)) => experiment::run(&arguments),
            Some(Command::Inspect(arguments)) => return ExitCode::from(run_inspect(arguments)),
        }
        .map_or_else(|error| failed(&*error), |()| ExitCode::SUCCESS)
    })
}

fn run_inspect(arguments: InspectCommand) -> u8 {
    let InspectCommand { kind, body_file, headers, secret, url, at } = arguments;
    let arguments = InspectArguments { kind, body_file, headers_file: headers, secret, url, at };
    let now = rihla_local::aws::Clock::wall().now().into();
    inspect(&arguments, now, &mut stdout().lock(), &mut stderr().lock())
}

/// Says what went wrong, with its causes.
fn failed(error: &dyn std::error::Error) -> ExitCode {
    eprintln!("rihla: {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        eprintln!("  because {error}");
        cause = error.source();
    }
    ExitCode::FAILURE
}
