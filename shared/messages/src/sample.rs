//! A customer and an order that do not exist: for the check at build time, previews and tests.

mod goods;

use crate::{
    Cart, Choice, CivilDate, Conversation, Item, Links, MessageContext, Money, Order, OrderLine, PageContext,
    Place, Purpose,
};
use goods::{ARABIC, ENGLISH, Goods};

/// A context in which everything has a value. `region` chooses the words and the money: `ar-EG`, else English.
pub fn full(purpose: Purpose, locale: &str) -> MessageContext {
    let goods = goods(locale);
    MessageContext {
        purpose,
        first_name: Some(goods.first_name.to_owned()),
        order: Some(order(goods)),
        cart: Some(cart(goods)),
        conversation: Some(Conversation { subject: Some(goods.subject.to_owned()) }),
        rating_links: (1..=5).map(score_link).collect(),
        scale_links: (0..=10).map(score_link).collect(),
        choices: choices(REASONS),
        items: goods.items.iter().map(|&(title, price)| item(title, price, goods.currency)).collect(),
        offer: Some(goods.offer.to_owned()),
        links: links(),
    }
}

/// [`full`] with more than is shown: many lines, items and parcels.
pub fn crowded(purpose: Purpose, locale: &str) -> MessageContext {
    let mut context = full(purpose, locale);
    if let Some(order) = &mut context.order {
        order.lines = vec![order.lines.clone(); 6].concat();
        order.parcels = 11;
    }
    if let Some(cart) = &mut context.cart {
        cart.lines = vec![cart.lines.clone(); 6].concat();
    }
    context.items = vec![context.items; 3].concat();
    context
}

/// A context with only what every mail needs: the customer and the order are hardly known.
pub fn sparse(purpose: Purpose) -> MessageContext {
    let full = full(purpose, "en");
    let soap = || "Soap".to_owned();
    MessageContext {
        purpose,
        order: Some(Order {
            number: "#7".to_owned(),
            promised_on: full.order.and_then(|order| order.promised_on),
            ..Order::default()
        }),
        cart: Some(Cart {
            lines: vec![OrderLine { title: soap(), quantity: 1, price: None }],
            resume_url: full.cart.and_then(|cart| cart.resume_url),
            ..Cart::default()
        }),
        rating_links: full.rating_links,
        scale_links: full.scale_links,
        choices: full.choices,
        items: vec![Item {
            title: soap(),
            url: "https://sidra.example/p/soap".to_owned(),
            review_url: Some("https://sidra.example/p/soap/review".to_owned()),
            ..Item::default()
        }],
        links: Links { preferences: None, ..links() },
        ..MessageContext::default()
    }
}

/// A link for each of these answers.
pub fn choices<'a>(codes: impl IntoIterator<Item = &'a str>) -> Vec<Choice> {
    let link = |code: &str| format!("https://care.sidra.example/r/Zk3v9Q?choice={code}");
    codes.into_iter().map(|code| Choice { code: code.to_owned(), url: link(code) }).collect()
}

/// A page in which everything has a value.
pub fn page(locale: &str) -> PageContext {
    PageContext {
        action: Some("/r/Zk3v9Q".to_owned()),
        order_number: Some("#1042".to_owned()),
        comment: Some(goods(locale).comment.to_owned()),
        links: links(),
    }
}

/// The answers of the shop's own question of this kind.
const REASONS: [&str; 7] = ["price", "shipping", "range", "quality", "service", "later", "other"];

fn goods(locale: &str) -> &'static Goods {
    if locale.starts_with("ar") { &ARABIC } else { &ENGLISH }
}

fn score_link(score: u8) -> String {
    format!("https://care.sidra.example/r/Zk3v9Q?score={score}")
}

fn order(goods: &Goods) -> Order {
    let day = |day| Some(CivilDate { year: 2026, month: 3, day });
    Order {
        number: "#1042".to_owned(),
        lines: lines(goods),
        total: Some(total(goods)),
        placed_on: day(4),
        shipped_on: day(5),
        promised_on: day(8),
        delivered_on: day(9),
        parcels: 2,
        gift: false,
        carrier: Some(goods.carrier.to_owned()),
        tracking: Some("SW 4471 0932".to_owned()),
        tracking_url: Some("https://swallow-post.example/t/SW44710932".to_owned()),
        pickup: Some(place(goods)),
    }
}

fn cart(goods: &Goods) -> Cart {
    Cart {
        lines: lines(goods),
        total: Some(total(goods)),
        shipping: Some(money(goods.shipping, goods.currency)),
        resume_url: Some("https://sidra.example/basket/77".to_owned()),
        near: Some(place(goods)),
    }
}

fn place(goods: &Goods) -> Place {
    let [name, address] = goods.place;
    let url = Some("https://sidra.example/shops/2".to_owned());
    Place { name: name.to_owned(), address: Some(address.to_owned()), url }
}

fn lines(goods: &Goods) -> Vec<OrderLine> {
    let line = |&(title, quantity, minor): &(&str, u32, i64)| OrderLine {
        title: title.to_owned(),
        quantity,
        price: Some(money(minor, goods.currency)),
    };
    goods.lines.iter().map(line).collect()
}

fn total(goods: &Goods) -> Money {
    money(goods.lines.iter().map(|line| line.2).sum(), goods.currency)
}

fn item(title: &str, minor: i64, currency: &str) -> Item {
    Item {
        title: title.to_owned(),
        price: Some(money(minor, currency)),
        url: "https://sidra.example/p/1".to_owned(),
        image_url: None,
        review_url: Some("https://sidra.example/p/1/review".to_owned()),
    }
}

fn money(minor: i64, currency: &str) -> Money {
    Money { minor, currency: currency.to_owned() }
}

fn links() -> Links {
    let link = |kind: &str| Some(format!("https://care.sidra.example/{kind}/Zk3v9Q"));
    Links {
        unsubscribe: link("unsubscribe"),
        no_surveys: link("no-surveys"),
        preferences: link("preferences"),
        join_newsletter: link("newsletter"),
    }
}
