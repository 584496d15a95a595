use jiff::civil::Weekday;

use super::Country;

/// Whether a day of the week is off in a country: CLDR 48, `supplemental/weekData`, `weekendStart` and `weekendEnd`. Where
/// no country is known it is as in most.
pub fn is_weekend(country: Option<Country>, day: Weekday) -> bool {
    use Weekday::{Friday, Saturday, Sunday, Thursday};
    let country = country.as_ref().map_or("", Country::as_str);
    match country {
        "BH" | "DZ" | "EG" | "IL" | "IQ" | "JO" | "KW" | "LY" | "OM" | "QA" | "SA" | "SD" | "SY" | "YE" => {
            matches!(day, Friday | Saturday)
        }
        "AF" => matches!(day, Thursday | Friday),
        "IR" => day == Friday,
        "IN" | "UG" => day == Sunday,
        _ => matches!(day, Saturday | Sunday),
    }
}
