//! The written sample week, lived through: its deliveries, and what its customers do with their mails.

use std::collections::BTreeMap;

use rihla_core::instant::{Instant, Wait};
use rihla_local::aws::ses::Mail;
use rihla_local::shop::{Does, Posted, Received, STARTS_AT, Visit, sample_visits, sample_week};

use crate::reader::{journey, link_to, path, rating};
use crate::shop::Shop;
use crate::table::moment;

/// So long after the week's begin nothing more is to come.
const ENDS_AFTER: Wait = Wait::days(46);

/// One life of the week.
pub(crate) struct Week {
    deliveries: Vec<Posted>,
    posted: usize,
    visits: Vec<Visit>,
}

impl Week {
    pub(crate) fn new() -> Self {
        Self { deliveries: sample_week(), posted: 0, visits: sample_visits() }
    }

    /// Lets it happen up to its end.
    pub(crate) async fn live(&mut self, shop: &Shop) {
        let ends_at = moment(STARTS_AT).after(ENDS_AFTER);
        while shop.now() < ends_at {
            let step = if self.visits.is_empty() { Wait::hours(12) } else { Wait::hours(1) };
            let next_delivery = self.deliveries.get(self.posted).map_or(ends_at, |posted| posted.at);
            let next = next_delivery.min(shop.now().after(step)).min(ends_at);
            Box::pin(shop.stack.run_until(next)).await.unwrap();
            self.make_visits(shop).await;
            if next == next_delivery && self.posted < self.deliveries.len() {
                let status = shop.post(&self.deliveries[self.posted]).await;
                assert!(
                    (200..300).contains(&status),
                    "{} {status}",
                    self.deliveries[self.posted].delivery_id
                );
                self.posted += 1;
            }
        }
    }

    async fn make_visits(&mut self, shop: &Shop) {
        let now = shop.now();
        let mut waiting = Vec::new();
        for visit in std::mem::take(&mut self.visits) {
            let mails = shop.aws().mailbox().to_recipient(visit.email).unwrap();
            let is_due = |mail: &&Mail| Instant::from(mail.accepted_at).after(visit.after) <= now;
            match mails.iter().find(|mail| journey(mail) == visit.journey).filter(is_due) {
                Some(mail) => make(shop, mail, visit.does).await,
                None => waiting.push(visit),
            }
        }
        self.visits = waiting;
    }
}

async fn make(shop: &Shop, mail: &Mail, does: Does) {
    let mail = Received::read(mail.raw.as_deref().unwrap()).unwrap();
    let answer = match does {
        Does::Answers { score, comment } => {
            let fields = [("score", score.to_string()), ("comment", comment.unwrap_or_default().to_owned())];
            let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
            shop.send_form(&rating(&mail, score), &fields).await
        }
        Does::Unsubscribes => {
            let link = path(mail.unsubscribe_link().unwrap()).to_owned();
            shop.send_form(&link, &[("List-Unsubscribe", "One-Click")]).await
        }
        Does::Joins => shop.send_form(&link_to(&mail, "n"), &[]).await,
    };
    assert_eq!(answer.status, 200);
}

/// What each order's follow-ups came to, a line for each kind: `ease-survey sent`, with how many.
pub(crate) fn follow_ups(shop: &Shop) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for item in shop.items().iter().filter(|item| item.sk.contains("#F#")) {
        let entry: rihla_core::ledger::LedgerEntry = item.read();
        let journey = key_of(&item.sk, "#F#");
        let fate = crate::table::fate(&entry);
        let reason = fate.split_once(':').map_or(fate.as_str(), |(reason, _)| reason);
        *counts.entry(format!("{journey} {reason}")).or_default() += 1;
    }
    counts
}

/// The journey, and the step where it has a name, of what lies beside an order: what stands in its key behind the mark.
pub(crate) fn key_of(sort_key: &str, mark: &str) -> String {
    sort_key.split_once(mark).unwrap().1.replace('#', ": ")
}

/// Every mail by recipient, journey and order.
pub(crate) fn mails(shop: &Shop) -> Vec<String> {
    let order = |mail: &Mail| mail.tags.iter().find(|(name, _)| name == "trigger").unwrap().1.clone();
    let mut mails: Vec<String> = shop
        .mails()
        .iter()
        .map(|mail| format!("{} {} {}", mail.recipients.join(","), journey(mail), order(mail)))
        .collect();
    mails.sort();
    mails
}
