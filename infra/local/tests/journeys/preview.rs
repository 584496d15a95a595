//! `rihla journeys preview` and `rihla journeys schema`.

use std::fs;
use std::path::Path;
use std::process::Command;

use rihla_core::journey::Step;

use crate::data::empty_folder;

fn preview(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_rihla")).args(["journeys", "preview"]).args(arguments).output();
    let output = output.unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn every_journeys_mails_are_written_in_both_languages_with_a_picture_where_there_is_a_browser() {
    let folder = empty_folder("preview");
    let out = folder.to_str().unwrap();
    for journey in rihla_infra::shop().journeys {
        for (locale, direction) in [("en-GB", "ltr"), ("ar-EG", "rtl")] {
            let (code, told, error) = preview(&[&journey.name, "--locale", locale, "--out", out]);
            assert_eq!(code, Some(0), "{}: {error}", journey.name);
            for message in journey.steps.iter().flat_map(Step::messages) {
                let place = |ending: &str| folder.join(format!("{message}.{locale}.{ending}"));
                let html = fs::read_to_string(place("html")).unwrap();
                assert!(html.contains(&format!("dir=\"{direction}\"")), "{message} {locale}");
                assert!(fs::read_to_string(place("txt")).unwrap().lines().count() > 3);
                assert!(told.contains("no picture") || is_picture(&place("png")), "{told}");
            }
        }
    }
    let left: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains("measured")), "{left:?}");
}

fn is_picture(path: &Path) -> bool {
    fs::read(path).is_ok_and(|bytes| bytes.starts_with(b"\x89PNG") && bytes.len() > 5_000)
}

#[test]
fn a_name_that_is_not_there_is_met_with_what_is() {
    let (code, _, error) = preview(&["ease-survye"]);
    assert_eq!(code, Some(2));
    assert!(error.contains("there is no journey `ease-survye`; did you mean `ease-survey`?"), "{error}");
    let (code, _, error) = preview(&["ease-survey", "--step", "remind"]);
    assert_eq!(code, Some(2));
    assert!(error.contains("there is no step `remind`: there are 1"), "{error}");
}

#[test]
fn the_published_schema_is_that_of_the_type() {
    let published = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/journey.schema.json");
    let published = fs::read_to_string(published).unwrap_or_default();
    assert!(
        published == rihla_local::journeys::schema(),
        "write it anew: rihla journeys schema > docs/journey.schema.json"
    );
}
