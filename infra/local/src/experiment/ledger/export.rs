//! A table's export to S3 in DynamoDB JSON: one item a line, in files that DynamoDB gzips (DynamoDB Developer Guide,
//! "DynamoDB table export output format": `S3DataExport.Output`).

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use serde::Deserialize;

/// Why an export cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The file is not there or not readable.
    #[error("{}: cannot be opened", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file ends within a line, or is not packed as its name says.
    #[error("{}:{line}: cannot be read", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// Why.
        source: std::io::Error,
    },
    /// The line is no item of ours.
    #[error("{}:{line}: no item of a full export in DynamoDB JSON", path.display())]
    Item {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        source: serde_json::Error,
    },
}

/// One item, as far as every item of the table has it.
#[derive(Debug, Deserialize)]
pub(super) struct Item {
    #[serde(rename = "PK")]
    pk: Text,
    #[serde(rename = "SK")]
    sk: Text,
    d: Option<Text>,
}

#[derive(Debug, Deserialize)]
struct Text {
    #[serde(rename = "S")]
    text: String,
}

#[derive(Deserialize)]
struct Line {
    #[serde(rename = "Item")]
    item: Item,
}

impl Item {
    /// Its keys and its document; an item without one holds nothing but its keys.
    pub(super) fn parts(&self) -> (&str, &str, &str) {
        (&self.pk.text, &self.sk.text, self.d.as_ref().map_or("null", |document| &document.text))
    }
}

/// Gives each item of a file to `take`, one line in memory at a time.
pub(super) fn each_item(
    path: &Path,
    mut take: impl FnMut(&Item) -> Result<(), serde_json::Error>,
) -> Result<(), ExportError> {
    let mut lines = BufReader::new(open(path)?);
    let mut text = String::new();
    for line in 1.. {
        text.clear();
        let read = lines.read_line(&mut text);
        if read.map_err(|source| ExportError::Read { path: path.to_owned(), line, source })? == 0 {
            break;
        }
        if text.trim().is_empty() {
            continue;
        }
        let taken = serde_json::from_str(&text).and_then(|Line { item }| take(&item));
        taken.map_err(|source| ExportError::Item { path: path.to_owned(), line, source })?;
    }
    Ok(())
}

fn open(path: &Path) -> Result<Box<dyn Read>, ExportError> {
    let file = File::open(path).map_err(|source| ExportError::Open { path: path.to_owned(), source })?;
    let is_gzipped = path.extension().is_some_and(|ending| ending == "gz");
    Ok(if is_gzipped { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) })
}
