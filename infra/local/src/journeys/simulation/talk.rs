//! What is told of carts and conversations.

use rihla_core::checkout::{Checkout, CheckoutKey};
use rihla_core::conversation::{Conversation, ConversationKey};
use rihla_core::identifier::Identifier;
use rihla_core::instant::Instant;
use rihla_core::record::{Followed, Grown, grow};
use rihla_core::subject::{ToldCheckout, ToldConversation};
use rihla_core::trigger::{On, Trigger};

use super::record::{Document, Kept, Place, Record};

impl Record<'_> {
    /// What a delivery tells of a cart. One that names nobody is not recorded.
    pub(super) fn checkout(&mut self, key: &CheckoutKey, told: &ToldCheckout, now: Instant) {
        let Some(customer) = self.people.know(&key.source, &told.buyer) else { return };
        let place = (customer, Trigger::from(key));
        let known = self.kept.get(&place).and_then(Kept::cart).cloned();
        if let Some(cart) = self.grown(&place, known.as_ref(), told.checkout.clone(), now) {
            self.keep(place, Document::Cart(Box::new(cart)));
        }
    }

    /// What a delivery tells of a conversation.
    pub(super) fn conversation(&mut self, key: &ConversationKey, told: &ToldConversation, now: Instant) {
        let Some(customer) = self.people.know(&key.source, &told.customer) else { return };
        let identifier = Identifier::Conversation(key.source.clone(), key.conversation.clone());
        let id = self.people.hash(&identifier).hash().to_owned();
        let place = (customer, Trigger { on: On::Conversation, source: key.source.clone(), id });
        let known = self.kept.get(&place).and_then(Kept::conversation).cloned();
        if let Some(conversation) = self.grown(&place, known.as_ref(), told.conversation.clone(), now) {
            self.note_open(&place, &conversation);
            self.keep(place, Document::Conversation(Box::new(conversation)));
        }
    }

    /// What is known now, with the look that it needs on the calendar; nothing where nothing is new.
    fn grown<T: Followed>(&mut self, place: &Place, known: Option<&T>, told: T, now: Instant) -> Option<T> {
        let channel = self.shop.channel(&place.1.source);
        let Grown { document, look_at } = grow(known, told, &self.shop.journeys, channel, now)?;
        if let Some(look_at) = look_at {
            self.calendar.put(look_at, place);
        }
        Some(document)
    }

    /// Notes on the profile whether the conversation waits for the shop.
    fn note_open(&mut self, (customer, trigger): &Place, conversation: &Conversation) {
        let since = conversation.heard.clone().filter(|_| conversation.is_open());
        let profile = self.people.profile_mut(customer);
        match since {
            Some(heard) => profile.open.insert(trigger.place(), heard),
            None => profile.open.remove(&trigger.place()),
        };
    }
}

impl Kept {
    fn cart(&self) -> Option<&Checkout> {
        match &self.document {
            Document::Cart(cart) => Some(cart),
            _ => None,
        }
    }

    fn conversation(&self) -> Option<&Conversation> {
        match &self.document {
            Document::Conversation(conversation) => Some(conversation),
            _ => None,
        }
    }
}
