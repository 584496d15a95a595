//! Tables in CSV, plain or gzipped.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use rihla_core::instant::Instant;
use serde::de::DeserializeOwned;

use super::ReplayError;

/// The table whose file's name starts with `name`: in the folder `path`, or `path` itself.
/// An exact name (`orders.csv`, `orders.csv.gz`) comes before a longer one (`orders_2017.csv`).
pub(crate) fn find(path: &Path, name: &str) -> Option<PathBuf> {
    if path.is_file() {
        return is_table(path, name).then(|| path.to_owned());
    }
    let exact = ["csv", "csv.gz"].map(|ending| path.join(format!("{name}.{ending}")));
    if let Some(file) = exact.into_iter().find(|file| file.is_file()) {
        return Some(file);
    }
    let files = std::fs::read_dir(path).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    files.filter(|file| is_table(file, name)).min()
}

fn is_table(path: &Path, name: &str) -> bool {
    let file = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase().replace(' ', "_");
    let plain = file.strip_suffix(".gz").unwrap_or(&file);
    file.starts_with(name) && Path::new(plain).extension().is_some_and(|ending| ending == "csv")
}

/// All rows of a table in `folder`.
pub(super) fn rows<T: DeserializeOwned>(folder: &Path, name: &str) -> Result<Vec<T>, ReplayError> {
    let missing = || {
        let path = folder.join(format!("{name}.csv.gz"));
        ReplayError::Open { path, source: std::io::ErrorKind::NotFound.into() }
    };
    rows_of(&find(folder, name).ok_or_else(missing)?)
}

/// All rows of a file.
pub(crate) fn rows_of<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, ReplayError> {
    let file = File::open(path).map_err(|source| ReplayError::Open { path: path.to_owned(), source })?;
    let gzipped = path.extension().is_some_and(|ending| ending == "gz");
    let bytes: Box<dyn Read> = if gzipped { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) };
    let rows: Result<Vec<T>, csv::Error> = csv::Reader::from_reader(bytes).into_deserialize().collect();
    rows.map_err(|source| ReplayError::Row { path: path.to_owned(), source })
}

/// A time on the clocks of `zone` as a moment; an hour that they skip is the hour after, one that they repeat the first.
pub(super) fn instant(local: DateTime, zone: &TimeZone, order: &str) -> Result<Instant, ReplayError> {
    let moment = zone.to_ambiguous_timestamp(local).compatible();
    let outside = |source| ReplayError::Time { order: order.to_owned(), source };
    moment.map(Instant::from).map_err(outside)
}
