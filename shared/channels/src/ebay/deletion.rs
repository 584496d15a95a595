//! Accounts that are closed. eBay tells every application of every one of them
//! (<https://developer.ebay.com/marketplace-account-deletion>).

use rihla_core::event::{Fact, Person, PrivacyRequest, PrivacyRequested};
use rihla_core::instant::Instant;
use serde::Deserialize;

use super::event;
use crate::json::{self, Id};
use crate::{Reading, Unreadable};

#[derive(Deserialize)]
struct Body {
    notification: Option<Notification>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Notification {
    #[serde(rename = "notificationId")]
    id: Option<Id>,
    event_date: Option<Instant>,
    data: Option<Account>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Account {
    user_id: Option<Id>,
}

pub(super) fn read(body: &[u8]) -> Result<Reading, Unreadable> {
    let body: Body = json::read(body)?;
    let notification = body.notification.ok_or_else(|| Unreadable::missing("notification"))?;
    let at = notification.event_date.ok_or_else(|| Unreadable::missing("notification.eventDate"))?;
    let user = notification.data.and_then(|data| data.user_id);
    let user = user.ok_or_else(|| Unreadable::missing("notification.data.userId"))?;
    let requested = PrivacyRequested {
        request: PrivacyRequest::Erase,
        person: Person { customer: Some(user.0), ..Person::default() },
        id: notification.id.map(|id| id.0),
        orders: Vec::new(),
    };
    Ok(Reading::events(vec![event(at, Fact::PrivacyRequested(requested))]))
}
