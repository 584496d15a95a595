//! The command: all of it, counted.

use serde::Serialize;

use super::lifetime::{LifetimeFiles, lifetime};
use super::lives::Life;
use super::orders::try_orders;
use super::promises::Broken;
use super::single::Scenario;
use super::world::WorldError;
use crate::aws::Clock;

/// What is to be tried.
#[derive(Clone, Debug)]
pub struct FaultArguments {
    /// How many random shops; they have the seeds from `seed` on.
    pub lifetimes: u64,
    /// The first seed.
    pub seed: u64,
    /// How many pairs of faults that lie in different invocations; those within one are all tried.
    pub far_pairs: usize,
}

impl Default for FaultArguments {
    fn default() -> Self {
        Self { lifetimes: 1_000, seed: 1, far_pairs: 1_000 }
    }
}

/// What was tried, and what was found.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Proof {
    /// Orders of delivery.
    pub orders_tried: usize,
    /// Single faults, to one attempt and to all attempts of the SDK.
    pub single_faults: usize,
    /// Pairs of faults.
    pub fault_pairs: usize,
    /// Random shops.
    pub lifetimes: u64,
    /// Mails that said what another had said before.
    pub messages_twice: usize,
    /// What was acknowledged or owed, and is not there.
    pub lost: usize,
    /// Follow-ups of which nobody knows whether they were sent.
    pub in_doubt: usize,
    /// Where table, mailbox and expectation differ.
    pub disagreements: usize,
    /// How long it took.
    pub seconds: i64,
    /// What was found, each with how to see it again.
    #[serde(skip)]
    pub findings: Vec<String>,
}

/// Tries everything, and tells `progress` what is done.
pub async fn run(arguments: &FaultArguments, progress: impl Fn(&str)) -> Result<Proof, WorldError> {
    let clock = Clock::wall();
    let started_at = clock.now();
    let mut proof = Proof::default();
    for life in Life::ALL {
        for doubles in [1, 2] {
            let orders = try_orders(life, doubles).await?;
            proof.orders_tried += orders.tried;
            progress(&format!("{life:?}: {} orders of delivery", orders.tried));
            proof.add(&format!("{life:?}, {doubles} doubled"), &orders.broken);
        }
    }
    let scenario = Scenario::new().await?;
    for plan in scenario.single_faults().chain(scenario.lasting_faults()) {
        proof.single_faults += 1;
        proof.add(&format!("{plan:?}"), &scenario.with(&[plan]).await);
    }
    let late = Scenario::with_late_reports().await?;
    for plan in late.faults_of("deliver") {
        proof.single_faults += 1;
        proof.add(&format!("{plan:?}, reports late"), &late.with(&[plan]).await);
    }
    progress(&format!("{} single faults", proof.single_faults));
    for pair in scenario.near_pairs().chain(scenario.far_pairs(arguments.seed).take(arguments.far_pairs)) {
        proof.fault_pairs += 1;
        proof.add(&format!("{pair:?}"), &scenario.with(&pair).await);
    }
    progress(&format!("{} pairs of faults", proof.fault_pairs));
    let files = LifetimeFiles::read();
    for seed in arguments.seed..arguments.seed + arguments.lifetimes {
        proof.lifetimes += 1;
        proof.add(&format!("rihla faults --seed {seed}"), &lifetime(&files, seed, false).await.0);
    }
    progress(&format!("{} lifetimes", proof.lifetimes));
    proof.seconds = clock.now().duration_since(started_at).as_secs();
    Ok(proof)
}

/// One random shop with its story, line by line; the last lines say what is not as promised.
pub async fn story(seed: u64) -> Vec<String> {
    let (broken, mut story) = lifetime(&LifetimeFiles::read(), seed, true).await;
    story.extend(broken.lines());
    story.push(format!("{} in doubt", broken.in_doubt));
    story
}

impl Proof {
    fn add(&mut self, what: &str, broken: &Broken) {
        self.messages_twice += broken.messages_twice.len();
        self.lost += broken.lost.len();
        self.disagreements += broken.disagreements.len();
        self.in_doubt += broken.in_doubt;
        self.findings.extend(broken.lines().iter().map(|line| format!("{what}: {line}")));
    }

    /// Whether every promise was kept.
    pub fn is_kept(&self) -> bool {
        self.findings.is_empty()
    }
}
