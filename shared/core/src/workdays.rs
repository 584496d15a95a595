//! Days off: the weekend where somebody lives, and the public holidays there. Times of day are no matter here: a day is one
//! of the person's own calendar.

mod country;
mod day;
mod easter;
mod holidays;
mod weekend;

pub use country::{Country, NotACountry};
pub use day::NotADay;
pub use holidays::{DayOff, Holidays, NotHolidays, Written};
pub use weekend::is_weekend;
