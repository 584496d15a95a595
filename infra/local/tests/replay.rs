//! Tables become deliveries: on small tables of the same columns as the real ones, with their traps.

use std::path::{Path, PathBuf};

use rihla_core::event::{Event, Fact, OrderDetails};
use rihla_local::replay::{self, Delivery, Replay, ReplayError};

fn tables(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables").join(name)
}

fn olist() -> Replay {
    replay::read(&tables("olist"), None).expect("the small tables are readable")
}

fn online_retail() -> Replay {
    replay::read(&tables("online_retail"), None).expect("the small tables are readable")
}

fn of<'a>(replay: &'a Replay, order: &str) -> Vec<&'a Delivery> {
    replay.deliveries.iter().filter(|delivery| delivery.order.starts_with(order)).collect()
}

fn times(replay: &Replay, order: &str) -> Vec<String> {
    of(replay, order).iter().map(|delivery| delivery.happened_at().to_string()).collect()
}

fn placed<'a>(replay: &'a Replay, order: &str) -> &'a OrderDetails {
    let events = of(replay, order).into_iter().flat_map(|delivery| &delivery.events);
    let mut placed = events.filter_map(|event| match &event.fact {
        Fact::OrderPlaced(details) => Some(details),
        _ => None,
    });
    placed.next().expect("every order of the tables is placed")
}

#[test]
fn olist_is_told_in_order_of_time_by_the_clocks_of_brasilia() {
    let replay = olist();
    assert_eq!((replay.orders, replay.deliveries.len()), (4, 12));
    assert!(replay.deliveries.is_sorted_by_key(Delivery::happened_at));
    // Two hours behind UTC in summer, three in winter.
    let summer =
        ["2018-01-11T00:30:00Z", "2018-01-11T00:45:10Z", "2018-01-12T17:00:00Z", "2018-01-20T20:01:02Z"];
    assert_eq!(times(&replay, "aaaa"), summer);
    // Handed over before the payment was approved: told as it is.
    assert_eq!(
        times(&replay, "dddd"),
        ["2018-07-01T02:59:59Z", "2018-07-01T10:00:00Z", "2018-07-01T11:00:00Z"]
    );
}

#[test]
fn an_olist_order_is_cancelled_a_day_after_the_last_that_is_known_of_it() {
    let replay = olist();
    assert_eq!(times(&replay, "bbbb").last().unwrap(), "2018-07-02T12:10:00Z");
    assert_eq!(times(&replay, "cccc"), ["2018-07-02T13:00:00Z", "2018-07-03T13:00:00Z"]);
    assert!(matches!(of(&replay, "cccc")[1].events[0].fact, Fact::OrderCancelled(_)));
}

#[test]
fn olist_items_become_lines_with_freight_in_the_total_alone() {
    let replay = olist();
    let order = placed(&replay, "aaaa");
    assert_eq!(order.total.unwrap().to_string(), "65.00 BRL");
    let lines = order.lines.as_ref().unwrap();
    let told: Vec<(&str, u32)> = lines.iter().map(|line| (line.title.as_str(), line.quantity)).collect();
    assert_eq!(told, [("Chas e cafes tin-of", 2), ("Produto cup", 1)]);
    let without_items = placed(&replay, "cccc");
    assert_eq!(without_items.total.unwrap().to_string(), "40.00 BRL");
    assert_eq!(without_items.lines, None);
    assert_eq!(order.promised_at.unwrap().to_string(), "2018-01-26T01:59:59Z");
}

#[test]
fn one_olist_buyer_has_one_address_and_an_id_for_each_order() {
    let replay = olist();
    let [first, second] = ["aaaa", "dddd"].map(|order| &placed(&replay, order).buyer);
    assert_eq!(first.email, second.email);
    assert_eq!(first.email.as_ref().unwrap().as_str(), "person1@olist.example");
    assert_ne!(first.customer, second.customer);
    assert_eq!(of(&replay, "aaaa")[0].person, of(&replay, "dddd")[0].person);
}

#[test]
fn olist_reviews_answer_by_time_with_title_and_text_in_one() {
    let reviews = olist().reviews;
    let told: Vec<_> = reviews.iter().map(|review| (review.score, review.comment.as_deref())).collect();
    assert_eq!(told, [(5, Some("Bom\nChegou cedo.\nRecomendo.")), (1, None)]);
    assert_eq!(reviews[0].answered_at.to_string(), "2018-01-22T10:00:00Z");
}

#[test]
fn the_limit_takes_the_first_orders_by_time() {
    let replay = replay::read(&tables("olist"), Some(2)).unwrap();
    assert_eq!(replay.orders, 2);
    assert!(replay.deliveries.iter().all(|delivery| delivery.order.starts_with(['a', 'd'])));
}

#[test]
fn an_invoice_is_an_order_without_its_doubled_rows_and_charges() {
    let replay = online_retail();
    let order = placed(&replay, "700001");
    assert_eq!(order.total.unwrap().to_string(), "21.80 GBP");
    let lines: Vec<(&str, u32)> =
        order.lines.iter().flatten().map(|line| (line.title.as_str(), line.quantity)).collect();
    assert_eq!(lines, [("BRASS TEA TIN", 6), ("PAPER BUNTING", 2)]);
    // London is an hour ahead of UTC in summer.
    assert_eq!(times(&replay, "700001")[0], "2011-01-05T10:15:00Z");
    assert_eq!(times(&replay, "700002")[0], "2011-06-06T10:00:00Z");
}

#[test]
fn a_guest_has_no_address_and_no_consent() {
    let replay = online_retail();
    let guest = placed(&replay, "700003");
    assert_eq!((&guest.buyer.email, &guest.buyer.customer), (&None, &None));
    assert_eq!(guest.buyer.place.as_ref().unwrap().country.as_deref(), Some("IE"));
    assert_eq!(of(&replay, "700003")[0].events.len(), 2);
}

#[test]
fn a_credit_goes_to_the_latest_order_that_had_the_product() {
    let replay = online_retail();
    let refunds: Vec<(&str, String, bool)> = replay
        .deliveries
        .iter()
        .flat_map(|delivery| &delivery.events)
        .filter_map(|Event { fact, .. }| match fact {
            Fact::Refunded(refund) => {
                Some((refund.order.as_str(), refund.amount.to_string(), refund.goods_returned))
            }
            _ => None,
        })
        .collect();
    let (tin, discount) = (("700001", "5.10 GBP".to_owned(), true), ("700002", "1.00 GBP".to_owned(), false));
    assert_eq!(refunds, [tin, discount]);
    let left_out: Vec<usize> = replay.left_out.values().copied().collect();
    assert_eq!(left_out, [1, 1, 3], "{:?}", replay.left_out);
    assert_eq!(replay.orders, 4);
    assert_eq!(placed(&replay, "700010").total.unwrap().to_string(), "0.00 GBP");
}

#[test]
fn what_is_no_such_folder_says_so_and_a_broken_row_names_its_file_and_line() {
    assert!(matches!(replay::read(&tables("none"), None), Err(ReplayError::Unknown { .. })));
    let folder = std::env::temp_dir().join(format!("rihla-broken-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("orders.csv"), "order_id,customer_id\n1,2\n").unwrap();
    let error = replay::read(&folder, None).unwrap_err();
    assert!(error.to_string().contains("orders.csv"), "{error}");
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert!(source.contains("line: 2") && source.contains("order_status"), "{source}");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn real_tables_are_told_whole_where_they_lie_beside() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/olist_dev");
    if !folder.exists() {
        let must_be_there = std::env::var_os("CI").is_some_and(|value| value == "true");
        assert!(!must_be_there, "{} is missing", folder.display());
        println!("skipped: {} is not there", folder.display());
        return;
    }
    let replay = replay::read(&folder, None).unwrap();
    assert_eq!((replay.orders, replay.deliveries.len(), replay.reviews.len()), (17_199, 68_100, 12_405));
    let facts = replay::order_facts(replay.deliveries.iter().flat_map(|delivery| &delivery.events));
    assert_eq!(facts.len(), 17_199);
    assert_eq!(facts.values().filter(|facts| facts.delivered_at.is_some()).count(), 16_647);
}
