//! Every word on consent, as it was said: an item of its own beside what stands, so that it can be shown who agreed to what,
//! when, where and in which words.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::event::{ConsentState, DoubleOptIn, Event, Fact, LegalBasis};
use crate::identifier::{Identifier, Print};
use crate::instant::Instant;
use crate::matter::Matter;
use crate::source::{Channel, SourceId};
use crate::subject::ToldPerson;

/// One word, as one source told it. It holds no address and no number: whose it is, the item's place says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ConsentEntry {
    /// When it was said.
    pub at: Instant,
    /// On what.
    pub matter: Matter,
    /// Yes or no.
    pub state: ConsentState,
    /// Who told it.
    pub source: SourceId,
    /// How it was asked or said, where the source tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wording: Option<String>,
    /// In which language it was asked, where it was asked by a page of ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// On what ground in law the person may be written to by it. A no needs none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<LegalBasis>,
    /// That a yes was asked for again by a message and confirmed, which is when it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub double_opt_in: Option<DoubleOptIn>,
    /// For which identifiers it counts, in their order.
    pub about: Vec<Print>,
}

impl ConsentEntry {
    /// The word that an event of `source` tells, a source of that channel. Nothing for an event about something else.
    pub fn told_by(source: &SourceId, channel: Channel, event: &Event) -> Option<Self> {
        let Fact::ConsentChanged(changed) = &event.fact else { return None };
        let person = ToldPerson::by_channel(source, channel, &changed.person, event.at);
        let mut about: Vec<Print> = person.identifiers.iter().map(Identifier::print).collect();
        about.sort();
        Some(Self {
            at: event.at,
            matter: changed.matter(),
            state: changed.state,
            source: source.clone(),
            wording: changed.wording.clone(),
            locale: None,
            basis: changed.basis.or(Self::basis_of(changed.state)),
            double_opt_in: changed.double_opt_in,
            about,
        })
    }

    /// The ground in law of a word of which none is told: who agrees consents.
    pub fn basis_of(state: ConsentState) -> Option<LegalBasis> {
        (state == ConsentState::Granted).then_some(LegalBasis::Consent)
    }

    /// Its place among the words of one person: by time, and for the same word told again the same, so that it is written
    /// once.
    pub fn place(&self) -> String {
        let text = serde_json::to_vec(self).expect("a word is plain text and numbers");
        let print = crate::hex::lower(&Sha256::digest(text)[..4]);
        format!("{:015}#{print}", self.at.milliseconds().max(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{ConsentChanged, Person, Purpose};

    fn said(second: i64, state: ConsentState, wording: &str) -> Event {
        let email = Some("amal@shop.example".parse().unwrap());
        let changed = ConsentChanged {
            person: Person { email, customer: Some("7".to_owned()), ..Person::default() },
            purpose: Purpose::Marketing,
            state,
            channel: Channel::Email,
            wording: Some(wording.to_owned()),
            basis: None,
            double_opt_in: None,
        };
        Event { at: Instant::from_seconds(second), fact: Fact::ConsentChanged(changed) }
    }

    fn entry(source: &'static str, event: &Event) -> ConsentEntry {
        ConsentEntry::told_by(&SourceId::from_static(source), Channel::Web, event).unwrap()
    }

    #[test]
    fn a_word_told_again_has_the_same_place_and_another_word_another() {
        use ConsentState::{Granted, Withdrawn};
        let first = entry("web", &said(1, Granted, "ticked"));
        assert_eq!(first.place(), entry("web", &said(1, Granted, "ticked")).place());
        let others = [
            entry("web", &said(1, Withdrawn, "ticked")),
            entry("web", &said(1, Granted, "asked on the telephone")),
            entry("till", &said(1, Granted, "ticked")),
        ];
        for other in &others {
            assert_ne!(first.place(), other.place(), "{other:?}");
        }
        let later = entry("web", &said(1_000_000_000, Granted, "ticked"));
        assert!(first.place() < later.place() && others.iter().all(|other| other.place() < later.place()));
    }

    #[test]
    fn it_reads_back_as_it_was_written_and_names_nobody() {
        let entry = entry("web", &said(1, ConsentState::Granted, "ticked"));
        let text = serde_json::to_string(&entry).unwrap();
        assert_eq!(serde_json::from_str::<ConsentEntry>(&text).unwrap(), entry);
        assert!(!text.contains("amal") && entry.about.len() == 2);
    }
}
