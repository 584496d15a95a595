//! The environment that the template gives a function: read here and nowhere else.

/// A variable that the function cannot do without is not set.
#[derive(Debug, thiserror::Error)]
#[error("the environment variable {0} is not set: template.yaml sets it")]
pub struct NotSet(&'static str);

/// The variable's value; one that is empty counts as not set.
pub fn variable(name: &'static str) -> Result<String, NotSet> {
    optional(name).ok_or(NotSet(name))
}

/// The variable's value, if it has one.
pub fn optional(name: &'static str) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "this is the edge at which the environment comes in")]
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
