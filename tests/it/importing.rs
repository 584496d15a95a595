//! What a former system exported becomes the record, and nothing is sent for it.

use std::path::PathBuf;

use rihla_core::event::{ConsentState, Fact, ParcelMoved, Purpose};
use rihla_core::instant::Wait;
use rihla_core::parcel::ParcelState;
use rihla_core::source::SourceId;
use rihla_import::Rules;
use rihla_local::import::{Plan, bodies, send};

use crate::shop::Shop;

/// Orders of the last day, each of another customer, all shipped, some delivered.
fn recent_orders(count: usize) -> String {
    let order = |n: usize| {
        let arrived = if n.is_multiple_of(2) { "2026-11-02T08:00:00Z" } else { "" };
        let (hour, minute) = (n / 60, n % 60);
        format!(
            "{n},#{n},2026-11-01T{hour:02}:{minute:02}:00Z,2026-11-01T{hour:02}:{minute:02}:30Z,GBP,12.50,\
buyer{n}@example.com,bowl,Bowl,2,T{n},2026-11-02T07:00:00Z,{arrived}\n"
        )
    };
    let orders: Vec<String> = (0..count).map(order).collect();
    let names = "order,number,placed_at,paid_at,currency,total,email,line_product,line_title,line_quantity,tracking,\
shipped_at,delivered_at";
    format!("{names}\n{}", orders.concat())
}

/// Who of them agreed to be written to, so that nothing but their being history keeps the mails from them.
fn agreed() -> String {
    let rows: Vec<String> =
        (0..10).map(|n| format!("buyer{n}@example.com,GB,granted,2026-01-01\n")).collect();
    format!("email,country,email_consent,email_consent_at\n{}", rows.concat())
}

fn plan(shop: &Shop, files: &[&str]) -> Plan {
    let zone = jiff::tz::TimeZone::UTC;
    let rules = Rules { kind: None, zone, latest: shop.now(), opted_in: None };
    let read = |text: &&str| {
        let reading = rihla_import::read("export.csv", text.as_bytes(), &rules).unwrap();
        assert_eq!(reading.refused, []);
        (PathBuf::from("export.csv"), reading)
    };
    Plan::of(files.iter().map(read).collect(), None).unwrap()
}

/// Imports as the orders and customers of that source. None may be set aside.
async fn import(shop: &Shop, source: &'static str, files: &[&str]) {
    let bodies = bodies(&plan(shop, files), &SourceId::from_static(source));
    assert_eq!(Box::pin(send(&shop.stack, &bodies, |_| ())).await.unwrap(), 0);
}

#[tokio::test]
async fn a_thousand_recent_orders_are_on_record_and_nothing_is_planned_or_sent() {
    let shop = Shop::open().await;
    import(&shop, "shop", &[&recent_orders(1000), &agreed()]).await;
    let order = shop.order("999").unwrap();
    assert!(order.paid.is_some() && order.looks.is_empty());
    assert_eq!(shop.profiles().len(), 1000);
    let profile = shop.profile("buyer9@example.com");
    let state = profile.consents.on(Purpose::Marketing).map(|word| word.state);
    assert_eq!(state, Some(ConsentState::Granted));
    let looks = |shop: &Shop| shop.items().iter().filter(|item| item.pk.starts_with("D#")).count();
    assert_eq!(looks(&shop), 0);
    let before = shop.record();
    import(&shop, "shop", &[&recent_orders(1000), &agreed()]).await;
    assert_eq!(shop.record(), before);
    shop.days(60).await;
    assert!(shop.mails().is_empty());
}

#[tokio::test]
async fn what_happens_with_an_imported_order_afterwards_is_followed_up() {
    let shop = Shop::open().await;
    import(&shop, "shop", &[&recent_orders(10), &agreed()]).await;
    // Its parcel is told of by the number that the import named, or by the shop alone.
    shop.tell(&[Fact::ParcelMoved(crate::facts::scanned("T1", ParcelState::Delivered))]).await;
    let order = Some("3".to_owned());
    let arrived = ParcelMoved { order, ..crate::facts::scanned("T3", ParcelState::Delivered) };
    shop.tell(&[Fact::ParcelMoved(arrived)]).await;
    shop.days(60).await;
    for buyer in ["buyer1@example.com", "buyer3@example.com"] {
        assert_eq!(
            shop.journeys_sent_to(buyer),
            ["delivery-check", "newsletter-invitation", "nps"],
            "{buyer}"
        );
    }
    assert_eq!(shop.mails().len(), 6);
}

/// The live webhook of an order may come before its line in the export, or after it.
#[tokio::test]
async fn an_order_told_live_and_imported_is_one_order_and_history_whichever_came_first() {
    let table =
        "order,placed_at,currency,total,email\nlive,2026-11-01T10:00:00Z,GBP,12.50,amal@example.com\n";
    let mut records = Vec::new();
    for live_first in [true, false] {
        let shop = Shop::open().await;
        let buyer = crate::facts::person("amal@example.com");
        let live = Fact::OrderPlaced(crate::facts::details("live", buyer, &["bowl"]));
        let live = [(Wait::hours(23), live)];
        if live_first {
            shop.tell_late(&live).await;
        }
        import(&shop, "shop", &[table]).await;
        if !live_first {
            shop.tell_late(&live).await;
        }
        shop.days(30).await;
        assert!(shop.mails().is_empty());
        let mut order = shop.order("live").unwrap();
        // What it owes, and when it is looked at, depends on when it was told.
        (order.looks, order.owed) = (std::collections::BTreeSet::new(), None);
        records.push(order);
    }
    assert_eq!(records[0], records[1]);
}

/// Orders of a source whose own provider has another format are imported in the generic one all the same.
#[tokio::test]
async fn what_is_imported_belongs_to_the_source_that_goes_on_telling_of_it() {
    let shop = Shop::open().await;
    let table = "order,placed_at,currency,total,email,customer\n551,2026-11-01T10:00:00Z,EUR,12.50,amal@example.com,77\n";
    import(&shop, "web", &[table]).await;
    assert!(shop.items().iter().any(|item| item.sk.starts_with("O#web#551#")));
}
