//! The bill, for a terminal.

use std::fmt::{self, Write as _};

use super::bill::{Part, ShopBill};
use super::reference::{FLOOR, TEXTBOOK};

pub(super) fn text(bill: &ShopBill) -> String {
    let mut text = String::new();
    write(&mut text, bill).expect("a text takes everything");
    text
}

fn write(text: &mut String, bill: &ShopBill) -> fmt::Result {
    for part in &bill.orders {
        write_part(text, part)?;
    }
    writeln!(text, "{:<64}{:>10.2} $", "the orders' own, besides SES", bill.usd_without_ses)?;
    writeln!(text, "{:<64}{:>10.2} $", "  that is, for a million orders", bill.usd_per_million_orders)?;
    for reference in [FLOOR, TEXTBOOK] {
        let name = format!("  {}, for a million", reference.name);
        writeln!(text, "{name:<64}{:>10.2} $", reference.usd())?;
    }
    writeln!(text)?;
    for part in [&bill.mail_reports, &bill.backup, &bill.count, &bill.fixed, &bill.ses] {
        write_part(text, part)?;
    }
    write!(text, "{:<64}{:>10.2} $", "everything", bill.usd_total)
}

fn write_part(text: &mut String, part: &Part) -> fmt::Result {
    let head = format!("{} ({:.0})", part.of, part.times);
    writeln!(text, "{head:<64}{:>10.2} $", part.usd)?;
    for line in &part.lines {
        writeln!(text, "  {:<46}{:>15.1}{:>11.3} $", line.what, line.quantity, line.usd)?;
    }
    Ok(())
}
