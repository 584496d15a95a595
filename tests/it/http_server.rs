//! The written week with the table behind the database's own HTTP server, whose request checks are stricter. Most
//! other tests run so as well, where `RIHLA_TESTS_TABLE=http` is set: `./tests/run test` does it once.

use rihla_local::shop::STARTS_AT;

use crate::sample_week::{OUTCOME, facts};
use crate::shop::{Shop, account_over_http};
use crate::week::Week;

#[tokio::test]
async fn the_week_comes_to_the_same_over_http() {
    let shop = Shop::on(account_over_http(STARTS_AT)).await;
    Week::new().live(&shop).await;
    assert_eq!(facts(&shop), OUTCOME);
}
