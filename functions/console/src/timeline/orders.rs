//! What orders tell, with the follow-ups on them and the answers.

use rihla_aws::answer::Answer;
use rihla_aws::table::TableError;
use rihla_core::identifier::CustomerId;
use rihla_core::instant::Instant;
use rihla_core::ledger::{LedgerEntry, State};
use rihla_core::order::Order;
use rihla_core::parcel::Parcel;

use super::entry::{About, Entry, Item, word};

/// Of the items whose keys begin with `O#`.
pub(super) fn entries(record: &CustomerId, items: &[Item<'_>]) -> Result<Vec<Entry>, TableError> {
    let mut entries = Vec::new();
    for item in items {
        let mut parts = item.sk.splitn(4, '#').skip(1);
        let (Some(source), Some(order), Some(rest)) = (parts.next(), parts.next(), parts.next()) else {
            continue;
        };
        let about = About::of(record, item.sk, Some(source)).with("order", order);
        match rest.split_once('#') {
            None => entries.extend(of_order(&about, order, &item.read()?)),
            Some(("F", journey)) => {
                entries.extend(of_follow_up(&about.with("journey", journey), journey, &item.read()?));
            }
            Some(("A", journey)) => {
                entries.push(of_answer(&about.with("journey", journey), journey, &item.read()?));
            }
            Some(_) => {}
        }
    }
    Ok(entries)
}

fn of_order(about: &About, id: &str, order: &Order) -> Vec<Entry> {
    let number = order.number.as_ref().map_or(id, |number| &number.value);
    let about = about.with("number", number);
    let total = order.total.as_ref().map(|total| format!(", {}", total.value)).unwrap_or_default();
    let moments: [(Option<Instant>, &'static str, String); 4] = [
        (order.placed_at(), "order", format!("placed order {number}{total}")),
        (order.paid.map(|at| at.0), "payment", format!("paid order {number}")),
        (order.payment_failed.map(|at| at.0), "payment", format!("the payment of order {number} failed")),
        (order.cancelled.map(|at| at.0), "order", format!("order {number} was cancelled")),
    ];
    let told =
        moments.into_iter().filter_map(|(at, kind, text)| Some(about.entry(at?, kind, &text.clone(), text)));
    let refunds = order.refunds.iter().map(|(id, refund)| {
        let goods = if refund.value.goods_returned { ", goods came back" } else { "" };
        let text = format!("{} of order {number} went back{goods}", refund.value.amount);
        about.with("refund", id).entry(refund.at, "refund", id, text)
    });
    let disputes = order.disputes.iter().map(|(id, dispute)| {
        let text = format!("what was paid for order {number} is disputed: {}", word(dispute.value.state));
        about.with("dispute", id).entry(dispute.at, "dispute", id, text)
    });
    let parcels = order.parcels.iter().flat_map(|(id, parcel)| of_parcel(&about, number, id, parcel));
    told.chain(refunds).chain(disputes).chain(parcels).collect()
}

fn of_parcel(about: &About, number: &str, id: &str, parcel: &Parcel) -> Vec<Entry> {
    let tracking = parcel.tracking.as_ref().map(|tracking| tracking.value.as_str());
    let about = about.with("parcel", id).with("tracking", tracking.unwrap_or_default());
    let reached = parcel.reached.iter().map(|(state, at)| {
        let text = format!("a parcel of order {number}: {}", word(state));
        about.entry(at.0, "parcel", &format!("{id} {state:?}"), text)
    });
    reached.collect()
}

fn of_follow_up(about: &About, journey: &str, entry: &LedgerEntry) -> Vec<Entry> {
    let because = entry.trace.last().map(|finding| format!(" by {}: {}", finding.guard, finding.because));
    let because = because.unwrap_or_default();
    let text = match &entry.state {
        State::Sent { .. } => format!("{journey} was sent"),
        State::InDoubt => format!("whether {journey} was sent is in doubt"),
        State::Refused { .. } => format!("{journey} was refused{because}"),
        State::Deferred { until, .. } => format!("{journey} was put off until {until}{because}"),
    };
    let about = match &entry.state {
        State::Sent { message } => about.with("message", message),
        _ => about.clone(),
    };
    let decided =
        (!entry.is_report_only()).then(|| about.entry(entry.decided_at, "follow-up", journey, text));
    let outcomes = entry.outcomes.iter().map(|(outcome, at)| {
        let text = format!("{journey}: {}", outcome.as_str());
        about.entry(at.0, "report", outcome.as_str(), text)
    });
    decided.into_iter().chain(outcomes).collect()
}

fn of_answer(about: &About, journey: &str, answer: &Answer) -> Entry {
    let comment = answer.comment.as_ref().map(|comment| format!(": {comment}")).unwrap_or_default();
    let text = format!("answered {journey} with {} of 5{comment}", answer.score);
    about.entry(answer.answered_at, "answer", journey, text)
}
