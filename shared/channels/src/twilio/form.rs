//! Fields of a form.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// The fields of a form (`application/x-www-form-urlencoded`) by name; of a repeated one the first.
pub(super) struct Form<'a>(BTreeMap<Cow<'a, str>, Cow<'a, str>>);

impl<'a> Form<'a> {
    pub(super) fn read(body: &'a [u8]) -> Self {
        let mut fields = BTreeMap::new();
        for (name, value) in form_urlencoded::parse(body) {
            fields.entry(name).or_insert(value);
        }
        Self(fields)
    }

    /// The value of a field, without white space around it; nothing when nothing is left.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// The value of the first of several fields that is there.
    pub(super) fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.get(name))
    }
}
