//! Bodies inside a root object.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::Unreadable;
use crate::json;

/// The resource itself. A webhook sends it bare; the REST API answers `{"order": {…}}`, and such answers are what
/// engineers have at hand when they try things out, so that one root object of the given name is taken off.
pub(super) fn bare<'a>(body: &'a [u8], root: &str) -> Result<&'a [u8], Unreadable> {
    if !starts_with_key(body, root) {
        return Ok(body);
    }
    let members: BTreeMap<Cow<'a, str>, &'a RawValue> = json::read(body)?;
    let only = members.get(root).filter(|inner| members.len() == 1 && inner.get().starts_with('{'));
    Ok(only.map_or(body, |inner| inner.get().as_bytes()))
}

/// Whether the first key of the object is the given one: cheap, as it is asked of every body.
fn starts_with_key(body: &[u8], key: &str) -> bool {
    let inside = body.trim_ascii_start().strip_prefix(b"{").map(<[u8]>::trim_ascii_start);
    let key = inside.and_then(|inside| inside.strip_prefix(b"\"")?.strip_prefix(key.as_bytes()));
    key.is_some_and(|rest| rest.starts_with(b"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_root_object_of_the_name_is_taken_off() {
        let bare = |body: &str| {
            bare(body.as_bytes(), "order").map(|body| String::from_utf8_lossy(body).into_owned())
        };
        assert_eq!(bare(r#" { "order" : {"id": 1} } "#).unwrap(), r#"{"id": 1}"#);
        for whole in
            [r#"{"id": 1}"#, r#"{"order": 1}"#, r#"{"order": {}, "id": 1}"#, r#"{"orders": {}}"#, "", "["]
        {
            assert_eq!(bare(whole).unwrap(), whole);
        }
        assert!(bare(r#"{"order": {"id": 1}"#).is_err());
    }
}
