//! Guards that follow from the journey's own rules, a row for each way that each can answer.

use rihla_core::about::About;
use rihla_core::answer::{self, Answers};
use rihla_core::checkout::Checkout;
use rihla_core::consent::Consents;
use rihla_core::event::{ConsentState, Event, Fact, LeftBecause, OrderDetails, Place, Purpose};
use rihla_core::follow_up::FollowUpKey;
use rihla_core::guards::{Answer, Question, ask_all};
use rihla_core::identifier::{CustomerId, Identifier};
use rihla_core::instant::{Instant, Wait};
use rihla_core::journey::Journey;
use rihla_core::lattice::{Join, Latest};
use rihla_core::ledger::{LedgerEntry, Outcome};
use rihla_core::limits::Limits;
use rihla_core::look::Ledger;
use rihla_core::money::Money;
use rihla_core::order::Order;
use rihla_core::profile::Profile;
use rihla_core::source::Channel;
use rihla_core::totals::Totals;
use rihla_core::workdays::Holidays;
use rihla_core::zone::local_zone;
use serde_json::{Value, json};

use crate::moments::MONDAY;
use crate::people::with_email;

/// All that a row can alter: Monday at nine, a service message of which nothing is asked, to somebody in London.
struct Row {
    journey: Value,
    step: Value,
    now: Instant,
    profile: Profile,
    cart: Option<Checkout>,
    ledger: Ledger,
    answers: Answers,
    limits: Limits,
}

fn key(step: &str) -> FollowUpKey {
    FollowUpKey::new("news", "shop#1", step)
}

fn pounds(pounds: i64) -> Money {
    Money { minor: pounds * 100, currency: "GBP".parse().unwrap() }
}

fn monday() -> Instant {
    Instant::from_seconds(MONDAY)
}

impl Row {
    fn new() -> Self {
        Self {
            journey: json!({ "version": 1, "purpose": "service", "priority": 1 }),
            step: json!({ "due": [], "expires": "30 days", "message": "news" }),
            now: monday(),
            profile: with_email(),
            cart: None,
            ledger: Ledger::new(),
            answers: Answers::new(),
            limits: Limits::default(),
        }
    }

    fn journey(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.journey[name] = value.into();
        self
    }

    fn step(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.step[name] = value.into();
        self
    }

    fn with(mut self, alter: impl FnOnce(&mut Self)) -> Self {
        alter(&mut self);
        self
    }

    /// Which guard stops it, and how.
    fn asked(mut self) -> (&'static str, Answer) {
        self.journey["steps"] = json!([self.step]);
        let journey: Journey = serde_json::from_value(self.journey).unwrap();
        let placed = OrderDetails {
            order: "1".into(),
            placed_at: Some(monday()),
            total: Some(pounds(12)),
            ..OrderDetails::default()
        };
        let order = Order::told_by(&Event { at: monday(), fact: Fact::OrderPlaced(placed) });
        let about = self.cart.as_ref().map_or(About::Order(&order, Channel::Web), About::Cart);
        let question = Question {
            journey: &journey,
            step: &journey.steps[0],
            key: &key("1"),
            due_at: self.now,
            now: self.now,
            profile: &self.profile,
            about,
            ledger: &self.ledger,
            answers: &self.answers,
            zone: &local_zone(Some("Europe/London"), None, None, "UTC"),
            limits: &self.limits,
            holidays: &Holidays::default(),
            customer: &CustomerId::from_text("c"),
        };
        let (answer, guard, _) = ask_all(&question);
        (guard, answer)
    }
}

#[track_caller]
fn passes(row: Row) {
    assert_eq!(row.asked(), ("", Answer::Pass));
}

#[track_caller]
fn refused_by(guard: &str, row: Row) {
    assert_eq!(row.asked(), (guard, Answer::Refuse));
}

#[track_caller]
fn waits_for(guard: &str, until: &str, row: Row) {
    assert_eq!(row.asked(), (guard, Answer::Defer(until.parse().unwrap())));
}

/// Saturday, 7 November 2026, at nine, where weekends and holidays are kept.
fn saturday(country: &str) -> Row {
    let country = Some(country.to_owned());
    Row::new().with(|row| {
        row.now = monday().after(Wait::days(5));
        row.limits.days_off = true;
        row.profile.place = Some(Latest::new(Place { country, ..Place::default() }, monday()));
    })
}

#[test]
fn on_a_day_off_nobody_is_asked_anything_until_the_next_workday_begins() {
    let survey = |row: Row| row.journey("purpose", "survey");
    waits_for("day-off", "2026-11-09T00:00:00Z", survey(saturday("GB")));
    passes(saturday("GB"));
    passes(survey(saturday("GB")).with(|row| row.limits.days_off = false));
    passes(survey(saturday("GB")).with(|row| row.now = monday()));
    // Friday and Saturday are the weekend: Sunday is a workday.
    waits_for("day-off", "2026-11-08T00:00:00Z", survey(saturday("EG")));
    passes(survey(saturday("EG")).with(|row| row.now = monday().after(Wait::days(6))));
}

#[test]
fn who_is_held_out_gets_nothing() {
    refused_by("holdout", Row::new().journey("holdout", 100));
    passes(Row::new().journey("holdout", 0));
}

fn bought_at(at: Instant) -> Totals {
    let total = Some(pounds(5));
    let details = OrderDetails { order: "2".into(), placed_at: Some(at), total, ..OrderDetails::default() };
    Totals::of(&Order::told_by(&Event { at, fact: Fact::OrderPlaced(details) }), Channel::Web)
}

fn unhappy(at: Instant) -> answer::Answer {
    answer::Answer { score: Some(1), out_of: Some(5), choice: None, comment: None, answered_at: at }
}

#[test]
fn a_journey_ends_with_what_it_names_and_with_nothing_else() {
    let later = || Row::new().with(|row| row.now = monday().after(Wait::days(9)));
    let again = |row: &mut Row| row.profile.totals = bought_at(monday().after(Wait::days(4)));
    refused_by("exit", later().journey("exits", json!(["bought-again"])).with(again));
    passes(later().with(again));
    let before = |row: &mut Row| row.profile.totals = bought_at(monday().before(Wait::days(4)));
    passes(later().journey("exits", json!(["bought-again"])).with(before));

    let complained = |row: &mut Row| {
        row.answers.insert(key("ask"), unhappy(monday().after(Wait::days(2))));
    };
    refused_by("exit", later().journey("exits", json!(["complained"])).with(complained));
    passes(later().with(complained));

    let withdrawn = |row: &mut Row| {
        let email = [Identifier::Email("amal@example.com".parse().unwrap())];
        row.profile.consents.join(Consents::of(
            Purpose::Marketing,
            ConsentState::Withdrawn,
            monday(),
            &email,
        ));
    };
    refused_by("exit", later().journey("exits", json!(["unsubscribed"])).with(withdrawn));
    passes(later().with(withdrawn));
}

fn if_so(conditions: Value) -> Row {
    Row::new().step("if", conditions)
}

#[test]
fn conditions_on_answers() {
    let answered = |score: u8| {
        move |row: &mut Row| {
            row.answers.insert(key("ask"), answer::Answer { score: Some(score), ..unhappy(monday()) });
        }
    };
    let at_least_four = || if_so(json!({ "answered": { "ask": { "at_least": 4 } } }));
    refused_by("condition", at_least_four());
    refused_by("condition", at_least_four().with(answered(3)));
    passes(at_least_four().with(answered(4)));
    let at_most_two = || if_so(json!({ "answered": { "ask": { "at_most": 2 } } }));
    refused_by("condition", at_most_two().with(answered(3)));
    passes(at_most_two().with(answered(2)));
    let chose = |choice: &'static str| {
        move |row: &mut Row| {
            let choice = Some(choice.to_owned());
            row.answers.insert(key("ask"), answer::Answer { score: None, choice, ..unhappy(monday()) });
        }
    };
    let for_the_price = || if_so(json!({ "answered": { "ask": { "chosen": ["price"] } } }));
    refused_by("condition", for_the_price().with(chose("service")));
    passes(for_the_price().with(chose("price")));
    let silent = || if_so(json!({ "unanswered": ["ask"] }));
    refused_by("condition", silent().with(answered(5)));
    passes(silent());
    let unclicked = || if_so(json!({ "unclicked": ["ask"] }));
    refused_by(
        "condition",
        unclicked().with(|row| {
            let clicked = LedgerEntry::reported("m".to_owned(), Outcome::Clicked, monday());
            row.ledger.insert(key("ask"), clicked);
        }),
    );
    passes(unclicked());
}

#[test]
fn conditions_on_the_person() {
    let bought = |row: &mut Row| row.profile.totals = bought_at(monday());
    refused_by("condition", if_so(json!({ "orders_at_least": 1 })));
    passes(if_so(json!({ "orders_at_least": 1 })).with(bought));
    refused_by("condition", if_so(json!({ "orders_at_most": 0 })).with(bought));
    passes(if_so(json!({ "orders_at_most": 1 })).with(bought));
    refused_by("condition", if_so(json!({ "stage": ["loyalty"] })).with(bought));
    passes(if_so(json!({ "stage": ["trial"] })).with(bought));
    passes(if_so(json!({ "stage": ["acquisition"] })));
    let lives = |country: &str| {
        let country = Some(country.to_owned());
        let place = Some(Latest::new(Place { country, ..Place::default() }, monday()));
        move |row: &mut Row| row.profile.place = place
    };
    refused_by("condition", if_so(json!({ "country": ["GB"] })));
    refused_by("condition", if_so(json!({ "country": ["GB"] })).with(lives("EG")));
    passes(if_so(json!({ "country": ["EG", "GB"] })).with(lives("GB")));
}

#[test]
fn conditions_on_why_a_cart_was_left() {
    let left = |because: Option<LeftBecause>| {
        move |row: &mut Row| {
            let at = monday().before(Wait::hours(2));
            let left_because = because.map(|because| Latest::new(because, at));
            let touched = Some(Latest::new((), at));
            row.cart = Some(Checkout { left_because, touched, ..Checkout::default() });
        }
    };
    let for_the_cost = || if_so(json!({ "left_because": ["shipping-cost"] })).journey("on", "cart");
    refused_by("condition", for_the_cost().with(left(None)));
    refused_by("condition", for_the_cost().with(left(Some(LeftBecause::PaymentFailed))));
    passes(for_the_cost().with(left(Some(LeftBecause::ShippingCost))));
}

#[test]
fn a_window_is_waited_for_by_the_persons_clock() {
    let at = |window: Value| Row::new().step("at", window);
    passes(at(json!({ "from": "09:00", "to": "18:00" })));
    waits_for("window", "2026-11-02T10:00:00Z", at(json!({ "from": "10:00", "to": "18:00" })));
    waits_for("window", "2026-11-03T08:00:00Z", at(json!({ "from": "08:00", "to": "09:00" })));
    waits_for("window", "2026-11-04T00:00:00Z", at(json!({ "weekdays": ["wednesday"] })));
    let too_late = at(json!({ "weekdays": ["wednesday"] })).step("expires", "1 day");
    refused_by("window", too_late);
}
