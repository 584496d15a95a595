use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use rihla_channels::{Delivery, Headers, standard_webhooks};
use rihla_core::instant::Instant;
use rihla_import::{Kind, Reading, Refusal, Rules, Told, Unreadable};

use crate::shop::standard_body;

/// What is to be imported of some files.
#[derive(Debug)]
pub struct Plan {
    /// The files, in the order in which they were named.
    pub files: Vec<FileRead>,
    /// When the export was made: what has no time of its own is of that time, and all orders are history until then.
    pub exported_at: Instant,
}

/// What is to be imported of one file.
#[derive(Debug)]
pub struct FileRead {
    /// The file.
    pub path: PathBuf,
    /// What it holds.
    pub kind: Kind,
    /// How many lines it has.
    pub lines: usize,
    /// What its lines tell.
    pub told: Vec<Told>,
    /// What was not taken.
    pub refused: Vec<Refusal>,
}

/// Why nothing is imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file is not there or not readable.
    #[error("{}: cannot be opened", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file holds nothing that is known here.
    #[error("{}: cannot be read", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: Unreadable,
    },
    /// No file tells a time.
    #[error("no file tells any time: say by --exported-at when they were made")]
    NoTime,
    /// The source is not set up.
    #[error("there is no source {name} in infra/sources.yaml, there are: {known}")]
    NoSource {
        /// What was asked for.
        name: String,
        /// Those that are set up.
        known: String,
    },
}

impl Plan {
    /// Reads all files.
    pub fn read(paths: &[PathBuf], rules: &Rules, exported_at: Option<Instant>) -> Result<Self, ImportError> {
        let read = |path: &PathBuf| Ok((path.clone(), reading(path, rules)?));
        Self::of(paths.iter().map(read).collect::<Result<_, ImportError>>()?, exported_at)
    }

    /// Of files that were read. `exported_at` is the newest time that they tell where nobody says it: of the same files, it
    /// is always the same.
    pub fn of(readings: Vec<(PathBuf, Reading)>, exported_at: Option<Instant>) -> Result<Self, ImportError> {
        let newest = readings.iter().filter_map(|(_, reading)| reading.newest()).max();
        let exported_at = exported_at.or(newest).ok_or(ImportError::NoTime)?;
        let files = readings.into_iter().map(|(path, reading)| FileRead::of(path, reading, exported_at));
        Ok(Self { files: files.collect(), exported_at })
    }

    /// All that is told.
    pub fn told(&self) -> Vec<Told> {
        self.files.iter().flat_map(|file| &file.told).cloned().collect()
    }
}

fn reading(path: &Path, rules: &Rules) -> Result<Reading, ImportError> {
    let opened = |source| ImportError::Open { path: path.to_owned(), source };
    let mut file = File::open(path).map_err(opened)?;
    let mut bytes = Vec::new();
    let is_gzipped = path.extension().is_some_and(|ending| ending == "gz");
    let read = if is_gzipped {
        MultiGzDecoder::new(file).read_to_end(&mut bytes)
    } else {
        file.read_to_end(&mut bytes)
    };
    read.map_err(opened)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    rihla_import::read(&name, &bytes, rules)
        .map_err(|source| ImportError::Unreadable { path: path.to_owned(), source })
}

impl FileRead {
    /// What the function that takes it in would not take is refused here, where the line is known.
    fn of(path: PathBuf, reading: Reading, exported_at: Instant) -> Self {
        let mut told = reading.told(exported_at);
        let Reading { kind, lines, mut refused, .. } = reading;
        told.retain(|told| match fault(told) {
            None => true,
            Some(fault) => {
                refused.push(Refusal::line(told.line, fault));
                false
            }
        });
        refused.sort();
        Self { path, kind, lines, told, refused }
    }
}

/// Why the generic format does not take what a line tells: an id that is too long for a key, say.
fn fault(told: &Told) -> Option<String> {
    let (headers, body) = (Headers::default(), standard_body(&told.events));
    let read = (standard_webhooks::PROVIDER.normalise)(&Delivery::new(&headers, &body));
    read.err().map(|unreadable| rihla_aws::intake::with_causes(&unreadable))
}
