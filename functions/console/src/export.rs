//! All that is kept of a person, over all records of theirs: `export`, as JSON or as a page to read.

mod page;

use rihla_aws::person::linked;
use rihla_aws::table::{Key, TableError};
use rihla_core::event::PrivacyRequest;
use rihla_core::identifier::CustomerId;
use rihla_core::instant::Instant;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::{Console, Failure, in_a_few_words};

/// An answer of Lambda's has 6 MB at most, JSON within JSON takes more room, and the page says all twice as long.
const MOST_BYTES: usize = 1_500_000;

/// So many items are read at once.
const PAGE: i32 = 100;

/// Of whom it is asked, by whom, as what, and from where on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    customer: CustomerId,
    by: String,
    #[serde(default)]
    format: Format,
    page: Option<Place>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Format {
    #[default]
    Json,
    Html,
}

/// Behind which item of which record a page begins.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Place {
    record: CustomerId,
    behind: String,
}

/// What is kept.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum Exported {
    Json {
        /// When it was as told here.
        at: Instant,
        items: Vec<Kept>,
        /// What to ask for as the next `page`, where all of it does not fit into one answer.
        #[serde(skip_serializing_if = "Option::is_none")]
        next: Option<Place>,
    },
    Html {
        html: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        next: Option<Place>,
    },
}

/// One item.
#[derive(Debug, Serialize)]
pub(crate) struct Kept {
    /// The record that it lies on.
    record: CustomerId,
    /// Its place there, such as `O#web#1001#` for an order.
    place: String,
    /// What it says, as it is stored.
    document: Box<RawValue>,
}

impl Console {
    /// Everything, or a page of it. That it was asked for is noted once.
    pub(crate) async fn export(&self, asked: Asked) -> Result<Exported, Failure> {
        let by = in_a_few_words(&asked.by, "by")?;
        let person = linked(&self.table, &asked.customer).await?;
        let records: Vec<CustomerId> = person.into_iter().map(|(record, _)| record).collect();
        let Some(first) = records.first() else { return Err(Failure::NoSuchCustomer(asked.customer)) };
        let at = self.clock.now();
        if asked.page.is_none() {
            self.request(first, PrivacyRequest::Export, by, Some(at)).await?;
        }
        let (items, next) = self.kept(&records, asked.page, at).await?;
        Ok(match asked.format {
            Format::Json => Exported::Json { at, items, next },
            Format::Html => Exported::Html { html: page::of(at, &items), next },
        })
    }

    async fn kept(
        &self,
        records: &[CustomerId],
        from: Option<Place>,
        at: Instant,
    ) -> Result<(Vec<Kept>, Option<Place>), TableError> {
        let (mut kept, mut bytes) = (Vec::new(), 0);
        let (begin, mut behind) = from.map(|from| (from.record, from.behind)).unzip();
        let left = records.iter().skip_while(|record| begin.as_ref().is_some_and(|begin| begin != *record));
        for record in left {
            let pk = Key::profile(record).pk;
            loop {
                let items = self.table.behind(&pk, behind.as_deref(), PAGE).await?;
                let Some((last, _)) = items.last() else { break };
                behind = Some(last.clone());
                bytes += items.iter().map(|(_, item)| item.document.get().len()).sum::<usize>();
                let there = items.into_iter().filter(|(_, item)| !item.is_past(at));
                kept.extend(there.map(|(place, item)| Kept {
                    record: record.clone(),
                    place,
                    document: item.document,
                }));
                if bytes > MOST_BYTES {
                    let behind = behind.unwrap_or_default();
                    return Ok((kept, Some(Place { record: record.clone(), behind })));
                }
            }
            behind = None;
        }
        Ok((kept, None))
    }
}
