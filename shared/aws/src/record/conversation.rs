//! Recording what is told of a conversation: its messages, each an item of its own, and how it stands.

use rihla_core::conversation::{Conversation, ConversationKey};
use rihla_core::identifier::{CustomerId, Identifier};
use rihla_core::profile::Profile;
use rihla_core::record::{Grown, grow};
use rihla_core::subject::ToldConversation;
use rihla_core::trigger::{On, Trigger};
use serde::de::IgnoredAny;

use super::{Attempt, RecordError, Recorder};
use crate::table::{Expect, Key, TableError, Versioned, Write};

impl Recorder {
    /// Each write stands for itself: whatever is left undone is done when the delivery comes again. But a message whose
    /// time is that of its arrival, which is told alone, is written together with the note that it came: it would have
    /// another time when it comes again.
    pub(super) async fn conversation(
        &self,
        attempt: Attempt,
        key: &ConversationKey,
        told: &ToldConversation,
    ) -> Result<(), RecordError> {
        if told.customer.identifiers.is_empty() {
            return Err(RecordError::Nobody);
        }
        let Some(customer) = self.know(attempt, &key.source, &told.customer).await? else { return Ok(()) };
        let identifier = Identifier::Conversation(key.source.clone(), key.conversation.clone());
        let hash = self.identity_key.hash(&identifier);
        let trigger =
            Trigger { on: On::Conversation, source: key.source.clone(), id: hash.hash().to_owned() };
        let place = Key::followed(&customer, &trigger);
        let message_key = |id: &str, at| Key::message(&customer, &key.source, &hash, at, id);
        let messages: Vec<_> =
            told.messages.iter().map(|(id, message)| (message_key(id, message.at), message)).collect();
        let undated: Vec<Key> = told.undated().map(|id| Key::undated(&hash, id)).collect();
        let keys: Vec<Key> =
            messages.iter().map(|(key, _)| key).chain(&undated).chain([&place]).cloned().collect();
        let mut found = self.table.get_many(&keys, attempt.freshness).await?;
        let mut writes = Vec::new();
        for key in undated {
            if found.take::<IgnoredAny>(&key)?.is_some() {
                return Ok(());
            }
            writes.push(Write::new(key, &(), Expect::Absent));
        }
        for (key, message) in messages {
            // A message is what it is: told again, it writes nothing.
            if found.take::<IgnoredAny>(&key)?.is_none() {
                writes.push(Write::new(key, message, Expect::Anything));
            }
        }
        let known: Option<Versioned<Conversation>> = found.take(&place)?;
        let before = known.as_ref().map(|known| &known.document);
        let (journeys, channel) = (&self.shop.journeys, self.shop.channel(&key.source));
        let grown = grow(before, told.conversation.clone(), journeys, channel, attempt.now);
        if let Some(Grown { document, look_at }) = grown {
            let was_open = before.is_some_and(Conversation::is_open);
            if was_open != document.is_open() {
                self.note_open(&customer, &trigger, &document).await?;
            }
            if let Some(at) = look_at {
                let look = Key::look(at, &customer, &trigger);
                self.table.put(Write::new(look, &(), Expect::Anything)).await?;
            }
            writes.push(Write::new(place, &document, Versioned::expect(known.as_ref())));
        }
        if told.is_dated_by_arrival {
            // Of two who take in one message at the same time only one gets through.
            return Ok(self.table.put_together(writes).await?);
        }
        Ok(self.table.put_each(writes).await?)
    }

    /// Notes on the profile whether the conversation waits for the shop: before the conversation is written, so that a
    /// delivery that was cut short notes it when it comes again.
    async fn note_open(
        &self,
        customer: &CustomerId,
        trigger: &Trigger,
        conversation: &Conversation,
    ) -> Result<(), TableError> {
        let since = conversation.open_since();
        let note = |known: Option<&Profile>| {
            let mut profile = known?.clone();
            match since.clone() {
                Some(heard) => profile.open.insert(trigger.place(), heard),
                None => profile.open.remove(&trigger.place()),
            };
            Some(profile)
        };
        self.table.change(&Key::profile(customer), note).await
    }
}
