//! Messages of customers, and what became of the shop's own (<https://www.twilio.com/docs/messaging/guides/webhook-request>,
//! <https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks>).

use rihla_core::event::{ConsentState, Event, Fact, MessagePassed, Purpose, Speaker};
use rihla_core::instant::Instant;
use rihla_core::source::Channel;

use super::form::Form;
use super::party::Party;
use crate::messaging::{TEXT_CHARACTERS, Word};
use crate::{Reading, Unreadable};

/// Where the message's id stands; newer names first.
pub(super) const IDS: &[&str] = &["MessageSid", "SmsMessageSid", "SmsSid"];

/// The recipient had told Twilio to stop (<https://www.twilio.com/docs/api/errors/21610>).
const STOPPED: &str = "21610";

/// Reads what tells of a message. Messages of customers come with the status `received`, or with none.
pub(super) fn read(
    form: &Form<'_>,
    received_at: impl Fn() -> Result<Instant, Unreadable>,
) -> Result<Reading, Unreadable> {
    let status = form.first(&["MessageStatus", "SmsStatus"]).unwrap_or("received");
    match status {
        "received" | "receiving" => Ok(Reading::events(inward(form, received_at()?)?)),
        "failed" | "undelivered" if form.get("ErrorCode") == Some(STOPPED) => {
            let to = form.get("To").and_then(|to| Party::at(to, None, Channel::Sms));
            let to = to.ok_or_else(|| Unreadable::missing("To"))?;
            let word = word(&to, ConsentState::Withdrawn, "told Twilio to stop", received_at()?);
            Ok(Reading::events(word))
        }
        "accepted"
        | "queued"
        | "scheduled"
        | "sending"
        | "sent"
        | "delivered"
        | "undelivered"
        | "failed"
        | "read"
        | "canceled"
        | "partially_delivered" => Ok(outward()),
        other => Ok(outward().and_unknown("MessageStatus", other)),
    }
}

fn outward() -> Reading {
    Reading::no_interest("message status", "it tells what became of a message of the shop")
}

fn inward(form: &Form<'_>, at: Instant) -> Result<Vec<Event>, Unreadable> {
    let from = form.get("From").and_then(|from| Party::at(from, form.get("ExternalUserId"), Channel::Sms));
    let from = from.ok_or_else(|| Unreadable::missing("From"))?;
    let id = form.first(IDS).filter(|id| id.len() <= 255);
    let passed = MessagePassed {
        conversation: from.conversation(),
        message: id.ok_or_else(|| Unreadable::missing("MessageSid"))?.to_owned(),
        customer: from.person.clone(),
        speaker: Speaker::Customer,
        dated_by_arrival: true,
        channel: Some(from.channel),
        text: form.get("Body").map(|body| body.chars().take(TEXT_CHARACTERS).collect()),
    };
    let mut events = vec![Event { at, fact: Fact::MessagePassed(passed) }];
    // Twilio has understood a word of the customer's as one on all that the shop sends there.
    match form.get("OptOutType") {
        Some("STOP") => events.extend(word(&from, ConsentState::Withdrawn, "told Twilio to stop", at)),
        Some("START") => events.extend(word(&from, ConsentState::Granted, "told Twilio to start again", at)),
        _ => {}
    }
    Ok(events)
}

/// A no is one to all that needs no order; a yes takes it back, and is no yes to the newsletter.
fn word(of: &Party, state: ConsentState, wording: &'static str, at: Instant) -> Vec<Event> {
    let word = Word { at, channel: of.channel, state, wording };
    match state {
        ConsentState::Granted => word.on(&[Purpose::Survey, Purpose::Marketing], &of.person),
        ConsentState::Withdrawn => {
            word.on(&[Purpose::Survey, Purpose::Marketing, Purpose::Newsletter], &of.person)
        }
    }
}
