//! What templates see: everything already cleaned, formatted and isolated, so that they only place it.

use minijinja::value::{Serde, Value};
use serde::Serialize;

use crate::bidi::{isolate, isolate_code};
use crate::format::Style;
use crate::text;
use crate::{
    Brand, CivilDate, Direction, Item, Language, Links, Locale, MessageContext, Order, OrderLine, Page,
    PageContext, Purpose,
};

const SHOWN_LINES: usize = 6;
const SHOWN_ITEMS: usize = 4;

#[derive(Serialize)]
struct MailView {
    brand: BrandView,
    purpose: Purpose,
    customer: CustomerView,
    order: Option<OrderView>,
    rating: Vec<Option<String>>,
    items: Vec<ItemView>,
    links: Links,
}

#[derive(Serialize)]
struct BrandView {
    name: String,
    postal_address: String,
    support_email: String,
    website: String,
    logo_url: Option<String>,
}

#[derive(Serialize)]
struct CustomerView {
    first_name: Option<String>,
}

#[derive(Serialize)]
struct OrderView {
    number: String,
    lines: Vec<LineView>,
    more_lines: Option<CountView>,
    total: Option<String>,
    placed_on: Option<DateView>,
    delivered_on: Option<DateView>,
    parcels: CountView,
}

#[derive(Serialize)]
struct LineView {
    title: String,
    quantity: Option<String>,
    price: Option<String>,
}

#[derive(Serialize)]
struct CountView {
    count: String,
    plural: &'static str,
}

#[derive(Serialize)]
struct DateView {
    day: String,
    date: String,
}

#[derive(Serialize)]
struct ItemView {
    title: String,
    price: Option<String>,
    url: String,
    image_url: Option<String>,
}

#[derive(Serialize)]
struct PageView {
    brand: BrandView,
    action: Option<String>,
    order_number: Option<String>,
    is_answered: bool,
    scores: Vec<ScoreView>,
    comment: String,
    comment_limit: usize,
    links: Links,
}

#[derive(Serialize)]
struct ScoreView {
    value: u8,
    digit: String,
    is_chosen: bool,
}

/// What a mail's templates see. Public so that the check at build time looks at the same.
pub fn mail_view(context: &MessageContext, brand: &Brand, locale: &Locale, language: &Language) -> Value {
    let style = style(locale, language);
    Value::from(Serde(MailView {
        brand: brand_view(brand, locale, style.direction),
        purpose: context.purpose,
        customer: CustomerView { first_name: first_name(context.first_name.as_deref(), style.direction) },
        order: context.order.as_ref().map(|order| order_view(order, &style)),
        rating: context.rating_links.iter().map(|address| text::link(address)).collect(),
        items: context.items.iter().filter_map(|item| item_view(item, &style)).take(SHOWN_ITEMS).collect(),
        links: links(&context.links),
    }))
}

/// What a page's template sees. Public so that the check at build time looks at the same.
pub fn page_view(
    page: &Page,
    context: &PageContext,
    brand: &Brand,
    locale: &Locale,
    language: &Language,
) -> Value {
    let style = style(locale, language);
    let chosen = page.score();
    let score = |value| ScoreView { value, digit: style.number(value), is_chosen: Some(value) == chosen };
    Value::from(Serde(PageView {
        brand: brand_view(brand, locale, style.direction),
        action: context.action.clone(),
        order_number: context.order_number.as_deref().map(|number| code(number, style.direction)),
        is_answered: chosen.is_some(),
        scores: (1..=5).map(score).collect(),
        comment: text::comment(context.comment.as_deref().unwrap_or_default()),
        comment_limit: text::COMMENT_LIMIT,
        links: links(&context.links),
    }))
}

fn style<'a>(locale: &Locale, language: &'a Language) -> Style<'a> {
    Style::new(&language.formats, &locale.language, locale.region.as_deref(), language.direction)
}

fn brand_view(brand: &Brand, locale: &Locale, direction: Direction) -> BrandView {
    let default = Locale::parse(&brand.default_locale);
    BrandView {
        name: isolate(brand.name.get(locale, &default).to_owned(), direction),
        postal_address: isolate(brand.postal_address.get(locale, &default).to_owned(), direction),
        support_email: brand.support_email.clone(),
        website: brand.website.clone(),
        logo_url: brand.logo_url.clone(),
    }
}

fn first_name(words: Option<&str>, direction: Direction) -> Option<String> {
    words.and_then(text::first_name).map(|name| isolate(name, direction))
}

fn code(words: &str, direction: Direction) -> String {
    isolate_code(text::title(words), direction)
}

fn order_view(order: &Order, style: &Style) -> OrderView {
    let more = order.lines.len().saturating_sub(SHOWN_LINES);
    OrderView {
        number: code(&order.number, style.direction),
        lines: order.lines.iter().take(SHOWN_LINES).map(|line| line_view(line, style)).collect(),
        more_lines: (more > 0).then(|| count(u32::try_from(more).unwrap_or(u32::MAX), style)),
        total: order.total.as_ref().map(|total| style.money(total)),
        placed_on: order.placed_on.map(|date| date_view(date, style)),
        delivered_on: order.delivered_on.map(|date| date_view(date, style)),
        parcels: count(order.parcels.max(1), style),
    }
}

fn line_view(line: &OrderLine, style: &Style) -> LineView {
    LineView {
        title: isolate(text::title(&line.title), style.direction),
        quantity: (line.quantity > 1).then(|| style.number(line.quantity)),
        price: line.price.as_ref().map(|price| style.money(price)),
    }
}

fn item_view(item: &Item, style: &Style) -> Option<ItemView> {
    Some(ItemView {
        title: isolate(text::title(&item.title), style.direction),
        price: item.price.as_ref().map(|price| style.money(price)),
        url: text::link(&item.url)?,
        image_url: item.image_url.as_deref().and_then(text::link),
    })
}

fn count(number: u32, style: &Style) -> CountView {
    CountView { count: style.number(number), plural: style.plural.category(number).name() }
}

fn date_view(date: CivilDate, style: &Style) -> DateView {
    DateView { day: style.day(date), date: style.date(date) }
}

fn links(links: &Links) -> Links {
    let clean = |address: &Option<String>| address.as_deref().and_then(text::link);
    Links {
        unsubscribe: clean(&links.unsubscribe),
        no_surveys: clean(&links.no_surveys),
        preferences: clean(&links.preferences),
        join_newsletter: clean(&links.join_newsletter),
    }
}
