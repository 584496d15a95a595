//! What a run came to, as a small table.

use crate::aws::Aws;
use crate::aws::prices::{Assumed, Bill};
use crate::desk::{Counted, Report, Stored};

/// The table, for a terminal.
pub(super) fn summary(aws: &Aws) -> String {
    let report = Report::of(&Stored::all(aws));
    let totals = aws.ledger().totals();
    let bill = Bill::of(&totals, Assumed::default());
    let mut lines = vec![
        format!(
            "{} orders of {} customers, {} mails sent, {} answers",
            report.orders, report.customers, totals.ses_messages, report.answers
        ),
        String::new(),
        format!(
            "{:<24}{:>6}{:>10}{:>9}{:>10}  why refused",
            "follow-ups", "sent", "deferred", "refused", "in doubt"
        ),
    ];
    lines.extend(report.journeys.iter().map(|(journey, counted)| row(journey, counted)));
    lines.push(row("all", &report.all()));
    lines.push(String::new());
    lines.push(format!(
        "At list price this run costs {:.4} $ on AWS, and {:.4} $ for the mails.",
        bill.without_ses(),
        bill.ses.usd
    ));
    lines.join("\n")
}

fn row(name: &str, counted: &Counted) -> String {
    let why: Vec<String> =
        counted.refused_by.iter().map(|(guard, count)| format!("{guard} {count}")).collect();
    let Counted { sent, deferred, refused, in_doubt, .. } = counted;
    let line = format!("{name:<24}{sent:>6}{deferred:>10}{refused:>9}{in_doubt:>10}  {}", why.join(", "));
    line.trim_end().to_owned()
}
