//! The commands as they are called: what they print, and how they exit.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::data::{empty_folder, small_tables};

fn rihla(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rihla")).args(arguments).output().unwrap()
}

fn printed(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn told(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

fn infra() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The shop's files in a folder of a test's own, to be changed.
fn copy_of_infra(name: &str) -> PathBuf {
    let folder = empty_folder(name);
    for entry in ["brand.yaml", "sources.yaml", "limits.yaml", "holidays.yaml"] {
        if infra().join(entry).exists() {
            fs::copy(infra().join(entry), folder.join(entry)).unwrap();
        }
    }
    for entry in ["journeys", "messages"] {
        copy(&infra().join(entry), &folder.join(entry));
    }
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let from = entry.unwrap().path();
        let to = to.join(from.file_name().unwrap());
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(from, to).unwrap();
        }
    }
}

/// Changes some words of a file, which must be there.
fn change(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{} has no {from:?}", file.display());
    fs::write(file, text.replace(from, to)).unwrap();
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn files_that_hold_are_counted_and_those_that_do_not_are_told_with_their_places() {
    let folder = copy_of_infra("check");
    let fine = rihla(&["journeys", "check", text(&folder)]);
    assert!(fine.status.success() && printed(&fine).contains("All of it holds."), "{fine:?}");
    change(&folder.join("journeys/ease-survey.yaml"), "message: ease-survey", "message: ease-survye");
    let faulty = rihla(&["journeys", "check", text(&folder)]);
    assert_eq!(faulty.status.code(), Some(1));
    let place = told(&faulty).split("ease-survey.yaml:").nth(1).unwrap_or_default();
    assert!(
        place.starts_with(char::is_numeric) && place.contains("did you mean `ease-survey`?"),
        "{faulty:?}"
    );
}

/// The example of the page is a journey that holds, or who begins with it begins with an error.
#[test]
fn the_example_of_the_page_holds() {
    let page = fs::read_to_string(infra().join("../docs/journeys.md")).unwrap();
    let example = page.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap();
    let folder = copy_of_infra("example");
    fs::write(folder.join("journeys/example.yaml"), example).unwrap();
    let checked = rihla(&["journeys", "check", text(&folder)]);
    assert!(checked.status.success() && printed(&checked).contains("example 1"), "{}", told(&checked));
}

#[test]
fn the_same_input_gives_the_same_output_and_it_adds_up() {
    let data = small_tables("olist");
    let once = rihla(&["journeys", "simulate", "--data", text(&data), "--json"]);
    let again = rihla(&["journeys", "simulate", "--data", text(&data), "--json"]);
    assert!(once.status.success(), "{}", told(&once));
    assert_eq!(printed(&once), printed(&again));
    let outcome: Value = serde_json::from_str(printed(&once)).unwrap();
    let journeys = outcome["journeys"].as_array().unwrap();
    let sum =
        |counts: &Value, names: &[&str]| names.iter().map(|name| counts[name].as_u64().unwrap()).sum::<u64>();
    for counts in journeys {
        let ends = sum(counts, &["sent", "refused", "expired", "let_go", "open"]);
        assert_eq!(counts["planned"].as_u64(), Some(ends), "{counts}");
    }
    let sent: u64 = journeys.iter().map(|counts| sum(counts, &["sent"])).sum();
    let hours: u64 = outcome["sent_by_hour"].as_array().unwrap().iter().filter_map(Value::as_u64).sum();
    assert!(sent > 0 && sent == hours && Some(sent) == outcome["sent"].as_u64(), "{outcome}");
}

#[test]
fn one_changed_rule_shows_in_the_difference_and_for_whom() {
    let (data, infra, folder) = (small_tables("olist"), infra(), copy_of_infra("with"));
    let compare = |more: &[&str]| {
        let fixed = ["journeys", "simulate", "--data", text(&data), "--infra", text(&infra), "--with"];
        let output = rihla(&[&fixed, &[text(&folder)][..], more].concat());
        assert!(output.status.success(), "{}", told(&output));
        printed(&output).to_owned()
    };
    assert_eq!(compare(&[]), "no difference\n");
    change(&folder.join("journeys/ease-survey.yaml"), "placed: 2 days", "placed: 3 days");
    let difference: Value = serde_json::from_str(&compare(&["--json", "--persons", "1"])).unwrap();
    assert!(difference["people"].as_u64() > Some(0), "{difference}");
    assert_eq!(difference["persons"].as_array().map(Vec::len), Some(1));
    let moved = &difference["persons"][0]["moved"][0];
    assert_eq!(moved["before"]["journey"], "ease-survey", "{difference}");
    assert_ne!(moved["before"]["at"], moved["after"]["at"]);
    let of_one = compare(&["--person", "person1@olist.example"]);
    assert!(of_one.contains("ease-survey") && of_one.contains("was "), "{of_one}");
}

#[test]
fn whoever_is_meant_by_an_address_or_an_order_is_found_and_nobody_else() {
    let data = small_tables("olist");
    let of = |person: &str| rihla(&["journeys", "simulate", "--data", text(&data), "--person", person]);
    let (by_email, nobody) = (of("PERSON1@olist.example"), of("nobody@example.com"));
    assert!(printed(&by_email).contains("ease-survey#olist#"), "{by_email:?}");
    let key = printed(&by_email).split_once('#').unwrap().1.rsplit_once(" (version").unwrap().0.to_owned();
    let order =
        key.split_once('#').map(|(source, rest)| format!("{source}#{}", rest.split('#').next().unwrap()));
    assert_eq!(printed(&of(&order.unwrap())), printed(&by_email));
    assert_eq!((nobody.status.code(), printed(&nobody)), (Some(2), ""));
}

#[test]
fn what_cannot_be_read_or_is_misspelt_exits_with_2_and_faults_with_1() {
    let (data, folder) = (small_tables("olist"), copy_of_infra("codes"));
    change(&folder.join("limits.yaml"), "distance:", "distence:");
    for (arguments, code) in [
        (&["journeys", "simulate"][..], 2),
        (&["journeys", "simulate", "--data", "/nowhere"], 2),
        (&["journeys", "simulate", "--data", text(&data), "--with", text(&folder)], 1),
        (&["journeys", "simulate", "--data", text(&data), "--persons", "3"], 2),
        (&["journeys", "check", "/nowhere"], 1),
    ] {
        let output = rihla(arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", told(&output));
        assert!(!told(&output).is_empty());
    }
}
