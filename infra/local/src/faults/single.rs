//! Every call of the scenario, with everything that can go wrong with it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::time::Duration;

use super::ending::Ending;
use super::harm::{Harm, Made, Plan};
use super::promises::Broken;
use super::script::{Step, steps};
use super::world::{Files, World, WorldError};

/// The scenario, and what comes of it when nothing goes wrong.
pub struct Scenario {
    files: Files,
    steps: Vec<Step>,
    late_by: Duration,
    calm: Ending,
    calm_broken: Broken,
    /// The calls, in their order.
    made: Vec<Made>,
}

impl Scenario {
    /// Lives through it once without faults.
    pub async fn new() -> Result<Self, WorldError> {
        Self::begun(Files::read(), Duration::ZERO).await
    }

    /// The same where the mail provider's reports come an hour late: nothing but the claim then keeps a mail that was
    /// accepted from being sent again.
    pub async fn with_late_reports() -> Result<Self, WorldError> {
        Self::begun(Files::read(), Duration::from_hours(1)).await
    }

    /// A short one that touches every function on an order's way all the same: pairs of faults are many.
    pub async fn short() -> Result<Self, WorldError> {
        Self::with_journeys(&["delivery-check", "newsletter-invitation"]).await
    }

    /// The same with these journeys alone.
    pub async fn with_journeys(names: &[&str]) -> Result<Self, WorldError> {
        Self::begun(Files::read().with_journeys(names), Duration::ZERO).await
    }

    async fn begun(files: Files, late_by: Duration) -> Result<Self, WorldError> {
        let steps = steps();
        let world = World::new(&files, &[], false).await?;
        world.stack.aws.mailbox().set_lateness(late_by);
        world.live(&steps).await?;
        let (calm, calm_broken) = world.ending()?;
        let made = world.harms.calls();
        Ok(Self { files, steps, late_by, calm, calm_broken, made })
    }

    /// How many calls it makes.
    pub fn calls(&self) -> u64 {
        self.made.len() as u64
    }

    /// The numbers of the calls of one API action.
    pub fn calls_of(&self, action: &str) -> Vec<u64> {
        let numbered = (1..).zip(&self.made);
        numbered.filter(|(_, call)| call.action == action).map(|(number, _)| number).collect()
    }

    /// The functions that make calls.
    pub fn functions(&self) -> BTreeSet<&str> {
        self.made.iter().map(|call| call.function.as_str()).collect()
    }

    /// The function that makes the call of that number.
    pub fn caller(&self, call: u64) -> &str {
        &self.made[place(call)].function
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
        self.calm_broken.clone()
    }

    /// Every single fault, to one attempt.
    pub fn single_faults(&self) -> impl Iterator<Item = Plan> {
        (1..=self.calls()).flat_map(|call| {
            let is_for_several = self.made[place(call)].is_for_several();
            let more = Harm::WITH_SEVERAL.into_iter().filter(move |_| is_for_several);
            Harm::ALL.into_iter().chain(more).map(move |harm| Plan::once(call, harm))
        })
    }

    /// Every single fault that goes on for all attempts of the SDK.
    pub fn lasting_faults(&self) -> impl Iterator<Item = Plan> {
        (1..=self.calls())
            .flat_map(|call| Harm::ALL.into_iter().filter_map(move |harm| Plan::lasting(call, harm)))
    }

    /// Every single fault of one function, to one attempt and to all attempts of the SDK.
    pub fn faults_of(&self, function: &str) -> Vec<Plan> {
        let is_its = |plan: &Plan| self.caller(plan.call) == function;
        self.single_faults().chain(self.lasting_faults()).filter(is_its).collect()
    }

    /// All pairs of faults that strike one invocation; of invocations that make the same calls one after the other, however
    /// often each, the longest.
    pub fn near_pairs(&self) -> impl Iterator<Item = [Plan; 2]> {
        let calls = self.unlike_invocations().into_iter().flatten();
        let pairs =
            calls.flat_map(|call| (call + 1..=self.end_of_invocation(call)).map(move |next| (call, next)));
        pairs.flat_map(|(first, next)| pairs_of(first, next))
    }

    /// The calls of the longest invocation of each kind: a function, and what it calls one after the other.
    fn unlike_invocations(&self) -> Vec<RangeInclusive<u64>> {
        let invocations = self.made.chunk_by(|one, other| one.invocation == other.invocation);
        let mut longest = BTreeMap::<_, RangeInclusive<u64>>::new();
        let mut first = 1;
        for made in invocations {
            let calls = first..=first + made.len() as u64 - 1;
            first = calls.end() + 1;
            let mut kind: Vec<_> = made.iter().map(|call| (&call.function, &call.action)).collect();
            kind.dedup();
            let known = longest.entry(kind).or_insert_with(|| calls.clone());
            if known.clone().count() < made.len() {
                *known = calls;
            }
        }
        longest.into_values().collect()
    }

    /// Pairs of faults that strike anywhere, without end, by a seed.
    pub fn far_pairs(&self, seed: u64) -> impl Iterator<Item = [Plan; 2]> {
        let (calls, mut rng) = (self.calls(), fastrand::Rng::with_seed(seed));
        std::iter::repeat_with(move || {
            let mut plan = || Plan::once(rng.u64(1..=calls), Harm::ALL[rng.usize(0..Harm::ALL.len())]);
            [plan(), plan()]
        })
    }

    /// The last call of the invocation to which a call belongs.
    fn end_of_invocation(&self, call: u64) -> u64 {
        let invocation = self.made[place(call)].invocation;
        let same = self.made[place(call)..].iter().take_while(|call| call.invocation == invocation);
        call + same.count() as u64 - 1
    }

    /// Lives through it with those faults: what is not as promised then.
    pub async fn with(&self, plans: &[Plan]) -> Broken {
        self.told(plans, false).await.0
    }

    /// The same, with the story of it.
    pub async fn told(&self, plans: &[Plan], keeps_story: bool) -> (Broken, Vec<String>) {
        match self.try_with(plans, keeps_story).await {
            Ok(told) => told,
            Err((error, story)) => (Broken::stopped(&error), story),
        }
    }

    async fn try_with(
        &self,
        plans: &[Plan],
        keeps_story: bool,
    ) -> Result<(Broken, Vec<String>), (WorldError, Vec<String>)> {
        let world = World::new(&self.files, plans, keeps_story).await.map_err(|error| (error, Vec::new()))?;
        world.stack.aws.mailbox().set_lateness(self.late_by);
        let failed = |error: WorldError| (error, world.harms.story());
        world.live(&self.steps).await.map_err(failed)?;
        let (ending, mut broken) = world.ending().map_err(failed)?;
        broken.compare(&ending, &self.calm);
        Ok((broken, world.harms.story()))
    }
}

/// Where the call of that number stands.
fn place(call: u64) -> usize {
    usize::try_from(call).expect("a scenario has few calls") - 1
}

/// Everything that can go wrong with two calls.
fn pairs_of(first: u64, next: u64) -> impl Iterator<Item = [Plan; 2]> {
    let of_first = Harm::ALL.into_iter();
    of_first.flat_map(move |one| Harm::ALL.map(|other| [Plan::once(first, one), Plan::once(next, other)]))
}
