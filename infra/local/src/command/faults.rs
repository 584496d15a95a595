//! `rihla faults`: every order of delivery, every fault at every call, and random shops, held to the promises.

use std::num::NonZeroUsize;
use std::thread::available_parallelism;

use super::CommandError;
use crate::faults::{FaultArguments, Kind, Progress, run as try_all, story};

/// What is tried.
#[derive(Clone, Debug, clap::Args)]
pub struct FaultsArguments {
    /// How many random shops, with the seeds from 1 on
    #[arg(long, default_value_t = 1_000)]
    pub lifetimes: u64,
    /// How many pairs of faults that lie in different invocations; those within one are all tried
    #[arg(long, default_value_t = 1_000)]
    pub far_pairs: usize,
    /// Try nothing but this
    #[arg(long)]
    pub only: Option<Kind>,
    /// How many are tried at once; as many as there are cores if it is not given
    #[arg(long)]
    pub threads: Option<NonZeroUsize>,
    /// Tell the story of this one random shop instead
    #[arg(long)]
    pub seed: Option<u64>,
    /// Print one JSON object on standard output
    #[arg(long)]
    pub json: bool,
}

/// Tries, and fails when a promise was broken.
pub async fn run(arguments: &FaultsArguments) -> Result<(), CommandError> {
    if let Some(seed) = arguments.seed {
        for line in story(seed).await {
            println!("{line}");
        }
        return Ok(());
    }
    let FaultsArguments { lifetimes, far_pairs, only, .. } = *arguments;
    let threads = arguments.threads.or_else(|| available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
    let proof = try_all(&FaultArguments { only, lifetimes, seed: 1, far_pairs, threads }, show).await?;
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&proof)?);
    } else {
        println!("{proof:#?}");
    }
    match proof.findings.len() {
        0 => Ok(()),
        count => Err(format!("{count} promises were broken").into()),
    }
}

/// What was found, at once; and a line for each twentieth of a kind of trial.
fn show(progress: Progress<'_>) {
    let Progress { what, done, of, found, findings } = progress;
    for finding in found {
        eprintln!("{finding}");
    }
    if done == 1 || done * 20 / of != (done - 1) * 20 / of {
        eprintln!("{what}: {done} of {of}, {findings} promises broken so far");
    }
}
