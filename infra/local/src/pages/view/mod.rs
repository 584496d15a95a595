//! What the pages show, as plain as they show it. Amounts are text such as `38.00 GBP`; moments are shown by the shop's
//! clock.

mod asked;
mod customer;
mod follow_up;
mod front;
mod mailbox;
mod order;
mod talk;

pub use asked::{EntryView, ForecastView, GroupView, StandingView, TimelineView};
pub use customer::{
    AnswerView, ConsentView, CustomerRow, CustomerView, CustomersView, MergedView, SuppressedView,
};
pub use follow_up::{FollowUpView, GuardView};
pub use front::{CostLine, Count, Figure, FrontView, JourneyRow};
pub use mailbox::{MailRow, MailView, MailboxView};
pub use order::{LineView, OrderView, ParcelView, RefundView};
pub use talk::{CartView, ConversationView, MessageView};
