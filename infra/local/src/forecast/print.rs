//! The result, for a terminal.

use std::fmt::{self, Write as _};

use super::judged::Judged;
use super::result::{ForecastResult, Share};

pub(super) fn text(result: &ForecastResult) -> String {
    let mut text = String::new();
    write(&mut text, result).expect("a text takes everything");
    text
}

fn write(text: &mut String, result: &ForecastResult) -> fmt::Result {
    let ForecastResult { people, people_who_came_back, hold_out_days, until, cells, seconds, .. } = result;
    writeln!(text, "{people} customers until {until}, {people_who_came_back} of whom came back")?;
    writeln!(text, "{hold_out_days} days after that are held out; {cells} counts, {seconds:.2} seconds")?;
    let (purchasing, spending) = (result.purchasing.model, result.spending.model);
    writeln!(text, "{purchasing:.3?}")?;
    writeln!(text, "{spending:.3?}")?;
    writeln!(text, "{:.3?}", result.rhythm)?;
    writeln!(text, "correlation of frequency and amount {:.2}\n", result.spend_by_frequency_correlation)?;
    write_judged(
        text,
        &format!("buying days: {:.0} were done", result.occasions_done),
        &result.occasions,
        1.0,
    )?;
    write_judged(text, "  by those who came once", &result.occasions_of_once, 1.0)?;
    write_judged(text, "  by those who came back", &result.occasions_of_repeaters, 1.0)?;
    write_judged(
        text,
        &format!("net money: {:.0} was spent", result.net_minor_done / 100.0),
        &result.net_minor,
        100.0,
    )?;
    writeln!(text, "{:<40}{:>10}{:>12}", "stage or group", "people", "bought")?;
    for (stage, share) in &result.stages {
        write_share(text, &format!("{stage:?}"), *share)?;
    }
    for (group, share) in &result.groups {
        write_share(text, group.name(), *share)?;
    }
    Ok(())
}

fn write_judged(text: &mut String, head: &str, judged: &[Judged], unit: f64) -> fmt::Result {
    writeln!(
        text,
        "{head:<40}{:>10}{:>10}{:>12}{:>9}{:>11}",
        "mean abs", "rms", "total", "off", "top tenth"
    )?;
    for one in judged {
        write!(text, "{:<40}{:>10.3}", one.forecast, one.mean_absolute_error / unit)?;
        write!(text, "{:>10.3}{:>12.0}", one.root_mean_square_error / unit, one.total / unit)?;
        writeln!(text, "{:>8.1}%{:>10.1}%", one.total_error_percent, one.top_tenth_percent)?;
    }
    writeln!(text)
}

#[expect(clippy::cast_precision_loss, reason = "no shop has so many customers")]
fn write_share(text: &mut String, name: &str, share: Share) -> fmt::Result {
    let percent = 100.0 * share.bought as f64 / (share.people.max(1)) as f64;
    writeln!(text, "{name:<40}{:>10}{percent:>11.1}%", share.people)
}
