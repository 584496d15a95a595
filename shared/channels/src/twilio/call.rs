//! Calls (<https://www.twilio.com/docs/voice/api/call-resource#statuscallback>).

use jiff::fmt::rfc2822::DateTimeParser;
use rihla_core::event::{Event, Fact, MessagePassed, Speaker};
use rihla_core::instant::Instant;
use rihla_core::source::Channel;

use super::form::Form;
use super::party::Party;
use crate::{Reading, Unreadable};

/// Reads what tells of a call: one message, once the call is over, so that it is the same however many states were told.
pub(super) fn read(
    form: &Form<'_>,
    received_at: impl Fn() -> Result<Instant, Unreadable>,
) -> Result<Reading, Unreadable> {
    // What a caller keyed in comes without a state.
    let status = form.get("CallStatus").unwrap_or("completed");
    let is_known = match status {
        "queued" | "initiated" | "ringing" | "in-progress" | "answered" => {
            return Ok(Reading::no_interest("call", "the call is not over"));
        }
        status => ["completed", "busy", "failed", "no-answer", "canceled"].contains(&status),
    };
    let told_at = form.get("Timestamp").and_then(time);
    let at = told_at.map_or_else(received_at, Ok)?;
    let reading = Reading::events(vec![event(form, at, told_at.is_none())?]);
    Ok(if is_known { reading } else { reading.and_unknown("CallStatus", status) })
}

fn event(form: &Form<'_>, at: Instant, dated_by_arrival: bool) -> Result<Event, Unreadable> {
    let is_outward = form.get("Direction").is_some_and(|direction| direction.starts_with("outbound"));
    let (name, speaker) = if is_outward { ("To", Speaker::Staff) } else { ("From", Speaker::Customer) };
    let party = form.get(name).and_then(|address| Party::at(address, None, Channel::Phone));
    let party = party.ok_or_else(|| Unreadable::missing(name))?;
    let id = form.get("CallSid").filter(|id| id.len() <= 255);
    let passed = MessagePassed {
        conversation: party.conversation(),
        message: id.ok_or_else(|| Unreadable::missing("CallSid"))?.to_owned(),
        customer: party.person,
        dated_by_arrival,
        speaker,
        channel: Some(Channel::Phone),
        text: None,
    };
    Ok(Event { at, fact: Fact::MessagePassed(passed) })
}

/// A time such as `Mon, 23 Nov 2026 05:08:27 +0000`.
fn time(text: &str) -> Option<Instant> {
    DateTimeParser::new().parse_timestamp(text).ok().map(Instant::from)
}
