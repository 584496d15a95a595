//! Consent for data sets that have none: half of the people agreed to marketing at the checkout.

use rihla_core::event::{ConsentChanged, ConsentState, Event, Fact, Person, Purpose};
use rihla_core::instant::Instant;
use rihla_core::source::Channel;

/// The consent that a person gave at the checkout. The tables tell nothing of consent, so it is made up: half of the
/// people agree, always the same half, told by a hash of the person's id.
pub(super) fn at_checkout(person_id: &str, person: &Person, at: Instant) -> Option<Event> {
    let consent = ConsentChanged {
        person: person.clone(),
        purpose: Purpose::Marketing,
        state: ConsentState::Granted,
        channel: Channel::Email,
        wording: Some("made up for the replay: ticked at the checkout".to_owned()),
        basis: None,
        double_opt_in: None,
    };
    agreed(person_id).then_some(Event { at, fact: Fact::ConsentChanged(consent) })
}

/// FNV-1a of 64 bits; its upper half, as the lowest bit of the hash is but the parity of the text's lowest bits.
fn agreed(person_id: &str) -> bool {
    let hash = person_id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    hash >> 63 == 1
}

#[cfg(test)]
mod tests {
    #[test]
    fn about_half_of_the_people_agree() {
        let agreed = (10_000..20_000).filter(|id| super::agreed(&id.to_string())).count();
        assert!((4_500..5_500).contains(&agreed), "{agreed}");
    }
}
