//! Amounts, which Stripe counts in units that are not always the currency's own
//! (<https://docs.stripe.com/currencies#special-cases>).

use rihla_core::money::{Currency, Money};

/// The money that an amount of Stripe's is. Nothing where it is more than can be counted.
pub(super) fn money(amount: i64, currency: Currency) -> Option<Money> {
    let (theirs, ours) = (digits(currency), currency.digits());
    let minor = match theirs.cmp(&ours) {
        std::cmp::Ordering::Less => amount.checked_mul(10_i64.pow(ours - theirs))?,
        std::cmp::Ordering::Equal => amount,
        std::cmp::Ordering::Greater => amount / 10_i64.pow(theirs - ours),
    };
    Some(Money::new(minor, currency))
}

/// Króna and shilling have lost their hundredths and keep them at Stripe; the ariary has fifths, which Stripe leaves out.
fn digits(currency: Currency) -> u32 {
    match currency.as_str() {
        "ISK" | "UGX" => 2,
        "MGA" => 0,
        _ => currency.digits(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_currency_is_counted_in_its_own_units() {
        for (amount, currency, expected) in [
            (500, "usd", "5.00 USD"),
            (500, "jpy", "500 JPY"),
            (5120, "kwd", "5.120 KWD"),
            (500, "isk", "5 ISK"),
            (500, "ugx", "5 UGX"),
            (500, "mga", "500.00 MGA"),
            (1045, "huf", "10.45 HUF"),
        ] {
            let money = money(amount, currency.parse().unwrap());
            assert_eq!(money.map(|money| money.to_string()).as_deref(), Some(expected));
        }
        assert_eq!(money(i64::MAX, "mga".parse().unwrap()), None);
    }
}
