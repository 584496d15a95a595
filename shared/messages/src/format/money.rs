use super::Style;
use crate::{Direction, Money};

const NO_BREAK_SPACE: &str = "\u{a0}";
const RIGHT_TO_LEFT_ISOLATE: char = '\u{2067}';
const POP_ISOLATE: char = '\u{2069}';

impl Style<'_> {
    /// Money as this locale writes it, isolated where the sentence around it is written from right to left.
    pub(crate) fn money(&self, money: &Money) -> String {
        let symbol = self.symbol(&money.currency);
        let amount = self.decimal(money.minor.unsigned_abs(), fraction_digits(&money.currency));
        let is_code_first = self.money.starts_with("{symbol}{") && symbol.ends_with(char::is_alphabetic);
        let gap = if is_code_first { NO_BREAK_SPACE } else { "" };
        let text = self
            .money
            .replace("{symbol}", &format!("{symbol}{gap}"))
            .replace("{amount}", &amount)
            .replace(' ', NO_BREAK_SPACE);
        let sign = if money.minor < 0 { "-" } else { "" };
        match self.direction {
            Direction::Ltr => format!("{sign}{text}"),
            // A left-to-right mark keeps the sign on the number's left where the digits are Latin (CLDR does so).
            Direction::Rtl if money.minor < 0 => {
                format!("{RIGHT_TO_LEFT_ISOLATE}\u{200e}-{text}{POP_ISOLATE}")
            }
            Direction::Rtl => format!("{RIGHT_TO_LEFT_ISOLATE}{text}{POP_ISOLATE}"),
        }
    }

    fn symbol<'s>(&'s self, currency: &'s str) -> &'s str {
        self.symbols.iter().find_map(|symbols| symbols.get(currency)).map_or(currency, String::as_str)
    }
}

/// How many digits of a currency's smallest unit are a fraction: ISO 4217 table A.1, 2024. Two unless listed.
fn fraction_digits(currency: &str) -> usize {
    match currency {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "UYI"
        | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        "CLF" | "UYW" => 4,
        _ => 2,
    }
}
