//! Numbers as people write them, with the country that they are of.

use super::plan::Plan;

/// The digits of E.164 of a number that is written as people of `country` write it. Without a country it has to begin with
/// its own: `+` or the `00` that most countries dial.
pub(super) fn digits(text: &str, country: Option<&str>) -> Option<String> {
    let written = Written::of(text)?;
    if written.has_plus {
        return Some(international(&written.digits));
    }
    let plan = country.and_then(Plan::of);
    dialled_abroad(plan, &written.digits).or_else(|| {
        let plan = plan?;
        Some(format!("{}{}", plan.calling_code, national(&plan, &written.digits)?))
    })
}

/// A number with what is dialled before another country's code (<https://www.itu.int/pub/T-SP-E.164C>).
fn dialled_abroad(from: Option<Plan>, digits: &str) -> Option<String> {
    let prefix = match from.map_or("", |plan| plan.country) {
        "AU" => "0011",
        "BY" | "KZ" | "RU" | "TM" => "810",
        "HK" | "KH" | "KR" | "MO" | "SG" | "TH" => "001",
        "JP" => "010",
        _ if from.is_some_and(|plan| plan.calling_code == "1") => "011",
        _ => "00",
    };
    let number = digits.strip_prefix(prefix).or_else(|| digits.strip_prefix("00"))?;
    let number = international(number);
    let fits = |plan: Plan| plan.has_length(&number[plan.calling_code.len()..]);
    let is_whole = Plan::called(&number).any(fits);
    is_whole.then_some(number)
}

/// A number after its `+`. What is dialled only within the country is dropped, as in `+44 (0)20`.
fn international(digits: &str) -> String {
    let is_whole = |plan: Plan| {
        let number = &digits[plan.calling_code.len()..];
        plan.has_length(number) && plan.without_trunk(number).is_none()
    };
    let shortened = |plan: Plan| {
        let number = plan.without_trunk(&digits[plan.calling_code.len()..])?;
        Some(format!("{}{number}", plan.calling_code))
    };
    let shortened = || Plan::called(digits).find_map(shortened);
    if Plan::called(digits).any(is_whole) { None } else { shortened() }.unwrap_or_else(|| digits.to_owned())
}

/// A national number without what is dialled before it. Nothing where it has not as many digits as the country's numbers.
fn national(plan: &Plan, digits: &str) -> Option<String> {
    let trunkless =
        || plan.without_trunk(digits).filter(|_| digits.starts_with('0') || !plan.has_length(digits));
    let whole = || Some(digits).filter(|digits| plan.has_length(digits));
    let coded = || {
        let number = digits.strip_prefix(plan.calling_code)?;
        plan.without_trunk(number).or(Some(number).filter(|number| plan.has_length(number)))
    };
    let number = || {
        // Where a prefix is dialled before a number, one without it that begins with the country's code has that before it.
        let early = if plan.has_trunk() { coded() } else { None };
        trunkless().or(early).or_else(whole).or_else(coded)
    };
    by_custom(plan, digits).or_else(|| number().map(ToOwned::to_owned))
}

/// What only one country writes.
fn by_custom(plan: &Plan, digits: &str) -> Option<String> {
    let rest = digits.strip_prefix('0').unwrap_or(digits);
    match plan.country {
        // Before a mobile number's own part Argentines write 15; from abroad a 9 stands before the area.
        "AR" if rest.len() == 12 => {
            let area = area_before_fifteen(rest)?;
            Some(format!("9{}{}", &rest[..area], &rest[area + 2..]))
        }
        // Brazilians dial 0, the carrier of their choice (two digits), area and number.
        "BR" if digits.starts_with('0') && matches!(rest.len(), 12 | 13) => Some(rest[2..].to_owned()),
        // Italians' mobile numbers, which may begin with 39 themselves, have ten digits.
        "IT" if digits.len() > 10 => digits.strip_prefix("39").map(ToOwned::to_owned),
        // Until 2019 Mexicans dialled 01, 044 or 045, which lists still have.
        "MX" => ["044", "045", "01", "1"]
            .iter()
            .find_map(|prefix| digits.strip_prefix(prefix))
            .filter(|rest| rest.len() == 10)
            .map(ToOwned::to_owned),
        _ => None,
    }
}

/// How many digits an Argentine area has, with the 15 behind it.
fn area_before_fifteen(number: &str) -> Option<usize> {
    let is_before = |area: &usize| number.get(*area..area + 2) == Some("15");
    if number.starts_with("11") { Some(2).filter(is_before) } else { [3, 4].into_iter().find(is_before) }
}

/// What was written: its digits, in those of ASCII, and whether a plus stands before them.
struct Written {
    has_plus: bool,
    digits: String,
}

impl Written {
    /// An extension is left out. Text with anything but digits and what people put between them is no number.
    fn of(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches("tel:");
        let number = text.split(['x', 'X', '#', ';', 'e', 'E']).next().unwrap_or(text).trim();
        let between = |c: char| {
            c.is_whitespace()
                || "-‐‑‒–—−－()[].·/+＋\u{200e}\u{200f}\u{2068}\u{2069}\u{202a}\u{202c}".contains(c)
        };
        let has_plus =
            number.trim_start_matches(|c| between(c) && !"+＋".contains(c)).starts_with(['+', '＋']);
        let digits: Option<String> = number.chars().filter(|c| !between(*c)).map(digit).collect();
        Some(Self { has_plus, digits: digits.filter(|digits| !digits.is_empty())? })
    }
}

/// A digit of ASCII, of Arabic, of Persian and Urdu, or of full width.
fn digit(c: char) -> Option<char> {
    let zeros = ['0', '\u{0660}', '\u{06f0}', '\u{ff10}'];
    let value =
        zeros.iter().find_map(|zero| (c as u32).checked_sub(*zero as u32).filter(|value| *value < 10))?;
    char::from_digit(value, 10)
}
