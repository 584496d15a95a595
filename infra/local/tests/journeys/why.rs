//! `rihla why`, on the account of a small replay.

use std::path::Path;
use std::process::{Command, Output};

use rihla_local::command::Place;
use rihla_local::command::replay::{self, ReplayArguments};
use serde_json::Value;

use crate::data::{empty_folder, small_tables};

const PERSON: &str = "person1@olist.example";

fn why(folder: &Path, arguments: &[&str]) -> Output {
    let place = ["why", "--folder", folder.to_str().unwrap()];
    Command::new(env!("CARGO_BIN_EXE_rihla")).args(place).args(arguments).output().unwrap()
}

fn replay_into(folder: &Path) {
    let place = Place { folder: folder.to_owned(), port: 7070 };
    let data = small_tables("olist");
    let arguments =
        ReplayArguments { data, limit: None, shuffle: None, twice: false, json: true, fresh: true, place };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    tokio::task::LocalSet::new().block_on(&runtime, replay::run(&arguments)).unwrap();
}

#[test]
fn each_follow_up_is_told_with_its_guards_their_inputs_and_the_version() {
    let folder = empty_folder("why");
    let none = why(&folder, &[PERSON]);
    assert_eq!(none.status.code(), Some(1));
    replay_into(&folder);
    let all = why(&folder, &[PERSON, "--json"]);
    let all: Value = serde_json::from_slice(&all.stdout).unwrap();
    let all = all.as_array().unwrap();
    assert!(all.len() > 4, "{all:?}");
    let survey = all.iter().find(|one| one["journey"] == "ease-survey").unwrap();
    assert!(survey["version"].as_u64() > Some(0) && survey["due_at"].is_string(), "{survey}");
    let guards: Vec<&str> =
        survey["guards"].as_array().unwrap().iter().filter_map(|seen| seen["guard"].as_str()).collect();
    assert!(guards.contains(&"expiry") && guards.contains(&"consent"), "{guards:?}");
    let key = survey["key"].as_str().unwrap();
    let order = key.split('#').skip(1).take(2).collect::<Vec<_>>().join("#");
    let one = why(&folder, &[&order, key]);
    let text = String::from_utf8(one.stdout).unwrap();
    assert!(text.starts_with(key) && text.contains("by version") && text.contains("no objection"), "{text}");
    let nobody = why(&folder, &["nobody@example.com"]);
    assert!(String::from_utf8(nobody.stderr).unwrap().contains("nobody is known by"));
    assert_eq!(why(&folder, &[PERSON, "no-such-journey"]).status.code(), Some(1));
}
