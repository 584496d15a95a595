use serde::Serialize;

use super::order::{LineView, not_shown, shown};
use super::{CountView, PlaceView, place};
use crate::Cart;
use crate::format::Style;
use crate::text;

#[derive(Serialize)]
pub(super) struct CartView {
    lines: Option<Vec<LineView>>,
    more_lines: Option<CountView>,
    total: Option<String>,
    shipping: Option<String>,
    resume_url: Option<String>,
    near: Option<PlaceView>,
}

pub(super) fn view(cart: &Cart, style: &Style) -> CartView {
    CartView {
        lines: Some(shown(&cart.lines, style)).filter(|lines| !lines.is_empty()),
        more_lines: not_shown(&cart.lines, style),
        total: cart.total.as_ref().map(|total| style.money(total)),
        shipping: cart.shipping.as_ref().map(|shipping| style.money(shipping)),
        resume_url: cart.resume_url.as_deref().and_then(text::link),
        near: cart.near.as_ref().and_then(|near| place(near, style)),
    }
}
