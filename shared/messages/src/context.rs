use serde::{Deserialize, Serialize};

/// What one message is about. What is absent is left out of the message, or refused if the message needs it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MessageContext {
    /// Why the customer gets it; marketing must have [`Links::unsubscribe`].
    pub purpose: Purpose,
    /// What the shop calls the customer.
    pub first_name: Option<String>,
    /// The order it is about.
    pub order: Option<Order>,
    /// What was left behind without being bought.
    pub cart: Option<Cart>,
    /// What the customer and the shop wrote about.
    pub conversation: Option<Conversation>,
    /// Five links, from the lowest score (1) to the highest (5).
    pub rating_links: Vec<String>,
    /// Eleven links, from the lowest score (0) to the highest (10).
    pub scale_links: Vec<String>,
    /// A link for each answer that the message's [`Question::Choice`](crate::Question::Choice) offers.
    pub choices: Vec<Choice>,
    /// The products that the message is about, the most fitting first.
    pub items: Vec<Item>,
    /// What the shop offers, in its own words and the customer's language: a sentence or two.
    pub offer: Option<String>,
    /// The other links.
    pub links: Links,
}

/// Why a customer gets a message; chooses the sentence that says so and the links beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// About an order of theirs.
    #[default]
    Service,
    /// A question about an order of theirs.
    Survey,
    /// They agreed to hear from the shop.
    Marketing,
}

/// An order as its customer knows it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Order {
    /// The number the shop gave it, `#` and all.
    pub number: String,
    /// What was bought.
    pub lines: Vec<OrderLine>,
    /// What was paid.
    pub total: Option<Money>,
    /// The day of the order where the customer is.
    pub placed_on: Option<CivilDate>,
    /// The day the last parcel arrived, where the customer is.
    pub delivered_on: Option<CivilDate>,
    /// In how many parcels it came; 0 when unknown.
    pub parcels: u32,
    /// Whether it was sent to somebody else than its buyer.
    pub gift: bool,
    /// The day its first parcel left, where the customer is.
    pub shipped_on: Option<CivilDate>,
    /// The day by which it was promised, where the customer is.
    pub promised_on: Option<CivilDate>,
    /// Who carries the parcel that the message is about.
    pub carrier: Option<String>,
    /// The number that the carrier knows the parcel by.
    pub tracking: Option<String>,
    /// The carrier's page about it.
    pub tracking_url: Option<String>,
    /// Where it waits to be picked up.
    pub pickup: Option<Place>,
}

/// What was left behind without being bought.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cart {
    /// What lies in it.
    pub lines: Vec<OrderLine>,
    /// What it would cost, as far as it was told.
    pub total: Option<Money>,
    /// What sending it would cost, where that may be why it was left.
    pub shipping: Option<Money>,
    /// Leads back to it; a message about a cart needs it.
    pub resume_url: Option<String>,
    /// The shop near the customer that has all of it in stock.
    pub near: Option<Place>,
}

/// A place that a customer can walk into.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// What it is called.
    pub name: String,
    /// Street and town, in one line.
    pub address: Option<String>,
    /// Its page or its place on a map.
    pub url: Option<String>,
}

/// What the customer and the shop wrote about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Conversation {
    /// Its subject, as the desk has it.
    pub subject: Option<String>,
}

/// One answer that a message offers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// The answer's code: `price`.
    pub code: String,
    /// Leads to the page with that answer filled in.
    pub url: String,
}

/// One line of an order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OrderLine {
    /// The product's title as the shop wrote it.
    pub title: String,
    /// How many.
    pub quantity: u32,
    /// For all of them.
    pub price: Option<Money>,
}

/// A product worth showing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// The product's title as the shop wrote it.
    pub title: String,
    /// For one.
    pub price: Option<Money>,
    /// The product's page, `https`.
    pub url: String,
    /// A square picture, `https`.
    pub image_url: Option<String>,
    /// The shop's page where it is reviewed, `https`.
    pub review_url: Option<String>,
}

/// Links a message may carry, all absolute.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Links {
    /// Leads to the page that ends all marketing.
    pub unsubscribe: Option<String>,
    /// Leads to the page that ends the questions about orders.
    pub no_surveys: Option<String>,
    /// Leads to the page with every choice of the customer's.
    pub preferences: Option<String>,
    /// Leads to the page that starts the newsletter.
    pub join_newsletter: Option<String>,
}

/// Money in its currency's smallest unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// Cents, fils, or yen: ISO 4217 says how many make one.
    pub minor: i64,
    /// The ISO 4217 code: `EGP`.
    pub currency: String,
}

/// A day in the Gregorian calendar, without a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CivilDate {
    /// The year, `2026`.
    pub year: i16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl CivilDate {
    /// Days since Sunday: 0 to 6 (Sakamoto's method).
    pub(crate) fn weekday(self) -> usize {
        const SHIFT: [i32; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
        let month = usize::from(self.month.clamp(1, 12)) - 1;
        let year = i32::from(self.year) - i32::from(month < 2);
        let days = year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + SHIFT[month];
        usize::try_from((days + i32::from(self.day)).rem_euclid(7)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::CivilDate;

    #[test]
    fn knows_the_weekday() {
        for (year, month, day, want) in
            [(2026, 3, 4, 3), (2024, 2, 29, 4), (2000, 1, 1, 6), (2026, 11, 22, 0)]
        {
            assert_eq!(CivilDate { year, month, day }.weekday(), want, "{year}-{month}-{day}");
        }
    }
}
