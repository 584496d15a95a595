//! What becomes of an accepted mail, by its recipient.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

/// What becomes of a mail to one recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It arrives.
    Delivered,
    /// There is no such mailbox.
    BouncedForGood,
    /// The mailbox is full.
    BouncedForNow,
    /// It arrives, and the recipient calls it spam.
    Complained,
    /// Nothing is ever heard of it but that it was sent.
    Silent,
}

/// Tells a recipient's fate; nothing if it has no opinion.
type Rule = dyn Fn(&str) -> Option<Fate> + Send + Sync;

/// The rule in force beside the simulator's addresses; none at first.
#[derive(Clone, Default)]
pub(super) struct Fates(Arc<RwLock<Option<Arc<Rule>>>>);

impl Fates {
    pub(super) fn set(&self, rule: impl Fn(&str) -> Option<Fate> + Send + Sync + 'static) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(rule));
    }

    /// The fate of a mail to `address`: by the rule, by the SES mailbox simulator's addresses, or delivery.
    pub(super) fn of(&self, address: &str) -> Fate {
        let rule = self.0.read().unwrap_or_else(PoisonError::into_inner).clone();
        rule.and_then(|rule| rule(address)).unwrap_or_else(|| simulated(address))
    }
}

/// A label (`bounce+label@…`) changes nothing.
fn simulated(address: &str) -> Fate {
    let local = address.strip_suffix("@simulator.amazonses.com").unwrap_or_default();
    match local.split('+').next() {
        Some("bounce" | "suppressionlist") => Fate::BouncedForGood,
        Some("complaint") => Fate::Complained,
        _ => Fate::Delivered,
    }
}

impl fmt::Debug for Fates {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Fates")
    }
}
