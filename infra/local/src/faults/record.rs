//! Records that can be compared: without what may differ by the time of arrival alone.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::ending::{Ending, FoundOrder};

/// What of an order depends on when it was told, and not on what was told.
const BOOKKEEPING: [&str; 1] = ["looks"];

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
        person.insert("consents".into(), strictest(&linked));
        person.insert("totals".into(), sums(&linked));
        person.insert("suppressed".into(), keys(&linked, "suppressed"));
        person.insert("erased".into(), keys(&linked, "erased"));
        let since = linked.iter().filter_map(|profile| profile["since"].as_i64()).min();
        person.insert("since".into(), json!(since));
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

/// By purpose: what any profile withdrew is withdrawn.
fn strictest(profiles: &[&Value]) -> Value {
    let mut words: BTreeMap<&String, &Value> = BTreeMap::new();
    let rank = |word: &Value| (word[0] == "withdrawn", word[1].as_i64());
    for (purpose, word) in profiles.iter().filter_map(|profile| profile["consents"].as_object()).flatten() {
        let known = words.entry(purpose).or_insert(word);
        if rank(word) > rank(known) {
            *known = word;
        }
    }
    // A word that is said on a page is as old as the click that got through, so its time is left out.
    words.into_iter().map(|(purpose, word)| (purpose.clone(), word[0].clone())).collect::<Map<_, _>>().into()
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
