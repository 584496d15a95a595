//! Records that can be compared: without what may differ by the time of arrival alone.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::ending::{Ending, FoundOrder};

/// What of an order depends on when it was told, and not on what was told.
const BOOKKEEPING: [&str; 2] = ["looks", "owed"];

impl Ending {
    /// An order, its ledger, its answers, and the person whose it is.
    pub(super) fn record(&self, key: &str) -> Value {
        let Some(found) = self.orders.get(key) else { return Value::Null };
        let mut order = found.order.clone().unwrap_or_default();
        if let Some(fields) = order.as_object_mut() {
            fields.retain(|name, _| !BOOKKEEPING.contains(&name.as_str()));
            // Prints name the person: how many there are must be the same.
            fields.entry("told").and_modify(|told| *told = json!(told.as_array().map(Vec::len)));
        }
        json!({ "order": order, "ledger": ledger(found), "answers": answers(found),
            "person": self.person(&found.customer) })
    }

    /// One person, of all linked profiles. Claims are left out: those that nothing depends on any more are swept when
    /// the next one is made on the same profile, and what they were made for stands in the ledger.
    pub(super) fn person(&self, customer: &str) -> Value {
        let root = self.root(customer);
        let linked = self.linked_profiles(root);
        let latest = ["first_name", "last_name", "email", "phone", "locale", "zone", "place"];
        let mut person: Map<String, Value> =
            latest.iter().map(|field| ((*field).to_owned(), latest_of(&linked, field))).collect();
        person.insert("consents".into(), standing(&linked));
        person.insert("totals".into(), sums(&linked));
        person.insert("suppressed".into(), keys(&linked, "suppressed"));
        person.insert("erased".into(), keys(&linked, "erased"));
        let since = linked.iter().filter_map(|profile| profile["since"].as_i64()).min();
        person.insert("since".into(), json!(since));
        let mut talk_and_carts: Vec<String> =
            self.talk_and_carts(root).into_iter().map(ToString::to_string).collect();
        talk_and_carts.sort();
        person.insert("talk_and_carts".into(), json!(talk_and_carts));
        person.insert("identifiers".into(), json!(self.identifiers(root)));
        Value::Object(person)
    }
}

fn ledger(found: &FoundOrder) -> Value {
    let entry = |entry: &Value| {
        let mut state = entry["state"].clone();
        if let Some(fields) = state.as_object_mut() {
            fields.remove("message");
        }
        let outcomes: Vec<&String> = entry["outcomes"].as_object().into_iter().flat_map(Map::keys).collect();
        json!({ "state": state, "due_at": entry["due_at"], "version": entry["version"], "outcomes": outcomes })
    };
    found.ledger.iter().map(|(journey, found)| (journey.clone(), entry(found))).collect::<Map<_, _>>().into()
}

fn answers(found: &FoundOrder) -> Value {
    let answer = |answer: &Value| json!([answer["score"], answer["comment"]]);
    found
        .answers
        .iter()
        .map(|(journey, found)| (journey.clone(), answer(found)))
        .collect::<Map<_, _>>()
        .into()
}

/// The value with the latest time; each lies as `[value, milliseconds]`.
fn latest_of(profiles: &[&Value], field: &str) -> Value {
    let told = profiles.iter().map(|profile| &profile[field]).filter(|told| !told.is_null());
    told.max_by_key(|told| (told[1].as_i64(), told[0].to_string())).cloned().unwrap_or_default()
}

/// By purpose: the strictest of the words that no later one about the same identifier has overruled. Each word lies as
/// `[state, milliseconds, identifiers]`.
fn standing(profiles: &[&Value]) -> Value {
    let mut said: BTreeMap<&String, Vec<&Value>> = BTreeMap::new();
    for (purpose, words) in profiles.iter().filter_map(|profile| profile["consents"].as_object()).flatten() {
        said.entry(purpose).or_default().extend(words.as_array().into_iter().flatten());
    }
    let stands = said.into_iter().map(|(purpose, words)| (purpose.clone(), strictest(&words)));
    stands.collect::<Map<_, _>>().into()
}

/// A word that is said on a page is as old as the click that got through, so its time is left out.
fn strictest(words: &[&Value]) -> Value {
    let is_over = |word: &Value| words.iter().any(|other| overrules(other, word));
    let standing = words.iter().filter(|word| !is_over(word)).map(|word| &word[0]);
    // "withdrawn" sorts behind "granted".
    standing.max_by_key(|state| state.as_str()).cloned().unwrap_or_default()
}

fn overrules(later: &Value, word: &Value) -> bool {
    let rank = |word: &Value| (word[1].as_i64(), word[0] == "withdrawn", word[2].to_string());
    let about = |word: &Value| word[2].as_array().cloned().unwrap_or_default();
    rank(later) > rank(word) && about(later).iter().any(|identifier| about(word).contains(identifier))
}

fn sums(profiles: &[&Value]) -> Value {
    let mut sums: BTreeMap<&String, [i64; 2]> = BTreeMap::new();
    for (currency, total) in profiles.iter().filter_map(|profile| profile["totals"].as_object()).flatten() {
        let sum = sums.entry(currency).or_default();
        sum[0] += total["orders"].as_i64().unwrap_or_default();
        sum[1] += total["net_minor"].as_i64().unwrap_or_default();
    }
    json!(sums)
}

fn keys(profiles: &[&Value], field: &str) -> Value {
    let all = profiles.iter().filter_map(|profile| profile[field].as_object()).flatten();
    let mut keys: Vec<&String> = all.map(|(key, _)| key).collect();
    keys.sort();
    keys.dedup();
    json!(keys)
}
