//! A share of what `rihla faults` does in full: faults at the calls of a scenario that touches every function.

use std::collections::BTreeSet;

use rihla_local::faults::{Harm, LifetimeFiles, Plan, Scenario, lifetime};

/// Of the schedule's calls, which are alike from minute to minute, every so manieth is tried here.
const EVERY: usize = 29;
/// Of everybody else's.
const EVERY_OTHER: usize = 5;

#[tokio::test]
async fn the_scenario_touches_every_function_and_keeps_its_promises() {
    let scenario = Scenario::new().await.unwrap();
    let functions: BTreeSet<&str> = scenario.callers().iter().map(String::as_str).collect();
    assert_eq!(functions, ["absorb", "deliver", "dispatch", "observe", "receive", "respond"].into());
    assert!(scenario.calm().is_nothing() && scenario.calm().in_doubt == 0, "{:#?}", scenario.calm());
    let sent = scenario.states().into_iter().filter(|(_, _, state)| state == "sent").count();
    assert_eq!(sent, 9, "{:#?}", scenario.states());
}

#[tokio::test]
async fn single_faults_lose_nothing_and_double_nothing() {
    let scenario = Scenario::new().await.unwrap();
    for (number, plan) in scenario.single_faults().enumerate() {
        let of_schedule = scenario.callers()[usize::try_from(plan.call).unwrap() - 1] == "dispatch";
        if number % if of_schedule { EVERY } else { EVERY_OTHER } == 0 {
            let broken = scenario.with(&[plan]).await;
            assert!(broken.is_nothing(), "{plan:?}: {:#?}", broken.lines());
        }
    }
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
    let scenario = Scenario::new().await.unwrap();
    for pair in scenario.far_pairs(1).take(60).chain(scenario.near_pairs().step_by(1_009)) {
        let broken = scenario.with(&pair).await;
        assert!(broken.is_nothing(), "{pair:?}: {:#?}", broken.lines());
    }
}

#[tokio::test]
async fn lifetimes() {
    let files = LifetimeFiles::read();
    for seed in 1..=100 {
        let (broken, _) = lifetime(&files, seed, false).await;
        assert!(broken.is_nothing(), "`rihla faults --seed {seed}`: {:#?}", broken.lines());
    }
}
