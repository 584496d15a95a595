//! Everything that happened with a person, over all records of theirs, the newest first: `timeline`.
//!
//! Keys sort by kind and by the sources' own ids, not by time. So a page reads a chapter, for each record and kind so many
//! items of those that sort last, and is cut out of that by time: however long a history is, a page reads as much. Almost
//! everybody has one chapter; where there are more, each is in order of time by itself.

mod entry;
mod followed;
mod orders;
mod talk;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rihla_aws::person::linked;
use rihla_aws::table::TableError;
use rihla_core::identifier::CustomerId;
use rihla_core::instant::Instant;
use serde::{Deserialize, Serialize};

use crate::{Console, Failure};
pub(crate) use entry::{Entry, Item};

/// So many entries are on a page.
const PAGE: usize = 50;

/// What is read of each record for a chapter: how keys begin, and how many items at most.
const KINDS: [(&str, i32); 6] = [("O#", 300), ("M#", 300), ("K#", 60), ("T#", 60), ("N#", 60), ("X#", 30)];

/// Of whom it is asked, and from where on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    customer: CustomerId,
    page: Option<Place>,
}

/// Where a page begins, as the page before it told.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Place {
    /// Behind which entry of its chapter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<(Instant, String)>,
    /// Behind which items the chapter begins; none for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    chapter: Option<Behind>,
}

/// By record and kind, such as `3f0c…#M#`, the last place that was read.
type Behind = BTreeMap<String, String>;

/// A page of it.
#[derive(Debug, Serialize)]
pub(crate) struct Timeline {
    customer: CustomerId,
    entries: Vec<Entry>,
    /// What to ask for as the next `page`; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<Place>,
}

/// What is read at once.
#[derive(Default)]
struct Chapter {
    /// The newest first. What two records tell is one.
    entries: BTreeMap<(Reverse<Instant>, String), Entry>,
    /// Behind what the next chapter begins.
    behind: Behind,
}

impl Console {
    /// One page.
    pub(crate) async fn timeline(&self, asked: Asked) -> Result<Timeline, Failure> {
        let Asked { customer, page } = asked;
        let person = linked(&self.table, &customer).await?;
        let Some((root, _)) = person.first() else { return Err(Failure::NoSuchCustomer(customer)) };
        let place = page.unwrap_or_default();
        let mut chapter = Chapter::default();
        for (record, profile) in &person {
            if place.chapter.is_none() {
                chapter.add(entry::of_profile(record, profile));
            }
            for (kind, limit) in KINDS {
                self.read(&mut chapter, place.chapter.as_ref(), record, kind, limit).await?;
            }
        }
        let (entries, next) = chapter.page(place);
        Ok(Timeline { customer: root.clone(), entries, next })
    }

    async fn read(
        &self,
        chapter: &mut Chapter,
        behind: Option<&Behind>,
        record: &CustomerId,
        kind: &str,
        limit: i32,
    ) -> Result<(), TableError> {
        let stream = format!("{record}#{kind}");
        let before = match behind.map(|behind| behind.get(&stream)) {
            Some(None) => return Ok(()),
            Some(before) => before,
            None => None,
        };
        let pk = rihla_aws::table::Key::profile(record).pk;
        let mut items = self.table.before(&pk, kind, before.map(String::as_str), limit).await?;
        if items.len() == usize::try_from(limit).unwrap_or_default() {
            // What is followed sorts before what lies beside it, so that it comes last: behind it is a clean cut.
            let is_clean = |(sk, _): &(String, _)| ["M#", "N#", "X#"].contains(&kind) || sk.ends_with('#');
            let whole = items.iter().rposition(is_clean).map_or(items.len(), |last| last + 1);
            items.truncate(whole);
            chapter.behind.extend(items.last().map(|(sk, _)| (stream, sk.clone())));
        }
        let now = self.clock.now();
        let there = items.iter().filter(|(_, item)| !item.is_past(now));
        let items: Vec<Item<'_>> = there.map(|(sk, item)| Item { sk, document: &item.document }).collect();
        chapter.add(match kind {
            "O#" | "K#" | "T#" => followed::entries(record, &items)?,
            _ => talk::entries(record, &items)?,
        });
        Ok(())
    }
}

impl Chapter {
    fn add(&mut self, entries: Vec<Entry>) {
        self.entries.extend(entries.into_iter().map(|entry| ((Reverse(entry.at), entry.id.clone()), entry)));
    }

    /// The page that begins in a place of it, and where the next one does.
    fn page(self, place: Place) -> (Vec<Entry>, Option<Place>) {
        let Place { before, chapter } = place;
        let before = before.map(|(at, id)| (Reverse(at), id));
        let is_left = |key: &(Reverse<Instant>, String)| before.as_ref().is_none_or(|before| key > before);
        let mut left = self.entries.into_iter().filter(|(key, _)| is_left(key)).map(|(_, entry)| entry);
        let entries: Vec<Entry> = left.by_ref().take(PAGE).collect();
        let next = match (left.next(), entries.last()) {
            (Some(_), Some(last)) => Some(Place { before: Some((last.at, last.id.clone())), chapter }),
            _ if self.behind.is_empty() => None,
            _ => Some(Place { before: None, chapter: Some(self.behind) }),
        };
        (entries, next)
    }
}
