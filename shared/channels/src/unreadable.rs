//! Why a delivery that is believed cannot be read.

/// Why a delivery that is believed cannot be read. Shows no text out of the body: it may be about a person.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// A header that tells what the body is about is not there.
    #[error("the header {0} is missing")]
    MissingHeader(&'static str),
    /// The body is no JSON text.
    #[error("the body is no JSON")]
    NotJson {
        /// What and where.
        #[source]
        source: serde_json::Error,
    },
    /// A part of the body is not what it should be.
    #[error("{path}: {problem}")]
    Field {
        /// Where it is, such as `line_items[2].quantity`; `the body` for all of it.
        path: String,
        /// What is wrong, and what is expected.
        problem: String,
    },
}

impl Unreadable {
    /// A field at a path that is not what it should be.
    pub(crate) fn field(path: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::Field { path: path.into(), problem: problem.into() }
    }

    /// A field that is absent or null where it must not be.
    pub(crate) fn missing(path: &str) -> Self {
        Self::field(path, "missing")
    }

    /// The same fault, of a text at a path that holds the text of another body.
    pub(crate) fn inside(self, outer: &str) -> Self {
        match self {
            Self::NotJson { .. } => Self::field(outer, "it is no JSON"),
            other => other.within(outer),
        }
    }

    /// The same fault, seen from further out.
    pub(crate) fn within(self, outer: &str) -> Self {
        match self {
            Self::Field { path, problem } if path == crate::json::WHOLE => Self::field(outer, problem),
            Self::Field { path, problem } if path.starts_with('[') => {
                Self::Field { path: format!("{outer}{path}"), problem }
            }
            Self::Field { path, problem } => Self::Field { path: format!("{outer}.{path}"), problem },
            other => other,
        }
    }
}
