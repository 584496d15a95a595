//! A share of what `rihla faults` does in full: faults at the calls of a scenario that touches every function on an
//! order's way; a round of `tally` is in standing.rs.

use std::collections::BTreeSet;

use rihla_local::faults::{Harm, LifetimeFiles, Plan, Scenario, lifetime};

/// Of the schedule's calls, which are alike from minute to minute, every so manieth is tried here.
const EVERY: usize = 61;
/// Of everybody else's.
const EVERY_OTHER: usize = 13;

/// A share of the faults: of the schedule's a smaller one.
fn share<'a>(
    scenario: &'a Scenario,
    plans: impl Iterator<Item = Plan> + 'a,
) -> impl Iterator<Item = Plan> + 'a {
    let is_chosen = |(number, plan): &(usize, Plan)| {
        let of_schedule = scenario.caller(plan.call) == "dispatch";
        number % if of_schedule { EVERY } else { EVERY_OTHER } == 0
    };
    plans.enumerate().filter(is_chosen).map(|(_, plan)| plan)
}

async fn assert_kept(scenario: &Scenario, plans: impl Iterator<Item = Plan>) {
    for plan in plans {
        let broken = scenario.with(&[plan]).await;
        assert!(broken.is_nothing(), "{plan:?}: {:#?}", broken.lines());
    }
}

#[tokio::test]
async fn the_scenario_touches_every_function_and_keeps_its_promises() {
    let scenario = Scenario::new().await.unwrap();
    assert_eq!(
        scenario.functions(),
        ["absorb", "deliver", "dispatch", "observe", "receive", "respond"].into()
    );
    let calm = scenario.calm();
    assert!(calm.is_nothing() && calm.in_doubt == 0 && calm.redriven == 0, "{calm:#?}");
    let sent = scenario.states().into_iter().filter(|(_, _, state)| state == "sent").count();
    assert_eq!(sent, 9, "{:#?}", scenario.states());
}

#[tokio::test]
async fn single_faults_lose_nothing_and_double_nothing() {
    let scenario = Scenario::new().await.unwrap();
    assert_kept(&scenario, share(&scenario, scenario.single_faults())).await;
}

#[tokio::test]
async fn lasting_faults_lose_nothing_and_double_nothing() {
    let scenario = Scenario::new().await.unwrap();
    assert_kept(&scenario, share(&scenario, scenario.lasting_faults())).await;
}

/// Where the provider's reports come late, nothing but the claim keeps a mail from being sent again.
#[tokio::test]
async fn faults_of_the_sender_double_nothing_while_reports_are_late() {
    let late = Scenario::with_late_reports().await.unwrap();
    assert_kept(&late, late.faults_of("deliver").into_iter().step_by(2 * EVERY_OTHER)).await;
}

/// What lasted so long that it lies in a dead-letter queue is there to be redriven, and then nothing is missing.
#[tokio::test]
async fn what_a_lasting_fault_sent_to_the_dead_letters_is_redriven() {
    let scenario = Scenario::new().await.unwrap();
    let reports = scenario.faults_of("observe");
    let lasting = reports.into_iter().filter(|plan| plan.harm == Harm::AccessDenied && plan.attempts > 1);
    let mut redriven = 0;
    for plan in lasting.step_by(4) {
        let broken = scenario.with(&[plan]).await;
        assert!(broken.is_nothing(), "{plan:?}: {:#?}", broken.lines());
        redriven += broken.redriven;
    }
    assert!(redriven > 0, "no report was denied three times");
}

/// A service that says that it wrote and did not is not what is promised against. It is how the checks are checked: of
/// every function there are writes that cannot be left out unnoticed. (Others can: what comes later makes them good, and
/// the next look makes good whatever `deliver` leaves out. So that there is a last one, these journeys come to an end.)
#[tokio::test]
async fn writes_that_were_only_pretended_are_noticed() {
    let ending = ["delivery-check", "ease-survey", "matching-items", "newsletter-invitation"];
    let scenario = Scenario::with_journeys(&ending).await.unwrap();
    let mut noticed = BTreeSet::new();
    for action in
        ["PutItem", "BatchExecuteStatement", "TransactWriteItems", "SendMessage", "SendMessageBatch"]
    {
        for call in scenario.calls_of(action) {
            let is_known = noticed.contains(scenario.caller(call));
            if !is_known && !scenario.with(&[Plan::once(call, Harm::Pretended)]).await.is_nothing() {
                noticed.insert(scenario.caller(call));
            }
        }
    }
    assert_eq!(noticed, scenario.functions());
}

/// What a fault that lies between claim and mail leaves behind is in doubt, and it is counted.
#[tokio::test]
async fn a_death_between_claim_and_mail_is_in_doubt_and_is_not_sent_again() {
    let scenario = Scenario::new().await.unwrap();
    let mails = scenario.calls_of("SendRawEmail");
    assert_eq!(mails.len(), 9);
    let broken = scenario.with(&[Plan::once(mails[0], Harm::DiesBefore)]).await;
    assert!(broken.is_nothing(), "{:#?}", broken.lines());
    assert_eq!(broken.in_doubt, 1);
    let broken = scenario.with(&[Plan::once(mails[0], Harm::DiesAfter)]).await;
    assert!(broken.is_nothing(), "{:#?}", broken.lines());
    assert_eq!(broken.in_doubt, 0, "the provider's report tells that it was sent");
}

#[tokio::test]
async fn pairs_of_faults() {
    let (short, whole) = (Scenario::short().await.unwrap(), Scenario::new().await.unwrap());
    assert_eq!(short.functions(), whole.functions());
    let near = short.near_pairs().step_by(501).map(|pair| (&short, pair));
    for (scenario, pair) in near.chain(whole.far_pairs(1).take(30).map(|pair| (&whole, pair))) {
        let broken = scenario.with(&pair).await;
        assert!(broken.is_nothing(), "{pair:?}: {:#?}", broken.lines());
    }
}

#[tokio::test]
async fn lifetimes() {
    let files = LifetimeFiles::read();
    for seed in 1..=60 {
        let (broken, _) = lifetime(&files, seed, false).await;
        assert!(broken.is_nothing(), "`rihla faults --seed {seed}`: {:#?}", broken.lines());
    }
}
