//! What customers do with their mails: they open links and send forms, as a browser would.

use std::collections::BTreeSet;

use rihla_core::instant::{Instant, Wait};

use super::CommandError;
use crate::aws::ses::Mail;
use crate::run::{HttpRequest, Stack};
use crate::shop::{Does, Received, Visit};

/// Visits that are still to be made.
#[derive(Debug)]
pub(super) struct Visits {
    waiting: Vec<Visit>,
    planned: BTreeSet<(Instant, usize)>,
    mails: Vec<(Mail, Does)>,
    seen: u64,
}

impl Visits {
    pub(super) fn new(visits: Vec<Visit>) -> Self {
        Self { waiting: visits, planned: BTreeSet::new(), mails: Vec::new(), seen: 0 }
    }

    /// Lets time pass until `until`, with the visits that fall into it.
    pub(super) async fn run_until(&mut self, stack: &Stack, until: Instant) -> Result<(), CommandError> {
        loop {
            // A visit can only follow a mail, and no mail is visited sooner than within the hour.
            let now = Instant::from(stack.now());
            let next =
                self.planned.first().map_or(until, |(at, _)| *at).min(now.after(Wait::hours(1))).min(until);
            stack.run_until(next).await?;
            self.plan(stack)?;
            while let Some((at, index)) = self.planned.first().copied().filter(|(at, _)| *at <= next) {
                self.planned.remove(&(at, index));
                let (mail, does) = &self.mails[index];
                visit(stack, mail, *does).await?;
            }
            if next == until {
                return Ok(());
            }
        }
    }

    /// Plans the visits to mails that have come since.
    fn plan(&mut self, stack: &Stack) -> Result<(), CommandError> {
        for mail in stack.aws.mailbox().after(self.seen, u32::MAX)? {
            self.seen = mail.number;
            let journey =
                mail.tags.iter().find(|(name, _)| name == "journey").map(|(_, value)| value.clone());
            let is_meant = |visit: &Visit| {
                mail.recipients.iter().any(|recipient| recipient == visit.email)
                    && journey.as_deref() == Some(visit.journey)
            };
            if let Some(found) = self.waiting.iter().position(is_meant) {
                let visit = self.waiting.remove(found);
                let at = Instant::from(mail.accepted_at).after(visit.after);
                self.planned.insert((at, self.mails.len()));
                self.mails.push((mail, visit.does));
            }
        }
        Ok(())
    }
}

/// Follows a link of a mail and sends its form.
pub(super) async fn visit(stack: &Stack, mail: &Mail, does: Does) -> Result<(), CommandError> {
    let received = Received::read(mail.raw.as_deref().unwrap_or_default()).unwrap_or_default();
    let link = |page: &str| {
        let mut links = received.links().filter_map(|link| link.split_once(page));
        links.next().map(|(_, rest)| format!("{page}{rest}"))
    };
    let (address, fields) = match does {
        Does::Answers { score, comment } => {
            let score = score.to_string();
            (link("/r/"), vec![("score", score), ("comment", comment.unwrap_or_default().to_owned())])
        }
        Does::Unsubscribes => {
            let own =
                received.unsubscribe_link().and_then(|link| link.find("/u/").map(|at| link[at..].to_owned()));
            (own, vec![("List-Unsubscribe", "One-Click".to_owned())])
        }
        Does::Joins => (link("/n/"), Vec::new()),
    };
    let Some(address) = address else { return Ok(()) };
    let path = address.split('?').next().unwrap_or_default();
    stack.respond(&HttpRequest::get(&address)).await?;
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    stack.respond(&HttpRequest::form(path, &fields)).await?;
    Ok(())
}
