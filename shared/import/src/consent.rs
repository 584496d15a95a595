//! What customers agreed to, as exports tell it.

use rihla_core::event::{ConsentChanged, ConsentState, Fact, LegalBasis, Person, Purpose};
use rihla_core::instant::Instant;
use rihla_core::source::Channel;

use crate::draft::Draft;
use crate::row::plain;
use crate::{Refusal, Row, Rules};

/// Where a word on one matter stands.
struct Columns {
    channel: Channel,
    /// To what a yes is one.
    purpose: Purpose,
    state: &'static [&'static str],
    granted_at: &'static [&'static str],
    withdrawn_at: &'static [&'static str],
    wording: &'static [&'static str],
    basis: &'static [&'static str],
}

/// Shopify, Klaviyo and Omnisend ask for one thing, marketing by a channel. Only our own layout tells of the newsletter
/// alone (Mailchimp does by its file, see `customer.rs`).
const COLUMNS: [Columns; 4] = [
    Columns {
        channel: Channel::Email,
        purpose: Purpose::Marketing,
        // Omnisend's `Email consent` beside it tells how it was asked, not whether.
        state: &["emailsubscriptionstatus", "emailmarketingconsent", "acceptsemailmarketing", "emailconsent"],
        granted_at: &["emailconsentat", "emailmarketingconsenttimestamp", "emailoptindate"],
        withdrawn_at: &["emailoptoutdate", "emailconsentat", "emailmarketingconsenttimestamp"],
        wording: &["emailconsentwording"],
        basis: &["emailconsentbasis"],
    },
    Columns {
        channel: Channel::Sms,
        purpose: Purpose::Marketing,
        state: &["smssubscriptionstatus", "smsmarketingconsent", "acceptssmsmarketing", "smsconsent"],
        granted_at: &["smsconsentat", "smsmarketingconsenttimestamp", "smsoptindate"],
        withdrawn_at: &["smsoptoutdate", "smsconsentat", "smsmarketingconsenttimestamp"],
        wording: &["smsconsentwording"],
        basis: &["smsconsentbasis"],
    },
    Columns {
        channel: Channel::Whatsapp,
        purpose: Purpose::Marketing,
        state: &["whatsappmarketingconsent", "acceptswhatsappmarketing", "whatsappconsent"],
        granted_at: &["whatsappconsentat", "whatsappmarketingconsenttimestamp"],
        withdrawn_at: &["whatsappconsentat", "whatsappmarketingconsenttimestamp"],
        wording: &["whatsappconsentwording"],
        basis: &["whatsappconsentbasis"],
    },
    Columns {
        channel: Channel::Email,
        purpose: Purpose::Newsletter,
        state: &["newsletterconsent"],
        granted_at: &["newsletterconsentat"],
        withdrawn_at: &["newsletterconsentat"],
        wording: &["newsletterconsentwording"],
        basis: &["newsletterconsentbasis"],
    },
];

/// A word, and when it was said where that is told.
pub(crate) struct Word {
    pub(crate) channel: Channel,
    pub(crate) purpose: Purpose,
    pub(crate) state: ConsentState,
    pub(crate) at: Option<Instant>,
    pub(crate) wording: Option<String>,
    /// On what ground they may be written to, where that is told.
    pub(crate) basis: Option<LegalBasis>,
}

impl Word {
    /// A yes is one to its purpose alone; a no to marketing is one to the newsletter, too.
    pub(crate) fn drafts(self, person: &Person) -> Vec<Draft> {
        let Self { channel, purpose, state, at, wording, basis } = self;
        let purposes: &[Purpose] = match (state, purpose) {
            (ConsentState::Withdrawn, Purpose::Marketing) => &[Purpose::Marketing, Purpose::Newsletter],
            (_, Purpose::Marketing) => &[Purpose::Marketing],
            (_, Purpose::Newsletter) => &[Purpose::Newsletter],
            (_, Purpose::Survey) => &[Purpose::Survey],
            (_, Purpose::Service) => &[Purpose::Service],
        };
        let person = Self::about(channel, person);
        let changed = |purpose: &Purpose| ConsentChanged {
            person: person.clone(),
            purpose: *purpose,
            state,
            channel,
            wording: wording.clone(),
            basis,
            double_opt_in: None,
        };
        let draft = |purpose| Draft { at, fact: Fact::ConsentChanged(changed(purpose)) };
        purposes.iter().map(draft).collect()
    }

    /// The word counts for what it was said by, and for the person's id: an address for mails, a number for the rest.
    fn about(channel: Channel, person: &Person) -> Person {
        let Person { customer, email, phone, .. } = person.clone();
        match channel {
            Channel::Email => Person { customer, email, ..Person::default() },
            _ => Person { customer, phone, ..Person::default() },
        }
    }
}

/// All that a customer's line tells of consent. A yes without its own time is as old as the record, so that it never outdoes
/// a no that came in between; a no is as young as the export.
pub(crate) fn words(
    row: &Row,
    since: Option<Instant>,
    rules: &Rules,
    refused: &mut Vec<Refusal>,
) -> Vec<Word> {
    COLUMNS.iter().filter_map(|columns| columns.word(row, since, rules, refused)).collect()
}

impl Columns {
    fn word(
        &self,
        row: &Row,
        since: Option<Instant>,
        rules: &Rules,
        refused: &mut Vec<Refusal>,
    ) -> Option<Word> {
        let state = row.parsed(self.state, refused, state).flatten();
        let state = state.or_else(|| self.by_dates(row, rules).filter(|_| !row.has(self.state)))?;
        let (columns, otherwise) = match state {
            ConsentState::Granted => (self.granted_at, since),
            ConsentState::Withdrawn => (self.withdrawn_at, None),
        };
        let at = row.moment(columns, rules, refused).or(otherwise);
        let (channel, purpose, wording) = (self.channel, self.purpose, row.text(self.wording));
        let basis = row.parsed(self.basis, refused, basis);
        Some(Word { channel, purpose, state, at, wording, basis })
    }

    /// Where only dates are told, the later of two says how it stands (Omnisend's help, "Import from the file").
    fn by_dates(&self, row: &Row, rules: &Rules) -> Option<ConsentState> {
        let moment = |columns: &[&str]| row.moment(columns, rules, &mut Vec::new());
        match (moment(self.granted_at), moment(&self.withdrawn_at[..1])) {
            (Some(granted), Some(withdrawn)) if withdrawn < granted => Some(ConsentState::Granted),
            (_, Some(_)) if self.withdrawn_at[0] != self.granted_at[0] => Some(ConsentState::Withdrawn),
            (Some(_), None) => Some(ConsentState::Granted),
            _ => None,
        }
    }
}

/// How it stands, in the words of the exports. Nobody has said anything who was never asked, or was and did not answer.
fn state(text: &str) -> Result<Option<ConsentState>, String> {
    match plain(text).as_str() {
        "yes" | "true" | "1" | "granted" | "subscribed" | "subscribe" | "optin" | "optedin" | "confirmed" => {
            Ok(Some(ConsentState::Granted))
        }
        "withdrawn" | "unsubscribed" | "unsubscribe" | "optout" | "optedout" | "revoked" | "complained" => {
            Ok(Some(ConsentState::Withdrawn))
        }
        // Shopify's `no` is anybody who has not agreed, asked or not.
        "no" | "false" | "0" | "neversubscribed" | "notsubscribed" | "nonsubscribed" | "pending"
        | "unconfirmed" | "invalid" | "unknown" | "none" => Ok(None),
        _ => Err(format!("{text:?} is no word on consent such as subscribed or unsubscribed")),
    }
}

/// The ground on which somebody may be written to, by its letter or its name in article 6(1) of the GDPR.
fn basis(text: &str) -> Result<LegalBasis, String> {
    match plain(text).as_str() {
        "a" | "consent" => Ok(LegalBasis::Consent),
        "b" | "contract" => Ok(LegalBasis::Contract),
        "c" | "legalobligation" => Ok(LegalBasis::LegalObligation),
        "d" | "vitalinterests" => Ok(LegalBasis::VitalInterests),
        "e" | "publictask" => Ok(LegalBasis::PublicTask),
        "f" | "legitimateinterests" | "legitimateinterest" => Ok(LegalBasis::LegitimateInterests),
        _ => Err(format!(
            "{text:?} is no ground of article 6 of the GDPR such as consent or legitimate-interests"
        )),
    }
}
