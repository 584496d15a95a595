//! The command: all of it, counted.

use std::num::NonZeroUsize;

use serde::Serialize;

use super::harm::Plan;
use super::lifetime::{LifetimeFiles, lifetime};
use super::lives::Life;
use super::orders::Orders;
use super::promises::Broken;
use super::side_by_side::side_by_side;
use super::single::Scenario;
use super::world::WorldError;
use crate::aws::Clock;

/// The kinds of trials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Kind {
    /// Orders of delivery.
    Orders,
    /// Single faults.
    Faults,
    /// Single faults of what sends, while the mail provider's reports come late.
    Late,
    /// Pairs of faults.
    Pairs,
    /// Random shops.
    Lifetimes,
}

/// What is to be tried.
#[derive(Clone, Debug)]
pub struct FaultArguments {
    /// The one kind that is tried; all where none is named.
    pub only: Option<Kind>,
    /// How many random shops; they have the seeds from `seed` on.
    pub lifetimes: u64,
    /// The first seed.
    pub seed: u64,
    /// How many pairs of faults that lie in different invocations; those within one are all tried.
    pub far_pairs: usize,
    /// How many worlds are lived through at once.
    pub threads: NonZeroUsize,
}

/// How far one kind of trial has come.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'a> {
    /// What is tried.
    pub what: &'static str,
    /// How many of it are done.
    pub done: usize,
    /// How many there are.
    pub of: usize,
    /// What this trial found.
    pub found: &'a [String],
    /// How much was found so far, by all kinds of trials.
    pub findings: usize,
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
    pub lifetimes: usize,
    /// Mails that said what another had said before.
    pub messages_twice: usize,
    /// What was acknowledged or owed, and is not there.
    pub lost: usize,
    /// Follow-ups of which nobody knows whether they were sent.
    pub in_doubt: usize,
    /// Where table, mailbox and expectation differ.
    pub disagreements: usize,
    /// Messages that a lasting fault had sent to a dead-letter queue, and that were redriven from there.
    pub redriven: usize,
    /// How long it took.
    pub seconds: i64,
    /// What was found, each with how to see it again.
    #[serde(skip)]
    pub findings: Vec<String>,
}

/// Tries everything, and tells `progress` how far it has come, trial by trial.
pub async fn run(
    arguments: &FaultArguments,
    progress: impl FnMut(Progress<'_>),
) -> Result<Proof, WorldError> {
    let clock = Clock::wall();
    let started_at = clock.now();
    let mut trials = Trials { threads: arguments.threads, proof: Proof::default(), progress };
    let is_wanted = |kind: Kind| arguments.only.is_none_or(|only| only == kind);
    if is_wanted(Kind::Orders) {
        trials.orders();
    }
    if is_wanted(Kind::Faults) {
        trials.single_faults().await?;
    }
    if is_wanted(Kind::Late) {
        trials.late_reports().await?;
    }
    if is_wanted(Kind::Pairs) {
        trials.pairs(arguments).await?;
    }
    if is_wanted(Kind::Lifetimes) {
        trials.lifetimes(arguments);
    }
    trials.proof.seconds = clock.now().duration_since(started_at).as_secs();
    Ok(trials.proof)
}

/// What is tried, kind by kind.
struct Trials<Tell> {
    threads: NonZeroUsize,
    proof: Proof,
    progress: Tell,
}

impl<Tell: FnMut(Progress<'_>)> Trials<Tell> {
    fn orders(&mut self) {
        let all: Vec<Orders> = Life::ALL
            .iter()
            .flat_map(|life| [1, 2].map(|doubles| Orders::of(*life, doubles)))
            .flatten()
            .collect();
        self.proof.orders_tried = all.iter().map(Orders::count).sum();
        self.all("groups of orders", &all, async |orders: &Orders| {
            let tried = orders.try_all().await;
            let broken = tried.map_or_else(|error| Broken::stopped(&error), |tried| tried.broken);
            (format!("{:?}", orders.life()), broken)
        });
    }

    async fn single_faults(&mut self) -> Result<(), WorldError> {
        let scenario = Scenario::new().await?;
        let plans = scenario.single_faults().chain(scenario.lasting_faults()).map(|plan| vec![plan]);
        self.proof.single_faults += self.faults("single faults", &scenario, &plans.collect::<Vec<_>>());
        Ok(())
    }

    async fn late_reports(&mut self) -> Result<(), WorldError> {
        let late = Scenario::with_late_reports().await?;
        let plans = late.faults_of("deliver").into_iter().map(|plan| vec![plan]);
        self.proof.single_faults += self.faults("faults, reports late", &late, &plans.collect::<Vec<_>>());
        Ok(())
    }

    async fn pairs(&mut self, arguments: &FaultArguments) -> Result<(), WorldError> {
        let (short, whole) = (Scenario::short().await?, Scenario::new().await?);
        let near = short.near_pairs().map(Vec::from).collect::<Vec<_>>();
        let far =
            whole.far_pairs(arguments.seed).take(arguments.far_pairs).map(Vec::from).collect::<Vec<_>>();
        self.proof.fault_pairs = self.faults("pairs of faults, in one invocation", &short, &near);
        self.proof.fault_pairs += self.faults("pairs of faults, anywhere", &whole, &far);
        Ok(())
    }

    fn lifetimes(&mut self, arguments: &FaultArguments) {
        let files = LifetimeFiles::read();
        let seeds = arguments.seed..arguments.seed + arguments.lifetimes;
        self.proof.lifetimes = self.all("lifetimes", &seeds.collect::<Vec<u64>>(), async |seed: &u64| {
            (format!("rihla faults --seed {seed}"), lifetime(&files, *seed, false).await.0)
        });
    }

    fn faults(&mut self, what: &'static str, scenario: &Scenario, plans: &[Vec<Plan>]) -> usize {
        self.all("scenario", &[()], async |()| ("without any fault".to_owned(), scenario.calm()));
        self.all(what, plans, async |plans: &Vec<Plan>| {
            (format!("{what}: {plans:?}"), scenario.with(plans).await)
        })
    }

    /// Tries all `trials`: how many they were. Each tells what it was and what was not as promised.
    fn all<Trial: Sync>(
        &mut self,
        what: &'static str,
        trials: &[Trial],
        each: impl AsyncFn(&Trial) -> (String, Broken) + Sync,
    ) -> usize {
        let (mut done, of) = (0, trials.len());
        side_by_side(self.threads, trials.iter(), each, |(trial, broken)| {
            done += 1;
            let known = self.proof.findings.len();
            self.proof.add(&trial, &broken);
            let findings = self.proof.findings.len();
            let found = &self.proof.findings[known..];
            (self.progress)(Progress { what, done, of, found, findings });
        });
        of
    }
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
        self.findings.extend(broken.lines().iter().map(|line| format!("{what}: {line}")));
        self.messages_twice += broken.messages_twice.len();
        self.lost += broken.lost.len();
        self.disagreements += broken.disagreements.len();
        self.in_doubt += broken.in_doubt;
        self.redriven += broken.redriven;
    }

    /// Whether every promise was kept.
    pub fn is_kept(&self) -> bool {
        self.findings.is_empty()
    }
}
