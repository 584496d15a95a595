//! Amounts as exports write them.

use rihla_core::money::{Currency, Money, NotMoney};

/// `53.91`, `53,91`, `1,234.50` or `€ 1.234,50`: of several signs between digits, the last is the decimal one; one alone is,
/// too, unless three digits follow that cannot be a fraction of the currency.
pub(crate) fn money(text: &str, currency: Currency) -> Result<Money, NotMoney> {
    let digits: String = text.chars().filter(|c| c.is_ascii_digit() || "-.,".contains(*c)).collect();
    let last = digits.rfind(['.', ',']);
    let Some(last) = last.filter(|last| !is_thousands(&digits, *last, currency)) else {
        return Money::parse(&digits.replace(['.', ','], ""), currency);
    };
    let whole = digits[..last].replace(['.', ','], "");
    Money::parse(&format!("{whole}.{}", &digits[last + 1..]), currency)
}

/// Whether the last sign of an amount only groups its digits.
fn is_thousands(digits: &str, last: usize, currency: Currency) -> bool {
    let (before, behind) = (&digits[..last], &digits[last + 1..]);
    let sign = &digits[last..=last];
    let is_repeated = before.contains(sign);
    behind.len() == 3 && (is_repeated || (sign == "," && !before.contains('.') && currency.digits() < 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_exports_write_them() {
        let table = [
            ("53.91", "EUR", Some(5391)),
            ("53,91", "EUR", Some(5391)),
            ("1,234.50", "EUR", Some(123_450)),
            ("€ 1.234,50", "EUR", Some(123_450)),
            ("1,234", "EUR", Some(123_400)),
            ("1.234.567", "EUR", Some(123_456_700)),
            ("1,234", "KWD", Some(1234)),
            ("1500", "JPY", Some(1500)),
            ("1500.00", "JPY", Some(1500)),
            ("-3.00", "EUR", Some(-300)),
            ("1.234", "EUR", None),
            ("free", "EUR", None),
            ("", "EUR", None),
        ];
        for (text, currency, minor) in table {
            let read = money(text, currency.parse().unwrap()).ok();
            assert_eq!(read.map(|money| money.minor), minor, "{text} {currency}");
        }
    }
}
