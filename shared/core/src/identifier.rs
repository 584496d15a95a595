//! What points at a customer: an e-mail, a phone, a source's customer id, an order, a tracking number.

mod customer;
mod email;
mod key;
mod phone;
mod print;

pub use customer::CustomerId;
pub use email::{Email, Mailbox, NotAnEmail};
pub use key::{HashedIdentifier, IdentityKey};
pub use phone::{NotAPhone, Phone};
pub use print::{NotAPrint, Print};

use crate::source::SourceId;

/// One thing that points at a customer, or at one order of a customer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Identifier {
    /// An e-mail address. Two customers with one address are one person, unless it is no person's mailbox.
    Email(Email),
    /// A customer's id at a source.
    SourceCustomer(SourceId, String),
    /// A phone number. Families share one: it finds a customer, it never makes two customers one.
    Phone(Phone),
    /// An order's id at a source.
    Order(SourceId, String),
    /// An order's number at a source, as people see it, such as `#1001`.
    OrderNumber(SourceId, String),
    /// A carrier's tracking number.
    Tracking(String),
    /// A conversation's id at a source. It points at nobody; as it may be a phone number, keys hold its hash.
    Conversation(SourceId, String),
}

impl Identifier {
    /// Whether it belongs to one person alone, so that two customers who share it are the same person.
    pub fn is_strong(&self) -> bool {
        match self {
            Self::Email(email) => email.mailbox() == Mailbox::Persons,
            Self::SourceCustomer(..) => true,
            Self::Phone(_)
            | Self::Order(..)
            | Self::OrderNumber(..)
            | Self::Tracking(_)
            | Self::Conversation(..) => false,
        }
    }

    /// Eight digits by which the identifiers of one person are told apart.
    pub fn print(&self) -> Print {
        let (kind, text) = self.kind_and_text();
        Print::of(&format!("{kind}\n{text}"))
    }

    /// Whether both point at the same, however each was typed.
    pub fn is_same(&self, other: &Self) -> bool {
        self.kind_and_text() == other.kind_and_text()
    }

    fn kind_and_text(&self) -> (&'static str, String) {
        match self {
            Self::Email(email) => ("email", email.known_as()),
            Self::SourceCustomer(source, id) => ("customer", format!("{source}\n{id}")),
            Self::Phone(phone) => ("phone", phone.known_as()),
            Self::Order(source, id) => ("order", format!("{source}\n{id}")),
            Self::OrderNumber(source, number) => {
                ("number", format!("{source}\n{}", number.trim().trim_start_matches('#').to_uppercase()))
            }
            Self::Conversation(source, id) => ("conversation", format!("{source}\n{id}")),
            Self::Tracking(number) => ("tracking", number.trim().to_uppercase()),
        }
    }
}
