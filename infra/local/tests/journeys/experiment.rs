//! `rihla experiment --ledger`, on the table of a shop of which it is known who got what and who bought then.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use rihla_core::event::Event;
use rihla_core::experiment::{Reading, Share};
use rihla_core::instant::{Instant, Wait};
use rihla_core::journey::Journey;
use rihla_core::shop::Shop;
use rihla_core::source::SourceId;
use rihla_local::aws::{Aws, Clock, Layout};
use rihla_local::experiment::ledger::{LedgerResult, Settled, read};
use rihla_local::run::Stack;
use rihla_local::shop::{Posted, standard_body};
use serde_json::{Value, json};

use crate::data::empty_folder;

const PEOPLE: usize = 240;
const LATE: usize = 10;
const SETTLED: Settled =
    Settled { within_days: 10, baseline_percent: 33, smallest_effect_percent: 100, held_out_percent: 40 };

fn journey() -> Journey {
    let journey = json!({
        "name": "greeting", "version": 1, "purpose": "service", "priority": 1, "holdout": 40,
        "steps": [{ "due": [{ "placed": "1 hour" }], "expires": "3 days", "message": "thank-you",
            "variants": ["delivery-check"] }],
    });
    serde_json::from_value(journey).unwrap()
}

fn email(number: usize) -> String {
    format!("p{number}@example.com")
}

fn noon(day: i64) -> Instant {
    "2026-03-02T12:00:00Z".parse::<Instant>().unwrap().after(Wait::days(day))
}

/// A shop with days, on which orders are placed and it turns out who is who.
struct Days {
    stack: Stack,
    told: usize,
}

impl Days {
    async fn begin() -> Self {
        let aws = Aws::memory(Clock::virtual_at(noon(0).timestamp()), Layout::default()).unwrap();
        let shop = Shop { journeys: vec![journey()], ..rihla_infra::shop() };
        let (brand, catalogue) = (rihla_infra::brand(), rihla_infra::catalogue());
        Self { stack: Stack::start(aws, shop, brand, catalogue).await.unwrap(), told: 0 }
    }

    async fn tell(&mut self, day: i64, kind: &str, data: Value) {
        self.stack.run_until(noon(day)).await.unwrap();
        self.told += 1;
        let event: Event =
            serde_json::from_value(json!({ "type": kind, "timestamp": noon(day), "data": data })).unwrap();
        let (source, delivery_id) = (SourceId::from_static("shop"), format!("delivery-{}", self.told));
        let body = standard_body(&[event]);
        let posted = Posted { at: noon(day), source, delivery_id, topic: None, body };
        assert!(self.stack.post(&posted).await.unwrap().status < 300);
    }

    async fn buys(&mut self, day: i64, buyer: Value) {
        let order = format!("order-{}", self.told);
        self.tell(day, "order.placed", json!({ "order": order, "buyer": buyer })).await;
    }

    /// The first mail that somebody got, by the journey's name for it.
    fn got(&self, number: usize) -> Option<&'static str> {
        let mails = self.stack.aws.mailbox().to_recipient(&email(number)).unwrap();
        let raw = String::from_utf8(mails.first()?.raw.clone().unwrap()).unwrap();
        Some(if raw.contains("Thank") { "thank-you" } else { "delivery-check" })
    }
}

impl Days {
    /// What people do after the first day.
    async fn go_on(&mut self) {
        let again: Vec<usize> = (0..PEOPLE).filter(|number| buys_again(*number, self.got(*number))).collect();
        for number in &again {
            // Some by another address, and some as somebody of whom only a number is known.
            self.buys(5, by_another_record(*number)).await;
        }
        for number in (0..PEOPLE).filter(|number| !again.contains(number)) {
            self.buys(20, json!({ "email": email(number) })).await;
        }
        for number in again {
            // That they are the same person turns out later.
            let customer = by_another_record(number)["customer"].clone();
            if !customer.is_null() {
                let both = json!({ "email": email(number), "customer": customer });
                self.tell(21, "profile.changed", both).await;
            }
        }
        for number in PEOPLE..PEOPLE + LATE {
            self.buys(30, json!({ "email": email(number) })).await;
        }
        self.stack.run_until(noon(31)).await.unwrap();
    }
}

/// Whether somebody buys again within the ten days: a third of all, and whoever got the one variant.
fn buys_again(number: usize, got: Option<&str>) -> bool {
    number.is_multiple_of(3) || got == Some("delivery-check")
}

/// Lives it, and gives the arms as the mails tell them: how many got each, and how many of them bought again.
async fn lived() -> (Days, BTreeMap<Option<&'static str>, Share>) {
    let mut days = Days::begin().await;
    for number in 0..PEOPLE {
        days.buys(0, json!({ "email": email(number) })).await;
    }
    days.stack.run_until(noon(1)).await.unwrap();
    let mut arms: BTreeMap<Option<&str>, Share> = BTreeMap::new();
    for number in 0..PEOPLE {
        let got = days.got(number);
        let share = arms.entry(got).or_default();
        share.people += 1;
        share.did += u64::from(buys_again(number, got));
    }
    days.go_on().await;
    (days, arms)
}

fn by_another_record(number: usize) -> Value {
    match number % 4 {
        0 => json!({ "customer": format!("c{number}") }),
        1 => json!({ "customer": format!("c{number}"), "email": format!("other{number}@example.com") }),
        _ => json!({ "email": email(number) }),
    }
}

/// The account's table as DynamoDB exports it: items in no order, in several files, some of them gzipped.
fn exported(aws: &Aws, folder: &Path) -> Vec<PathBuf> {
    let mut files: [Vec<u8>; 2] = Default::default();
    let mut number = 0;
    aws.each_item(|item| {
        number += 1;
        writeln!(files[number % 2], "{}", json!({ "Item": item })).unwrap();
    });
    let [plain, packed] = ["a.json", "b.json.gz"].map(|name| folder.join(name));
    fs::write(&plain, &files[0]).unwrap();
    let mut gzip = GzEncoder::new(fs::File::create(&packed).unwrap(), Compression::fast());
    gzip.write_all(&files[1]).unwrap();
    gzip.finish().unwrap();
    vec![packed, plain]
}

fn counts(result: &LedgerResult) -> BTreeMap<&str, (Share, Share)> {
    let counts = result.arms.iter().filter_map(|arm| match &arm.reading {
        Reading::Read(finding) => Some((arm.arm.as_str(), (finding.counts.sent, finding.counts.held_out))),
        Reading::NotYet { .. } => None,
    });
    counts.collect()
}

#[tokio::test]
async fn the_arms_told_are_those_of_the_mails_and_a_person_counts_once() {
    let (days, arms) = lived().await;
    let [held_out, thanked, checked] =
        [None, Some("thank-you"), Some("delivery-check")].map(|got| arms[&got]);
    assert!(checked.people > 40 && checked.did == checked.people && thanked.did < thanked.people / 2);
    let folder = empty_folder("experiment");
    let files = exported(&days.stack.aws, &folder);
    let result = read(&files, &journey(), SETTLED, None).unwrap();
    let any = Share { people: thanked.people + checked.people, did: thanked.did + checked.did };
    let expected = [("any message", any), ("delivery-check", checked), ("thank-you", thanked)];
    assert_eq!(counts(&result), expected.map(|(arm, sent)| (arm, (sent, held_out))).into());
    let begins: BTreeSet<&str> =
        result.arms.iter().filter_map(|arm| arm.sentence.split(':').next()).collect();
    assert_eq!(begins, ["It brings more", "Not enough to say that it makes a difference"].into());
    assert_eq!((result.not_over, result.as_of), (LATE as u64, noon(30).after(Wait::hours(1))));
    nothing_is_told_before_its_time(&files);
    a_line_that_is_no_item_is_named(&folder);
}

fn nothing_is_told_before_its_time(files: &[PathBuf]) {
    let settled = Settled { smallest_effect_percent: 10, ..SETTLED };
    let result = read(files, &journey(), settled, None).unwrap();
    let told = format!("{result} {}", serde_json::to_string(&result).unwrap());
    assert!(
        told.contains("Not enough yet") && !told.contains("\"did\"") && !told.contains("lift\":"),
        "{told}"
    );
    let early = read(files, &journey(), SETTLED, Some(noon(9))).unwrap();
    assert_eq!(early.not_over, (PEOPLE + LATE) as u64);
}

fn a_line_that_is_no_item_is_named(folder: &Path) {
    let broken = folder.join("broken.json");
    let key = json!({ "PK": { "S": "C#1" }, "SK": { "S": "PROFILE" }, "d": { "S": "{}" } });
    for (line, because) in [
        (json!({ "Keys": key }), "missing field `Item`"),
        (json!({ "Item": { "PK": { "S": "C#1" }, "SK": { "S": "PROFILE" }, "d": { "S": "[" } } }), "EOF"),
    ] {
        fs::write(&broken, format!("{}\n\n{line}\n", json!({ "Item": key }))).unwrap();
        let error = read(std::slice::from_ref(&broken), &journey(), SETTLED, None).unwrap_err();
        assert!(error.to_string().contains("broken.json:3: no item"), "{error}");
        assert!(error.source().unwrap().to_string().contains(because), "{:?}", error.source());
    }
}
