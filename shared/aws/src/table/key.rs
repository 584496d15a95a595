//! Keys of the one table. What lies where is told in ARCHITECTURE.md.

use rihla_core::consent_entry::ConsentEntry;
use rihla_core::follow_up::FollowUpKey;
use rihla_core::identifier::{CustomerId, HashedIdentifier};
use rihla_core::instant::Instant;
use rihla_core::journey::STEP;
use rihla_core::matching::place;
use rihla_core::order::OrderKey;
use rihla_core::source::SourceId;
use rihla_core::trigger::{On, Trigger};
use serde::{Deserialize, Serialize};

/// A primary key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Key {
    /// The partition.
    pub pk: String,
    /// The place in it.
    pub sk: String,
}

/// In how many partitions the looks of one hour lie. One partition takes 1,000 writes a second.
pub const CALENDAR_SHARDS: u8 = 8;

impl Key {
    fn new(pk: impl Into<String>, sk: impl Into<String>) -> Self {
        Self { pk: pk.into(), sk: sk.into() }
    }

    /// An item that never exists.
    pub(super) fn warm_up() -> Self {
        Self::new("NOTHING", "NOTHING")
    }

    /// A customer's profile.
    pub fn profile(customer: &CustomerId) -> Self {
        Self::new(format!("C#{customer}"), "PROFILE")
    }

    /// What journeys follow. All that belongs to it begins with the same text, so that one query reads it.
    pub fn followed(customer: &CustomerId, trigger: &Trigger) -> Self {
        let kind = match trigger.on {
            On::Order => "O",
            On::Cart => "K",
            On::Conversation => "T",
        };
        Self::new(format!("C#{customer}"), format!("{kind}#{}#", trigger.place()))
    }

    /// What a place beside a customer's profile belongs to, with the rest of the place: nothing for what is followed itself.
    pub fn of_followed(sk: &str) -> Option<(Trigger, &str)> {
        let (kind, place) = sk.split_once('#')?;
        let on = match kind {
            "O" => On::Order,
            "K" => On::Cart,
            "T" => On::Conversation,
            _ => return None,
        };
        let end = place.match_indices('#').nth(1)?.0;
        Some((Trigger::at(on, &place[..end]).ok()?, &place[end + 1..]))
    }

    /// An order.
    pub fn order(customer: &CustomerId, order: &OrderKey) -> Self {
        Self::followed(customer, &order.into())
    }

    /// The ledger's entry of a follow-up.
    pub fn ledger(customer: &CustomerId, trigger: &Trigger, follow_up: &FollowUpKey) -> Self {
        Self::beside(customer, trigger, 'F', follow_up)
    }

    /// The answer to a follow-up.
    pub fn answer(customer: &CustomerId, trigger: &Trigger, follow_up: &FollowUpKey) -> Self {
        Self::beside(customer, trigger, 'A', follow_up)
    }

    /// Beside what is followed: `F#<journey>`, and `F#<journey>#<step>` where steps have names.
    fn beside(customer: &CustomerId, trigger: &Trigger, kind: char, follow_up: &FollowUpKey) -> Self {
        let Self { pk, sk } = Self::followed(customer, trigger);
        let step = Some(follow_up.step()).filter(|step| *step != STEP);
        let step = step.map(|step| format!("#{step}")).unwrap_or_default();
        Self { pk, sk: format!("{sk}{kind}#{}{step}", follow_up.journey()) }
    }

    /// The follow-up whose place beside what is followed is `<journey>` or `<journey>#<step>`.
    pub fn follow_up(trigger: &Trigger, place: &str) -> FollowUpKey {
        let (journey, step) = place.split_once('#').unwrap_or((place, STEP));
        FollowUpKey::new(journey, &trigger.to_string(), step)
    }

    /// A message of a conversation that passed at a moment; the newest sorts last.
    pub fn message(
        customer: &CustomerId,
        source: &SourceId,
        conversation: &HashedIdentifier,
        at: Instant,
        message: &str,
    ) -> Self {
        let place = format!("M#{source}#{}#{}#{message}", conversation.hash(), Self::calendar_time(at));
        Self::new(format!("C#{customer}"), place)
    }

    /// That a message of a conversation came of which the source does not tell when it was sent.
    pub fn undated(conversation: &HashedIdentifier, message: &str) -> Self {
        Self::new(format!("I#{}", conversation.as_str()), format!("U#{message}"))
    }

    /// The partition of the locations that have an item.
    pub fn levels(source: &SourceId, item: &str) -> String {
        format!("W#{source}#{item}")
    }

    /// How many of an item are to be had at a location.
    pub fn level(source: &SourceId, item: &str, location: &str) -> Self {
        Self::new(Self::levels(source, item), format!("L#{location}"))
    }

    /// A shop or warehouse.
    pub fn location(source: &SourceId, location: &str) -> Self {
        Self::new(format!("S#{source}"), format!("L#{location}"))
    }

    /// A product.
    pub fn product(source: &SourceId, product: &str) -> Self {
        Self::new(Self::baskets(source, product), "PRODUCT")
    }

    /// A word on consent.
    pub fn word(customer: &CustomerId, word: &ConsentEntry) -> Self {
        Self::new(format!("C#{customer}"), format!("N#{}", word.place()))
    }

    /// A request under privacy law by a known customer.
    pub fn request(customer: &CustomerId, id: &str) -> Self {
        Self::new(format!("C#{customer}"), format!("X#{id}"))
    }

    /// A request under privacy law about a source: by a shop that left, or about somebody who is not known.
    pub fn source_request(source: &SourceId, id: &str) -> Self {
        Self::new(format!("S#{source}"), format!("X#{id}"))
    }

    /// What an identifier points at.
    pub fn pointer(identifier: &HashedIdentifier) -> Self {
        Self::new(format!("I#{}", identifier.as_str()), "I")
    }

    /// The partition of all customers of whose name a word begins so.
    pub fn namesakes(start: &HashedIdentifier) -> String {
        format!("I#{}", start.as_str())
    }

    /// That a word of a customer's name begins so.
    pub fn named(start: &HashedIdentifier, customer: &CustomerId) -> Self {
        Self::new(Self::namesakes(start), customer.as_str())
    }

    /// A look on the calendar.
    pub fn look(at: Instant, customer: &CustomerId, trigger: &Trigger) -> Self {
        let pk = Self::calendar_partition(&at.hour(), shard_of(customer));
        Self::new(pk, format!("{}#{customer}#{trigger}", Self::calendar_time(at)))
    }

    /// One of the partitions in which the looks of an hour (`2026-11-23T05`) lie.
    pub fn calendar_partition(hour: &str, shard: u8) -> String {
        format!("D#{hour}#{shard}")
    }

    /// A moment as the calendar sorts it.
    pub fn calendar_time(at: Instant) -> String {
        format!("{:015}", at.milliseconds())
    }

    /// How far the calendar has been read.
    pub fn calendar_cursor() -> Self {
        Self::new("CALENDAR", "CURSOR")
    }

    /// How far the round over all customers has come.
    pub fn tally() -> Self {
        Self::new("SHOP", "TALLY")
    }

    /// What the last round over all customers found.
    pub fn fit() -> Self {
        Self::new("SHOP", "FIT")
    }

    /// The customer whose profile lies under this key.
    pub fn customer(&self) -> Option<CustomerId> {
        self.pk.strip_prefix("C#").map(CustomerId::from_text)
    }

    /// The partition of the orders in which a product was bought together with others.
    pub fn baskets(source: &SourceId, product: &str) -> String {
        format!("P#{source}#{product}")
    }

    /// The place beside a product in which an order is remembered that had it with others.
    pub fn basket(source: &SourceId, product: &str, order: &OrderKey) -> Self {
        Self::new(Self::baskets(source, product), format!("B#{:02}", place(order)))
    }

    /// The place beside a product in which is remembered how long the buyer of an order took to buy it again.
    pub fn interval(source: &SourceId, product: &str, order: &OrderKey) -> Self {
        Self::new(Self::baskets(source, product), format!("R#{:02}", place(order)))
    }
}

fn shard_of(customer: &CustomerId) -> u8 {
    let digit = customer.as_str().chars().next().and_then(|first| first.to_digit(16)).unwrap_or_default();
    u8::try_from(digit).unwrap_or_default() % CALENDAR_SHARDS
}
