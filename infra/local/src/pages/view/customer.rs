//! The list of customers, and all about one of them.

use rihla_core::event::ConsentState;
use rihla_core::instant::Instant;
use rihla_core::matter::Matter;
use serde::Serialize;

use super::{CartView, ConversationView, FollowUpView, MailRow, OrderView, StandingView, TimelineView};
use crate::pages::Paging;

/// The customers.
#[derive(Clone, Debug, Serialize)]
pub struct CustomersView {
    /// In the order in which they are shown.
    pub customers: Vec<CustomerRow>,
    /// What was searched for; empty for all.
    pub find: String,
    /// Which part of them.
    pub paging: Paging,
}

/// One customer of a list.
#[derive(Clone, Debug, Serialize)]
pub struct CustomerRow {
    /// The customer's id.
    pub id: String,
    /// Given and family name; empty where nobody told one.
    pub name: String,
    /// Where mail goes.
    pub email: Option<String>,
    /// Town and country.
    pub place: Option<String>,
    /// Language and region.
    pub locale: Option<String>,
    /// Orders that stand.
    pub orders: i64,
    /// What they cost less what went back, for each currency.
    pub spent: Vec<String>,
    /// When the person was last heard of, or first.
    pub since: Option<Instant>,
}

/// All about one customer.
#[derive(Clone, Debug, Serialize)]
pub struct CustomerView {
    /// As in the list.
    pub customer: CustomerRow,
    /// Phone number.
    pub phone: Option<String>,
    /// Time zone, and where it is known from.
    pub zone: String,
    /// Addresses that no mail may go to, each with the reason and since when.
    pub suppressed: Vec<SuppressedView>,
    /// When the person was forgotten.
    pub erased_at: Option<Instant>,
    /// The person's last word on each matter.
    pub consents: Vec<ConsentView>,
    /// Profiles that turned out to be this person.
    pub merged: Vec<MergedView>,
    /// A page of them, by their numbers, the highest first.
    pub orders: Vec<OrderView>,
    /// Whether it is the first page of them.
    pub is_first: bool,
    /// Behind what the next page of orders begins, if there is one.
    pub older: Option<String>,
    /// The one with the last word first.
    pub conversations: Vec<ConversationView>,
    /// The carts that were left, the last one first.
    pub carts: Vec<CartView>,
    /// The newest first.
    pub follow_ups: Vec<FollowUpView>,
    /// The newest first.
    pub answers: Vec<AnswerView>,
    /// The newest first.
    pub mails: Vec<MailRow>,
    /// Where they stand with the shop, if that was asked.
    pub standing: Option<StandingView>,
    /// What happened, if that was asked.
    pub timeline: Option<TimelineView>,
}

/// An address that no mail may go to.
#[derive(Clone, Debug, Serialize)]
pub struct SuppressedView {
    /// The address.
    pub email: String,
    /// Such as `bounced`.
    pub reason: String,
    /// Since when.
    pub since: Instant,
}

/// The last word on a matter.
#[derive(Clone, Debug, Serialize)]
pub struct ConsentView {
    /// To what.
    pub matter: Matter,
    /// Yes or no.
    pub state: ConsentState,
    /// When it was said.
    pub at: Instant,
}

/// A profile that turned out to be the same person.
#[derive(Clone, Debug, Serialize)]
pub struct MergedView {
    /// Its id.
    pub id: String,
    /// Since when it is known.
    pub at: Instant,
    /// What made them one.
    pub reason: String,
}

/// What a customer answered.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerView {
    /// Which question, such as `delivery-check`.
    pub question: String,
    /// The number of the order that it is about.
    pub order: Option<String>,
    /// The score, where one was asked for.
    pub score: Option<u8>,
    /// The highest that could be given.
    pub out_of: u8,
    /// The answer that was chosen, where several were offered.
    pub choice: Option<String>,
    /// What the customer wrote.
    pub comment: Option<String>,
    /// When.
    pub at: Instant,
}
