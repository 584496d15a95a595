//! How the numbers of a country are written.

/// A line a country: its calling code, what may stand before a national number, and how many digits that has. Facts of
/// the numbering plans as libphonenumber gathers them; written by the example `phone_plans`.
const PLANS: &str = include_str!("plans.txt");

/// How the numbers of a country are written.
#[derive(Clone, Copy)]
pub(super) struct Plan {
    pub(super) country: &'static str,
    /// What stands between the `+` and a national number.
    pub(super) calling_code: &'static str,
    trunks: &'static str,
    lengths: &'static str,
}

impl Plan {
    /// Of the country with these two letters (ISO 3166-1).
    pub(super) fn of(country: &str) -> Option<Self> {
        plans().find(|plan| plan.country.eq_ignore_ascii_case(country.trim()))
    }

    /// Of the countries whose calling code the digits begin with.
    pub(super) fn called(digits: &str) -> impl Iterator<Item = Self> {
        plans().filter(move |plan| digits.starts_with(plan.calling_code))
    }

    /// Whether a national number may have as many digits.
    pub(super) fn has_length(&self, number: &str) -> bool {
        self.lengths.split(',').any(|length| length.parse() == Ok(number.len()))
    }

    /// Whether anything is dialled before a number within the country.
    pub(super) fn has_trunk(&self) -> bool {
        self.trunks != "-"
    }

    /// A number without what is dialled before it within the country, such as the `0` of `050`.
    pub(super) fn without_trunk<'n>(&self, number: &'n str) -> Option<&'n str> {
        let trunks = self.trunks.split(',').filter(|trunk| *trunk != "-");
        let mut rests = trunks.filter_map(|trunk| number.strip_prefix(trunk));
        rests.find(|rest| self.has_length(rest))
    }
}

fn plans() -> impl Iterator<Item = Plan> {
    PLANS.lines().filter_map(|line| {
        let mut words = line.split(' ');
        Some(Plan {
            country: words.next()?,
            calling_code: words.next()?,
            trunks: words.next()?,
            lengths: words.next()?,
        })
    })
}
