use std::fs;
use std::path::{Path, PathBuf};

use crate::{Fault, yaml};

/// A template file as its author wrote it.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
}

impl Source {
    pub(crate) fn read(path: PathBuf) -> Result<Self, Fault> {
        let text = yaml::read(&path)?;
        Ok(Self { path, text })
    }

    /// The name without its ending.
    pub(crate) fn stem(&self) -> &str {
        self.path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default()
    }

    /// The name with its ending.
    pub(crate) fn file_name(&self) -> &str {
        self.path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
    }

    /// The line and column of a byte.
    pub(crate) fn place(&self, offset: usize) -> Option<(usize, usize)> {
        let before = self.text.get(..offset)?;
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Some((before.matches('\n').count() + 1, before[line_start..].chars().count() + 1))
    }

    /// The line and column of the first occurrence of a name.
    pub(crate) fn find(&self, name: &str) -> Option<(usize, usize)> {
        self.text.find(name).and_then(|offset| self.place(offset))
    }
}

/// The files of a folder with one ending, in the order of their names. A folder that is not there has none.
pub(crate) fn folder(folder: &Path, ending: &str) -> Result<Vec<Source>, Fault> {
    let unreadable = |error: std::io::Error| Fault::new(folder, format!("cannot be read: {error}"));
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|extension| extension == ending) {
            paths.push(path);
        }
    }
    paths.sort();
    paths.into_iter().map(Source::read).collect()
}
