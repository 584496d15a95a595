//! The environment: each function is given the variables that its start-up reads, and no other.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::Template;

/// The functions' start-ups, as they stand in the code.
const STARTS: [(&str, &str); 8] = [
    ("absorb", include_str!("../../../functions/absorb/src/main.rs")),
    ("console", include_str!("../../../functions/console/src/main.rs")),
    ("deliver", include_str!("../../../functions/deliver/src/main.rs")),
    ("dispatch", include_str!("../../../functions/dispatch/src/main.rs")),
    ("observe", include_str!("../../../functions/observe/src/main.rs")),
    ("receive", include_str!("../../../functions/receive/src/main.rs")),
    ("respond", include_str!("../../../functions/respond/src/main.rs")),
    ("tally", include_str!("../../../functions/tally/src/main.rs")),
];

/// Read, and not given, with the reason.
const NOT_GIVEN: [(&str, &str, &str); 1] = [(
    "respond",
    "PUBLIC_URL",
    "its pages' links are relative, and the function cannot be told an address made from itself",
)];

/// The variables that `start` names.
fn read_by(start: &str) -> BTreeSet<String> {
    let named = start.split("variable(\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
    let mut read: BTreeSet<String> = named.collect();
    if start.contains("start::table(") {
        read.insert("TABLE_NAME".into());
    }
    let asked = RefCell::new(&mut read);
    let ask = |name: &'static str| {
        asked.borrow_mut().insert(name.into());
        None
    };
    if start.contains("shop_with(optional)") {
        rihla_infra::shop_with(ask);
    }
    if start.contains("brand_with(optional)") {
        rihla_infra::brand_with(ask);
    }
    read
}

#[test]
fn each_function_is_given_what_its_start_up_reads() {
    let mut starts: BTreeSet<&str> = STARTS.iter().map(|(function, _)| *function).collect();
    for (function, properties) in Template::own().functions() {
        let (_, start) = STARTS.iter().find(|(name, _)| *name == function).unwrap();
        let mut read = read_by(start);
        for (_, variable, _) in NOT_GIVEN.iter().filter(|(name, ..)| *name == function) {
            assert!(read.remove(*variable), "{function} reads {variable}");
        }
        let given = properties["Environment"]["Variables"].as_object().unwrap();
        assert_eq!(given.keys().cloned().collect::<BTreeSet<_>>(), read, "{function}");
        starts.remove(&*function);
    }
    assert!(starts.is_empty(), "not deployed: {starts:?}");
}

#[test]
fn the_brands_and_the_shops_variables_are_noticed() {
    let read = read_by("shop_with(optional) brand_with(optional) variable(\"A\") start::table(x)");
    let expected =
        ["A", "BRAND_NAME", "PUBLIC_URL", "REPLY_TO_ADDRESS", "SENDER_ADDRESS", "SHOP_ZONE", "TABLE_NAME"];
    assert_eq!(read.iter().map(String::as_str).collect::<Vec<_>>(), expected);
}
