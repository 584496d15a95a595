//! Recording what is told of a conversation: its messages, each an item of its own, and how it stands.

use rihla_core::conversation::{Conversation, ConversationKey};
use rihla_core::identifier::Identifier;
use rihla_core::lattice::Join;
use rihla_core::subject::ToldConversation;
use serde::de::IgnoredAny;

use super::{Attempt, RecordError, Recorder};
use crate::table::{Expect, Key, Versioned, Write};

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
        let place = Key::conversation(&customer, &key.source, &hash);
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
        let before = known.as_ref().map(|known| known.document.clone());
        let mut after = before.clone();
        after.join(Some(told.conversation.clone()));
        if let Some(document) = after.filter(|after| before.as_ref() != Some(after)) {
            writes.push(Write::new(place, &document, Versioned::expect(known.as_ref())));
        }
        if told.is_dated_by_arrival {
            // Of two who take in one message at the same time only one gets through.
            return Ok(self.table.put_together(writes).await?);
        }
        Ok(self.table.put_each(writes).await?)
    }
}
