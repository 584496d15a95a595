//! Mails, for the mailbox and the page of one.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rihla_aws::table::Key;
use rihla_core::follow_up::FollowUpKey;
use rihla_core::identifier::CustomerId;
use rihla_core::ledger::Outcome;
use rihla_core::trigger::Trigger;

use super::{Record, Stored};
use crate::aws::ses::Mail;
use crate::aws::{Aws, StoreError};
use crate::pages::{MailRow, MailView, MailboxView, Paging};
use crate::shop::Received;

/// The page `page` of the mails to addresses that hold `find`, the newest first.
pub fn mailbox(aws: &Aws, page: usize, find: &str) -> Result<MailboxView, StoreError> {
    let wanted = find.trim().to_lowercase();
    let mut mails = aws.mailbox().all()?;
    mails.retain(|mail| mail.recipients.iter().any(|recipient| recipient.to_lowercase().contains(&wanted)));
    mails.reverse();
    let paging = Paging::of(mails.len(), page);
    let shown = mails.into_iter().skip(paging.skipped()).take(Paging::SIZE).collect();
    Ok(MailboxView { mails: mail_rows(aws, shown), find: find.to_owned(), paging })
}

/// One mail with all that is known of it.
pub fn mail(aws: &Aws, message_id: &str) -> Result<Option<MailView>, StoreError> {
    let Some(mail) = aws.mailbox().get(message_id)? else { return Ok(None) };
    let raw = mail.raw.clone().unwrap_or_default();
    let received = Received::read(&raw).unwrap_or_default();
    let customer = tag(&mail, "customer").map(ToOwned::to_owned);
    let (tags, source) = (mail.tags.clone(), String::from_utf8_lossy(&raw).into_owned());
    let Some(row) = mail_rows(aws, vec![mail]).pop() else { return Ok(None) };
    Ok(Some(MailView { mail: row, customer, headers: received.headers, tags, text: received.text, source }))
}

/// Mails as a list shows them.
pub(super) fn mail_rows(aws: &Aws, mails: Vec<Mail>) -> Vec<MailRow> {
    let row = |mail: Mail| {
        let subject = mail.raw.as_deref().and_then(Received::read).map(|received| received.subject);
        MailRow {
            recipient: mail.recipients.join(", "),
            subject: subject.unwrap_or_default(),
            journey: tag(&mail, "journey").unwrap_or_default().to_owned(),
            sent_at: mail.accepted_at.into(),
            outcomes: outcomes(aws, &mail).unwrap_or_default(),
            id: mail.message_id,
        }
    };
    mails.into_iter().map(row).collect()
}

/// What was reported of a mail: it stands in the ledger of what it is about.
fn outcomes(aws: &Aws, mail: &Mail) -> Option<Vec<Outcome>> {
    let trigger = URL_SAFE_NO_PAD.decode(tag(mail, "trigger")?).ok()?;
    let trigger: Trigger = String::from_utf8(trigger).ok()?.parse().ok()?;
    let follow_up = FollowUpKey::new(tag(mail, "journey")?, &trigger.to_string(), tag(mail, "step")?);
    let customer = CustomerId::from_text(tag(mail, "customer")?);
    match Stored::at(aws, &customer, &Key::ledger(&customer, &trigger, &follow_up).sk)? {
        Record::Entry(_, _, entry) => Some(entry.outcomes.keys().copied().collect()),
        _ => None,
    }
}

fn tag<'a>(mail: &'a Mail, name: &str) -> Option<&'a str> {
    mail.tags.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}
