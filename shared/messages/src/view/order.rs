use serde::Serialize;

use super::{CountView, DateView, PlaceView, code, count, date, place, words};
use crate::bidi::isolate;
use crate::format::Style;
use crate::text;
use crate::{Order, OrderLine};

const SHOWN_LINES: usize = 6;

#[derive(Serialize)]
pub(super) struct OrderView {
    number: String,
    lines: Vec<LineView>,
    more_lines: Option<CountView>,
    total: Option<String>,
    placed_on: Option<DateView>,
    shipped_on: Option<DateView>,
    promised_on: Option<DateView>,
    delivered_on: Option<DateView>,
    parcels: CountView,
    gift: bool,
    carrier: Option<String>,
    tracking: Option<String>,
    tracking_url: Option<String>,
    pickup: Option<PlaceView>,
}

#[derive(Serialize)]
pub(super) struct LineView {
    title: String,
    quantity: Option<String>,
    price: Option<String>,
}

pub(super) fn view(order: &Order, style: &Style) -> OrderView {
    let tracking = order.tracking.as_deref().filter(|number| !number.trim().is_empty());
    OrderView {
        number: code(&order.number, style.direction),
        lines: shown(&order.lines, style),
        more_lines: not_shown(&order.lines, style),
        total: order.total.as_ref().map(|total| style.money(total)),
        placed_on: order.placed_on.map(|day| date(day, style)),
        shipped_on: order.shipped_on.map(|day| date(day, style)),
        promised_on: order.promised_on.map(|day| date(day, style)),
        delivered_on: order.delivered_on.map(|day| date(day, style)),
        gift: order.gift,
        parcels: count(order.parcels.max(1), style),
        carrier: words(order.carrier.as_deref(), style),
        tracking: tracking.map(|number| code(number, style.direction)),
        tracking_url: order.tracking_url.as_deref().and_then(text::link),
        pickup: order.pickup.as_ref().and_then(|pickup| place(pickup, style)),
    }
}

/// The first lines.
pub(super) fn shown(lines: &[OrderLine], style: &Style) -> Vec<LineView> {
    lines.iter().take(SHOWN_LINES).map(|line| line_view(line, style)).collect()
}

/// How many lines there are besides.
pub(super) fn not_shown(lines: &[OrderLine], style: &Style) -> Option<CountView> {
    let more = lines.len().saturating_sub(SHOWN_LINES);
    (more > 0).then(|| count(u32::try_from(more).unwrap_or(u32::MAX), style))
}

fn line_view(line: &OrderLine, style: &Style) -> LineView {
    LineView {
        title: isolate(text::title(&line.title), style.direction),
        quantity: (line.quantity > 1).then(|| style.number(line.quantity)),
        price: line.price.as_ref().map(|price| style.money(price)),
    }
}
