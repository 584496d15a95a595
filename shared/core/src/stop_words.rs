//! The words by which people ask not to be written to any more, by text message and by `WhatsApp`.

use crate::event::{MessagePassed, Speaker};
use crate::source::Channel;

/// What is understood on every channel. The first are those that carriers in America answer themselves (CTIA, Messaging
/// Principles and Best Practices, section 5.1.3; FCC 24-24 adds `revoke` and `opt out`).
const EVERYWHERE: &[&str] = &[
    "stop",
    "stopall",
    "stop all",
    "unsubscribe",
    "revoke",
    "optout",
    "opt out",
    "opt-out",
    // German, French, Spanish, Portuguese, Italian, Dutch, Turkish
    "stopp",
    "abmelden",
    "abbestellen",
    "arret",
    "arrêt",
    "désabonner",
    "baja",
    "alto",
    "descadastrar",
    "descadastre",
    "sair",
    "parar",
    "disiscriviti",
    "afmelden",
    "dur",
    "iptal",
    "abonelikten çık",
    // Russian, Arabic, Persian, Urdu, Hindi
    "стоп",
    "отписка",
    "отписаться",
    "توقف",
    "إيقاف",
    "ايقاف",
    "إلغاء الاشتراك",
    "الغاء الاشتراك",
    "لغو",
    "لغو اشتراک",
    "توقف کنید",
    "بند کرو",
    "रोकें",
    "बंद करो",
];

/// What carriers take for the same in a text message, and what may be about an order in a chat.
const BY_TEXT_MESSAGE: &[&str] = &["cancel", "end", "quit", "إلغاء", "الغاء", "cancelar"];

/// Whether the customer asks not to be written to on this channel any more: the whole message is one such word.
pub fn asks_to_stop(message: &MessagePassed, channel: Channel) -> bool {
    let words: &[&[&str]] = match channel {
        Channel::Sms => &[EVERYWHERE, BY_TEXT_MESSAGE],
        Channel::Whatsapp => &[EVERYWHERE],
        _ => return false,
    };
    let Some(text) = message.text.as_deref().filter(|_| message.speaker == Speaker::Customer) else {
        return false;
    };
    let text = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    words.iter().any(|words| words.contains(&text.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Person;

    fn asks(text: &str, speaker: Speaker, channel: Channel) -> bool {
        let message = MessagePassed {
            conversation: "c".to_owned(),
            message: "m".to_owned(),
            customer: Person::default(),
            dated_by_arrival: false,
            speaker,
            channel: None,
            text: Some(text.to_owned()),
        };
        asks_to_stop(&message, channel)
    }

    #[test]
    fn a_whole_message_that_is_such_a_word_is_understood() {
        for text in ["STOP", " stop. ", "«Стоп»", "إلغاء الاشتراك", "Abmelden!", "بند کرو"]
        {
            assert!(asks(text, Speaker::Customer, Channel::Sms), "{text}");
            assert!(asks(text, Speaker::Customer, Channel::Whatsapp), "{text}");
            assert!(!asks(text, Speaker::Staff, Channel::Sms), "{text}");
            assert!(!asks(text, Speaker::Customer, Channel::Chat), "{text}");
        }
    }

    #[test]
    fn a_word_within_a_sentence_is_not() {
        for text in ["please stop by tomorrow", "Don't stop", "", "...", "stopover"] {
            assert!(!asks(text, Speaker::Customer, Channel::Sms), "{text}");
        }
    }

    #[test]
    fn what_may_be_about_an_order_counts_by_text_message_alone() {
        for text in ["Cancel", "END", "quit"] {
            assert!(asks(text, Speaker::Customer, Channel::Sms), "{text}");
            assert!(!asks(text, Speaker::Customer, Channel::Whatsapp), "{text}");
        }
    }

    #[test]
    fn every_word_is_written_as_it_is_looked_for() {
        for word in EVERYWHERE.iter().chain(BY_TEXT_MESSAGE) {
            assert!(asks(word, Speaker::Customer, Channel::Sms), "{word}");
        }
    }
}
