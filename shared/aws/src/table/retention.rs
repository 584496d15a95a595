//! How long an item is kept: the database sweeps it when the moment in its `ttl` has passed, as a rule within some days
//! (DynamoDB developer guide, "Using time to live"). Whatever must not be seen any more is left out by who reads it.

use rihla_core::instant::{Instant, Wait};
use rihla_core::limits::Keep;

use super::Key;
use crate::clock::Clock;

/// Long after the calendar was read.
const LOOKS: Wait = Wait::days(30);

/// The shop's rule, and the time by which it counts.
#[derive(Clone, Debug)]
pub struct Retention {
    /// How long carts and conversations are kept.
    pub keep: Keep,
    /// The time.
    pub clock: Clock,
}

impl Retention {
    /// When an item that is written now is swept, in seconds since 1970; none for what is kept until it is forgotten.
    ///
    /// A message counts from when it was sent, everything about a cart or a conversation from the last write.
    pub(super) fn swept_at_seconds(&self, key: &Key) -> Option<i64> {
        let since_now = |wait| Some(self.clock.now().after(wait));
        let mut parts = key.sk.split('#');
        let at = match (key.pk.get(..2)?, parts.next()?) {
            ("D#", time) => Some(moment(time)?.after(LOOKS)),
            ("C#", "M") => Some(moment(parts.nth(2)?)?.after(self.keep.conversations)),
            ("C#", "T") | ("I#", "U") => since_now(self.keep.conversations),
            ("C#", "K") => since_now(self.keep.carts),
            _ => None,
        };
        at.map(Instant::seconds)
    }
}

/// A moment as keys have it.
fn moment(text: &str) -> Option<Instant> {
    text.parse().ok().map(Instant::from_milliseconds)
}

#[cfg(test)]
mod tests {
    use rihla_core::identifier::CustomerId;
    use rihla_core::source::SourceId;
    use rihla_core::trigger::{On, Trigger};

    use super::*;

    const DAY: i64 = 86_400;

    #[test]
    fn what_a_key_is_about_says_how_long_it_is_kept() {
        let keep = Keep { carts: Wait::days(90), conversations: Wait::days(730) };
        let now = Instant::from_seconds(2000 * DAY);
        let retention = Retention { keep, clock: Clock::reading(move || now) };
        let customer = CustomerId::from_text("3f0c");
        let about = |on| Key::followed(&customer, &Trigger::at(on, "web#1").expect("a place"));
        let word = |sk: &str| Key { pk: "C#3f0c".into(), sk: sk.into() };
        let message = format!("M#desk#abc#{}#m1", Key::calendar_time(Instant::from_seconds(1500 * DAY)));
        let cart = about(On::Cart);
        let entry = Key { sk: format!("{}F#left-cart", cart.sk), ..cart.clone() };
        let look = Key::look(
            Instant::from_seconds(2001 * DAY),
            &customer,
            &Trigger::at(On::Order, "web#1").unwrap(),
        );
        let table = [
            (cart, Some(2090)),
            (entry, Some(2090)),
            (about(On::Conversation), Some(2730)),
            (word(&message), Some(2230)),
            (Key { pk: "I#c".into(), sk: "U#m1".into() }, Some(2730)),
            (look, Some(2031)),
            (about(On::Order), None),
            (word("PROFILE"), None),
            (word("N#1"), None),
            (Key { pk: "I#c".into(), sk: "I".into() }, None),
            (Key::location(&SourceId::from_static("web"), "1"), None),
            (Key::fit(), None),
        ];
        for (key, day) in table {
            assert_eq!(retention.swept_at_seconds(&key), day.map(|day| day * DAY), "{key:?}");
        }
    }
}
