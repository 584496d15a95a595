//! Who the rules find to be one in sets of which that is known. They are not ours to keep here, so they lie beside the
//! repository; without them these tests are skipped, except where the builds are checked.

use std::io::Write;
use std::path::{Path, PathBuf};

use rihla_local::identity::{Found, Record, read};

fn set(folder: &str, files: &[&str]) -> Option<Vec<PathBuf>> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    if data.exists() {
        return Some(files.iter().map(|file| data.join(folder).join(file)).collect());
    }
    #[expect(clippy::disallowed_methods, reason = "only the build that checks knows that it is one")]
    let must_be_there = std::env::var("CI").is_ok_and(|value| value == "true");
    assert!(!must_be_there, "no {}", data.display());
    println!("skipped: no {}", data.display());
    None
}

#[test]
fn hardly_anybody_is_found_to_be_somebody_else() {
    for (folder, files, least_recall) in [
        ("identity_mailmap_dev", &["aliases.csv.gz"][..], 0.25),
        ("identity_febrl_SYNTHETIC", &["dataset3.csv.gz"], 0.8),
        ("identity_febrl_SYNTHETIC", &["dataset4a.csv.gz", "dataset4b.csv.gz"], 0.8),
        ("identity_chicago_sites", &["sites.csv.gz"], 0.1),
    ] {
        let Some(files) = set(folder, files) else { return };
        let found = Found::of(&read(&files).unwrap());
        println!("{folder} {found}");
        assert!(found.precision.unwrap() >= 0.999, "{folder}: {found}");
        assert!(found.recall.unwrap() >= least_recall, "{folder}: {found}");
    }
}

#[test]
fn a_mailbox_that_many_use_makes_nobody_one() {
    let Some(files) = set("identity_mailmap_dev", &["aliases.csv.gz"]) else { return };
    let mut records = read(&files).unwrap();
    let email = |record: &Record| record.person.email.clone();
    let most_used = records
        .iter()
        .map(email)
        .max_by_key(|one| records.iter().filter(|record| email(record) == *one).count());
    records.retain(|record| email(record) == most_used.clone().unwrap());
    assert!(records.len() >= 10, "the set has no such mailbox");
    let found = Found::of(&records);
    assert_eq!((found.pairs_found, found.precision, found.people_found), (0, None, records.len()));
    assert_eq!(found.shared.values().sum::<usize>(), 1);
}

#[test]
fn what_is_wrong_is_counted() {
    let folder = tempfile();
    std::fs::File::create(&folder)
        .unwrap()
        .write_all(
            b"record_id,person_id,name,email\n\
        1,p,Amal Haddad,a.mal@gmail.com\n2,p,Amal,amal+shop@googlemail.com\n3,q,Omar,amal@gmail.com\n\
        4,q,Omar,omar@example.com\n5,r,Lina,noreply@example.com\n6,s,Sami,noreply@example.com\n",
        )
        .unwrap();
    let found = Found::of(&read(&[folder]).unwrap());
    assert_eq!((found.records, found.people_found), (6, 4));
    assert_eq!((found.pairs_true, found.pairs_found), (2, 3));
    assert_eq!((found.precision, found.recall), (Some(1.0 / 3.0), Some(0.5)));
}

fn tempfile() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("aliases.csv")
}
