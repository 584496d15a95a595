//! Conversations and left carts, for a customer's page.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rihla_core::conversation::{Conversation, Message};
use rihla_core::identifier::CustomerId;
use rihla_core::lattice::Join;

use super::linked::Linked;
use super::{Record, Stored};
use crate::aws::Aws;
use crate::pages::{CartView, ConversationView, MessageView};

/// So many conversations and carts are shown, those with the last word first.
const SHOWN: usize = 20;

/// So many of a customer's conversations and carts are read, of those that lie last.
const READ: usize = 200;

/// So many messages of each.
const MESSAGES: usize = 10;

/// Where a conversation lies beside each customer, such as `shop#6f…`, with all that is known of it.
type ByPlace = BTreeMap<String, (Conversation, BTreeMap<String, Message>, bool)>;

/// The person's conversations, the one with the last word first. One that was told of several customers before they
/// were one person is one all the same.
pub(super) fn conversations(aws: &Aws, person: &Linked) -> Vec<ConversationView> {
    let mut found = ByPlace::new();
    for customer in person.customers() {
        for (_, item) in Stored::last(aws, customer, "T#", None, READ).items {
            let Record::Conversation(place, conversation) = item.record else { continue };
            let (all, messages, has_more) = found.entry(place.clone()).or_default();
            all.join(*conversation);
            *has_more |= last_messages(aws, customer, &place, messages);
        }
    }
    let mut found: Vec<_> = found.into_iter().map(view).collect();
    found.sort_by_key(|conversation| Reverse(conversation.messages.last().map(|message| message.at)));
    found.truncate(SHOWN);
    found
}

/// Adds the last messages that lie with a customer, by their places. Gives whether there are more.
fn last_messages(
    aws: &Aws,
    customer: &CustomerId,
    place: &str,
    messages: &mut BTreeMap<String, Message>,
) -> bool {
    let page = Stored::last(aws, customer, &format!("M#{place}#"), None, MESSAGES);
    messages.extend(page.items.into_iter().filter_map(|(at, item)| match item.record {
        Record::Message(_, message) => Some((at, message)),
        _ => None,
    }));
    page.has_more
}

/// The last carts and conversations, with what follows them.
pub(super) fn followed(aws: &Aws, person: &Linked) -> Vec<Stored> {
    let last = |customer| ["K#", "T#"].map(|prefix| Stored::last(aws, customer, prefix, None, READ).items);
    person.customers().flat_map(last).flatten().map(|(_, item)| item).collect()
}

fn view(
    (place, (conversation, messages, has_more)): (String, (Conversation, BTreeMap<String, Message>, bool)),
) -> ConversationView {
    let earlier = messages.len().saturating_sub(MESSAGES);
    ConversationView {
        source: place.split('#').next().unwrap_or_default().to_owned(),
        channel: conversation.channel.as_ref().map(|channel| channel.value),
        subject: conversation.subject.as_ref().map(|subject| subject.value.clone()),
        is_open: conversation.is_open(),
        has_more: has_more || earlier > 0,
        messages: messages.into_values().skip(earlier).map(MessageView::of).collect(),
    }
}

/// The carts that the person has left, the one that was touched last first.
pub(super) fn carts(aws: &Aws, person: &Linked) -> Vec<CartView> {
    let now = aws.clock().now().into();
    let mut found: Vec<CartView> = person
        .customers()
        .flat_map(|customer| Stored::last(aws, customer, "K#", None, READ).items)
        .filter_map(|(_, item)| match item.record {
            Record::Checkout(source, checkout) if checkout.is_left(now) => {
                Some(CartView::of(source, &checkout))
            }
            _ => None,
        })
        .collect();
    found.sort_by_key(|cart| Reverse(cart.touched_at));
    found.truncate(SHOWN);
    found
}
