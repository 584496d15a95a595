//! The same with random shops: what real tables do not have happens there, such as carts, conversations, people who turn
//! out to be one, and journeys of several steps.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use rihla_core::shop::Shop;
use rihla_core::trigger::On;
use rihla_local::aws::{Aws, Clock, Layout};
use rihla_local::desk::Stored;
use rihla_local::journeys::past::{Past, Told};
use rihla_local::journeys::simulation::simulate;
use rihla_local::run::Stack;
use rihla_local::shop::{Posted, standard_body};

use crate::agreement::{assert_same, ends, simulated_ends};
use crate::random::{past, shop};

/// How many shops. A month of the functions takes a second.
const SHOPS: usize = 20;

#[tokio::test]
async fn it_agrees_with_the_functions_on_random_shops() {
    let mut runner = TestRunner::deterministic();
    for _ in 0..SHOPS {
        let (past, mut shop) = (past(), shop()).new_tree(&mut runner).unwrap().current();
        // The mails at hand are about orders: of anything else the functions have nothing to say.
        shop.journeys.retain(|journey| journey.on == On::Order);
        let by_functions = ends(&run(&past, &shop).await);
        assert_same(&by_functions, &simulated_ends(&simulate(&past, &shop).unwrap()));
    }
}

pub(crate) async fn run(past: &Past, shop: &Shop) -> Vec<Stored> {
    let begins_at = past.deliveries[0].at.timestamp();
    let aws = Aws::memory(Clock::virtual_at(begins_at), Layout::default()).unwrap();
    let (brand, catalogue) = (rihla_infra::brand(), rihla_infra::catalogue());
    let stack = Stack::start(aws, shop.clone(), brand, catalogue).await.unwrap();
    for (number, told) in past.deliveries.iter().enumerate() {
        stack.run_until(told.at).await.unwrap();
        let answer = stack.post(&posted(number, told)).await.unwrap();
        assert!(answer.status < 300, "{told:?}: {answer:?}");
    }
    stack.run_until(past.ends_at().unwrap()).await.unwrap();
    Stored::all(&stack.aws)
}

fn posted(number: usize, told: &Told) -> Posted {
    let delivery_id = format!("delivery-{number}");
    let body = standard_body(&told.events);
    Posted { at: told.at, source: told.source.clone(), delivery_id, topic: None, body }
}
