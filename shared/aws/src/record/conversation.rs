//! Recording what is told of a conversation: its messages first, each an item of its own, then how it stands.

use rihla_core::conversation::{ConversationKey, Message};
use rihla_core::identifier::Identifier;
use rihla_core::subject::ToldConversation;

use super::{Attempt, RecordError, Recorder};
use crate::table::{Expect, Key, TableError, Versioned, Write};

impl Recorder {
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
        for (id, message) in &told.messages {
            let key = Key::message(&customer, &key.source, &hash, message.at, id);
            self.message(attempt, key, message).await?;
        }
        let key = Key::conversation(&customer, &key.source, &hash);
        Ok(self.join(attempt, key, told.conversation.clone()).await?)
    }

    /// A message is what it is: told again, it writes nothing.
    async fn message(&self, attempt: Attempt, key: Key, message: &Message) -> Result<(), TableError> {
        let known: Option<Versioned<Message>> = self.table.get(&key, attempt.freshness).await?;
        if known.is_some() {
            return Ok(());
        }
        self.table.put(Write::new(key, message, Expect::Anything)).await
    }
}
