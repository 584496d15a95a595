//! The bill of a shop's month: what was measured of each thing, times how often it happens, at list price.

use serde::Serialize;

use super::CostArguments;
use super::measure::Measured;
use super::reference::{FLOOR, TEXTBOOK};
use super::used::PerUnit;
use crate::aws::prices::{
    DYNAMODB_GB_MONTH, DYNAMODB_READ_UNITS, DYNAMODB_WRITE_UNITS, LAMBDA_GB_SECOND, LAMBDA_REQUESTS,
    SES_THOUSAND, SNS_REQUESTS, SQS_REQUESTS,
};

/// The schedule runs so often in a month of 30 days.
const MINUTES_OF_A_MONTH: f64 = 43_200.0;
const DAYS_OF_A_MONTH: f64 = 30.0;
/// A call to DynamoDB from a warm function: the best published median is 5.1 ms (aws-samples/serverless-rust-demo).
const CALL_SECONDS: f64 = 0.005;
/// What the template gives a function.
const MEMORY_GB: f64 = 0.25;
/// A batch from the queue is worked through side by side, so ten mails wait as long as one.
const SIDE_BY_SIDE: f64 = 10.0;
/// A continuous backup costs so much for a GB-month.
const BACKUP_GB_MONTH: f64 = 0.20;
/// A queue that feeds a function is polled by five pollers for 20 seconds at a time, whether anything is there or not.
const EMPTY_POLLS: f64 = 2.0 * 5.0 * MINUTES_OF_A_MONTH * 3.0;
/// The metrics that the template's alarms watch; each is paid for.
pub const ALARM_METRICS: u32 = 19;
/// What one costs a month.
const ALARM_MONTH: f64 = 0.10;
const MILLION: f64 = 1e6;

/// One line of the bill.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BillLine {
    /// What is paid for.
    pub what: &'static str,
    /// How much of it.
    pub quantity: f64,
    /// In dollars.
    pub usd: f64,
}

/// The lines of one thing that the shop pays for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part {
    /// What happens.
    pub of: &'static str,
    /// How often.
    pub times: f64,
    /// What it uses.
    pub lines: Vec<BillLine>,
    /// All of it, in dollars.
    pub usd: f64,
}

/// The bill of a month.
#[derive(Clone, Debug, Serialize)]
pub struct ShopBill {
    /// What the orders cost: what the budget is about.
    pub orders: Vec<Part>,
    /// What it costs to be told what became of the mails.
    pub mail_reports: Part,
    /// What it costs to be able to go back to any second of the last weeks: the template's choice.
    pub backup: Part,
    /// What it costs to count all customers every day.
    pub count: Part,
    /// What a month costs whatever the shop's size.
    pub fixed: Part,
    /// The mails themselves.
    pub ses: Part,
    /// What the orders cost besides SES, the reports and the backup, with the schedule: in dollars.
    pub usd_without_ses: f64,
    /// The same for a million orders of this size.
    pub usd_per_million_orders: f64,
    /// The floor for a million orders of the budget's life, in dollars.
    pub usd_floor: f64,
    /// The textbook design for the same, in dollars.
    pub usd_textbook: f64,
    /// Everything, in dollars.
    pub usd_total: f64,
    /// What it was made from.
    pub measured: Measured,
}

impl ShopBill {
    /// The bill of that size.
    pub fn of(size: &CostArguments, measured: &Measured) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "exact up to nine thousand billion")]
        let orders = size.orders as f64;
        let mails = orders * size.mails_per_order;
        let later = orders * (size.deliveries_per_order - 1.0).max(0.0);
        let gigabytes = orders * measured.stored_bytes_per_order / 1e9;
        let parts = vec![
            Part::of("deliveries that place an order", orders, measured.placing, 1.0),
            Part::of("other deliveries", later, measured.delivery, 1.0),
            Part::of("mails decided and sent", mails, measured.mail, SIDE_BY_SIDE),
            Part::of("answers", orders * size.answers_per_order, measured.answer, 1.0),
            Part::new(
                "storage of a month's orders, for a month",
                orders,
                vec![line("GB-months", gigabytes, DYNAMODB_GB_MONTH)],
            ),
            Part::of("ticks of the schedule", MINUTES_OF_A_MONTH, measured.idle_minute, 1.0),
        ];
        let mail_reports = Part::of("reports of mails", mails, measured.mail_reports, 1.0);
        let backup = Part::new(
            "continuous backup of a month's orders, for a month",
            orders,
            vec![line("GB-months", gigabytes, BACKUP_GB_MONTH)],
        );
        #[expect(clippy::cast_precision_loss, reason = "exact up to nine thousand billion")]
        let customers = size.customers.unwrap_or(size.orders) as f64;
        let count = Part::of(
            "customers counted, once a day",
            customers * DAYS_OF_A_MONTH,
            measured.counted_customer,
            1.0,
        );
        let polls = line("SQS requests of two queues' empty polls", EMPTY_POLLS, SQS_REQUESTS / MILLION);
        let fixed = Part::new(
            "whatever the size",
            1.0,
            vec![polls, line("metrics watched by alarms", ALARM_METRICS.into(), ALARM_MONTH)],
        );
        let ses = Part::new("mails", mails, vec![line("SES recipients", mails, SES_THOUSAND / 1e3)]);
        let usd_without_ses: f64 = parts.iter().map(|part| part.usd).sum();
        Self {
            usd_total: usd_without_ses + mail_reports.usd + backup.usd + count.usd + fixed.usd + ses.usd,
            usd_per_million_orders: usd_without_ses / orders.max(1.0) * MILLION,
            orders: parts,
            mail_reports,
            backup,
            count,
            fixed,
            ses,
            usd_without_ses,
            usd_floor: FLOOR.usd(),
            usd_textbook: TEXTBOOK.usd(),
            measured: measured.clone(),
        }
    }
}

impl Part {
    fn new(of: &'static str, times: f64, lines: Vec<BillLine>) -> Self {
        let usd = lines.iter().map(|line| line.usd).sum();
        Self { of, times, lines, usd }
    }

    /// What `times` of it cost, when so many are worked through side by side.
    fn of(of: &'static str, times: f64, each: PerUnit, side_by_side: f64) -> Self {
        let PerUnit { write_units, read_units, calls, sqs_requests, sns_requests, invocations } =
            each.times(times);
        let gb_seconds = (calls + sqs_requests) * CALL_SECONDS / side_by_side * MEMORY_GB;
        let lines = [
            line("DynamoDB write units", write_units, DYNAMODB_WRITE_UNITS / MILLION),
            line("DynamoDB read units", read_units, DYNAMODB_READ_UNITS / MILLION),
            line("SQS requests", sqs_requests, SQS_REQUESTS / MILLION),
            line("SNS publications", sns_requests, SNS_REQUESTS / MILLION),
            line("Lambda requests", invocations, LAMBDA_REQUESTS / MILLION),
            line("Lambda GB-seconds", gb_seconds, LAMBDA_GB_SECOND),
        ];
        Self::new(of, times, lines.into_iter().filter(|line| line.quantity > 0.0).collect())
    }
}

fn line(what: &'static str, quantity: f64, price: f64) -> BillLine {
    BillLine { what, quantity, usd: quantity * price }
}
