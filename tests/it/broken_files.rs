//! A journey, source, brand or limits file that is wrong is told with its name, its line and what is wrong.

use std::fs;
use std::path::{Path, PathBuf};

/// A copy of the shop's own files that a test may spoil.
struct Files(PathBuf);

impl Files {
    fn new(name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("files-{name}"));
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../infra"), &folder);
        Self(folder)
    }

    /// What is told of the files with the first occurrence of some words replaced.
    fn told_with(&self, file: &str, words: &str, others: &str) -> String {
        let path = self.0.join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(words), "{file} holds {words}");
        fs::write(&path, text.replacen(words, others, 1)).unwrap();
        let told = rihla_setup::read_setup(&self.0).map(drop).unwrap_err().to_string();
        fs::write(&path, text).unwrap();
        told.replace(&format!("{}/", self.0.display()), "")
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (name, path) = (entry.file_name(), entry.path());
        if ["journeys", "messages", "parts", "locales", "pages"].iter().any(|folder| name == *folder) {
            copy(&path, &to.join(name));
        } else if path.is_file() {
            fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

#[test]
fn the_shops_own_files_are_right() {
    assert!(rihla_setup::read_setup(&Files::new("right").0).is_ok());
}

/// How the till of the shop's files is verified.
const SECRET: &str = "secrets: [sources/till]";

/// What a source is verified by besides a secret: a key that is asked for, an account, a queue's policy.
#[test]
fn a_source_may_do_without_a_secret() {
    let files = Files::new("keys");
    let path = files.0.join("sources.yaml");
    let text = fs::read_to_string(&path).unwrap();
    for instead in ["queue: sales", "allow: [account]", "secrets: []\n  queue: sales"] {
        fs::write(&path, text.replacen(SECRET, instead, 1)).unwrap();
        assert!(rihla_setup::read_setup(&files.0).is_ok(), "{instead}");
    }
}

/// A file, words of it and what stands there instead; then the line at which what is told, and a part of that.
type Row = (&'static str, &'static str, &'static str, usize, &'static str);

fn each_is_told(files: &Files, rows: &[Row]) {
    for (file, words, others, line, what) in rows {
        let told = files.told_with(file, words, others);
        assert!(told.starts_with(&format!("{file}:{line}:")), "{others}: {told}");
        assert!(told.contains(what), "{others}: {told}");
    }
}

#[test]
fn what_is_wrong_in_a_journey_is_told_with_file_and_line() {
    let rows = [
        ("journeys/ease-survey.yaml", "purpose: survey", "purpose: surveys", 3, "survey"),
        ("journeys/ease-survey.yaml", "expires: 10 days", "expires: soon", 8, "soon"),
        ("journeys/ease-survey.yaml", "priority: 20", "prioritty: 20", 4, "prioritty"),
        ("journeys/ease-survey.yaml", "message: ease-survey", "message: easy-survey", 9, "easy-survey"),
        ("journeys/delivery-check.yaml", "delivered: 1 day", "arrived: 1 day", 8, "arrived"),
        (
            "journeys/delivery-check.yaml",
            "delivered: 1 day",
            "deliverd: 1 day",
            8,
            "did you mean `delivered`?",
        ),
        ("journeys/delivery-check.yaml", "delivered: 1 day", "left: 1 day", 8, "waits for ever"),
        ("journeys/delivery-check.yaml", "delivered: 1 day", "delivered: 900 days", 8, "for ever"),
        ("journeys/delivery-check.yaml", "delivered: 1 day", "ask.sent: 1 day", 8, "no step `ask`"),
        ("journeys/delivery-check.yaml", "delivered: 1 day", "1.sent: 1 day", 8, "a loop"),
        ("journeys/recovery.yaml", "message: recovery-reason", "message: falling-off", 28, "asks nothing"),
        ("journeys/delivery-check.yaml", "delivered: 1 day", "recovery: 1 day", 8, "needs consent"),
        (
            "journeys/delivery-check.yaml",
            "expires: 14 days",
            "expires: 14 days\n    needs: matching-items",
            11,
            "need consent",
        ),
        (
            "journeys/delivery-check.yaml",
            "expires: 14 days",
            "expires: 14 days\n    at: { from: \"22:00\", to: \"23:00\" }",
            11,
            "quiet hours",
        ),
        ("sources.yaml", "provider: shopify", "provider: shoppify", 17, "shoppify"),
        (
            "journeys/nps.yaml",
            "version: 1\n",
            "version: 1\nseason: { from: 2026-12-24T00:00:00+01:00, until: 2026-12-01T00:00:00+01:00 }\n",
            3,
            "takes nobody up",
        ),
        ("journeys/nps.yaml", "version: 1\n", "version: 1\nseason: { until: 2026-12-01 }\n", 3, "2026-12-01"),
        ("journeys/left-cart.yaml", "expires: 3 days", "expires: 200 days", 8, "sweeps before that"),
    ];
    each_is_told(&Files::new("wrong-journeys"), &rows);
}

#[test]
fn what_is_wrong_elsewhere_is_told_with_file_and_line() {
    let rows = [
        ("sources.yaml", "channel: web", "channel: wep", 18, "wep"),
        ("sources.yaml", "- name: till", "- name: web", 21, "web"),
        ("sources.yaml", SECRET, "allow: []", 21, "nothing could be verified"),
        ("sources.yaml", SECRET, "secrets: [a]\n  url: http://sidra.example/hooks/till", 25, "https://"),
        ("sources.yaml", SECRET, "secrets: [a]\n  api_url: api.example", 25, "https://"),
        (
            "sources.yaml",
            SECRET,
            "secrets: [a]\n  api_token: tokens/till",
            25,
            "`standard-webhooks` has none",
        ),
        (
            "sources.yaml",
            SECRET,
            "queue: sales\n\n- name: fair\n  provider: standard-webhooks\n  channel: pos\n  queue: sales",
            29,
            "`sales`",
        ),
        ("limits.yaml", "carts: 180 days", "carts: never", 24, "never"),
        ("limits.yaml", "16 hours", "a while", 7, "a while"),
        ("limits.yaml", "21:00", "25:00", 4, "0..=23"),
        ("brand.yaml", "Europe/London", "Europe/Bristol", 24, "Europe/Bristol"),
        ("brand.yaml", "hello@sidra.example", "hello", 15, "hello"),
    ];
    each_is_told(&Files::new("wrong"), &rows);
}

/// A journey that ended does not stop what is built on any later day: only who asks is told.
#[test]
fn a_journey_that_ended_is_told_to_who_checks() {
    let files = Files::new("ended");
    let path = files.0.join("journeys/nps.yaml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{text}season:\n  until: 2026-12-01T00:00:00+04:00\n")).unwrap();
    let line = text.lines().count() + 2;
    let setup = rihla_setup::read_setup(&files.0).unwrap();
    let told = |now: &str| {
        let journeys = &setup.shop.journeys;
        rihla_setup::ended_journeys(&files.0.join("journeys"), journeys, now.parse().unwrap()).to_string()
    };
    assert_eq!(told("2026-11-30T19:59:59Z"), "");
    let ended = told("2026-11-30T20:00:00Z");
    assert!(ended.contains(&format!("journeys/nps.yaml:{line}:")), "{ended}");
    assert!(ended.contains("ended in the past"), "{ended}");
}

#[test]
fn a_file_that_is_missing_is_named() {
    let files = Files::new("missing");
    for file in ["brand.yaml", "sources.yaml", "limits.yaml"] {
        let path = files.0.join(file);
        let text = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        let told = rihla_setup::read_setup(&files.0).map(drop).unwrap_err().to_string();
        assert!(told.contains(file), "{told}");
        fs::write(&path, text).unwrap();
    }
}
