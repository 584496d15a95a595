//! What an answered call did outlives the process, even one that is killed.

#![expect(clippy::unwrap_used, reason = "a test ends where it fails")]

mod account;

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use account::{FUNCTION, empty_folder, in_folder, inbox, mail, queues, table, text};
use aws_sdk_ses::primitives::Blob;
use aws_sdk_ses::types::RawMessage;
use rihla_local::aws::{Aws, Clock, Layout, OpenError};

/// With this variable the tests' own program becomes the process that is killed.
const VICTIM: &str = "RIHLA_TEST_VICTIM_FOLDER";
/// So many answered rounds before the kill.
const ROUNDS: usize = 200;

async fn round(aws: &Aws, number: usize) {
    let name = number.to_string();
    let put = table(&aws.function(FUNCTION)).put_item().table_name("rihla");
    put.item("PK", text("a")).item("SK", text(&name)).send().await.unwrap();
    queues(aws).send_message().queue_url(inbox()).message_body(&name).send().await.unwrap();
    let mime = format!("From: a@b.example\r\nTo: c@d.example\r\nSubject: {name}\r\n\r\nx");
    let message = RawMessage::builder().data(Blob::new(mime)).build().unwrap();
    let send = mail(aws).send_raw_email().raw_message(message).configuration_set_name("rihla");
    send.send().await.unwrap();
}

async fn assert_rounds(aws: &Aws, rounds: usize) {
    let client = table(&aws.function(FUNCTION));
    for number in 0..rounds {
        let get =
            client.get_item().table_name("rihla").key("PK", text("a")).key("SK", text(&number.to_string()));
        assert!(get.send().await.unwrap().item.is_some(), "item {number}");
    }
    let count = |count: usize| u64::try_from(count).unwrap();
    assert!(aws.queues().counts("inbox").unwrap().visible >= count(rounds));
    assert!(aws.mailbox().count().unwrap() >= count(rounds));
    let delivered_at = account::clock().now() + Duration::from_secs(2);
    assert_eq!(aws.mailbox().next_event_at().unwrap(), Some(delivered_at));
}

#[tokio::test]
async fn an_account_goes_on_where_it_was_left() {
    let folder = empty_folder("left");
    let left_at = {
        let aws = in_folder(&folder);
        round(&aws, 0).await;
        aws.clock().advance(Duration::from_hours(1));
        aws.clock().now()
    };
    let aws = in_folder(&folder);
    assert_eq!(aws.clock().now(), left_at);
    assert_rounds(&aws, 1).await;
    round(&aws, 1).await;
    assert_eq!(aws.mailbox().all().unwrap().len(), 2);
}

#[test]
fn a_folder_has_one_process_at_a_time() {
    let folder = empty_folder("in-use");
    let first = in_folder(&folder);
    let second = Aws::open(&folder, Clock::wall(), Layout::default());
    assert!(matches!(second, Err(OpenError::InUse { .. })));
    drop(first);
    Aws::open(&folder, Clock::wall(), Layout::default()).unwrap();
}

/// No test unless it is started by the next one: writes until it is killed.
#[tokio::test]
async fn victim() {
    let Some(folder) = std::env::var_os(VICTIM) else { return };
    let aws = in_folder(Path::new(&folder));
    for number in 0.. {
        aws.clock().advance(Duration::from_millis(1));
        round(&aws, number).await;
        println!("\nanswered {number}");
    }
}

/// Starts the victim, and kills it once it said so often that a round was answered.
fn kill_after(folder: &PathBuf, rounds: usize) -> usize {
    let program = std::env::current_exe().unwrap();
    let mut victim = Command::new(program)
        .args(["--exact", "victim", "--nocapture", "--test-threads=1"])
        .env(VICTIM, folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(victim.stdout.take().unwrap()).lines();
    let answered =
        lines.map_while(Result::ok).filter(|line| line.starts_with("answered")).take(rounds).count();
    victim.kill().unwrap();
    victim.wait().unwrap();
    answered
}

#[tokio::test]
async fn a_killed_process_loses_nothing_that_was_answered() {
    let folder = empty_folder("killed");
    let answered = kill_after(&folder, ROUNDS);
    assert_eq!(answered, ROUNDS);
    let aws = in_folder(&folder);
    let passed = aws.clock().now_ms() - account::clock().now_ms();
    assert!(passed >= i64::try_from(ROUNDS).unwrap(), "the clock stands at {passed} ms");
    let client = table(&aws.function(FUNCTION));
    let page = client.query().table_name("rihla").key_condition_expression("PK = :pk");
    let page = page.expression_attribute_values(":pk", text("a")).send().await.unwrap();
    assert!(page.count() >= i32::try_from(ROUNDS).unwrap());
    let sent = aws.queues().peek("inbox", u32::MAX).unwrap();
    let last = sent.last().unwrap();
    assert_eq!(sent.len(), last.body.parse::<usize>().unwrap() + 1, "every message up to the last");
    assert!(sent.len() >= ROUNDS);
    assert!(last.sent_at <= aws.clock().now(), "the clock did not go back behind an effect");
    assert!(aws.mailbox().count().unwrap() >= u64::try_from(ROUNDS).unwrap());
}
