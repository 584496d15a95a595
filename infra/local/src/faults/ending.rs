//! How a world ended: what lies in the table, the mailbox and the queues, read as plain JSON.
//!
//! Nothing here or in [`super::promises`] uses the code that records, decides or sends.

use std::collections::BTreeMap;

use rihla_core::instant::Instant;
use serde_json::Value;

use crate::aws::{Aws, StoreError};
use crate::shop::Received;

/// Everything that there is at the end.
#[derive(Debug, Default)]
pub(super) struct Ending {
    /// Profiles by customer.
    pub(super) profiles: BTreeMap<String, Value>,
    /// Orders by `source#order`.
    pub(super) orders: BTreeMap<String, FoundOrder>,
    /// Conversations with their messages, and checkouts, by customer.
    pub(super) talk_and_carts: BTreeMap<String, Vec<Value>>,
    /// What identifiers point at.
    pub(super) pointers: Vec<Value>,
    pub(super) mails: Vec<FoundMail>,
    /// Messages that lie in a queue or a dead-letter queue, and reports that were given up.
    pub(super) left_over: Vec<String>,
    /// The name of the person of each customer.
    roots: BTreeMap<String, String>,
    /// The customers of each person.
    linked: BTreeMap<String, Vec<String>>,
    /// How many identifiers lead to each root.
    identifiers: BTreeMap<String, usize>,
}

/// An order with what lies beside it.
#[derive(Debug, Default)]
pub(super) struct FoundOrder {
    pub(super) customer: String,
    /// Absent where there are only entries about it.
    pub(super) order: Option<Value>,
    /// By journey.
    pub(super) ledger: BTreeMap<String, Value>,
    /// By journey.
    pub(super) answers: BTreeMap<String, Value>,
}

/// A mail as it was accepted.
#[derive(Debug)]
pub(super) struct FoundMail {
    pub(super) message_id: String,
    pub(super) recipient: String,
    pub(super) accepted_at: Instant,
    pub(super) journey: String,
    /// `source#order`.
    pub(super) order: String,
    /// Subject and text without its links, which are signed anew each time.
    pub(super) words: String,
}

const QUEUES: [&str; 4] = ["inbox", "inbox-dead", "outbox", "outbox-dead"];

impl Ending {
    pub(super) fn read(aws: &Aws) -> Result<Self, StoreError> {
        let mut ending = Self::default();
        aws.each_item(|item| ending.take(item));
        ending.follow_links();
        ending.mails = aws.mailbox().all()?.iter().map(FoundMail::of).collect();
        for queue in QUEUES {
            let messages = aws.queues().peek(queue, 100)?;
            ending.left_over.extend(messages.iter().map(|message| format!("{queue}: {}", message.body)));
        }
        let dead_reports = aws.mailbox().dead_events()?;
        ending.left_over.extend(dead_reports.iter().map(|report| format!("report: {report}")));
        Ok(ending)
    }

    /// Notes who is linked with whom, once all profiles and pointers are there.
    pub(super) fn follow_links(&mut self) {
        self.find_roots();
        let (mut linked, mut identifiers): (BTreeMap<_, Vec<_>>, BTreeMap<_, _>) = Default::default();
        for customer in self.profiles.keys() {
            linked.entry(self.root(customer).to_owned()).or_default().push(customer.clone());
        }
        for owner in self.pointers.iter().filter_map(owner) {
            *identifiers.entry(self.root(owner).to_owned()).or_default() += 1;
        }
        (self.linked, self.identifiers) = (linked, identifiers);
    }

    /// The profiles of one person.
    pub(super) fn linked_profiles(&self, root: &str) -> Vec<&Value> {
        self.linked.get(root).into_iter().flatten().map(|customer| &self.profiles[customer]).collect()
    }

    /// The conversations and carts of one person.
    pub(super) fn talk_and_carts(&self, root: &str) -> Vec<&Value> {
        let customers = self.linked.get(root).into_iter().flatten();
        customers.filter_map(|customer| self.talk_and_carts.get(customer)).flatten().collect()
    }

    /// How many identifiers lead to a person.
    pub(super) fn identifiers(&self, root: &str) -> usize {
        self.identifiers.get(root).copied().unwrap_or_default()
    }

    fn take(&mut self, item: &Value) {
        let text = |name: &str| item[name]["S"].as_str().unwrap_or_default();
        let (pk, sk) = (text("PK"), text("SK"));
        let document: Value = serde_json::from_str(text("d")).unwrap_or_default();
        if pk.starts_with("I#") {
            self.pointers.extend((sk == "I").then_some(document));
            return;
        }
        let Some(customer) = pk.strip_prefix("C#") else { return };
        if sk == "PROFILE" {
            self.profiles.insert(customer.to_owned(), document);
            return;
        }
        let parts: Vec<&str> = sk.split('#').collect();
        if let ["T" | "K", source, id, rest @ ..] = parts.as_slice()
            && rest.len() > 1
        {
            let kind = if parts[0] == "K" { "cart" } else { "conversation" };
            let found = self.orders.entry(format!("{kind}:{source}#{id}")).or_default();
            customer.clone_into(&mut found.customer);
            found.take(rest, document);
            return;
        }
        if ["T#", "M#", "K#"].iter().any(|kind| sk.starts_with(kind)) {
            let mut document = document;
            if let Some(fields) = document.as_object_mut() {
                fields.remove("looks");
            }
            self.talk_and_carts.entry(customer.to_owned()).or_default().push(document);
            return;
        }
        let ["O", source, order, rest @ ..] = parts.as_slice() else { return };
        let found = self.orders.entry(format!("{source}#{order}")).or_default();
        customer.clone_into(&mut found.customer);
        found.take(rest, document);
    }

    /// The customer by whose name the person is known: the first of all that are tied to one another.
    pub(super) fn root<'a>(&'a self, customer: &'a str) -> &'a str {
        self.roots.get(customer).map_or(customer, String::as_str)
    }

    fn find_roots(&mut self) {
        let mut roots: BTreeMap<String, String> = BTreeMap::new();
        for start in self.profiles.keys() {
            if roots.contains_key(start) {
                continue;
            }
            let mut waiting = vec![start.clone()];
            while let Some(one) = waiting.pop() {
                waiting.extend(self.tied(&one).filter(|other| !roots.contains_key(other)));
                roots.insert(one, start.clone());
            }
        }
        self.roots = roots;
    }

    /// Who is noted to be one with this one; at a phone's own record that is one with nobody, whose number it is, and back.
    fn tied(&self, customer: &str) -> impl Iterator<Item = String> {
        let kin =
            self.profiles[customer]["kin"].as_object().into_iter().flatten().map(|(other, _)| other.clone());
        let of_phone = by_phone(&self.profiles[customer]).map(ToOwned::to_owned);
        let led = self.profiles.iter().filter(move |(_, profile)| by_phone(profile) == Some(customer));
        kin.chain(of_phone).chain(led.map(|(other, _)| other.clone()))
    }
}

fn by_phone(profile: &Value) -> Option<&str> {
    profile["phone_of"].as_str().filter(|_| profile["kin"].is_null())
}

/// Whom a pointer leads to.
pub(super) fn owner(pointer: &Value) -> Option<&str> {
    pointer["customer"].as_str().or(pointer["given_by"]["customer"].as_str())
}

impl FoundOrder {
    /// Takes what lies beside it, or itself.
    fn take(&mut self, rest: &[&str], document: Value) {
        match rest {
            ["F", follow_up @ ..] => drop(self.ledger.insert(follow_up.join("#"), document)),
            ["A", follow_up @ ..] => drop(self.answers.insert(follow_up.join("#"), document)),
            _ => self.order = Some(document),
        }
    }

    /// What a ledger entry says: `sent`, `refused`, `deferred` or `in-doubt`.
    pub(super) fn state(&self, journey: &str) -> &str {
        self.ledger.get(journey).and_then(|entry| entry["state"]["is"].as_str()).unwrap_or("absent")
    }
}

impl FoundMail {
    fn of(mail: &crate::aws::ses::Mail) -> Self {
        let tag = |name: &str| {
            let found = mail.tags.iter().find(|(known, _)| known == name);
            found.map_or(String::new(), |(_, value)| value.clone())
        };
        let read = mail.raw.as_deref().and_then(Received::read).unwrap_or_default();
        let said = read.text.split_whitespace().filter(|word| !word.contains("://"));
        let order = base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, tag("trigger"));
        Self {
            message_id: mail.message_id.clone(),
            recipient: mail.recipients.join(" "),
            accepted_at: mail.accepted_at.into(),
            journey: match tag("step").as_str() {
                "" | "1" => tag("journey"),
                step => format!("{}#{step}", tag("journey")),
            },
            order: order.ok().and_then(|order| String::from_utf8(order).ok()).unwrap_or_default(),
            words: format!("{}\n{}", read.subject, said.collect::<Vec<_>>().join(" ")),
        }
    }
}
