//! The front page: what came in, what became of it, what it would cost.

use rihla_core::instant::Instant;

use super::{Counted, Report, Stored};
use crate::aws::Aws;
use crate::aws::prices::{Assumed, Bill};
use crate::pages::{CostLine, Count, Figure, FrontView, JourneyRow};

/// The front page of a run that was `what` and began at `from`.
pub fn front(aws: &Aws, what: &str, from: Instant) -> FrontView {
    let report = Report::of(&Stored::all(aws));
    let totals = aws.ledger().totals();
    let bill = Bill::of(&totals, Assumed::default());
    let deliveries = totals.invocations.get("receive").copied().unwrap_or_default();
    let figure =
        |label: &str, value: u64| Figure { label: label.into(), value: value.to_string(), note: None };
    FrontView {
        what: what.to_owned(),
        from,
        now: aws.clock().now().into(),
        figures: vec![
            figure("deliveries", deliveries),
            figure("orders", report.orders),
            figure("customers", report.customers),
            figure("mails sent", totals.ses_messages),
            figure("answers", report.answers),
        ],
        journeys: report.journeys.iter().map(|(journey, counted)| journey_row(journey, counted)).collect(),
        outcomes: report.outcomes.iter().map(|(what, count)| count_of(what, *count)).collect(),
        costs: bill.lines.iter().chain([&bill.ses]).map(cost_line).collect(),
        cost_total: usd(bill.without_ses() + bill.ses.usd),
        cost_per_million_orders: None,
    }
}

fn journey_row(journey: &str, counted: &Counted) -> JourneyRow {
    let because = |by: &std::collections::BTreeMap<String, u64>| {
        by.iter().map(|(guard, count)| count_of(guard, *count)).collect()
    };
    JourneyRow {
        journey: journey.to_owned(),
        sent: counted.sent,
        deferred: counted.deferred,
        refused: counted.refused,
        in_doubt: counted.in_doubt,
        refused_because: because(&counted.refused_by),
        deferred_because: because(&counted.deferred_by),
    }
}

fn count_of(what: &str, count: u64) -> Count {
    Count { what: what.to_owned(), count }
}

fn cost_line(line: &crate::aws::prices::Line) -> CostLine {
    CostLine { what: line.what.to_owned(), quantity: format!("{:.1}", line.quantity), usd: usd(line.usd) }
}

fn usd(amount: f64) -> String {
    format!("{amount:.4}")
}
