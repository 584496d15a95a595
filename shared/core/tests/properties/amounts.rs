//! Amounts: whatever a source tells, nothing overflows, and what is written reads back.

use proptest::prelude::*;
use rihla_core::event::{Event, Fact, OrderDetails, Refunded};
use rihla_core::money::{Currency, Money};
use rihla_core::source::Channel;
use rihla_core::totals::Totals;

use crate::events::{ORDER, joined};
use crate::moments::moment;

fn any_amount() -> impl Strategy<Value = i64> {
    prop_oneof![any::<i64>(), Just(i64::MIN), Just(i64::MAX), -10..10_i64]
}

proptest! {
    #[test]
    fn no_amount_is_too_much(
        total in any_amount(),
        refunds in prop::collection::vec(any_amount(), 0..4),
        more in any_amount(),
        at in moment(),
    ) {
        let euros = |minor| Money::new(minor, "EUR".parse().unwrap());
        let placed = |total| {
            let details = OrderDetails { order: ORDER.into(), total: Some(euros(total)), ..OrderDetails::default() };
            Event { at, fact: Fact::OrderPlaced(details) }
        };
        let refunded = refunds.iter().enumerate().map(|(number, minor)| {
            let (refund, amount) = (number.to_string(), euros(*minor));
            Event { at, fact: Fact::Refunded(Refunded { order: ORDER.into(), refund, amount, goods_returned: false }) }
        });
        let order = joined(&[placed(total)].into_iter().chain(refunded).collect::<Vec<_>>());
        prop_assert!(Totals::of(&order, Channel::Web).iter().all(|(_, total)| total.net_minor >= 0));
        let other = Totals::of(&joined(&[placed(more)]), Channel::Web);
        let _ = (Totals::of(&order, Channel::Web).plus(&other), Totals::default().minus(&other).minus(&other));
        prop_assert!(!order.is_refunded_whole() || total > 0);
    }

    #[test]
    fn an_amount_reads_back_as_it_was_written(
        minor in any_amount(),
        currency in prop::sample::select(&["EUR", "JPY", "KWD", "ISK", "USD"][..]),
    ) {
        let money = Money::new(minor, currency.parse().unwrap());
        let text = money.to_string();
        let (amount, currency) = text.split_once(' ').unwrap();
        let read = Money::parse(amount, currency.parse().unwrap()).ok();
        // The one number whose digits alone are one too many.
        prop_assert_eq!(read, Some(money).filter(|_| minor != i64::MIN));
    }

    #[test]
    fn any_text_is_an_amount_or_is_refused(text in "\\PC{0,24}", currency in "\\PC{0,4}") {
        if let Ok(currency) = currency.parse::<Currency>() {
            let _ = Money::parse(&text, currency);
        }
    }
}
