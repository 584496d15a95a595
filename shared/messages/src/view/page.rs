use minijinja::value::{Serde, Value};
use serde::Serialize;

use super::{BrandView, brand_view, code, links, style};
use crate::text;
use crate::{Brand, Language, Links, Locale, Page, PageContext, Wishes};

#[derive(Serialize)]
struct PageView {
    brand: BrandView,
    action: Option<String>,
    order_number: Option<String>,
    is_answered: bool,
    scores: Vec<ScoreView>,
    scale: Vec<ScoreView>,
    choice: Option<String>,
    comment: String,
    comment_limit: usize,
    wishes: Wishes,
    links: Links,
}

#[derive(Serialize)]
struct ScoreView {
    value: u8,
    digit: String,
    is_chosen: bool,
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
    let given = page.given();
    let score =
        |value| ScoreView { value, digit: style.number(value), is_chosen: Some(value) == given.score };
    Value::from(Serde(PageView {
        brand: brand_view(brand, locale, style.direction),
        action: context.action.clone(),
        order_number: context.order_number.as_deref().map(|number| code(number, style.direction)),
        is_answered: given.score.is_some() || given.choice.is_some(),
        scores: (1..=5).map(score).collect(),
        scale: (0..=10).map(score).collect(),
        choice: given.choice,
        comment: text::comment(context.comment.as_deref().unwrap_or_default()),
        comment_limit: text::COMMENT_LIMIT,
        wishes: page.wishes(),
        links: links(&context.links),
    }))
}
