use rihla_core::instant::Wait;
use rihla_local::aws::{Aws, Clock, Layout};
use rihla_local::run::Stack;
use rihla_local::shop::{STARTS_AT, sample_week};

#[tokio::test]
async fn week() {
    let start: rihla_core::instant::Instant = STARTS_AT.parse().unwrap();
    let aws = Aws::memory(Clock::virtual_at(start.timestamp()), Layout::default()).unwrap();
    let stack =
        Stack::start(aws, rihla_infra::shop(), rihla_infra::brand(), rihla_infra::catalogue()).await.unwrap();
    let mut n = 0;
    for posted in sample_week() {
        stack.run_until(posted.at).await.unwrap();
        let answer = stack.post(&posted).await.unwrap();
        println!("{} {} {:?} {}", posted.at, posted.source, posted.topic, answer.status);
        n += 1;
    }
    stack
        .run_until(
            stack
                .now()
                .try_into()
                .map(|n: jiff::Timestamp| rihla_core::instant::Instant::from(n))
                .unwrap()
                .after(Wait::days(40)),
        )
        .await
        .unwrap();
    println!("{n} {:?}", stack.aws.ledger().totals());
    for m in stack.aws.mailbox().all().unwrap() {
        println!("{:?}", m.tags);
    }
    for (k, r) in stack.aws.ledger().rows() {
        println!("{k:?} {}", r.calls);
    }
    let all = stack.aws.peek("Scan", &serde_json::json!({"TableName":"rihla"}));
    for i in all["Items"].as_array().unwrap() {
        println!("{} {} {}", i["PK"]["S"], i["SK"]["S"], i["d"]["S"].as_str().unwrap_or(""));
    }
}
