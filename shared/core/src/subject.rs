//! What a delivery is about: its events, gathered by order and by person.

mod checkout;
mod conversation;
mod stock;

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use crate::checkout::CheckoutKey;
use crate::consent::Consents;
use crate::consent_entry::ConsentEntry;
use crate::conversation::ConversationKey;
use crate::event::{Event, Fact, Person, PrivacyRequested};
use crate::identifier::{Identifier, Mailbox};
use crate::identity::{Crowd, name_print};
use crate::instant::Instant;
use crate::lattice::Join;
use crate::order::{Order, OrderKey};
use crate::profile::Profile;
use crate::source::{Channel, SourceId};

pub use checkout::ToldCheckout;
pub use conversation::ToldConversation;
pub use stock::ToldStock;

/// What one delivery tells.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// Of orders, by their ids at the source.
    pub orders: BTreeMap<OrderKey, ToldOrder>,
    /// Of parcels of which only the tracking number is told.
    pub parcels: BTreeMap<String, Order>,
    /// Of persons, apart from the orders' buyers.
    pub persons: Vec<ToldPerson>,
    /// How many parcels are told of without their order or tracking number.
    pub nameless_parcels: usize,
    /// Of conversations, by their ids at the source.
    pub conversations: BTreeMap<ConversationKey, ToldConversation>,
    /// Of checkouts, by their ids at the source.
    pub checkouts: BTreeMap<CheckoutKey, ToldCheckout>,
    /// Of stock.
    pub stock: ToldStock,
    /// Requests under privacy law.
    pub requests: Vec<(Instant, PrivacyRequested)>,
}

/// What is told of one order.
#[derive(Clone, Debug, Default)]
pub struct ToldOrder {
    /// The order.
    pub order: Order,
    /// Its buyer; absent where no event told who bought it, so that it cannot be placed.
    pub buyer: Option<ToldPerson>,
    /// Whether it is told as new: most probably nothing is known of it.
    pub is_new: bool,
}

/// What is told of one person.
#[derive(Clone, Debug, Default)]
pub struct ToldPerson {
    /// What points at the person, the surest first.
    pub identifiers: Vec<Identifier>,
    /// What is told.
    pub profile: Profile,
    /// The words on consent that the profile has, as they were said.
    pub words: BTreeSet<ConsentEntry>,
}

impl Told {
    /// What the events of one delivery of `source` tell together. `channel` is the source's own.
    pub fn by(source: &SourceId, channel: Channel, events: &[Event]) -> Self {
        let mut told = Self::default();
        for event in events {
            told.take(source, channel, event);
        }
        told.give_persons_to_their_orders();
        told
    }

    fn take(&mut self, source: &SourceId, channel: Channel, event: &Event) {
        match &event.fact {
            Fact::ParcelMoved(moved) if moved.order.is_none() => match &moved.tracking {
                Some(tracking) => {
                    self.parcels.entry(tracking.clone()).or_default().join(Order::told_by(event));
                }
                None => self.nameless_parcels += 1,
            },
            Fact::ProfileChanged(person) => self.persons.push(ToldPerson::by(source, person, event.at)),
            Fact::ConsentChanged(change) => {
                let mut told = ToldPerson::by_channel(source, channel, &change.person, event.at);
                let about = &told.identifiers;
                told.profile.consents = Consents::of(change.matter(), change.state, event.at, about);
                told.words.extend(ConsentEntry::told_by(source, channel, event));
                self.persons.push(told);
            }
            Fact::PrivacyRequested(request) => self.requests.push((event.at, request.clone())),
            Fact::MessagePassed(message) => {
                let told = ToldConversation::by_message(source, channel, message, event.at);
                self.conversation(source, &message.conversation, told);
            }
            Fact::ConversationChanged(changed) => {
                let told = ToldConversation::by_change(source, channel, changed, event.at);
                self.conversation(source, &changed.conversation, told);
            }
            Fact::CheckoutChanged(changed) => {
                let key = CheckoutKey { source: source.clone(), checkout: changed.checkout.clone() };
                let told = ToldCheckout::by(source, changed, event.at);
                self.checkouts.entry(key).or_default().join(told);
            }
            Fact::StockChanged(changed) => self.stock.level(changed, event.at),
            Fact::LocationChanged(changed) => self.stock.location(changed, event.at),
            Fact::ProductChanged(changed) => self.stock.product(changed, event.at),
            fact => {
                let order = fact.order().expect("every other fact is about an order").to_owned();
                let key = OrderKey { source: source.clone(), order };
                self.orders.entry(key).or_default().join(ToldOrder::by(source, event));
            }
        }
    }

    fn conversation(&mut self, source: &SourceId, conversation: &str, told: ToldConversation) {
        let key = ConversationKey { source: source.clone(), conversation: conversation.to_owned() };
        self.conversations.entry(key).or_default().join(told);
    }

    /// A person who is told of beside the order that they bought is worked through with it.
    fn give_persons_to_their_orders(&mut self) {
        for person in std::mem::take(&mut self.persons) {
            let buyers = self.orders.values_mut().filter_map(|told| told.buyer.as_mut());
            match buyers.into_iter().find(|buyer| buyer.is_surely(&person)) {
                Some(buyer) => buyer.join(person),
                None => self.persons.push(person),
            }
        }
    }
}

impl ToldOrder {
    fn by(source: &SourceId, event: &Event) -> Self {
        let buyer = match &event.fact {
            // The buyer is as told when the order was placed, whichever event of the order tells it.
            Fact::OrderPlaced(details) | Fact::OrderChanged(details) => {
                Some(ToldPerson::by(source, &details.buyer, details.placed_at.unwrap_or(event.at)))
            }
            _ => None,
        };
        Self { order: Order::told_by(event), buyer, is_new: matches!(event.fact, Fact::OrderPlaced(_)) }
    }
}

impl Join for ToldOrder {
    fn join(&mut self, other: Self) {
        self.order.join(other.order);
        self.buyer.join(other.buyer);
        self.is_new |= other.is_new;
    }
}

impl Join for ToldPerson {
    fn join(&mut self, other: Self) {
        self.identifiers.extend(other.identifiers);
        self.identifiers.sort();
        self.identifiers.dedup();
        self.profile.join(other.profile);
        self.words.extend(other.words);
    }
}

impl ToldPerson {
    /// What `source` says about a person at `at`.
    pub fn by(source: &SourceId, person: &Person, at: Instant) -> Self {
        let email = person.email.clone().filter(|email| email.mailbox() != Mailbox::Nobodys);
        let customer = person.customer.clone().map(|id| Identifier::SourceCustomer(source.clone(), id));
        let phone = person.phone.clone().map(Identifier::Phone);
        let told = [email.map(Identifier::Email), customer, phone].into_iter().flatten();
        let (strong, weak): (Vec<_>, Vec<_>) = told.partition(Identifier::is_strong);
        let identifiers = strong.into_iter().chain(weak).collect();
        Self { identifiers, profile: Profile::told_by(person, at), words: BTreeSet::new() }
    }

    /// What a source of that channel says about a person. Where the channel itself vouches for the phone number, the
    /// number is who it is, and not the id that the source has for it
    /// (`docs/adr/0011-whom-a-conversation-is-with.md`).
    pub fn by_channel(source: &SourceId, channel: Channel, person: &Person, at: Instant) -> Self {
        let mut told = Self::by(source, person, at);
        if channel.vouches_for_numbers() && person.phone.is_some() && person.email.is_none() {
            told.identifiers.retain(|identifier| matches!(identifier, Identifier::Phone(_)));
        }
        told
    }

    /// For whom its addresses are given: the customer of a source, by a name.
    pub fn uses(&self) -> Crowd {
        let customer = self.identifiers.iter().find(|one| matches!(one, Identifier::SourceCustomer(..)));
        let names = [&self.profile.first_name, &self.profile.last_name].into_iter().flatten();
        let name: Vec<&str> = names.map(|name| name.value.as_str()).collect();
        Crowd::of(customer.map(Identifier::print), name_print(&name.join(" ")))
    }

    /// A print of all that is told, so that the same word again is recognised.
    pub fn print(&self) -> String {
        let text = serde_json::to_vec(&self.profile).expect("a profile is plain text and numbers");
        let mut hash = Sha256::new_with_prefix(text);
        for identifier in &self.identifiers {
            hash.update(format!("{identifier:?}"));
        }
        crate::hex::lower(&hash.finalize()[..4])
    }

    fn is_surely(&self, other: &Self) -> bool {
        let mut strong = self.identifiers.iter().filter(|identifier| identifier.is_strong());
        strong.any(|identifier| other.identifiers.iter().any(|one| one.is_same(identifier)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(customer: Option<&str>, email: &str) -> ToldPerson {
        let source = SourceId::from_static("shop");
        let email = Some(email.parse().unwrap());
        let person = Person { customer: customer.map(ToOwned::to_owned), email, ..Person::default() };
        ToldPerson::by(&source, &person, Instant::from_seconds(0))
    }

    #[test]
    fn what_is_no_persons_mailbox_makes_nobody_one() {
        for (email, identifiers, is_written_to) in [
            ("amal@example.com", 1, true),
            ("info@example.com", 1, true),
            ("a1b2@marketplace.amazon.ae", 1, false),
            ("noreply@example.com", 0, false),
        ] {
            let told = told(None, email);
            assert_eq!(told.identifiers.len(), identifiers, "{email}");
            assert_eq!(told.profile.email.is_some(), is_written_to, "{email}");
            assert_eq!(told.is_surely(&told), email == "amal@example.com", "{email}");
        }
    }

    #[test]
    fn the_surest_identifier_comes_first_and_one_mailbox_is_one_person() {
        let by_role = told(Some("7"), "info@example.com");
        assert!(matches!(by_role.identifiers[0], Identifier::SourceCustomer(..)));
        assert!(told(Some("7"), "a.mal@gmail.com").is_surely(&told(Some("8"), "amal+shop@googlemail.com")));
    }

    #[test]
    fn a_name_of_spaces_or_emoji_is_none_and_a_long_one_is_cut() {
        let (first_name, last_name) = (Some("🌷 ".to_owned()), Some("a".repeat(300)));
        let person = Person { first_name, last_name, ..Person::default() };
        let profile = Profile::told_by(&person, Instant::from_seconds(0));
        assert_eq!(profile.first_name, None);
        assert_eq!(profile.last_name.map(|name| name.value.len()), Some(100));
    }
}
