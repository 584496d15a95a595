//! Phone numbers of all countries, against libphonenumber's own examples of them.

use phonenumber::metadata::{DATABASE, Metadata};
use rihla_core::identifier::Phone;

/// Countries where nothing is dialled before a number, so that one without its plus may be a longer one of the country's own.
const AMBIGUOUS_WITHOUT_PLUS: [&str; 5] = ["AD", "LU", "NU", "TK", "WS"];

/// A country's examples of the numbers that people have.
fn examples(plan: &Metadata) -> Vec<&str> {
    let all = plan.descriptors();
    let kinds = [all.mobile(), all.fixed_line(), all.voip(), all.personal_number()];
    kinds.into_iter().flatten().filter_map(|kind| kind.example()).collect()
}

/// Ways to write a number: as at home, without the prefix, from abroad, and from a machine that forgot the plus.
fn ways(plan: &Metadata, example: &str) -> Vec<String> {
    let code = plan.country_code();
    let trunk = plan.national_prefix().unwrap_or_default();
    let without_plus = Some(format!("{code}{example}"));
    let ways = [
        format!("{trunk}{example}"),
        example.to_owned(),
        format!("+{code} {example}"),
        format!("+{code} ({trunk}) {example}"),
        format!("00 {code} {example}"),
    ];
    ways.into_iter().chain(without_plus.filter(|_| !AMBIGUOUS_WITHOUT_PLUS.contains(&plan.id()))).collect()
}

#[test]
fn every_countrys_examples_are_read_however_they_are_written() {
    let mut wrong = Vec::new();
    let mut tried = 0;
    for plan in DATABASE.iter().filter(|plan| plan.id() != "001") {
        for example in examples(plan) {
            let number = format!("+{}{example}", plan.country_code());
            for way in ways(plan, example) {
                tried += 1;
                let read = Phone::of(&way, Some(plan.id())).ok();
                if read.as_ref().map(Phone::as_str) != Some(&*number) {
                    wrong.push(format!("{} {way:?}: {read:?}, not {number}", plan.id()));
                }
            }
        }
    }
    assert!(tried > 2000, "only {tried} were tried");
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
}
