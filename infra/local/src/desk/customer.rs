//! Customers, for their list and their page.

use std::collections::{BTreeMap, BTreeSet};

use rihla_channels::provider;
use rihla_core::follow_up::FollowUpKey;
use rihla_core::identifier::CustomerId;
use rihla_core::ledger::{LedgerEntry, State};
use rihla_core::profile::Profile;
use rihla_core::shop::Shop;
use rihla_core::source::SourceId;
use rihla_core::trigger::{On, Trigger};
use rihla_core::zone::local_zone;

use super::history::History;
use super::linked::Linked;
use super::mailbox::mail_rows;
use super::talk::{carts, conversations, followed};
use super::{Record, Stored};
use crate::aws::{Aws, StoreError};
use crate::pages::{
    AnswerView, ConsentView, CustomerRow, CustomerView, CustomersView, FollowUpView, MergedView, OrderView,
    Paging, SuppressedView,
};

/// So many mails are shown, of those that were sent last.
const MAILS: usize = 50;

/// The page `page` of the people whose name or address holds `find`.
pub fn customers(aws: &Aws, page: usize, find: &str) -> CustomersView {
    let wanted = find.trim().to_lowercase();
    let items = Stored::all(aws);
    let forest = Stored::forest(&items);
    let mut rows: Vec<CustomerRow> = items
        .iter()
        .filter_map(|item| match &item.record {
            Record::Profile(profile) if *forest.root(&item.customer) == item.customer => {
                Some(row(&item.customer, profile))
            }
            _ => None,
        })
        .filter(|row| {
            let email = row.email.as_deref().unwrap_or_default();
            row.name.to_lowercase().contains(&wanted) || email.contains(&wanted)
        })
        .collect();
    rows.sort_by(|one, other| (other.since, &other.id).cmp(&(one.since, &one.id)));
    let paging = Paging::of(rows.len(), page);
    let customers = rows.into_iter().skip(paging.skipped()).take(Paging::SIZE).collect();
    CustomersView { customers, find: find.to_owned(), paging }
}

/// All about one person, of all profiles that turned out to be the same: their orders behind `after`, a page of them.
pub fn customer(
    aws: &Aws,
    shop: &Shop,
    id: &CustomerId,
    after: Option<&str>,
) -> Result<Option<CustomerView>, StoreError> {
    let linked = Linked::with(aws, id);
    let Some(person) = linked.united() else { return Ok(None) };
    let place = person.place.as_ref().map(|place| &place.value);
    let told = person.zone.as_ref().map(|zone| zone.value.as_str());
    let mails = match &person.email {
        Some(email) => mail_rows(aws, aws.mailbox().last_to_recipient(email.value.as_str(), MAILS)?),
        None => Vec::new(),
    };
    let History { mut items, older } = History::page(aws, &linked, after);
    if after.is_none() {
        items.extend(followed(aws, &linked));
    }
    let root = &linked.0[0].0;
    Ok(Some(CustomerView {
        customer: row(root, &person),
        phone: person.phone.as_ref().map(|phone| phone.value.as_str().to_owned()),
        zone: local_zone(told, place, None, &shop.zone).to_string(),
        suppressed: suppressed(&person),
        erased_at: person.erased.as_ref().map(|erased| erased.at),
        consents: consents(&person),
        merged: merged(&linked),
        orders: orders(shop, &items),
        is_first: after.is_none(),
        older,
        conversations: conversations(aws, &linked),
        carts: carts(aws, &linked),
        follow_ups: follow_ups(&items),
        answers: answers(&items),
        mails,
        standing: None,
        timeline: None,
    }))
}

fn consents(person: &Profile) -> Vec<ConsentView> {
    let words = person.consents.iter();
    words.map(|(matter, word)| ConsentView { matter, state: word.state, at: word.at }).collect()
}

fn merged(linked: &Linked) -> Vec<MergedView> {
    let (mut seen, mut merged) = (BTreeSet::new(), Vec::new());
    for (customer, profile) in &linked.0 {
        seen.insert(customer);
        let is_linked = |id: &&CustomerId| linked.customers().any(|one| one == *id) && !seen.contains(id);
        for (id, kinship) in profile.kin.iter().filter(|(id, _)| is_linked(id)) {
            merged.extend(kinship.since().map(|at| MergedView {
                id: id.to_string(),
                at,
                reason: kinship.reason(),
            }));
        }
        for (id, number) in profile.numbers.iter().filter(|(id, _)| is_linked(id)) {
            merged.push(MergedView { id: id.to_string(), at: number.at.0, reason: number.reason() });
        }
    }
    merged
}

fn row(id: &CustomerId, profile: &Profile) -> CustomerRow {
    let names = [&profile.first_name, &profile.last_name];
    let names: Vec<&str> = names.iter().filter_map(|name| Some(name.as_ref()?.value.as_str())).collect();
    let place = profile.place.as_ref().map(|place| {
        let parts = [&place.value.city, &place.value.region, &place.value.country];
        parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(", ")
    });
    let spent = profile
        .totals
        .iter()
        .map(|(currency, total)| rihla_core::money::Money::new(total.net_minor, currency).to_string());
    CustomerRow {
        id: id.to_string(),
        name: names.join(" "),
        email: profile.email.as_ref().map(|email| email.value.as_str().to_owned()),
        place,
        locale: profile.locale.as_ref().map(|locale| locale.value.clone()),
        orders: profile.totals.orders(),
        spent: spent.collect(),
        since: profile.since.map(|since| since.0),
    }
}

fn orders(shop: &Shop, items: &[Stored]) -> Vec<OrderView> {
    let mut orders: Vec<OrderView> = items
        .iter()
        .filter_map(|item| match &item.record {
            Record::Order(key, order) => {
                let view = OrderView::of(key, order.channel_or(shop.channel(&key.source)), order);
                Some(OrderView { not_asked: not_asked(shop, &key.source, &view), ..view })
            }
            _ => None,
        })
        .collect();
    orders.sort_by_key(|order| std::cmp::Reverse(order.placed_at));
    orders
}

/// What an order lacks although its provider could be asked for it, if only the source had a token.
fn not_asked(shop: &Shop, source: &SourceId, order: &OrderView) -> Vec<&'static str> {
    let source = shop.source(source.as_str()).filter(|source| source.api_token.is_none());
    let provider = source.and_then(|source| provider(&source.provider));
    let lacks = [("what was bought", order.lines.is_empty()), ("what it cost", order.total.is_none())];
    let lacks = lacks.into_iter().filter(|(_, is_lacking)| *is_lacking);
    lacks.filter(|_| provider.is_some_and(|provider| provider.api.is_some())).map(|(what, _)| what).collect()
}

/// What people call orders.
fn numbers(items: &[Stored]) -> BTreeMap<Trigger, String> {
    let orders = items.iter().filter_map(|item| match &item.record {
        Record::Order(key, order) => Some((key, order.number.as_ref().map(|number| number.value.clone()))),
        _ => None,
    });
    orders.map(|(key, number)| (key.into(), number.unwrap_or_else(|| key.order.clone()))).collect()
}

/// What a follow-up or an answer is about.
fn called(numbers: &BTreeMap<Trigger, String>, trigger: &Trigger) -> Option<String> {
    match trigger.on {
        On::Order => numbers.get(trigger).cloned(),
        On::Cart => Some("a cart".to_owned()),
        On::Conversation => Some("a conversation".to_owned()),
    }
}

fn follow_ups(items: &[Stored]) -> Vec<FollowUpView> {
    let numbers = numbers(items);
    let view = |trigger: &Trigger, key: &FollowUpKey, entry: &LedgerEntry| {
        let mail = match &entry.state {
            State::Sent { message } => Some(message.clone()),
            _ => None,
        };
        FollowUpView::of(key, entry, called(&numbers, trigger), mail)
    };
    let entries = items.iter().filter_map(|item| match &item.record {
        Record::Entry(trigger, key, entry) => Some(view(trigger, key, entry)),
        _ => None,
    });
    let mut follow_ups: Vec<FollowUpView> = entries.collect();
    follow_ups.sort_by_key(|follow_up| std::cmp::Reverse(follow_up.decided_at));
    follow_ups
}

fn answers(items: &[Stored]) -> Vec<AnswerView> {
    let numbers = numbers(items);
    let answers = items.iter().filter_map(|item| match &item.record {
        Record::Answer(trigger, key, answer) => Some(AnswerView {
            question: key.title(),
            order: called(&numbers, trigger),
            score: answer.score,
            out_of: answer.out_of.unwrap_or(5),
            choice: answer.choice.clone(),
            comment: answer.comment.clone(),
            at: answer.answered_at,
        }),
        _ => None,
    });
    let mut answers: Vec<AnswerView> = answers.collect();
    answers.sort_by_key(|answer| std::cmp::Reverse(answer.at));
    answers
}

fn suppressed(person: &Profile) -> Vec<SuppressedView> {
    let closed = person.suppressed.iter().map(|(email, closed)| SuppressedView {
        email: email.as_str().to_owned(),
        reason: closed.reason.as_str().to_owned(),
        since: closed.since.0,
    });
    closed.collect()
}
