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

#[test]
fn what_is_wrong_is_told_with_file_and_line() {
    let files = Files::new("wrong");
    for (file, words, others, line, what) in [
        ("journeys/ease-survey.yaml", "purpose: survey", "purpose: surveys", 3, "survey"),
        ("journeys/ease-survey.yaml", "expires: 10 days", "expires: soon", 7, "soon"),
        ("journeys/ease-survey.yaml", "priority: 20", "prioritty: 20", 4, "prioritty"),
        ("journeys/ease-survey.yaml", "message: ease-survey", "message: easy-survey", 8, "easy-survey"),
        ("journeys/delivery-check.yaml", "delivered: 1 day", "arrived: 1 day", 7, "arrived"),
        ("sources.yaml", "provider: shopify", "provider: shoppify", 9, "shoppify"),
        ("sources.yaml", "channel: web", "channel: wep", 10, "wep"),
        ("sources.yaml", "- name: till", "- name: web", 13, "web"),
        ("limits.yaml", "16 hours", "a while", 7, "a while"),
        ("limits.yaml", "21:00", "25:00", 4, "0..=23"),
        ("brand.yaml", "Europe/London", "Europe/Bristol", 24, "Europe/Bristol"),
        ("brand.yaml", "hello@sidra.example", "hello", 15, "hello"),
    ] {
        let told = files.told_with(file, words, others);
        assert!(told.starts_with(&format!("{file}:{line}:")), "{others}: {told}");
        assert!(told.contains(what), "{others}: {told}");
    }
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
