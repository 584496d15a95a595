//! What a message is about.

use jiff::civil::Date;
use rihla_core::event::{Line, Purpose};
use rihla_core::instant::{Instant, Wait};
use rihla_core::journey::{Content, Milestone};
use rihla_core::link::{Action, Grant};
use rihla_core::look::Decision;
use rihla_messages::{CivilDate, Item, Links, MessageContext, Money, Order, OrderLine};

use crate::Deliver;
use crate::scene::Scene;

/// Why there is no message.
#[derive(Debug)]
pub(crate) struct NothingToSay {
    pub(crate) guard: &'static str,
    pub(crate) because: String,
}

/// How long links in mails are honoured.
const LINKS_HONOURED: Wait = Wait::days(60);

impl Deliver {
    /// What the message of a journey is about; `items` go with the order.
    pub(crate) fn context(
        &self,
        scene: &Scene<'_>,
        decision: &Decision<'_>,
        items: &[Line],
    ) -> Result<MessageContext, NothingToSay> {
        if decision.step.needs == Some(Content::MatchingItems) && items.is_empty() {
            let because = "nobody bought anything together with it yet".to_owned();
            return Err(NothingToSay { guard: "matching-items", because });
        }
        let rate = self.link(scene, decision, "r", Action::Rate);
        let is_marketing = matches!(decision.journey.purpose, Purpose::Marketing | Purpose::Newsletter);
        let unsubscribe = self.link(scene, decision, "u", Action::Unsubscribe);
        Ok(MessageContext {
            purpose: purpose(decision.journey.purpose),
            first_name: scene.person.greeting_name().map(ToOwned::to_owned),
            order: scene.about().order().map(|known| order(scene, known)),
            rating_links: (1..=5).map(|score| format!("{rate}?score={score}")).collect(),
            items: items.iter().map(|line| self.item(scene, line)).collect(),
            links: Links {
                unsubscribe: is_marketing.then(|| unsubscribe.clone()),
                no_surveys: (decision.journey.purpose == Purpose::Survey).then_some(unsubscribe),
                preferences: None,
                join_newsletter: Some(self.link(scene, decision, "n", Action::Subscribe)),
            },
            ..MessageContext::default()
        })
    }

    /// An absolute, signed link.
    fn link(&self, scene: &Scene<'_>, decision: &Decision<'_>, page: &str, action: Action) -> String {
        let grant = Grant {
            customer: scene.look.customer.clone(),
            follow_up: decision.key.clone(),
            action,
            purpose: decision.journey.purpose,
            expires_seconds: scene.now.after(LINKS_HONOURED).seconds(),
            locale: scene.locale().to_owned(),
            trigger: scene.look.trigger.clone(),
        };
        let base = self.renderer.brand().public_url.trim_end_matches('/');
        format!("{base}/{page}/{}", self.link_keys.sign(&grant))
    }

    fn item(&self, scene: &Scene<'_>, line: &Line) -> Item {
        let source = scene.shop.source(scene.look.trigger.source.as_str());
        let pattern = source.and_then(|source| source.product_url.as_deref());
        let url = pattern.map(|pattern| pattern.replace("{product}", &line.product));
        Item {
            title: line.title.clone(),
            price: line.price.map(money),
            url: url.unwrap_or_else(|| self.renderer.brand().website.clone()),
            image_url: None,
            review_url: None,
        }
    }
}

fn order(scene: &Scene<'_>, order: &rihla_core::order::Order) -> Order {
    let day = |milestone: Milestone| scene.about().reached_at(&milestone).map(|at| civil_date(at, scene));
    let number = order.number.as_ref().map_or(&scene.look.trigger.id, |number| &number.value);
    Order {
        number: number.clone(),
        lines: order.lines.iter().flat_map(|lines| &lines.value).map(order_line).collect(),
        total: order.total.as_ref().map(|total| money(total.value)),
        placed_on: day(Milestone::Placed),
        delivered_on: day(Milestone::Delivered),
        parcels: order
            .parcels
            .values()
            .filter(|parcel| parcel.counts())
            .count()
            .try_into()
            .unwrap_or(u32::MAX),
        ..Order::default()
    }
}

fn order_line(line: &Line) -> OrderLine {
    let all = |price: rihla_core::money::Money| {
        let minor = price.minor.saturating_mul(i64::from(line.quantity));
        money(rihla_core::money::Money::new(minor, price.currency))
    };
    OrderLine { title: line.title.clone(), quantity: line.quantity, price: line.price.map(all) }
}

fn money(money: rihla_core::money::Money) -> Money {
    Money { minor: money.minor, currency: money.currency.to_string() }
}

fn civil_date(at: Instant, scene: &Scene<'_>) -> CivilDate {
    let date: Date = at.in_zone(&scene.zone.zone).date();
    CivilDate { year: date.year(), month: date.month().unsigned_abs(), day: date.day().unsigned_abs() }
}

fn purpose(purpose: Purpose) -> rihla_messages::Purpose {
    match purpose {
        Purpose::Service => rihla_messages::Purpose::Service,
        Purpose::Survey => rihla_messages::Purpose::Survey,
        Purpose::Marketing | Purpose::Newsletter => rihla_messages::Purpose::Marketing,
    }
}
