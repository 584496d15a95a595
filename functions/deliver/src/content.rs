//! What a message is about.

use jiff::civil::Date;
use rihla_core::about::About;
use rihla_core::event::{LeftBecause, Line, Purpose};
use rihla_core::instant::{Instant, Wait};
use rihla_core::journey::{Content, Milestone};
use rihla_core::lattice::Latest;
use rihla_core::link::{Action, Grant};
use rihla_core::look::Decision;
use rihla_messages::{
    Cart, Choice, CivilDate, Conversation, Item, Links, MessageContext, Money, Order, OrderLine, Place,
    Question,
};

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
    /// What the message of a journey is about; `items` go with the order, and `near` is a shop that has the cart's goods.
    pub(crate) fn context(
        &self,
        scene: &Scene<'_>,
        decision: &Decision<'_>,
        items: &[Line],
        near: Option<Place>,
    ) -> Result<MessageContext, NothingToSay> {
        if decision.step.needs == Some(Content::MatchingItems) && items.is_empty() {
            let because = "nobody bought anything together with it yet".to_owned();
            return Err(NothingToSay { guard: "matching-items", because });
        }
        if decision.step.needs == Some(Content::ReviewPages) && !scene.has_review_pages() {
            let because = "its source tells neither `review_url` nor `product_url`".to_owned();
            return Err(NothingToSay { guard: "review-pages", because });
        }
        let rate = self.link(scene, decision, "r", Action::Rate);
        let is_marketing = matches!(decision.journey.purpose, Purpose::Marketing | Purpose::Newsletter);
        let unsubscribe = self.link(scene, decision, "u", Action::Unsubscribe);
        Ok(MessageContext {
            purpose: purpose(decision.journey.purpose),
            first_name: scene.person.greeting_name().map(ToOwned::to_owned),
            order: scene.about().order().map(|known| order(scene, known)),
            cart: cart(scene, near),
            conversation: conversation(scene),
            rating_links: (1..=5).map(|score| format!("{rate}?score={score}")).collect(),
            scale_links: (0..=10).map(|score| format!("{rate}?score={score}")).collect(),
            choices: self.choices(scene, decision, &rate),
            items: self.items(scene, items),
            links: Links {
                unsubscribe: is_marketing.then(|| unsubscribe.clone()),
                no_surveys: (decision.journey.purpose == Purpose::Survey).then_some(unsubscribe),
                preferences: Some(self.link(scene, decision, "p", Action::Prefer)),
                join_newsletter: Some(self.link(scene, decision, "n", Action::Subscribe)),
            },
            ..MessageContext::default()
        })
    }

    /// A link for each of the answers that the message offers.
    fn choices(&self, scene: &Scene<'_>, decision: &Decision<'_>, rate: &str) -> Vec<Choice> {
        let message = decision.journey.message_for(decision.step, &scene.drawn_as());
        let Some(Question::Choice(codes)) = self.renderer.catalogue().questions.get(message) else {
            return Vec::new();
        };
        let choice = |code: &String| Choice { code: code.clone(), url: format!("{rate}?choice={code}") };
        codes.iter().map(choice).collect()
    }

    /// What goes with the order; where nothing was looked for, its own products.
    fn items(&self, scene: &Scene<'_>, items: &[Line]) -> Vec<Item> {
        let own = scene.about().order().map(|order| order.products()).unwrap_or_default();
        let lines = if items.is_empty() { own } else { items.iter().collect() };
        lines.into_iter().map(|line| self.item(scene, line)).collect()
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
        let reviews = source.and_then(|source| source.review_url.as_deref());
        let review_url = reviews.map(|pattern| pattern.replace("{product}", &line.product));
        Item {
            title: line.title.clone(),
            price: line.price.map(money),
            review_url: review_url.or_else(|| url.clone()),
            url: url.unwrap_or_else(|| self.renderer.brand().website.clone()),
            image_url: None,
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
        shipped_on: day(Milestone::Shipped),
        gift: order.is_gift(),
        promised_on: order.promised.as_ref().map(|promised| civil_date(promised.value, scene)),
        ..parcel(order)
    }
}

/// Of the parcel that waits, or is on its way, who carries it and by which number.
fn parcel(order: &rihla_core::order::Order) -> Order {
    let parcels = order.parcels.values().filter(|parcel| parcel.counts());
    let Some(parcel) = parcels.min_by_key(|parcel| parcel.delivered_at().is_some()) else {
        return Order::default();
    };
    let text = |told: &Option<Latest<String>>| told.as_ref().map(|told| told.value.clone());
    Order { carrier: text(&parcel.carrier), tracking: text(&parcel.tracking), ..Order::default() }
}

fn cart(scene: &Scene<'_>, near: Option<Place>) -> Option<Cart> {
    let About::Cart(cart) = scene.about() else { return None };
    let is_why = cart.left_because() == Some(LeftBecause::ShippingCost);
    Some(Cart {
        lines: cart.lines.iter().flat_map(|lines| &lines.value).map(order_line).collect(),
        total: cart.total.as_ref().map(|total| money(total.value)),
        shipping: cart.shipping.as_ref().filter(|_| is_why).map(|shipping| money(shipping.value)),
        resume_url: cart.recovery_url.as_ref().map(|url| url.value.clone()),
        near,
    })
}

fn conversation(scene: &Scene<'_>) -> Option<Conversation> {
    let About::Conversation(conversation) = scene.about() else { return None };
    let subject = conversation.subject.as_ref().map(|subject| subject.value.clone());
    Some(Conversation { subject })
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
