//! What the pages show, as plain as they show it. Amounts are text such as `38.00 GBP`; moments are shown by the shop's
//! clock.

use rihla_core::event::{ConsentState, DisputeState, LeftBecause, Speaker};
use rihla_core::instant::Instant;
use rihla_core::ledger::{Outcome, State};
use rihla_core::matter::Matter;
use rihla_core::parcel::ParcelState;
use rihla_core::source::Channel;
use serde::Serialize;

use super::Paging;

/// The run.
#[derive(Clone, Debug, Serialize)]
pub struct FrontView {
    /// What was run, such as `The sample week`.
    pub what: String,
    /// The time on the clock when it began.
    pub from: Instant,
    /// The time on the clock now.
    pub now: Instant,
    /// What came in and went out, in the order in which it is shown.
    pub figures: Vec<Figure>,
    /// What became of each journey's follow-ups.
    pub journeys: Vec<JourneyRow>,
    /// What the mail provider reported, such as `delivered`, and of how many mails.
    pub outcomes: Vec<Count>,
    /// What it cost at list prices.
    pub costs: Vec<CostLine>,
    /// All of it.
    pub cost_total: String,
    /// The same for a million orders, where that can be said.
    pub cost_per_million_orders: Option<String>,
}

/// A number with its name.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    /// What is counted.
    pub label: String,
    /// How many, or how much.
    pub value: String,
    /// What is to be said of it, in a few words.
    pub note: Option<String>,
}

/// What is counted, and how many.
#[derive(Clone, Debug, Serialize)]
pub struct Count {
    /// What is counted.
    pub what: String,
    /// How many.
    pub count: u64,
}

/// What became of one journey's follow-ups.
#[derive(Clone, Debug, Serialize)]
pub struct JourneyRow {
    /// Its name.
    pub journey: String,
    /// Taken by the mail provider.
    pub sent: u64,
    /// To be looked at again.
    pub deferred: u64,
    /// Not sent, for good.
    pub refused: u64,
    /// Claimed, and nobody knows whether it was sent.
    pub in_doubt: u64,
    /// Why the refused ones were refused: the guards, the most frequent first.
    pub refused_because: Vec<Count>,
    /// Why follow-ups had to wait, counted each time.
    pub deferred_because: Vec<Count>,
}

/// One line of the bill.
#[derive(Clone, Debug, Serialize)]
pub struct CostLine {
    /// What for.
    pub what: String,
    /// How much of it.
    pub quantity: String,
    /// In dollars, such as `0.0123`.
    pub usd: String,
}

/// The mailbox.
#[derive(Clone, Debug, Serialize)]
pub struct MailboxView {
    /// The newest first.
    pub mails: Vec<MailRow>,
    /// What was searched for; empty for all.
    pub find: String,
    /// Which part of them.
    pub paging: Paging,
}

/// One mail of a list.
#[derive(Clone, Debug, Serialize)]
pub struct MailRow {
    /// Its id, as its address has it.
    pub id: String,
    /// Whose mailbox.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// The journey whose mail it is.
    pub journey: String,
    /// When it was taken for sending.
    pub sent_at: Instant,
    /// What the provider reported of it.
    pub outcomes: Vec<Outcome>,
}

/// One mail.
#[derive(Clone, Debug, Serialize)]
pub struct MailView {
    /// As in the list.
    pub mail: MailRow,
    /// The customer whom it is to.
    pub customer: Option<String>,
    /// Its headers, each as it was sent.
    pub headers: Vec<(String, String)>,
    /// The tags that it was sent with.
    pub tags: Vec<(String, String)>,
    /// The part for readers of plain text.
    pub text: String,
    /// Its bytes, as far as they are text.
    pub source: String,
}

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

/// One order.
#[derive(Clone, Debug, Serialize)]
pub struct OrderView {
    /// Its key: source and id.
    pub key: String,
    /// The number that people see.
    pub number: String,
    /// The source that told it.
    pub source: String,
    /// The channel it came by.
    pub channel: Channel,
    /// When it was placed; unknown while only later facts have come in.
    pub placed_at: Option<Instant>,
    /// What it cost in all.
    pub total: Option<String>,
    /// What was bought.
    pub lines: Vec<LineView>,
    /// When it was paid.
    pub paid_at: Option<Instant>,
    /// When it was called off.
    pub cancelled_at: Option<Instant>,
    /// By when the buyer was told to have it.
    pub promised_at: Option<Instant>,
    /// Whether it is a trial of the shop's own.
    pub is_test: bool,
    /// Whether more parcels are to come.
    pub is_shipped_in_part: bool,
    /// Its parcels.
    pub parcels: Vec<ParcelView>,
    /// What went back.
    pub refunds: Vec<RefundView>,
    /// When a payment for it first failed, if it was never paid.
    pub payment_failed_at: Option<Instant>,
    /// What is disputed: what became of it, and since when.
    pub disputes: Vec<(DisputeState, Instant)>,
    /// What its source did not tell, and its provider was not asked for: there is no token to ask with.
    pub not_asked: Vec<&'static str>,
}

/// A conversation.
#[derive(Clone, Debug, Serialize)]
pub struct ConversationView {
    /// The source that told it.
    pub source: String,
    /// The channel, where its source carries several.
    pub channel: Option<Channel>,
    /// What it is about.
    pub subject: Option<String>,
    /// Whether somebody of the shop is to answer, or is at it.
    pub is_open: bool,
    /// Whether there are earlier messages.
    pub has_more: bool,
    /// The last messages, the newest last.
    pub messages: Vec<MessageView>,
}

/// One message.
#[derive(Clone, Debug, Serialize)]
pub struct MessageView {
    /// Who spoke.
    pub speaker: Speaker,
    /// What was said; absent for a picture, a call, a voice message.
    pub text: Option<String>,
    /// When.
    pub at: Instant,
}

/// A cart that was left.
#[derive(Clone, Debug, Serialize)]
pub struct CartView {
    /// The source that told it.
    pub source: String,
    /// What lies in it.
    pub lines: Vec<LineView>,
    /// What it would cost in all.
    pub total: Option<String>,
    /// What sending it would cost, as it was shown.
    pub shipping: Option<String>,
    /// Why it was left, as far as that can be told.
    pub left_because: Option<LeftBecause>,
    /// When it was touched last.
    pub touched_at: Option<Instant>,
}

/// One product of an order.
#[derive(Clone, Debug, Serialize)]
pub struct LineView {
    /// Its name.
    pub title: String,
    /// How many.
    pub quantity: u32,
    /// What one costs.
    pub price: Option<String>,
}

/// One parcel.
#[derive(Clone, Debug, Serialize)]
pub struct ParcelView {
    /// The carrier's name.
    pub carrier: Option<String>,
    /// The carrier's tracking number.
    pub tracking: Option<String>,
    /// The state it is in.
    pub state: ParcelState,
    /// The states that it reached, by time.
    pub reached: Vec<(ParcelState, Instant)>,
}

/// Money that went back.
#[derive(Clone, Debug, Serialize)]
pub struct RefundView {
    /// How much.
    pub amount: String,
    /// Whether goods came back, too.
    pub goods_returned: bool,
    /// When.
    pub at: Instant,
}

/// One follow-up, and why it is as it is.
#[derive(Clone, Debug, Serialize)]
pub struct FollowUpView {
    /// The journey.
    pub journey: String,
    /// The number of the order that it is about.
    pub order: Option<String>,
    /// When it was due by the journey's rule.
    pub due_at: Instant,
    /// When it was decided.
    pub decided_at: Instant,
    /// What was decided.
    pub state: State,
    /// The version of the journey's file that decided it.
    pub version: u32,
    /// The guards that were asked, in order, each with what it saw.
    pub guards: Vec<GuardView>,
    /// What the provider reported, each with its first time, by time.
    pub outcomes: Vec<(Outcome, Instant)>,
    /// The mail, where it is in the mailbox.
    pub mail: Option<String>,
}

/// What one guard saw.
#[derive(Clone, Debug, Serialize)]
pub struct GuardView {
    /// The guard's name.
    pub guard: String,
    /// What it saw.
    pub because: String,
    /// Whether it was the one that refused or deferred.
    pub decides: bool,
}

/// What a customer answered.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerView {
    /// Which question, such as `delivery-check`.
    pub question: String,
    /// The number of the order that it is about.
    pub order: Option<String>,
    /// 1 to 5.
    pub score: u8,
    /// What the customer wrote.
    pub comment: Option<String>,
    /// When.
    pub at: Instant,
}
