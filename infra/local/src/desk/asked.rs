//! What `console` answers about a customer, for their page.

use rihla_core::instant::Instant;
use rihla_core::money::Money;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::pages::{EntryView, ForecastView, GroupView, StandingView, TimelineView};
use crate::run::{Stack, StackError};

/// Where a customer stands.
pub async fn standing(stack: &Stack, customer: &str) -> Result<Option<StandingView>, StackError> {
    let answer = stack.ask(json!({ "stage": { "customer": customer } })).await?;
    Ok(StandingView::read(&answer))
}

/// What happened with them: the page that the page before it told to ask for, the first where that is no page.
pub async fn timeline(
    stack: &Stack,
    customer: &str,
    page: Option<&str>,
) -> Result<Option<TimelineView>, StackError> {
    let place: Value = page.and_then(|page| serde_json::from_str(page).ok()).unwrap_or_default();
    let answer = stack.ask(json!({ "timeline": { "customer": customer, "page": place } })).await?;
    let Some(entries) = answer["entries"].as_array() else { return Ok(None) };
    let next = answer.get("next").map(Value::to_string);
    Ok(Some(TimelineView {
        entries: entries.iter().filter_map(EntryView::read).collect(),
        next,
        is_first: place.is_null(),
    }))
}

fn read<T: DeserializeOwned>(value: &Value) -> Option<T> {
    serde_json::from_value(value.clone()).ok()
}

fn money(value: &Value) -> Option<String> {
    read::<Money>(value).map(|money| money.to_string())
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(ToOwned::to_owned)
}

impl StandingView {
    fn read(answer: &Value) -> Option<Self> {
        let values = answer["value"].as_array().into_iter().flatten();
        Some(Self {
            stage: text(&answer["stage"])?,
            since: read(&answer["since"]),
            next: text(&answer["next"]["stage"]).zip(read::<Instant>(&answer["next"]["at"])),
            group: GroupView::read(&answer["rfm"]),
            value: values.filter_map(money).collect(),
            forecast: ForecastView::read(&answer["forecast"]),
            no_forecast_because: text(&answer["no_forecast_because"]),
        })
    }
}

impl GroupView {
    fn read(rfm: &Value) -> Option<Self> {
        let score = |name: &str| rfm["scores"][name].as_u64();
        Some(Self {
            name: text(&rfm["group"])?,
            sentence: text(&rfm["sentence"])?,
            scores: [score("recency")?, score("frequency")?, score("monetary")?],
        })
    }
}

impl ForecastView {
    fn read(forecast: &Value) -> Option<Self> {
        let purchases = &forecast["purchases"];
        let net = |end: &str| money(&forecast["net"][end]);
        Some(Self {
            purchases: format!("{:.1}", purchases["expected"].as_f64()?),
            purchases_between: [purchases["from"].as_u64()?, purchases["to"].as_u64()?],
            net: net("expected"),
            net_between: net("from").zip(net("to")),
            model: text(&forecast["model"])?,
            fitted_at: read(&forecast["fitted_at"])?,
        })
    }
}

impl EntryView {
    fn read(entry: &Value) -> Option<Self> {
        Some(Self {
            at: read(&entry["at"])?,
            kind: text(&entry["kind"])?,
            text: text(&entry["text"])?,
            source: text(&entry["source"]),
        })
    }
}
