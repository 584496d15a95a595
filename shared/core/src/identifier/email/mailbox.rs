//! Whose mailbox an address is.

/// Whose mailbox an address is, as far as the address tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mailbox {
    /// A person's, as far as one can see. So are the addresses that Apple makes up for a person and a shop
    /// (`privaterelay.appleid.com`): they stay the same, and mail to them arrives.
    Persons,
    /// That of a post, not of a person: mail arrives, but whoever holds the post reads it (RFC 2142 lists such names).
    Role,
    /// A marketplace's own, which passes messages about an order on to a buyer whose address it does not tell. Nothing else
    /// is to be sent there, and the buyer has another such address at the next shop.
    Relay,
    /// Nobody's: what machines send from, or what is typed where a form insists on an address.
    Nobodys,
}

/// Names of posts.
#[rustfmt::skip]
const ROLES: &[&str] = &[
    "accounting", "accounts", "admin", "administrator", "billing", "buchhaltung", "compras", "contact", "contacto",
    "einkauf", "enquiries", "finance", "helpdesk", "info", "information", "invoices", "kontakt", "marketing", "office",
    "orders", "purchasing", "reception", "sales", "security", "service", "shop", "store", "support", "ventas",
    "verkauf", "webmaster",
];

/// Names that nobody reads mail under, without their dots and dashes.
#[rustfmt::skip]
const NOBODY: &[&str] = &[
    "abuse", "devnull", "donotreply", "hostmaster", "mailerdaemon", "noemail", "nomail", "nobody",
    "noreply", "postmaster",
];

/// Domains that stand for no address: reserved ones (RFC 2606, RFC 6762), and what people type into tills.
const NO_DOMAIN: &[&str] =
    &["localhost", "localdomain", "invalid", "local", "noemail.com", "nomail.com", "none.com"];

/// Marketplaces that give an address of their own for the buyer, with what comes before the country's ending.
/// Amazon: <https://sellercentral.amazon.com/gp/help/external/200383320>; eBay:
/// <https://developer.ebay.com/api-docs/user-guides/static/trading-user-guide/member-communications.html>; `TikTok`:
/// <https://help.retently.com/en/articles/12538313>; Walmart's is seen in its orders, not documented.
const MARKETPLACES: &[&str] = &["marketplace.amazon", "members.ebay", "scs.tiktokw", "relay.walmart"];

impl Mailbox {
    /// Whose mailbox the address `local@domain` is, both in lower case.
    pub(super) fn of(local: &str, domain: &str) -> Self {
        let name = local.split('+').next().unwrap_or(local).replace(['.', '-', '_'], "");
        let is_under = |parent: &&str| domain == *parent || domain.ends_with(&format!(".{parent}"));
        let passes_on = |relay: &&str| domain.strip_prefix(*relay).is_some_and(|rest| rest.starts_with('.'));
        if MARKETPLACES.iter().any(passes_on) {
            Self::Relay
        } else if NOBODY.contains(&&*name) || NO_DOMAIN.iter().any(is_under) {
            Self::Nobodys
        } else if ROLES.contains(&&*name) {
            Self::Role
        } else {
            Self::Persons
        }
    }

    /// Whether mail of the shop's own accord may go there.
    pub fn takes_mail(self) -> bool {
        matches!(self, Self::Persons | Self::Role)
    }

    /// Why it makes nobody one with anybody, for a person to read.
    pub fn shared_because(self) -> Option<&'static str> {
        match self {
            Self::Persons => None,
            Self::Role => Some("an address of a post, which several people may read"),
            Self::Relay => {
                Some("an address of a marketplace, which stands for a buyer whose own it does not tell")
            }
            Self::Nobodys => Some("an address that nobody reads, or that stands for none"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Email;
    use super::*;

    #[test]
    fn mailboxes_are_known_by_their_names() {
        for (address, mailbox) in [
            ("amal@example.com", Mailbox::Persons),
            ("x7y2k@privaterelay.appleid.com", Mailbox::Persons),
            ("infoline.amal@example.com", Mailbox::Persons),
            ("amal@localhost.example", Mailbox::Persons),
            ("amal@marketplace.amazon", Mailbox::Persons),
            ("amal@marketplace.amazonia.com", Mailbox::Persons),
            ("marketplace.amazon.ae@example.com", Mailbox::Persons),
            ("a@relay.walmart.com", Mailbox::Relay),
            ("x1y2@marketplace.amazon.ae", Mailbox::Relay),
            ("x@marketplace.amazon.co.uk", Mailbox::Relay),
            ("b_123@members.ebay.com", Mailbox::Relay),
            ("q@scs.tiktokw.us", Mailbox::Relay),
            ("Info@example.com", Mailbox::Role),
            ("sales+uk@example.com", Mailbox::Role),
            ("no-reply@example.com", Mailbox::Nobodys),
            ("do_not_reply@example.com", Mailbox::Nobodys),
            ("devnull@host.localhost", Mailbox::Nobodys),
            ("x@none.com", Mailbox::Nobodys),
            ("till@shop.local", Mailbox::Nobodys),
        ] {
            assert_eq!(address.parse::<Email>().unwrap().mailbox(), mailbox, "{address}");
        }
    }
}
