use std::collections::BTreeMap;
use std::path::Path;

use celes::Country;
use rihla_core::workdays::{Holidays, NotHolidays};

use crate::yaml::read;
use crate::{Fault, Faults, read_yaml};

/// As the file has it: what is a text in it is not yet a country, a year or a day.
type Written = BTreeMap<String, BTreeMap<String, String>>;

/// Reads `infra/holidays.yaml`; without the file nobody has any holidays.
///
/// # Errors
/// When it cannot be read or does not hold: a country that there is not, a day that does not exist.
pub fn read_holidays(file: &Path) -> Result<Holidays, Faults> {
    if !file.exists() {
        return Ok(Holidays::default());
    }
    let (written, text) = (read_yaml::<Written>(file)?, read(file)?);
    let (mut faults, mut holidays) = (Faults::default(), Holidays::default());
    for (country, lists) in written {
        if Country::from_alpha2(&country).is_err() {
            let problem = format!("there is no country `{country}` (ISO 3166-1, two letters)");
            let known = Country::get_countries().map(|known| known.alpha2);
            let place = place(&text, &[&country]);
            faults.push(Fault::new(file, problem).at(place).meant(&country.to_uppercase(), known));
            continue;
        }
        // Country by country, so that all that is wrong is told at once.
        for (key, words) in lists {
            match one(&country, &key, words) {
                Ok(one) => holidays.add(one),
                Err(error) => faults.push(fault(file, &text, &error)),
            }
        }
    }
    faults.or(holidays)
}

fn one(country: &str, key: &str, words: String) -> Result<Holidays, NotHolidays> {
    let country = country.parse().expect("ISO has two letters for each");
    Holidays::read([(country, [(key.to_owned(), words)].into())].into())
}

fn fault(file: &Path, text: &str, error: &NotHolidays) -> Fault {
    let place = match error {
        NotHolidays::Key { country, key } => place(text, &[country.as_str(), key]),
        NotHolidays::Day { country, key, word, .. } => place(text, &[country.as_str(), key, word]),
    };
    Fault::new(file, error.to_string()).at(place)
}

/// Where the last of some words stands, each behind the one before; the first, a country, begins its line.
fn place(text: &str, words: &[&str]) -> Option<(usize, usize)> {
    let (country, rest) = words.split_first()?;
    let mut at = if text.starts_with(country) { 0 } else { text.find(&format!("\n{country}"))? + 1 };
    let mut length = country.len();
    for word in rest {
        at += length + text[at + length..].find(word)?;
        length = word.len();
    }
    let line_start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    Some((text[..at].matches('\n').count() + 1, text[line_start..at].chars().count() + 1))
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::*;

    fn shipped() -> Holidays {
        read_holidays(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../infra/holidays.yaml")).unwrap()
    }

    #[test]
    fn the_shipped_table_has_the_days_that_everybody_there_knows() {
        let shipped = shipped();
        let off = |country: &str, date: Date| shipped.is_day_off(country.parse().ok(), date).is_some();
        for (country, holiday, name) in [
            ("SA", date(2026, 9, 23), "National Day"),
            ("SA", date(2026, 5, 27), "Eid al-Adha"),
            ("AE", date(2026, 12, 2), "National Day"),
            ("EG", date(2027, 5, 3), "Sham el-Nessim, the day after the Coptic Easter"),
            ("IR", date(2026, 3, 21), "Nowruz"),
            ("TR", date(2026, 10, 29), "Republic Day"),
            ("IL", date(2026, 9, 21), "Yom Kippur"),
            ("IN", date(2026, 1, 26), "Republic Day"),
            ("BR", date(2026, 9, 7), "Independence Day"),
            ("US", date(2026, 11, 26), "Thanksgiving"),
            ("US", date(2027, 5, 31), "Memorial Day"),
            ("GB", date(2028, 12, 26), "Boxing Day"),
            ("DE", date(2027, 5, 17), "Whit Monday"),
            ("FR", date(2026, 7, 14), "the national holiday"),
            ("PL", date(2026, 6, 4), "Corpus Christi"),
            ("CN", date(2026, 2, 17), "the Chinese New Year"),
            ("JP", date(2026, 5, 5), "Children's Day"),
            ("MX", date(2026, 9, 16), "Independence Day"),
        ] {
            assert!(off(country, holiday), "{name} in {country}, {holiday}");
        }
        for (country, workday) in [
            ("SA", date(2026, 12, 24)),
            ("DE", date(2026, 12, 24)),
            ("US", date(2026, 5, 1)),
            ("GB", date(2026, 7, 14)),
            ("IL", date(2026, 12, 25).yesterday().unwrap()),
        ] {
            assert!(!off(country, workday), "{country} {workday}");
        }
    }

    #[test]
    fn the_shipped_table_is_small_and_of_countries_that_work() {
        let shipped = shipped();
        assert!(serde_json::to_vec(&shipped).unwrap().len() < 12 * 1024, "the functions carry it");
        assert!(shipped.countries().count() >= 40);
        for country in shipped.countries() {
            for year in 2026..=2030 {
                let days = date(year, 1, 1).series(jiff::Span::new().days(1)).take(365);
                let weekdays =
                    days.filter(|day| !rihla_core::workdays::is_weekend(Some(country), day.weekday()));
                let holidays =
                    weekdays.filter(|day| shipped.is_day_off(Some(country), *day).is_some()).count();
                assert!((1..=32).contains(&holidays), "{country} has {holidays} in {year}");
            }
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let file = std::env::temp_dir().join(format!("rihla-holidays-{}.yaml", std::process::id()));
        let wrong = "# Ours\nDE:\n  every-year: 01-01 02-30\n  2027: 02-29 12-24\n  always: 05-01\nJPN:\n  2026: 01-01\n";
        std::fs::write(&file, wrong).unwrap();
        let faults = read_holidays(&file).unwrap_err().to_string();
        std::fs::remove_file(&file).unwrap();
        let told: Vec<&str> =
            faults.lines().filter_map(|line| line.split_once(".yaml:")).map(|(_, told)| told).collect();
        assert_eq!(
            told,
            [
                "3:21: DE: \"02-30\" is a day that does not exist",
                "4:9: DE: \"02-29\" is a day that 2027 does not have",
                "5:3: DE: \"always\" is neither a year nor `every-year`",
                "6:1: there is no country `JPN` (ISO 3166-1, two letters); did you mean `JP`?",
            ]
        );
        assert_eq!(read_holidays(Path::new("there-is-none.yaml")), Ok(Holidays::default()));
    }
}
