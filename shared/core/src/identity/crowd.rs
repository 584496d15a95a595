//! Identifiers that many people use: learned, so that they make nobody one.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::identifier::{Identifier, Print};
use crate::lattice::Join;

/// As many customers of one source, or as many names, as one person's identifier comes with. People have an account twice, and
/// their names come short, long, and in other scripts.
const ONE_PERSONS: usize = 4;

/// Whom an identifier was given for: enough of them to tell that they are many.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crowd {
    /// Their ids at their sources.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    customers: BTreeSet<Print>,
    /// Their names.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    names: BTreeSet<Print>,
}

/// Why an identifier makes nobody one with anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SharedBy {
    /// Its kind: families share a phone, and an order or a parcel is no person.
    Kind(&'static str),
    /// Its mailbox is no person's.
    Mailbox(&'static str),
    /// It is the shop's own.
    TheShop,
    /// It was given for too many customers of sources.
    Customers,
    /// It was given with too many names.
    Names,
}

impl Crowd {
    /// One use: for the customer of a source, by a name.
    pub fn of(customer: Option<Print>, name: Option<Print>) -> Self {
        Self { customers: customer.into_iter().collect(), names: name.into_iter().collect() }
    }

    /// Whether nobody is known to use it.
    pub fn is_empty(&self) -> bool {
        self.customers.is_empty() && self.names.is_empty()
    }

    /// Whether they are more than one person has accounts or names.
    pub fn is_many(&self) -> bool {
        self.customers.len().max(self.names.len()) > ONE_PERSONS
    }
}

impl Join for Crowd {
    /// Only the first few are kept: of many it is enough to know that they are.
    fn join(&mut self, other: Self) {
        self.customers.extend(other.customers);
        self.names.extend(other.names);
        for prints in [&mut self.customers, &mut self.names] {
            while prints.len() > ONE_PERSONS + 1 {
                prints.pop_last();
            }
        }
    }
}

impl SharedBy {
    /// Why an identifier makes nobody one, as far as is known of who uses it. `shops_own` are the addresses and numbers of the
    /// shop itself.
    pub fn of(identifier: &Identifier, shops_own: &[Identifier], crowd: &Crowd) -> Option<Self> {
        let by_kind = match identifier {
            Identifier::Email(email) => email.mailbox().shared_because().map(Self::Mailbox),
            Identifier::SourceCustomer(..) => return None,
            Identifier::Phone(_) => Some(Self::Kind("a phone number, which families share")),
            Identifier::Order(..) | Identifier::OrderNumber(..) | Identifier::Tracking(_) => {
                Some(Self::Kind("an order's or a parcel's number"))
            }
            Identifier::Conversation(..) => Some(Self::Kind("a conversation's id")),
        };
        let is_shops_own = || shops_own.iter().any(|own| own.is_same(identifier));
        let by_shop = by_kind.or_else(|| is_shops_own().then_some(Self::TheShop));
        let by_customers = by_shop.or((crowd.customers.len() > ONE_PERSONS).then_some(Self::Customers));
        by_customers.or((crowd.names.len() > ONE_PERSONS).then_some(Self::Names))
    }

    /// The reason in words.
    pub fn reason(self) -> String {
        match self {
            Self::Kind(reason) | Self::Mailbox(reason) => reason.to_owned(),
            Self::TheShop => "the shop's own".to_owned(),
            Self::Customers => format!("given for more than {ONE_PERSONS} customers of its sources"),
            Self::Names => format!("given with more than {ONE_PERSONS} names"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::name_print;
    use super::*;
    use crate::source::SourceId;

    fn email(address: &str) -> Identifier {
        Identifier::Email(address.parse().unwrap())
    }

    fn given_with(names: &[&str]) -> Crowd {
        let uses = names.iter().map(|name| Crowd::of(None, name_print(name)));
        uses.fold(Crowd::default(), |mut crowd, one| {
            crowd.join(one);
            crowd
        })
    }

    #[test]
    fn an_address_of_many_names_is_nobodys_own() {
        let shared = |names: &[&str]| SharedBy::of(&email("till@example.com"), &[], &given_with(names));
        assert_eq!(shared(&["Amal Haddad", "amal  HADDAD", "Amal", "A. Haddad", "Haddad, Amal", "🌷"]), None);
        assert_eq!(shared(&["Amal", "Bilal", "Carla", "Dina", "Erik"]), Some(SharedBy::Names));
        assert!(SharedBy::Names.reason().contains("more than 4 names"));
    }

    #[test]
    fn an_address_of_many_accounts_is_nobodys_own() {
        let account = |id: u8| {
            let customer = Identifier::SourceCustomer(SourceId::from_static("web"), id.to_string());
            Crowd::of(Some(customer.print()), None)
        };
        let shared = |accounts: u8| {
            let mut crowd = Crowd::default();
            (0..accounts).for_each(|id| crowd.join(account(id)));
            SharedBy::of(&email("amal@example.com"), &[], &crowd)
        };
        assert_eq!(
            (shared(4), shared(5), shared(200)),
            (None, Some(SharedBy::Customers), Some(SharedBy::Customers))
        );
    }

    #[test]
    fn what_is_listed_has_its_reason() {
        let own = [email("amal@shop.example")];
        let shared = |identifier: &Identifier| SharedBy::of(identifier, &own, &Crowd::default());
        assert_eq!(shared(&email("Amal@shop.example")), Some(SharedBy::TheShop));
        assert!(matches!(shared(&email("noreply@example.com")), Some(SharedBy::Mailbox(_))));
        assert!(matches!(
            shared(&Identifier::Phone("+971501234567".parse().unwrap())),
            Some(SharedBy::Kind(_))
        ));
        assert_eq!(shared(&Identifier::SourceCustomer(SourceId::from_static("web"), "7".into())), None);
    }
}
