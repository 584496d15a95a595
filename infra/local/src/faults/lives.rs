//! Lives of orders, each of five deliveries, told of a customer and an order of their own by a token.

use rihla_core::event::{ConsentState, Fact, Person, Purpose, Speaker};
use rihla_core::instant::{Instant, Wait};
use rihla_core::parcel::ParcelState;
use rihla_core::source::Channel;

use super::telling::{
    CARRIER, SHOP, answered, cancelled, cart, consent, delivery, disputed, known_as, message, paid, parcel,
    person, placed, reached_by, refunded, tracked,
};
use super::world::STARTS_AT;
use crate::shop::Posted;

/// What happens to an order, and to its buyer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// Placed, paid, shipped, in transit, delivered; the last two are the carrier's word.
    Plain,
    /// Placed, and two parcels shipped and delivered.
    TwoParcels,
    /// Placed, paid, shipped, delivered, and a part of the price paid back.
    Refund,
    /// Placed, paid, a part paid back, the rest paid back, cancelled.
    Cancel,
    /// Two customers order, one agrees to offers, and an event names both.
    Merge,
    /// The same, where one of them declined offers before the other agreed.
    MergeOfTwoMinds,
    /// Orders by a phone number alone, and two customers who gave that number beside their addresses.
    SharedPhone,
    /// An order, a question about it by the buyer's phone, the answer, and a word that stops text messages.
    Talk,
    /// A cart, the same with what sending it costs, its order, its end, and a dispute about what was paid.
    LeftCart,
}

/// When all of it has happened, after the start.
pub(super) const ALL_HAPPENED: Wait = Wait::hours(31);

impl Life {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Plain,
        Self::TwoParcels,
        Self::Refund,
        Self::Cancel,
        Self::Merge,
        Self::MergeOfTwoMinds,
        Self::SharedPhone,
        Self::Talk,
        Self::LeftCart,
    ];

    /// Its five deliveries, in the order in which they happen.
    pub(super) fn deliveries(self, token: &str) -> Vec<Posted> {
        let (first, second) = (format!("{token}-a"), format!("{token}-b"));
        let email = format!("{token}@example.com");
        let goods = |order: &str, buyer: Person| placed(order, buyer, &["cup", "pot"]);
        let at_shop = |hour: i64, fact: Fact| (SHOP, hour, fact);
        let by_carrier = |hour: i64, parcel: &str, state| (CARRIER, hour, tracked(parcel, state));
        let sent = |hour, parcel_id: &str| at_shop(hour, parcel(&first, parcel_id, ParcelState::HandedOver));
        let word = |hour, who, state| at_shop(hour, consent(who, Purpose::Marketing, state));
        let customer = || known_as(token);
        let both = || Person { customer: Some(token.to_owned()), ..person(&email) };
        let told = match self {
            Self::Plain => vec![
                at_shop(0, goods(&first, person(&email))),
                at_shop(1, paid(&first)),
                sent(5, &first),
                by_carrier(10, &first, ParcelState::InTransit),
                by_carrier(30, &first, ParcelState::Delivered),
            ],
            Self::TwoParcels => vec![
                at_shop(0, goods(&first, person(&email))),
                sent(5, &first),
                sent(7, &second),
                by_carrier(20, &first, ParcelState::Delivered),
                by_carrier(30, &second, ParcelState::Delivered),
            ],
            Self::Refund => vec![
                at_shop(0, goods(&first, person(&email))),
                at_shop(1, paid(&first)),
                sent(5, &first),
                by_carrier(20, &first, ParcelState::Delivered),
                at_shop(30, refunded(&first, "r1", 50)),
            ],
            Self::Cancel => vec![
                at_shop(0, goods(&first, person(&email))),
                at_shop(1, paid(&first)),
                at_shop(5, refunded(&first, "r1", 50)),
                at_shop(6, refunded(&first, "r2", 150)),
                at_shop(7, cancelled(&first)),
            ],
            Self::Merge => vec![
                at_shop(0, goods(&first, person(&email))),
                at_shop(18, goods(&second, customer())),
                word(19, person(&email), ConsentState::Granted),
                at_shop(20, Fact::ProfileChanged(both())),
                at_shop(30, parcel(&second, &second, ParcelState::Delivered)),
            ],
            Self::MergeOfTwoMinds => vec![
                at_shop(0, goods(&first, Person { locale: Some("en-GB".to_owned()), ..person(&email) })),
                word(18, customer(), ConsentState::Withdrawn),
                word(19, person(&email), ConsentState::Granted),
                at_shop(20, Fact::ProfileChanged(both())),
                at_shop(30, parcel(&first, &first, ParcelState::Delivered)),
            ],
            Self::SharedPhone => vec![
                at_shop(0, goods(&first, reached_by(token, None))),
                at_shop(1, goods(&second, reached_by(token, Some(&email)))),
                at_shop(
                    2,
                    goods(&format!("{token}-c"), reached_by(token, Some(&format!("{token}@example.org")))),
                ),
                word(18, reached_by(token, None), ConsentState::Granted),
                at_shop(30, parcel(&first, &first, ParcelState::Delivered)),
            ],
            Self::Talk => talk(token, &first, &email),
            Self::LeftCart => left_cart(&first, &email),
        };
        let start: Instant = STARTS_AT.parse().expect("written as a moment");
        let posted = |(number, (source, hour, fact))| {
            delivery(source, &format!("{token}-{number}"), start.after(Wait::hours(hour)), fact)
        };
        told.into_iter().enumerate().map(posted).collect()
    }

    /// Orders of other people, by which something goes with every order of a life.
    pub(super) fn others() -> Vec<Posted> {
        let start: Instant = STARTS_AT.parse().expect("written as a moment");
        let other = |number: usize| {
            let (order, email) = (format!("other-{number}"), format!("other-{number}@example.com"));
            let at = start.after(Wait::hours(25));
            delivery(SHOP, &order, at, placed(&order, person(&email), &["cup", "pot", "lamp"]))
        };
        (0..30).map(other).collect()
    }
}

/// What a source tells, and how many hours after the start.
type ToldAt = (&'static str, i64, Fact);

fn talk(token: &str, order: &str, email: &str) -> Vec<ToldAt> {
    let said = |id, channel, text| message(token, id, Speaker::Customer, channel, text);
    vec![
        (SHOP, 0, placed(order, reached_by(token, Some(email)), &["cup", "pot"])),
        (SHOP, 1, said("1", Channel::Whatsapp, "Where is it?")),
        (SHOP, 2, answered(token)),
        (SHOP, 18, said("2", Channel::Sms, "Stop")),
        (SHOP, 30, parcel(order, order, ParcelState::Delivered)),
    ]
}

fn left_cart(order: &str, email: &str) -> Vec<ToldAt> {
    vec![
        (SHOP, 0, cart(order, person(email), None, false)),
        (SHOP, 1, cart(order, person(email), Some(490), false)),
        (SHOP, 18, placed(order, person(email), &["cup", "pot"])),
        (SHOP, 19, cart(order, person(email), None, true)),
        (SHOP, 30, disputed(order)),
    ]
}
