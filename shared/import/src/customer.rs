//! Customers: one line each.

use rihla_core::event::{ConsentState, Fact, Purpose};
use rihla_core::source::Channel;

use crate::consent::{Word, words};
use crate::draft::{Draft, Reading};
use crate::person::{Columns, is_somebody};
use crate::{Refusal, Row, Rules};

/// Names of Shopify's customers, Klaviyo's profiles, Mailchimp's audiences, Omnisend's contacts, and of `WooCommerce`'s
/// customers as its common exporter writes them.
const COLUMNS: Columns = Columns {
    customer: &["customer", "customerid"],
    email: &["email", "emailaddress", "useremail", "billingemail"],
    phone: &["phone", "phonenumber", "smsphonenumber", "billingphone", "defaultaddressphone"],
    first_name: &["firstname", "billingfirstname"],
    last_name: &["lastname", "billinglastname"],
    full_name: &["name", "fullname", "displayname"],
    locale: &["locale", "language"],
    zone: &["zone", "timezone"],
    country: &[
        "country",
        "cc",
        "countrycode",
        "defaultaddresscountrycode",
        "billingcountry",
        "countryregion",
    ],
    region: &["region", "stateregion", "state", "defaultaddressprovincecode", "provincecode", "billingstate"],
    city: &["city", "defaultaddresscity", "billingcity"],
};

const SINCE: [&str; 6] =
    ["createdat", "profilecreatedon", "created", "signup", "userregistered", "dateadded"];
const CHANGED: [&str; 3] = ["updatedat", "lastchanged", "lastupdated"];

pub(crate) fn read(name: &str, rows: &[Row], rules: &Rules, reading: &mut Reading) {
    let list = List::of(name);
    for row in rows {
        let drafts = drafts(row, list, rules, &mut reading.refused);
        reading.take(row.line, drafts);
    }
}

fn drafts(row: &Row, list: List, rules: &Rules, refused: &mut Vec<Refusal>) -> Vec<Draft> {
    let person = COLUMNS.person(row, refused);
    if !is_somebody(&person) {
        refused.push(Refusal::line(
            row.line,
            "nobody is named: no e-mail, no phone with its country, no customer id",
        ));
        return Vec::new();
    }
    let since = row.moment(&SINCE, rules, refused);
    let mut said = words(row, since, rules, refused);
    said.extend(at_mailchimp(row, list, rules, refused));
    said.extend(suppressed_at_klaviyo(row));
    let at = row.moment(&CHANGED, rules, refused);
    let profile = Draft { at, fact: Fact::ProfileChanged(person.clone()) };
    let said = said.into_iter().flat_map(|word| word.drafts(&person));
    std::iter::once(profile).chain(said).collect()
}

/// Mailchimp's list of members, which it tells by the file's name only: `subscribed_members_export_….csv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum List {
    Subscribed,
    Unsubscribed,
    /// Their mails came back too often, or at once.
    Cleaned,
    NonSubscribed,
    Unknown,
}

impl List {
    fn of(name: &str) -> Self {
        let lists = [
            ("unsubscribed", Self::Unsubscribed),
            ("nonsubscribed", Self::NonSubscribed),
            ("cleaned", Self::Cleaned),
            ("subscribed", Self::Subscribed),
        ];
        let name = name.to_lowercase();
        lists.into_iter().find(|(start, _)| name.starts_with(start)).map_or(Self::Unknown, |(_, list)| list)
    }
}

/// A member of an audience subscribed to its newsletter.
fn at_mailchimp(row: &Row, list: List, rules: &Rules, refused: &mut Vec<Refusal>) -> Option<Word> {
    let member = row.find(&["memberrating", "leid", "euid"])?;
    let gone = row.has(&["unsubtime"]);
    let (state, columns): (_, &[&str]) = match list {
        List::Unsubscribed => (ConsentState::Withdrawn, &["unsubtime", "lastchanged"]),
        List::Cleaned => (ConsentState::Withdrawn, &["cleantime", "lastchanged"]),
        _ if gone => (ConsentState::Withdrawn, &["unsubtime"]),
        List::Subscribed => (ConsentState::Granted, &["confirmtime", "optintime"]),
        List::NonSubscribed => return None,
        List::Unknown => {
            let reason =
                "Mailchimp tells by the file's name who is subscribed: let it begin with subscribed_ or so";
            refused.push(Refusal::value(row.line, member.column, reason));
            return None;
        }
    };
    let at = row.moment(columns, rules, refused);
    let wording = (state == ConsentState::Granted).then(|| "subscribed at Mailchimp".to_owned());
    // Who left the only list that there is has said no to marketing as a whole.
    let purpose = if state == ConsentState::Granted { Purpose::Newsletter } else { Purpose::Marketing };
    Some(Word { channel: Channel::Email, purpose, state, at, wording, basis: None })
}

/// Klaviyo names a reason where it does not write to somebody any more: unsubscribed, complained, bounced.
fn suppressed_at_klaviyo(row: &Row) -> Option<Word> {
    let reasons = row.find(&["emailsuppressions"]).filter(|found| !["[]", "none"].contains(&found.text))?;
    let (channel, purpose, state) = (Channel::Email, Purpose::Marketing, ConsentState::Withdrawn);
    let wording = Some(format!("suppressed at Klaviyo: {}", reasons.text));
    Some(Word { channel, purpose, state, at: None, wording, basis: None })
}
