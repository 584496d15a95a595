//! One thing that happened, and those that the profile tells.

use std::collections::BTreeMap;

use rihla_aws::table::TableError;
use rihla_core::consent_entry::ConsentEntry;
use rihla_core::event::ConsentState;
use rihla_core::identifier::CustomerId;
use rihla_core::instant::Instant;
use rihla_core::matter::Matter;
use rihla_core::profile::Profile;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Entry {
    /// When.
    pub(crate) at: Instant,
    /// What kind of thing, in a word.
    pub(crate) kind: &'static str,
    /// What it was, for a person to read.
    pub(crate) text: String,
    /// The source that told it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) source: Option<String>,
    /// What it is about: the record it lies on, its order, message, parcel.
    pub(crate) ids: BTreeMap<&'static str, String>,
    /// What tells it from all others of the person.
    #[serde(skip)]
    pub(crate) id: String,
}

/// An item of a record.
pub(crate) struct Item<'a> {
    pub(crate) sk: &'a str,
    pub(crate) document: &'a RawValue,
}

impl Item<'_> {
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T, TableError> {
        serde_json::from_str(self.document.get())
            .map_err(|source| TableError::Unreadable { sort_key: self.sk.to_owned(), source })
    }
}

/// What the entries of one item have in common.
#[derive(Clone)]
pub(crate) struct About {
    pub(crate) place: String,
    pub(crate) source: Option<String>,
    pub(crate) ids: BTreeMap<&'static str, String>,
}

impl About {
    /// Of an item of a record.
    pub(crate) fn of(record: &CustomerId, place: &str, source: Option<&str>) -> Self {
        let ids = [("customer", record.to_string())].into();
        Self { place: place.to_owned(), source: source.map(ToOwned::to_owned), ids }
    }

    /// The same, with another id.
    pub(crate) fn with(&self, name: &'static str, id: impl Into<String>) -> Self {
        let mut about = self.clone();
        about.ids.insert(name, id.into());
        about
    }

    /// What happened at `at`; `what` tells it from the others of the item.
    pub(crate) fn entry(&self, at: Instant, kind: &'static str, what: &str, text: String) -> Entry {
        let id = format!("{} {kind} {what}", self.place);
        Entry { at, kind, text, source: self.source.clone(), ids: self.ids.clone(), id }
    }
}

/// The word by which a value of ours is stored.
pub(crate) fn word(value: impl Serialize) -> String {
    let stored = serde_json::to_value(value).ok();
    stored.and_then(|stored| Some(stored.as_str()?.replace('-', " "))).unwrap_or_default()
}

/// A word on consent. What stands on the profile is one with the word as it was said, which tells more.
fn of_word(about: &About, at: Instant, matter: Matter, state: ConsentState, how: Option<String>) -> Entry {
    let said = format!("{matter}: {}", word(state));
    let text = how.map_or_else(|| said.clone(), |how| format!("{said}{how}"));
    Entry { id: format!("consent {said}"), ..about.entry(at, "consent", "", text) }
}

/// A word on consent as it was said, with whatever is known of how.
pub(crate) fn of_consent(record: &CustomerId, place: &str, said: &ConsentEntry) -> Entry {
    let about = About::of(record, place, Some(said.source.as_str()));
    let wording = said.wording.as_ref().map(|wording| format!(" (“{wording}”)"));
    let confirmed = said.double_opt_in.map(|asked| match asked.asked_at {
        Some(at) => format!(", asked by mail on {at} and confirmed"),
        None => ", asked by mail and confirmed".to_owned(),
    });
    let basis = said.basis.map(|basis| format!(", on the ground of {}", word(basis)));
    let how: String = [wording, confirmed, basis].into_iter().flatten().collect();
    of_word(&about, said.at, said.matter, said.state, Some(how))
}

/// Consent, closed addresses, links and being forgotten.
pub(crate) fn of_profile(record: &CustomerId, profile: &Profile) -> Vec<Entry> {
    let about = About::of(record, "PROFILE", None);
    let consents =
        profile.consents.iter().map(|(matter, said)| of_word(&about, said.at, matter, said.state, None));
    let closed = profile.suppressed.iter().map(|(email, closed)| {
        let text = format!("no mail to {} any more: {}", email.as_str(), closed.reason.as_str());
        about.entry(closed.since.0, "suppression", email.as_str(), text)
    });
    let links = profile.kin.iter().filter_map(|(other, kinship)| {
        // Both records have it: it is one entry.
        let mut both = [record.as_str(), other.as_str()];
        both.sort_unstable();
        Some(about.with("other", other.as_str()).entry(
            kinship.since()?,
            "link",
            &both.join(" "),
            kinship.reason(),
        ))
    });
    let numbers = profile.numbers.iter().map(|(other, because)| {
        about.with("other", other.as_str()).entry(because.at.0, "link", other.as_str(), because.reason())
    });
    let erased = profile.erased.iter().map(|erased| {
        about.entry(erased.at, "forgotten", record.as_str(), "what was told before was forgotten".to_owned())
    });
    consents.chain(closed).chain(links).chain(numbers).chain(erased).collect()
}
