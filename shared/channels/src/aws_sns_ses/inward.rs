//! A mail that came in (<https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html>).

use rihla_core::event::{Event, Fact, MessagePassed, Person, Speaker};
use rihla_core::identifier::Email;
use rihla_core::instant::Instant;
use rihla_core::source::Channel;
use serde::Deserialize;

use crate::Reading;
use crate::json::{Id, Text};
use crate::messaging::TEXT_CHARACTERS;

#[derive(Deserialize)]
pub(super) struct Received<'a> {
    #[serde(borrow)]
    mail: Option<Mail<'a>>,
    #[serde(borrow)]
    receipt: Option<Receipt<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Mail<'a> {
    message_id: Id,
    timestamp: Instant,
    #[serde(borrow)]
    source: Option<Text<'a>>,
    #[serde(borrow)]
    headers: Option<Vec<Header<'a>>>,
    #[serde(borrow)]
    common_headers: Option<CommonHeaders<'a>>,
}

#[derive(Deserialize)]
struct Header<'a> {
    #[serde(borrow)]
    name: Text<'a>,
    #[serde(borrow)]
    value: Text<'a>,
}

#[derive(Deserialize)]
struct CommonHeaders<'a> {
    #[serde(borrow)]
    from: Option<Vec<Text<'a>>>,
    #[serde(borrow)]
    subject: Option<Text<'a>>,
}

/// What SES found out about the mail.
#[derive(Deserialize)]
struct Receipt<'a> {
    #[serde(borrow, rename = "spamVerdict")]
    spam: Option<Verdict<'a>>,
    #[serde(borrow, rename = "virusVerdict")]
    virus: Option<Verdict<'a>>,
    #[serde(borrow, rename = "dmarcVerdict")]
    dmarc: Option<Verdict<'a>>,
}

#[derive(Deserialize)]
struct Verdict<'a> {
    #[serde(borrow)]
    status: Option<Text<'a>>,
}

const TOPIC: &str = "Received";

impl Received<'_> {
    pub(super) fn reading(&self) -> Reading {
        let Some(mail) = &self.mail else { return Reading::no_interest(TOPIC, "it holds no mail") };
        if self.receipt.as_ref().is_some_and(Receipt::is_bad) {
            return Reading::no_interest(TOPIC, "spam, a virus, or a sender who is not who it says");
        }
        if mail.is_automatic() {
            return Reading::no_interest(TOPIC, "a program answered, nobody wrote");
        }
        match mail.sender() {
            Some(sender) => Reading::events(vec![mail.event(sender)]),
            None => Reading::no_interest(TOPIC, "its sender has no address"),
        }
    }
}

impl Mail<'_> {
    fn event(&self, sender: Email) -> Event {
        let subject = self.common_headers.as_ref().and_then(|headers| headers.subject.as_ref());
        let passed = MessagePassed {
            conversation: sender.as_str().to_owned(),
            message: self.message_id.0.clone(),
            customer: Person { email: Some(sender), ..Person::default() },
            dated_by_arrival: false,
            speaker: Speaker::Customer,
            channel: Some(Channel::Email),
            text: subject.and_then(|subject| subject.limited(TEXT_CHARACTERS)),
        };
        Event { at: self.timestamp, fact: Fact::MessagePassed(passed) }
    }

    /// Who wrote: the address in `From`, otherwise the one that the mail was sent with.
    fn sender(&self) -> Option<Email> {
        let from = self.common_headers.as_ref().and_then(|headers| headers.from.as_ref()?.first());
        [from, self.source.as_ref()].into_iter().flatten().find_map(address)
    }

    /// An answer of an absent person's program, or a report on a mail (RFC 3834).
    fn is_automatic(&self) -> bool {
        let is_automatic = |header: &Header<'_>| {
            let name = header.name.trimmed().unwrap_or_default();
            let value = header.value.trimmed().unwrap_or_default();
            name.eq_ignore_ascii_case("auto-submitted") && !value.eq_ignore_ascii_case("no")
        };
        self.headers.iter().flatten().any(is_automatic)
    }
}

impl Receipt<'_> {
    fn is_bad(&self) -> bool {
        let verdicts = [&self.spam, &self.virus, &self.dmarc];
        let failed = |verdict: &&Verdict<'_>| verdict.status.as_ref().and_then(Text::trimmed) == Some("FAIL");
        verdicts.into_iter().flatten().any(|verdict| failed(&verdict))
    }
}

/// The address in a text such as `Amal <amal@example.com>`.
fn address(text: &Text<'_>) -> Option<Email> {
    let text = text.trimmed()?;
    let inside = text.rsplit_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(address, _)| address);
    inside.unwrap_or(text).parse().ok()
}
