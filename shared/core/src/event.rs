//! Events: canonical facts, taken from a source's webhook. This is the schema of the generic source, too.

use serde::{Deserialize, Serialize};

use crate::identifier::{Email, Phone};
use crate::instant::Instant;
use crate::money::Money;
use crate::parcel::ParcelState;
use crate::source::Channel;

/// One fact and when it became true at its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Event {
    /// When it became true, by the source's clock. Facts about one thing are ordered by it, not by arrival.
    #[serde(rename = "timestamp")]
    pub at: Instant,
    /// What became true.
    #[serde(flatten)]
    pub fact: Fact,
}

/// What can become true.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Fact {
    /// An order was placed.
    #[serde(rename = "order.placed")]
    OrderPlaced(OrderDetails),
    /// An order is now as told: what is named replaces what was known, what is absent stays.
    #[serde(rename = "order.changed")]
    OrderChanged(OrderDetails),
    /// An order was paid in full.
    #[serde(rename = "order.paid")]
    OrderPaid(OrderPaid),
    /// An order was called off.
    #[serde(rename = "order.cancelled")]
    OrderCancelled(OrderCancelled),
    /// Money went back to the buyer, with or without goods coming back.
    #[serde(rename = "order.refunded")]
    Refunded(Refunded),
    /// A parcel reached a state.
    #[serde(rename = "parcel.moved")]
    ParcelMoved(ParcelMoved),
    /// A person's details are now as told.
    #[serde(rename = "profile.changed")]
    ProfileChanged(Person),
    /// A person agreed to something, or withdrew it.
    #[serde(rename = "consent.changed")]
    ConsentChanged(ConsentChanged),
    /// A person, or a shop that left, asked for data or for its removal.
    #[serde(rename = "privacy.requested")]
    PrivacyRequested(PrivacyRequested),
}

/// A person, as far as a source tells.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Person {
    /// The person's id at the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
    /// E-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
    /// Phone number with its country (E.164).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
    /// Given name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// Family name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// Language and region (BCP 47), such as `ar-EG`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// Time zone (IANA name), such as `Asia/Dubai`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Where the person lives, or has things sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// A place, no finer than a town.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Place {
    /// Country (ISO 3166-1, two letters).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// State or province, by its code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Town.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
}

/// An order as a source tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrderDetails {
    /// The order's id at the source.
    pub order: String,
    /// The number that people see, such as `#1001`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// When it was placed, where that differs from the event's time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placed_at: Option<Instant>,
    /// Where it was bought, when the source sells on more channels than its own: a web shop with a till.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// Who bought it; absent for a walk-in sale.
    #[serde(default)]
    pub buyer: Person,
    /// What it cost in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<Money>,
    /// What was bought; absent when the event does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<Vec<Line>>,
    /// Whether all of it has been handed over to carriers; absent when the event does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipped_whole: Option<bool>,
    /// By when the buyer was told to have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised_at: Option<Instant>,
    /// A trial of the shop's own: kept, and nothing follows from it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub test: bool,
}

/// One product of an order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Line {
    /// The product's id at the source.
    pub product: String,
    /// Its name, as the buyer saw it.
    pub title: String,
    /// How many.
    pub quantity: u32,
    /// What one costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Money>,
}

/// An order was paid in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrderPaid {
    /// The order's id at the source.
    pub order: String,
}

/// An order was called off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrderCancelled {
    /// The order's id at the source.
    pub order: String,
}

/// Money went back to the buyer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Refunded {
    /// The order's id at the source.
    pub order: String,
    /// The refund's own id at the source: told twice, it counts once.
    pub refund: String,
    /// How much went back.
    pub amount: Money,
    /// Whether goods came back, too.
    #[serde(default)]
    pub goods_returned: bool,
}

/// A parcel reached a state. It names its order, or its tracking number, or both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ParcelMoved {
    /// The order's id at the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// The parcel's own id at the source; without one the tracking number stands for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parcel: Option<String>,
    /// The carrier's tracking number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tracking: Option<String>,
    /// The carrier's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<String>,
    /// The state it reached.
    pub state: ParcelState,
}

/// What a person may be written to for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Purpose {
    /// What belongs to an order: needs no consent.
    Service,
    /// A question about an order: until the person objects.
    Survey,
    /// Offers and news about products: only with recorded consent.
    Marketing,
    /// The newsletter: only with recorded consent of its own.
    Newsletter,
}

/// A person's word on being written to. The stricter one is the greater, and wins over one of the same moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ConsentState {
    /// The person agreed.
    Granted,
    /// The person withdrew it, or objected.
    Withdrawn,
}

/// A person agreed to something, or withdrew it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConsentChanged {
    /// Who.
    pub person: Person,
    /// To what.
    pub purpose: Purpose,
    /// Yes or no.
    pub state: ConsentState,
    /// How it was asked or said, such as `single opt-in at the checkout`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wording: Option<String>,
}

/// What a person may ask for by law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum PrivacyRequest {
    /// To see what is known.
    Export,
    /// To be forgotten.
    Erase,
    /// A shop left: all its customers are to be forgotten.
    EraseShop,
}

/// A request under privacy law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PrivacyRequested {
    /// What is asked for.
    pub request: PrivacyRequest,
    /// Who asks; absent when a shop left.
    #[serde(default)]
    pub person: Person,
    /// The request's own id at the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The orders it is about, by their ids at the source.
    #[serde(default)]
    pub orders: Vec<String>,
}

impl Fact {
    /// The order it is about, by its id at the source.
    pub fn order(&self) -> Option<&str> {
        match self {
            Self::OrderPlaced(details) | Self::OrderChanged(details) => Some(&details.order),
            Self::OrderPaid(paid) => Some(&paid.order),
            Self::OrderCancelled(cancelled) => Some(&cancelled.order),
            Self::Refunded(refunded) => Some(&refunded.order),
            Self::ParcelMoved(moved) => moved.order.as_deref(),
            Self::ProfileChanged(_) | Self::ConsentChanged(_) | Self::PrivacyRequested(_) => None,
        }
    }
}
