//! Conversations and left carts, for a customer's page.

use std::cmp::Reverse;

use rihla_core::conversation::Conversation;
use rihla_core::identifier::CustomerId;

use super::linked::Linked;
use super::{Record, Stored};
use crate::aws::Aws;
use crate::pages::{CartView, ConversationView, MessageView};

/// So many conversations and carts are shown, of those that lie last.
const SHOWN: usize = 20;

/// So many messages of each.
const MESSAGES: usize = 10;

/// The person's conversations, the one with the last word first.
pub(super) fn conversations(aws: &Aws, person: &Linked) -> Vec<ConversationView> {
    let mut found: Vec<ConversationView> = person
        .customers()
        .flat_map(|customer| {
            let page = Stored::last(aws, customer, "T#", None, SHOWN);
            page.items.into_iter().filter_map(|(_, item)| match item.record {
                Record::Conversation(place, conversation) => Some(view(aws, customer, &place, &conversation)),
                _ => None,
            })
        })
        .collect();
    found.sort_by_key(|conversation| Reverse(conversation.messages.last().map(|message| message.at)));
    found
}

fn view(aws: &Aws, customer: &CustomerId, place: &str, conversation: &Conversation) -> ConversationView {
    let page = Stored::last(aws, customer, &format!("M#{place}#"), None, MESSAGES);
    let messages = page.items.into_iter().rev().filter_map(|(_, item)| match item.record {
        Record::Message(_, message) => Some(MessageView::of(message)),
        _ => None,
    });
    ConversationView {
        source: place.split('#').next().unwrap_or_default().to_owned(),
        channel: conversation.channel.as_ref().map(|channel| channel.value),
        subject: conversation.subject.as_ref().map(|subject| subject.value.clone()),
        is_open: conversation.is_open(),
        has_more: page.has_more,
        messages: messages.collect(),
    }
}

/// The carts that the person left, the one that was touched last first.
pub(super) fn carts(aws: &Aws, person: &Linked) -> Vec<CartView> {
    let mut found: Vec<CartView> = person
        .customers()
        .flat_map(|customer| Stored::last(aws, customer, "K#", None, SHOWN).items)
        .filter_map(|(_, item)| match item.record {
            Record::Checkout(source, checkout) if checkout.finished.is_none() => {
                Some(CartView::of(source, &checkout))
            }
            _ => None,
        })
        .collect();
    found.sort_by_key(|cart| Reverse(cart.touched_at));
    found
}
