//! `rihla cost`: the bill of a shop size, line by line at list price, from what an order's life is measured to use.

mod bill;
mod life;
mod measure;
mod print;
mod reference;
mod stored;
mod used;

use crate::command::CommandError;

pub use bill::{ALARM_METRICS, Part, ShopBill};
pub use measure::{Life, Measured, measure};
pub use reference::{FLOOR, Reference, TEXTBOOK};
pub use stored::Kind;
pub use used::PerUnit;

/// The size of a shop in a month. The defaults are the order's life that the budget is about, a million times.
#[derive(Clone, Debug, clap::Args)]
pub struct CostArguments {
    /// Orders a month
    #[arg(long, default_value_t = 1_000_000)]
    pub orders: u64,
    /// Mails sent for each order
    #[arg(long, default_value_t = 3.0)]
    pub mails_per_order: f64,
    /// Answers to the mails' questions for each order
    #[arg(long, default_value_t = 1.0)]
    pub answers_per_order: f64,
    /// Webhook deliveries for each order, repeats among them
    #[arg(long, default_value_t = 6.0)]
    pub deliveries_per_order: f64,
    /// Different products in an order; what was bought together is noted once for each where there are several
    #[arg(long, default_value_t = 1)]
    pub products_per_order: usize,
    /// Carriers tell of parcels by tracking number alone
    #[arg(long)]
    pub carriers: bool,
    /// The hour of the day at which orders are placed: what falls due in quiet hours is deferred, which costs
    #[arg(long, default_value_t = 9, value_parser = clap::value_parser!(u8).range(0..24))]
    pub placed_at_hour: u8,
    /// With these journeys alone, such as delivery-check,ease-survey; with all that are shipped if none is named
    #[arg(long, value_delimiter = ',', value_name = "NAMES")]
    pub journeys: Vec<String>,
    /// Customers on record, all of whom are counted once a day; as many as orders if it is not given
    #[arg(long)]
    pub customers: Option<u64>,
    /// Print one JSON object on standard output
    #[arg(long)]
    pub json: bool,
}

/// Measures, and prints the bill.
pub async fn run(arguments: &CostArguments) -> Result<(), CommandError> {
    let CostArguments { products_per_order: products, carriers, placed_at_hour: hour, .. } = *arguments;
    let journeys = arguments.journeys.clone();
    let measured = measure(&Life { products, carriers, hour, journeys }).await?;
    let bill = ShopBill::of(arguments, &measured);
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&bill)?);
    } else {
        println!("{}", print::text(&bill));
    }
    Ok(())
}
