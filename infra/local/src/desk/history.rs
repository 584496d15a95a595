//! Orders with all that lies beside them, page by page: however long a history is, a page reads as much of it.

use rihla_core::identifier::CustomerId;

use super::linked::Linked;
use super::{Record, Stored};
use crate::aws::Aws;

/// So many items are read for a page. An order has at most ten.
const ITEMS: usize = 200;

/// A page of a person's orders.
#[derive(Debug, Default)]
pub(super) struct History {
    /// Whole orders, each with its ledger and its answers.
    pub(super) items: Vec<Stored>,
    /// Behind what the next page begins, if there is one: a customer and a place, such as `9f…~O#web#1001#`.
    pub(super) older: Option<String>,
}

impl History {
    /// The page that begins behind `after`; the first one without it.
    pub(super) fn page(aws: &Aws, person: &Linked, after: Option<&str>) -> Self {
        let (begin, mut before) = match after.and_then(|after| after.split_once('~')) {
            Some((customer, place)) => (Some(customer), Some(place).filter(|place| !place.is_empty())),
            None => (None, None),
        };
        let mut page = Self::default();
        let customers = person.customers().skip_while(|id| begin.is_some_and(|begin| begin != id.as_str()));
        for customer in customers {
            if page.items.len() >= ITEMS {
                page.older = Some(format!("{customer}~"));
                break;
            }
            page.older = page.take(aws, customer, before.take());
            if page.older.is_some() {
                break;
            }
        }
        page
    }

    /// Takes what there is of one customer. Gives behind what there is more.
    fn take(&mut self, aws: &Aws, customer: &CustomerId, before: Option<&str>) -> Option<String> {
        let mut read = Stored::last(aws, customer, "O#", before, ITEMS);
        let mut older = None;
        if read.has_more {
            // An order's own item sorts before what lies beside it, so that it comes last: behind it is a clean cut.
            let is_order = |(_, item): &(String, Stored)| matches!(item.record, Record::Order(..));
            let whole = read.items.iter().rposition(is_order).map_or(read.items.len(), |last| last + 1);
            read.items.truncate(whole);
            older = read.items.last().map(|(place, _)| format!("{customer}~{place}"));
        }
        self.items.extend(read.items.into_iter().map(|(_, item)| item));
        older
    }
}
