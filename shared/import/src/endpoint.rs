//! Endpoints of Amazon Pinpoint, as its export jobs wrote them
//! (<https://docs.aws.amazon.com/pinpoint/latest/userguide/segments-importing.html>, "Supported attributes").
//!
//! An endpoint is one address by one channel; a user has several. In CSV the parts are columns with dots in their names, in
//! JSON objects within one another: read as rows, they are the same.

use rihla_core::event::{ConsentState, Fact, Person, Purpose};
use rihla_core::source::Channel;

use crate::consent::Word;
use crate::draft::{Draft, Reading};
use crate::person::Columns;
use crate::row::plain;
use crate::{Refusal, Row, Rules};

const COLUMNS: Columns = Columns {
    customer: &["useruserid"],
    email: &["address"],
    phone: &["address"],
    first_name: &["useruserattributesfirstname", "attributesfirstname", "useruserattributesgivenname"],
    last_name: &["useruserattributeslastname", "attributeslastname", "useruserattributesfamilyname"],
    full_name: &["useruserattributesname", "attributesname"],
    locale: &["demographiclocale"],
    zone: &["demographictimezone"],
    country: &["locationcountry"],
    region: &["locationregion"],
    city: &["locationcity"],
};

pub(crate) fn read(rows: &[Row], rules: &Rules, reading: &mut Reading) {
    for row in rows {
        match drafts(row, rules, &mut reading.refused) {
            Ok(drafts) => reading.take(row.line, drafts),
            Err(reason) => reading.refused.push(Refusal::line(row.line, reason)),
        }
    }
}

fn drafts(row: &Row, rules: &Rules, refused: &mut Vec<Refusal>) -> Result<Vec<Draft>, String> {
    let channel = channel(row)?;
    let columns = match channel {
        Channel::Email => Columns { phone: &[], ..COLUMNS },
        _ => Columns { email: &[], ..COLUMNS },
    };
    let person = columns.person(row, refused);
    if person.email.is_none() && person.phone.is_none() {
        return Err("its Address is no address of its channel".to_owned());
    }
    let mut drafts = words(row, channel, rules, refused, &person);
    if is_dead(row) {
        let is_no = |draft: &Draft| match &draft.fact {
            Fact::ConsentChanged(changed) => changed.state == ConsentState::Withdrawn,
            _ => false,
        };
        drafts.retain(is_no);
        let reason = "INACTIVE: what is sent there does not arrive";
        if drafts.is_empty() {
            return Err(format!("EndpointStatus {reason}"));
        }
        refused.push(Refusal::value(row.line, "EndpointStatus", format!("{reason}; its OptOut is kept")));
        return Ok(drafts);
    }
    let at = row.moment(&["effectivedate", "creationdate"], rules, refused);
    drafts.insert(0, Draft { at, fact: Fact::ProfileChanged(person) });
    Ok(drafts)
}

/// By which channel the endpoint is reached. What is pushed to an app has no place here.
fn channel(row: &Row) -> Result<Channel, String> {
    match row.text(&["channeltype"]).unwrap_or_default().to_uppercase().as_str() {
        "EMAIL" => Ok(Channel::Email),
        "SMS" => Ok(Channel::Sms),
        "VOICE" => Ok(Channel::Phone),
        push @ ("APNS" | "APNS_SANDBOX" | "APNS_VOIP" | "APNS_VOIP_SANDBOX" | "GCM" | "BAIDU" | "ADM"
        | "IN_APP" | "PUSH") => Err(format!("{push}: messages to apps are not sent here")),
        "CUSTOM" => Err("CUSTOM: nobody else knows what its address is".to_owned()),
        other => Err(format!("{other:?} is no channel that is known here")),
    }
}

/// `ALL` is a no to everything that is not asked for. `NONE` is what every endpoint begins with: a yes only where the shop
/// says how it was given.
fn words(
    row: &Row,
    channel: Channel,
    rules: &Rules,
    refused: &mut Vec<Refusal>,
    person: &Person,
) -> Vec<Draft> {
    let (state, at): (_, &[&str]) = match plain(&row.text(&["optout"]).unwrap_or_default()).as_str() {
        "all" => (ConsentState::Withdrawn, &["effectivedate"]),
        "none" | "" if rules.opted_in.is_some() => {
            (ConsentState::Granted, &["creationdate", "effectivedate"])
        }
        "none" | "" => return Vec::new(),
        other => {
            refused.push(Refusal::value(row.line, "OptOut", format!("{other:?} is neither ALL nor NONE")));
            return Vec::new();
        }
    };
    let at = row.moment(at, rules, refused);
    let (purposes, wording): (&[Purpose], _) = match state {
        ConsentState::Granted => (&[Purpose::Marketing], rules.opted_in.clone()),
        ConsentState::Withdrawn => {
            (&[Purpose::Survey, Purpose::Marketing], Some("opted out at Pinpoint".to_owned()))
        }
    };
    let word = |purpose: &Purpose| Word {
        channel,
        purpose: *purpose,
        state,
        at,
        wording: wording.clone(),
        basis: None,
    };
    purposes.iter().flat_map(|purpose| word(purpose).drafts(person)).collect()
}

fn is_dead(row: &Row) -> bool {
    row.text(&["endpointstatus"]).is_some_and(|status| plain(&status) == "inactive")
}
