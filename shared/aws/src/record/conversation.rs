//! Recording what is told of a conversation: its messages, each an item of its own, and how it stands.

use rihla_core::conversation::{Conversation, ConversationKey, Message};
use rihla_core::identifier::{CustomerId, HashedIdentifier, Identifier};
use rihla_core::lattice::Join;
use rihla_core::subject::ToldConversation;
use serde::de::IgnoredAny;

use super::{Attempt, RecordError, Recorder};
use crate::table::{Expect, Key, TableError, Versioned, Write};

/// Among so many messages of a conversation is one looked for that tells no time of its own: senders repeat themselves
/// within hours.
const LAST_MESSAGES: i32 = 50;

impl Recorder {
    /// Each write stands for itself: whatever is left undone is done when the delivery comes again.
    pub(super) async fn conversation(
        &self,
        attempt: Attempt,
        key: &ConversationKey,
        told: &ToldConversation,
    ) -> Result<(), RecordError> {
        if told.customer.identifiers.is_empty() {
            return Err(RecordError::Nobody);
        }
        let customer = self.know(attempt, &key.source, &told.customer).await?;
        let identifier = Identifier::Conversation(key.source.clone(), key.conversation.clone());
        let hash = self.identity_key.hash(&identifier);
        let messages = self.not_known_by_id(&customer, key, &hash, told).await?;
        if messages.is_empty() && !told.messages.is_empty() {
            return Ok(());
        }
        let place = Key::conversation(&customer, &key.source, &hash);
        let keys: Vec<Key> = messages.iter().map(|(key, _)| key).chain([&place]).cloned().collect();
        let mut found = self.table.get_many(&keys, attempt.freshness).await?;
        let mut writes = Vec::new();
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
            // Of two who take in one message at the same time only one gets through: the other then finds it.
            return Ok(self.table.put_together(writes).await?);
        }
        Ok(self.table.put_each(writes).await?)
    }

    /// The messages with their places. Those whose time is that of their arrival are left out where they are among the
    /// last of the conversation, under whatever time.
    async fn not_known_by_id<'a>(
        &self,
        customer: &CustomerId,
        key: &ConversationKey,
        hash: &HashedIdentifier,
        told: &'a ToldConversation,
    ) -> Result<Vec<(Key, &'a Message)>, TableError> {
        let mut last = Vec::new();
        if told.is_dated_by_arrival {
            let (pk, prefix) = Key::messages(customer, &key.source, hash);
            last = self.table.last_with_prefix::<IgnoredAny>(&pk, &prefix, LAST_MESSAGES).await?;
        }
        let is_known = |id: &str| last.iter().any(|(sk, _)| sk.ends_with(&format!("#{id}")));
        let told = told.messages.iter().filter(|(id, _)| !is_known(id));
        let place = |id: &str, message: &Message| Key::message(customer, &key.source, hash, message.at, id);
        Ok(told.map(|(id, message)| (place(id, message), message)).collect())
    }
}
