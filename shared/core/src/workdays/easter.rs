//! When Easter is.

use jiff::civil::Date;

/// By the churches of the West: the algorithm of Meeus, "Astronomical Algorithms", second edition, 1998, chapter 8, which
/// holds for every year of the Gregorian calendar.
pub(super) fn western(year: i16) -> Option<Date> {
    let year_number = i32::from(year);
    let (golden, century, of_century) = (year_number % 19, year_number / 100, year_number % 100);
    let correction = (century + 8) / 25;
    let moon = (19 * golden + century - century / 4 - (century - correction + 1) / 3 + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - moon - of_century % 4) % 7;
    let late = (golden + 11 * moon + 22 * sunday) / 451;
    date(year, moon + sunday - 7 * late + 114)
}

/// By the churches of the East, in the Gregorian calendar: the same chapter for the Julian one, and the days between the
/// two (as many from 1900 to 2099 only; other years have none here).
pub(super) fn eastern(year: i16) -> Option<Date> {
    const DAYS_BETWEEN: i8 = 13;
    let year_number = i32::from(year);
    let moon = (19 * (year_number % 19) + 15) % 30;
    let sunday = (2 * (year_number % 4) + 4 * (year_number % 7) - moon + 34) % 7;
    let julian = date(year, moon + sunday + 114).filter(|_| (1900..2100).contains(&year))?;
    julian.checked_add(jiff::Span::new().days(DAYS_BETWEEN)).ok()
}

/// Meeus' number of a day in March or April.
fn date(year: i16, number: i32) -> Option<Date> {
    let (month, day) = (i8::try_from(number / 31).ok()?, i8::try_from(number % 31 + 1).ok()?);
    Date::new(year, month, day).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Weekday, date};

    use super::*;

    /// The dates that the World Council of Churches publishes.
    #[test]
    fn as_published() {
        for (west, east) in [
            (date(2024, 3, 31), date(2024, 5, 5)),
            (date(2025, 4, 20), date(2025, 4, 20)),
            (date(2026, 4, 5), date(2026, 4, 12)),
            (date(2027, 3, 28), date(2027, 5, 2)),
            (date(2028, 4, 16), date(2028, 4, 16)),
            (date(2029, 4, 1), date(2029, 4, 8)),
            (date(2030, 4, 21), date(2030, 4, 28)),
            // The latest and the earliest there are.
            (date(2038, 4, 25), date(2038, 4, 25)),
            (date(1818, 3, 22), Date::ZERO),
        ] {
            assert_eq!(western(west.year()), Some(west));
            assert_eq!(eastern(west.year()), Some(east).filter(|east| *east != Date::ZERO));
        }
    }

    #[test]
    fn it_is_a_sunday_in_spring() {
        for year in 1900..2100 {
            let (west, east) = (western(year).unwrap(), eastern(year).unwrap());
            assert!(west.weekday() == Weekday::Sunday && east.weekday() == Weekday::Sunday, "{year}");
            assert!((date(year, 3, 22)..=date(year, 4, 25)).contains(&west), "{west}");
            assert!(west <= east && east <= date(year, 5, 8), "{east}");
        }
    }
}
