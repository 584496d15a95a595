//! Prints the table of `identifier/phone/plans.txt`: `cargo run -p rihla-core --example phone_plans`.
//!
//! A line is a country, its calling code, what may stand before a national number, and how many digits that has.

use std::collections::BTreeSet;

use phonenumber::metadata::{DATABASE, Metadata};

fn main() {
    let mut plans: Vec<String> = DATABASE.iter().filter(|plan| plan.id() != "001").map(line).collect();
    plans.sort();
    plans.dedup();
    println!("{}", plans.join("\n"));
}

fn line(plan: &Metadata) -> String {
    let trunks = trunks(plan);
    let trunks = if trunks.is_empty() { "-".to_owned() } else { trunks.join(",") };
    let lengths: Vec<String> = lengths(plan).iter().map(ToString::to_string).collect();
    format!("{} {} {trunks} {}", plan.id(), plan.country_code(), lengths.join(","))
}

/// How many digits the numbers of people have: free and dear numbers, which are of any length, are companies'.
fn lengths(plan: &Metadata) -> BTreeSet<u16> {
    let all = plan.descriptors();
    let kinds = [all.fixed_line(), all.mobile(), all.personal_number(), all.voip()];
    kinds.into_iter().flatten().flat_map(|kind| kind.possible_length().iter().copied()).collect()
}

/// What may stand before a national number, the longest first: tried with the country's own example of a number.
fn trunks(plan: &Metadata) -> Vec<String> {
    let Some(pattern) = plan.national_prefix_for_parsing() else {
        return plan.national_prefix().map(ToOwned::to_owned).into_iter().collect();
    };
    let kinds = [plan.descriptors().mobile(), plan.descriptors().fixed_line()];
    let examples: Vec<&str> = kinds.into_iter().flatten().filter_map(|kind| kind.example()).collect();
    let is_dropped = |prefix: &String| {
        examples.iter().any(|example| {
            let number = format!("{prefix}{example}");
            let found = pattern.find(&number);
            found.is_some_and(|found| found.start() == 0 && found.end() == prefix.len())
        })
    };
    let prefixes =
        (0..10).map(|digit: u8| digit.to_string()).chain((0..100).map(|two: u8| format!("{two:02}")));
    let mut trunks: Vec<String> = prefixes.filter(is_dropped).collect();
    trunks.sort_by_key(|prefix| std::cmp::Reverse(prefix.len()));
    trunks
}
