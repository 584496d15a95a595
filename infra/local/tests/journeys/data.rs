//! Real shops' tables are not ours to keep here, so they lie beside the repository; without them these tests are skipped,
//! except where the builds are checked.

use std::path::{Path, PathBuf};

/// A folder of real tables, if it is there.
pub(crate) fn real_tables(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(name);
    if folder.exists() {
        return Some(folder);
    }
    #[expect(clippy::disallowed_methods, reason = "only the build that checks knows that it is one")]
    let must_be_there = std::env::var("CI").is_ok_and(|value| value == "true");
    assert!(!must_be_there, "no {}", folder.display());
    println!("skipped: no {}", folder.display());
    None
}

/// A small folder of tables of the same columns.
pub(crate) fn small_tables(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables").join(name)
}

/// An empty folder of one test's own.
pub(crate) fn empty_folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).unwrap();
    }
    std::fs::create_dir_all(&folder).unwrap();
    folder
}
