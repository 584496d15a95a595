use thiserror::Error;

/// A message that cannot be written for this person, or at all.
#[derive(Debug, Error)]
pub enum RenderError {
    /// No such template; a journey names a message that is not there.
    #[error("there is no template `{template}` in `{language}`")]
    UnknownTemplate {
        /// The template asked for.
        template: String,
        /// The language it was looked for in.
        language: String,
    },
    /// The catalogue holds no language.
    #[error("the catalogue is empty")]
    NoLanguage,
    /// The template needs something that this context does not have, or is itself wrong.
    #[error("template `{template}` cannot be rendered at `{key}`")]
    Template {
        /// The template, with its language.
        template: String,
        /// What it wanted to write: `links.unsubscribe`.
        key: String,
        /// What the engine says.
        #[source]
        source: Box<minijinja::Error>,
    },
}

/// A mail that cannot be put into a letter.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum MimeError {
    /// Not an address that SES takes: one `@`, printable ASCII, no spaces or brackets.
    #[error("the {field} address is not one that can be written to")]
    Address {
        /// `from`, `to` or `reply-to`. The address itself is personal data and is not repeated.
        field: &'static str,
    },
    /// Not a link that can stand in a header: `https`, printable ASCII, at most 900 bytes.
    #[error("the list-unsubscribe link is not one that can stand in a header")]
    Link,
    /// Not a message id: `left@right`, printable ASCII without brackets.
    #[error("the message id is not one that can stand in a header")]
    MessageId,
}
