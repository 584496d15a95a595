//! Looking into the table from outside.

use rihla_core::identifier::CustomerId;
use rihla_core::identity::Circle;
use rihla_core::instant::Instant;
use rihla_core::ledger::{LedgerEntry, Outcome, State};
use rihla_core::order::Order;
use rihla_core::profile::Profile;
use rihla_core::totals::Totals;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::facts::ORDER;
use crate::shop::Shop;

/// An item as it lies there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Item {
    pub(crate) pk: String,
    pub(crate) sk: String,
    pub(crate) version: String,
    pub(crate) document: String,
}

impl Item {
    pub(crate) fn read<T: DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.document).unwrap()
    }
}

impl Shop {
    /// Everything in the table.
    pub(crate) fn items(&self) -> Vec<Item> {
        let mut items = Vec::new();
        self.aws().each_item(|found| items.push(item(found)));
        items.sort();
        items
    }

    /// The table without the calendar: what is known of customers.
    pub(crate) fn record(&self) -> Vec<Item> {
        let mut items = self.items();
        items.retain(|item| !item.pk.starts_with("D#") && item.pk != "CALENDAR");
        items
    }

    /// Every profile, with its customer.
    pub(crate) fn profiles(&self) -> Vec<(String, Profile)> {
        let profiles = self.items().into_iter().filter(|item| item.sk == "PROFILE");
        profiles.map(|item| (item.pk["C#".len()..].to_owned(), item.read())).collect()
    }

    /// Who is who, of all profiles.
    pub(crate) fn circle(&self) -> Circle {
        let mut circle = Circle::default();
        for (id, profile) in self.profiles() {
            circle.add(CustomerId::from_text(id), profile);
        }
        circle
    }

    /// How many profiles continue somebody else's.
    pub(crate) fn linked(&self) -> usize {
        self.circle().forest().groups().values().map(|members| members.len() - 1).sum()
    }

    /// The profile with that address.
    pub(crate) fn profile(&self, email: &str) -> Profile {
        let has =
            |profile: &Profile| profile.email.as_ref().is_some_and(|known| known.value.as_str() == email);
        self.profiles().into_iter().map(|(_, profile)| profile).find(has).unwrap()
    }

    /// What lies under an order of the shop's own source: behind `O#shop#…#`.
    fn of_order<T: DeserializeOwned>(&self, order: &str, place: &str) -> Option<T> {
        let key = format!("O#shop#{order}#{place}");
        self.items().into_iter().find(|item| item.sk == key).map(|item| item.read())
    }

    pub(crate) fn order(&self, order: &str) -> Option<Order> {
        self.of_order(order, "")
    }

    /// The ledger's entry of a journey for an order.
    pub(crate) fn entry_of(&self, order: &str, journey: &str) -> Option<LedgerEntry> {
        self.of_order(order, &format!("F#{journey}"))
    }

    /// The answer to a journey's question about an order.
    pub(crate) fn answer(&self, journey: &str) -> Option<Value> {
        self.of_order(ORDER, &format!("A#{journey}"))
    }

    /// The ledger's entry of a journey for the order of most tests.
    pub(crate) fn entry(&self, journey: &str) -> LedgerEntry {
        self.entry_of(ORDER, journey).unwrap_or_else(|| panic!("{journey} is not in the ledger"))
    }

    /// What became of a journey for an order, in words.
    pub(crate) fn fate_of(&self, order: &str, journey: &str) -> String {
        self.entry_of(order, journey).map_or_else(|| "not decided".to_owned(), |entry| fate(&entry))
    }

    pub(crate) fn fate(&self, journey: &str) -> String {
        self.fate_of(ORDER, journey)
    }
}

/// What became of a follow-up, in words: `sent`, `refused by consent: never given`.
pub(crate) fn fate(entry: &LedgerEntry) -> String {
    let because = entry.trace.last().map(|finding| finding.because.as_str()).unwrap_or_default();
    match &entry.state {
        State::Sent { .. } => "sent".to_owned(),
        State::InDoubt => "in doubt".to_owned(),
        State::Refused { guard } => format!("refused by {guard}: {because}"),
        State::Deferred { until, guard } => format!("deferred until {until} by {guard}: {because}"),
    }
}

/// What was reported of a follow-up.
pub(crate) fn outcomes(entry: &LedgerEntry) -> Vec<&'static str> {
    entry.outcomes.keys().copied().map(Outcome::as_str).collect()
}

/// The moment in words of the ledger.
pub(crate) fn moment(text: &str) -> Instant {
    text.parse().unwrap()
}

fn item(item: &Value) -> Item {
    let text = |name: &str, kind: &str| item[name][kind].as_str().unwrap_or_default().to_owned();
    Item { pk: text("PK", "S"), sk: text("SK", "S"), version: text("v", "N"), document: text("d", "S") }
}

impl Shop {
    /// Marks every profile as forgotten at this moment, as an erasure leaves it.
    pub(crate) fn forget_everybody(&self) {
        for item in self.items().into_iter().filter(|item| item.sk == "PROFILE") {
            let forgotten = Profile::default().forgotten(self.now(), Totals::default());
            let document = serde_json::to_string(&forgotten).unwrap();
            let item = json!({
                "PK": { "S": item.pk }, "SK": { "S": item.sk }, "v": { "N": item.version }, "d": { "S": document },
            });
            self.aws().peek("PutItem", &json!({ "TableName": self.aws().layout().table, "Item": item }));
        }
    }
}
