use std::fmt;

/// What was not taken of a file, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refusal {
    /// The line of the file, from 1, the line of names included.
    pub line: u64,
    /// The column, as the file names it; absent where the line as a whole is meant.
    pub column: Option<String>,
    /// Why.
    pub reason: String,
    /// Whether nothing of the line is taken, and not only this value left out.
    pub whole_line: bool,
}

impl Refusal {
    /// Nothing of the line is taken.
    pub fn line(line: u64, reason: impl Into<String>) -> Self {
        Self { line, column: None, reason: reason.into(), whole_line: true }
    }

    /// One value is left out, and the rest of its line is taken.
    pub fn value(line: u64, column: &str, reason: impl Into<String>) -> Self {
        Self { line, column: Some(column.to_owned()), reason: reason.into(), whole_line: false }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.column {
            Some(column) => write!(formatter, "line {}, column {column}: {}", self.line, self.reason),
            None => write!(formatter, "line {}: {}", self.line, self.reason),
        }
    }
}
