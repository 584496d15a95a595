//! What the providers of chats and text messages have in common.

use rihla_core::event::{ConsentChanged, ConsentState, Event, Fact, Person, Purpose};
use rihla_core::identifier::Phone;
use rihla_core::instant::Instant;
use rihla_core::source::Channel;

/// So much of a message is kept.
pub(crate) const TEXT_CHARACTERS: usize = 2_000;

/// A person's word on being written to by one channel.
pub(crate) struct Word {
    pub(crate) at: Instant,
    pub(crate) channel: Channel,
    pub(crate) state: ConsentState,
    /// How it was said.
    pub(crate) wording: &'static str,
}

impl Word {
    /// The events of a person's word on each of the purposes.
    pub(crate) fn on(&self, purposes: &[Purpose], person: &Person) -> Vec<Event> {
        let changed = |purpose: &Purpose| ConsentChanged {
            person: person.clone(),
            purpose: *purpose,
            state: self.state,
            channel: self.channel,
            wording: Some(self.wording.to_owned()),
            basis: None,
            double_opt_in: None,
        };
        purposes
            .iter()
            .map(|purpose| Event { at: self.at, fact: Fact::ConsentChanged(changed(purpose)) })
            .collect()
    }

    /// The events of a word on marketing. A yes to it is no yes to the newsletter; a no is a no to both.
    pub(crate) fn on_marketing(&self, person: &Person) -> Vec<Event> {
        match self.state {
            ConsentState::Granted => self.on(&[Purpose::Marketing], person),
            ConsentState::Withdrawn => self.on(&[Purpose::Marketing, Purpose::Newsletter], person),
        }
    }
}

/// The phone number of which a provider leaves out the plus sign.
pub(crate) fn phone_of_digits(digits: &str) -> Option<Phone> {
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| format!("+{digits}").parse().ok()).flatten()
}
