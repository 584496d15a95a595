//! Orders that lie back in time, so that what follows from them is due within the hour and no test waits for weeks.

use rihla_core::event::{Event, Fact, Person};
use rihla_core::instant::Wait;
use rihla_core::parcel::ParcelState;
use rihla_local::shop::{Posted, standard_body};

use crate::facts::{details, moved};
use crate::shop::Shop;

impl Shop {
    /// The shop's own source tells facts, each as of so long ago.
    pub(crate) async fn tell_late(&self, facts: &[(Wait, Fact)]) {
        let at = |ago: Wait| self.now().before(ago);
        let events: Vec<Event> =
            facts.iter().map(|(ago, fact)| Event { at: at(*ago), fact: fact.clone() }).collect();
        let posted = Posted { body: standard_body(&events), ..self.delivery("shop", &[]) };
        assert_eq!(self.post(&posted).await, 200);
    }

    /// An order whose survey is due in an hour, and nothing else before its parcel moves.
    pub(crate) async fn survey_in_an_hour(&self, order: &str, buyer: Person) {
        let placed = Fact::OrderPlaced(details(order, buyer, &["bowl"]));
        self.tell_late(&[(Wait::hours(47), placed)]).await;
    }

    /// An order whose parcel arrived 23 hours ago: the check is due in an hour, the survey has expired.
    pub(crate) async fn check_in_an_hour(&self, order: &str, buyer: Person) {
        self.told_of_an_arrival(order, buyer, Wait::hours(23)).await;
    }

    /// An order that left two weeks ago less an hour: what goes with it is due in an hour, the check is due at once.
    pub(crate) async fn matching_in_an_hour(&self, order: &str, buyer: Person) {
        self.tell(&[Fact::OrderPlaced(details(
            "pair",
            crate::facts::person("pair@example.com"),
            &["bowl", "spoon"],
        ))])
        .await;
        self.told_of_an_arrival(order, buyer, Wait::days(10)).await;
    }

    /// An order that arrived three weeks ago less an hour: the newsletter's invitation is due in an hour.
    pub(crate) async fn invitation_in_an_hour(&self, order: &str, buyer: Person) {
        self.told_of_an_arrival(order, buyer, Wait::hours(21 * 24 - 1)).await;
    }

    async fn told_of_an_arrival(&self, order: &str, buyer: Person, arrived: Wait) {
        let placed = Fact::OrderPlaced(details(order, buyer, &["bowl"]));
        let left = if arrived > Wait::days(13) { Wait::days(40) } else { Wait::hours(14 * 24 - 1) };
        self.tell_late(&[
            (Wait::days(41), placed),
            (left, moved(order, ParcelState::HandedOver)),
            (arrived, moved(order, ParcelState::Delivered)),
        ])
        .await;
    }
}
