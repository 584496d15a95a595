//! Every call of the scenario, with everything that can go wrong with it.

use super::ending::Ending;
use super::harm::{Harm, Plan};
use super::promises::Broken;
use super::script::{Step, steps};
use super::world::{Files, World, WorldError};

/// The scenario, and what comes of it when nothing goes wrong.
pub struct Scenario {
    files: Files,
    steps: Vec<Step>,
    calm: Ending,
    /// The function of each call, in their order.
    callers: Vec<String>,
}

impl Scenario {
    /// Lives through it once without faults.
    pub async fn new() -> Result<Self, WorldError> {
        let (files, steps) = (Files::read(), steps());
        let world = World::new(&files, &[], false).await?;
        world.live(&steps).await?;
        let calm = Ending::read(&world.stack.aws)?;
        Ok(Self { callers: world.harms.callers(), files, steps, calm })
    }

    /// How many calls it makes.
    pub fn calls(&self) -> u64 {
        self.callers.len() as u64
    }

    /// The functions that it touches.
    pub fn functions(&self) -> Vec<&str> {
        let mut functions: Vec<&str> = self.callers.iter().map(String::as_str).collect();
        functions.sort_unstable();
        functions.dedup();
        functions
    }

    /// Every follow-up of it with its state, when nothing goes wrong.
    pub fn states(&self) -> Vec<(String, String, String)> {
        let entry =
            |key: &String, journey: &String, state: &str| (key.clone(), journey.clone(), state.to_owned());
        let orders = self.calm.orders.iter();
        orders.flat_map(|(key, found)| found.ledger.keys().map(|j| entry(key, j, found.state(j)))).collect()
    }

    /// What is promised and not kept when nothing goes wrong.
    pub fn calm(&self) -> Broken {
        Broken::promises(&self.calm)
    }

    /// Every single fault, to one attempt.
    pub fn single_faults(&self) -> impl Iterator<Item = Plan> {
        (1..=self.calls()).flat_map(|call| Harm::ALL.map(|harm| Plan::once(call, harm)))
    }

    /// Every single fault that goes on for all attempts of the SDK.
    pub fn lasting_faults(&self) -> impl Iterator<Item = Plan> {
        (1..=self.calls())
            .flat_map(|call| Harm::ALL.into_iter().filter_map(move |harm| Plan::lasting(call, harm)))
    }

    /// Lives through it with those faults: what is not as promised then.
    pub async fn with(&self, plans: &[Plan]) -> Broken {
        self.told(plans, false).await.0
    }

    /// The same, with the story of it.
    pub async fn told(&self, plans: &[Plan], keeps_story: bool) -> (Broken, Vec<String>) {
        match self.try_with(plans, keeps_story).await {
            Ok(told) => told,
            Err((error, story)) => {
                let mut line = error.to_string();
                let mut cause = std::error::Error::source(&error);
                while let Some(error) = cause {
                    line = format!("{line}: {error}");
                    cause = error.source();
                }
                (Broken { lost: vec![line], ..Broken::default() }, story)
            }
        }
    }

    async fn try_with(
        &self,
        plans: &[Plan],
        keeps_story: bool,
    ) -> Result<(Broken, Vec<String>), (WorldError, Vec<String>)> {
        let world = World::new(&self.files, plans, keeps_story).await.map_err(|error| (error, Vec::new()))?;
        let failed = |error: WorldError| (error, world.harms.story());
        world.live(&self.steps).await.map_err(failed)?;
        let ending = Ending::read(&world.stack.aws).map_err(|error| failed(error.into()))?;
        let mut broken = Broken::promises(&ending);
        broken.compare(&ending, &self.calm);
        Ok((broken, world.harms.story()))
    }
}
