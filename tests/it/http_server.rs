//! The same week with the table behind the database's own HTTP server, whose request checks are stricter.

use std::net::SocketAddr;

use rihla_local::aws::{Aws, Clock, Layout};
use rihla_local::shop::STARTS_AT;

use crate::sample_week::{OUTCOME, facts};
use crate::shop::Shop;
use crate::week::Week;

/// A DynamoDB server on loopback, on a thread of its own. It ends with the test's process.
fn server() -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            dynoxide::server::serve_on(listener, dynoxide::Database::memory().unwrap()).await;
        });
    });
    address
}

#[tokio::test]
async fn the_week_comes_to_the_same_over_http() {
    let clock = Clock::virtual_at(STARTS_AT.parse().unwrap());
    let shop = Shop::on(Aws::with_dynamodb_at(server(), clock, Layout::default()).unwrap()).await;
    Week::new().live(&shop).await;
    assert_eq!(facts(&shop), OUTCOME);
}
