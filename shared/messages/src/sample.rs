//! A customer and an order that do not exist: for the check at build time, previews and tests.

use crate::{CivilDate, Item, Links, MessageContext, Money, Order, OrderLine, PageContext, Purpose};

/// A context in which everything has a value. `region` chooses the words and the money: `ar-EG`, else English.
pub fn full(purpose: Purpose, locale: &str) -> MessageContext {
    let goods = if locale.starts_with("ar") { ARABIC } else { ENGLISH };
    MessageContext {
        purpose,
        first_name: Some(goods.first_name.to_owned()),
        order: Some(order(&goods)),
        rating_links: (1..=5)
            .map(|score| format!("https://care.sidra.example/r/Zk3v9Q?score={score}"))
            .collect(),
        items: goods.items.iter().map(|&(title, price)| item(title, price, goods.currency)).collect(),
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
    context.items = vec![context.items; 3].concat();
    context
}

/// A context with only what every mail needs: the customer and the order are hardly known.
pub fn sparse(purpose: Purpose) -> MessageContext {
    MessageContext {
        purpose,
        order: Some(Order { number: "#7".to_owned(), ..Order::default() }),
        rating_links: full(purpose, "en").rating_links,
        items: vec![Item {
            title: "Soap".to_owned(),
            url: "https://sidra.example/p/soap".to_owned(),
            ..Item::default()
        }],
        links: Links { preferences: None, ..links() },
        ..MessageContext::default()
    }
}

/// A page in which everything has a value.
pub fn page(locale: &str) -> PageContext {
    let comment = if locale.starts_with("ar") {
        "وصلت العلبة مفتوحة قليلًا."
    } else {
        "The box was a little open."
    };
    PageContext {
        action: Some("/r/Zk3v9Q".to_owned()),
        order_number: Some("#1042".to_owned()),
        comment: Some(comment.to_owned()),
        links: links(),
    }
}

struct Goods {
    first_name: &'static str,
    currency: &'static str,
    lines: [(&'static str, u32, i64); 3],
    items: [(&'static str, i64); 4],
}

const ENGLISH: Goods = Goods {
    first_name: "Amelia",
    currency: "GBP",
    lines: [
        ("Olive wood serving board, large", 1, 3_800),
        ("Linen napkin, sage", 4, 3_200),
        ("Laurel soap", 2, 1_100),
    ],
    items: [
        ("Olive wood salad servers", 1_900),
        ("Linen table runner, sage", 2_800),
        ("Za’atar & sumac tin", 950),
        ("Hand-thrown dipping bowl", 1_450),
    ],
};

const ARABIC: Goods = Goods {
    first_name: "سلمى",
    currency: "EGP",
    lines: [
        ("لوح تقديم من خشب الزيتون، كبير", 1, 125_000),
        ("مناديل كتان بلون المريمية", 4, 96_000),
        ("صابون الغار Aleppo No. 5", 2, 34_000),
    ],
    items: [
        ("ملاعق سلطة من خشب الزيتون", 64_000),
        ("مفرش طاولة من الكتان", 88_000),
        ("علبة زعتر وسماق", 27_500),
        ("وعاء غموس مشغول يدويًا", 41_000),
    ],
};

fn order(goods: &Goods) -> Order {
    let lines = goods.lines.iter().map(|&(title, quantity, minor)| OrderLine {
        title: title.to_owned(),
        quantity,
        price: Some(money(minor, goods.currency)),
    });
    Order {
        number: "#1042".to_owned(),
        lines: lines.collect(),
        total: Some(money(goods.lines.iter().map(|line| line.2).sum(), goods.currency)),
        placed_on: Some(CivilDate { year: 2026, month: 3, day: 4 }),
        delivered_on: Some(CivilDate { year: 2026, month: 3, day: 9 }),
        parcels: 2,
    }
}

fn item(title: &str, minor: i64, currency: &str) -> Item {
    Item {
        title: title.to_owned(),
        price: Some(money(minor, currency)),
        url: "https://sidra.example/p/1".to_owned(),
        image_url: None,
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
