//! The API of the shop's own subdomain: who a requester is, and which ticket a message belongs to.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use super::ticket::Ticket;
use super::user::User;
use super::{Envelope, messaging};
use crate::json::{self, Id};
use crate::{Api, Delivery, Lookup, Reading, Secret, Unreadable};

/// There is no usual place: the source's `api_url` names the shop's, such as `https://dallah.zendesk.com`.
pub(super) const API: Api = Api { base_url: "", headers, exchange: None };

/// An API token is kept as `email:token`; what has no colon is an OAuth access token.
fn headers(token: &Secret) -> Vec<(&'static str, String)> {
    let authorization = match token.text().split_once(':') {
        Some((email, key)) => format!("Basic {}", STANDARD.encode(format!("{email}/token:{key}"))),
        None => format!("Bearer {}", token.text()),
    };
    vec![("authorization", authorization)]
}

/// With the user of an id to be asked for.
pub(super) fn and_look_up_user(reading: Reading, user: Option<&Id>) -> Reading {
    and_look_up(reading, "user", "users", user)
}

/// With the ticket of an id to be asked for.
pub(super) fn and_look_up_ticket(reading: Reading, ticket: &Id) -> Reading {
    and_look_up(reading, "ticket", "tickets", Some(ticket))
}

/// Ids of the desk are numbers; nothing else gets into a path.
fn and_look_up(reading: Reading, what: &str, folder: &str, id: Option<&Id>) -> Reading {
    let is_number = |id: &&Id| id.0.len() <= 20 && id.0.bytes().all(|byte| byte.is_ascii_digit());
    match id.filter(is_number) {
        Some(id) => reading.and_look_up(Lookup::at_path(what, format!("/api/v2/{folder}/{}.json", id.0))),
        None => reading,
    }
}

#[derive(Deserialize)]
struct UserAnswer<'a> {
    #[serde(borrow)]
    user: User<'a>,
}

#[derive(Deserialize)]
struct TicketAnswer<'a> {
    #[serde(borrow)]
    ticket: Ticket<'a>,
}

/// Reads what the API answers.
pub(super) fn complete(
    delivery: &Delivery<'_>,
    lookup: &Lookup,
    answer: &[u8],
) -> Result<Reading, Unreadable> {
    match lookup.what.as_str() {
        "user" => {
            let UserAnswer { user } = json::read(answer)?;
            let envelope: Envelope<'_> = json::read(delivery.body)?;
            Ok(user.reading("user", envelope.time()?))
        }
        "ticket" => {
            let TicketAnswer { ticket } = json::read(answer)?;
            messaging::complete(delivery, &ticket)
        }
        other => Ok(Reading::no_interest(other, "nothing that was asked for")),
    }
}
