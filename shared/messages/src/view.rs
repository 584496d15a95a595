//! What templates see: everything already cleaned, formatted and isolated, so that they only place it. What is empty is
//! absent, so that a template that needs it is refused.

mod cart;
mod item;
mod order;
mod page;

use std::collections::BTreeMap;

use minijinja::value::{Serde, Value};
use serde::Serialize;

use crate::bidi::{isolate, isolate_code};
use crate::format::Style;
use crate::text;
use crate::{Brand, CivilDate, Direction, Language, Links, Locale, MessageContext, Place, Purpose};
use cart::CartView;
use item::ItemView;
use order::OrderView;

pub use page::page_view;

const SCALE_POINTS: usize = 11;

#[derive(Serialize)]
struct MailView {
    brand: BrandView,
    purpose: Purpose,
    customer: CustomerView,
    order: Option<OrderView>,
    cart: Option<CartView>,
    conversation: ConversationView,
    rating: Vec<Option<String>>,
    scale: Option<Vec<PointView>>,
    choice: BTreeMap<String, Option<String>>,
    items: Option<Vec<ItemView>>,
    reviews: Option<Vec<ItemView>>,
    offer: Option<String>,
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
struct ConversationView {
    subject: Option<String>,
}

#[derive(Serialize)]
struct PointView {
    digit: String,
    url: String,
}

#[derive(Serialize)]
struct PlaceView {
    name: String,
    address: Option<String>,
    url: Option<String>,
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

/// What a mail's templates see. Public so that the check at build time looks at the same.
pub fn mail_view(context: &MessageContext, brand: &Brand, locale: &Locale, language: &Language) -> Value {
    let style = style(locale, language);
    let choices = context.choices.iter();
    let subject = context.conversation.as_ref().and_then(|about| about.subject.as_deref());
    Value::from(Serde(MailView {
        brand: brand_view(brand, locale, style.direction),
        purpose: context.purpose,
        customer: CustomerView { first_name: first_name(context.first_name.as_deref(), style.direction) },
        order: context.order.as_ref().map(|order| order::view(order, &style)),
        cart: context.cart.as_ref().map(|cart| cart::view(cart, &style)),
        conversation: ConversationView { subject: words(subject, &style) },
        rating: context.rating_links.iter().map(|address| text::link(address)).collect(),
        scale: scale(&context.scale_links, &style),
        choice: choices.map(|choice| (choice.code.clone(), text::link(&choice.url))).collect(),
        items: item::views(&context.items, &style),
        reviews: item::reviewable(&context.items, &style),
        offer: context.offer.as_deref().and_then(text::offer).map(|offer| isolate(offer, style.direction)),
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

/// The points of a scale; of a scale that is not whole, none.
fn scale(links: &[String], style: &Style) -> Option<Vec<PointView>> {
    let point = |(number, address): (usize, &String)| {
        let digit = style.number(u32::try_from(number).unwrap_or(u32::MAX));
        Some(PointView { digit, url: text::link(address)? })
    };
    (links.len() == SCALE_POINTS).then(|| links.iter().enumerate().map(point).collect()).flatten()
}

fn place(place: &Place, style: &Style) -> Option<PlaceView> {
    Some(PlaceView {
        name: words(Some(&place.name), style)?,
        address: words(place.address.as_deref(), style),
        url: place.url.as_deref().and_then(text::link),
    })
}

/// What the shop or somebody else wrote, in one line; nothing where that says nothing.
fn words(words: Option<&str>, style: &Style) -> Option<String> {
    words.map(text::title).filter(|words| !words.is_empty()).map(|words| isolate(words, style.direction))
}

fn code(words: &str, direction: Direction) -> String {
    isolate_code(text::title(words), direction)
}

fn count(number: u32, style: &Style) -> CountView {
    CountView { count: style.number(number), plural: style.plural.category(number).name() }
}

fn date(date: CivilDate, style: &Style) -> DateView {
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
