//! A replay that is killed in the middle, at any moment, and started again ends as one that was left alone.

#![expect(clippy::unwrap_used, reason = "a test ends where it fails")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// A small folder of invented tables, in the columns of Olist's.
fn tables(folder: &Path) -> PathBuf {
    let data = folder.join("data");
    std::fs::create_dir_all(&data).unwrap();
    let (mut orders, mut customers, mut items, mut payments) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for number in 1..=12 {
        let (order, customer) = (format!("order{number:027}"), format!("customer{number:024}"));
        let day = |days: usize| format!("2018-03-{:02} 10:{number:02}:00", number + days);
        orders.push(format!(
            "{order},{customer},delivered,{},{},{},{},{}",
            day(0),
            day(0),
            day(1),
            day(4),
            day(9)
        ));
        customers.push(format!("{customer},person{:026},01310,sao paulo,SP", number % 7));
        items.push(format!("{order},1,product{:025},seller,{},90.00,9.90", number % 5, day(2)));
        payments.push(format!("{order},1,credit_card,1,99.90"));
    }
    let write = |name: &str, columns: &str, rows: &[String]| {
        std::fs::write(data.join(name), format!("{columns}\n{}\n", rows.join("\n"))).unwrap();
    };
    write(
        "orders.csv",
        "order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,\
         order_delivered_carrier_date,order_delivered_customer_date,order_estimated_delivery_date",
        &orders,
    );
    write(
        "customers.csv",
        "customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state",
        &customers,
    );
    write(
        "order_items.csv",
        "order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value",
        &items,
    );
    write(
        "order_payments.csv",
        "order_id,payment_sequential,payment_type,payment_installments,payment_value",
        &payments,
    );
    let columns = "review_id,order_id,review_score,review_comment_title,review_comment_message,\
                   review_creation_date,review_answer_timestamp";
    let review = format!("review1,order{:027},5,,muito bom,2018-03-08 00:00:00,2018-03-09 12:00:00", 1);
    write("order_reviews.csv", columns, &[review]);
    data
}

fn replay(data: &Path, kept: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rihla"));
    command.arg("replay").arg(data).args(["--json", "--folder"]).arg(kept).stderr(Stdio::null());
    command
}

fn result(data: &Path, kept: &Path) -> Value {
    let output = replay(data, kept).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Kills the replay once its mails, as they lie on disk, have grown to `mails`; or never, if it ends before.
fn kill_at(data: &Path, kept: &Path, size_bytes: u64) -> bool {
    let mut running = replay(data, kept).stdout(Stdio::null()).spawn().unwrap();
    let table = kept.join("replay/rihla-table.sqlite-wal");
    loop {
        if running.try_wait().unwrap().is_some() {
            return false;
        }
        if std::fs::metadata(&table).is_ok_and(|table| table.len() > size_bytes) {
            running.kill().unwrap();
            running.wait().unwrap();
            return true;
        }
        std::thread::yield_now();
    }
}

#[test]
fn a_killed_replay_goes_on_and_ends_the_same() {
    let folder = std::env::temp_dir().join(format!("rihla-killed-{}", std::process::id()));
    let data = tables(&folder);
    let calm = result(&data, &folder.join("calm"));
    assert_eq!(
        (&calm["orders"], &calm["messages_twice"], &calm["lost"]),
        (&12.into(), &0.into(), &0.into()),
        "{calm}"
    );
    let kept = folder.join("killed");
    let kills =
        [20_000, 200_000, 400_000, 800_000].into_iter().filter(|size| kill_at(&data, &kept, *size)).count();
    assert!(kills >= 2, "it was killed only {kills} times");
    let killed = result(&data, &kept);
    for what in ["orders", "customers", "messages_twice", "lost", "answers"] {
        assert_eq!(killed[what], calm[what], "{what}");
    }
    assert_eq!(killed["prints"]["customers"], calm["prints"]["customers"]);
    let count = |result: &Value, state: &str| result["follow_ups"][state].as_u64().unwrap();
    for state in ["planned", "deferred", "refused"] {
        assert_eq!(count(&killed, state), count(&calm, state), "{state}");
    }
    // A kill between the claim and the mail leaves a follow-up in doubt: it is told, and never sent by guess.
    let in_doubt = count(&killed, "in_doubt");
    assert_eq!(count(&killed, "sent") + in_doubt, count(&calm, "sent"));
    assert!(in_doubt <= kills as u64, "{in_doubt} in doubt after {kills} kills");
    assert_eq!(killed["messages"].as_u64().unwrap() + in_doubt, calm["messages"].as_u64().unwrap());
    std::fs::remove_dir_all(folder).unwrap();
}
