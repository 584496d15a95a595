//! What the customer reads: mails and the pages behind their links. Pure: no I/O, no clock, no randomness.
//!
//! A [`Catalogue`] is made from `infra/messages` when the software is built (`rihla-setup` reads and checks
//! it); a [`Renderer`] turns it, with a [`MessageContext`], into a [`Mail`], and [`to_mime`] into bytes to send.

mod bidi;
mod brand;
mod catalogue;
mod context;
mod error;
mod format;
mod html;
mod locale;
mod mime;
mod page;
mod question;
mod renderer;
pub mod sample;
mod text;
mod view;
mod wording;

pub use brand::{Brand, Colours, Localised, Mailbox};
pub use catalogue::{Catalogue, Direction, Language};
pub use context::{
    Cart, Choice, CivilDate, Conversation, Item, Links, MessageContext, Money, Order, OrderLine, Place,
    Purpose,
};
pub use error::{MimeError, RenderError};
pub use format::{
    DateFormat, DateOverride, Digits, Format, Formats, NumberFormat, Plural, PluralCategory, Regional,
};
pub use html::escape_html;
pub use locale::Locale;
pub use mime::{Correspondent, Envelope, to_mime};
pub use page::{Given, Page, PageContext, Wishes};
pub use question::Question;
pub use renderer::{Mail, Renderer, environment};
pub use view::{mail_view, page_view};
