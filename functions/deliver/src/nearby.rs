//! The shop near a customer where a left cart can be had.

use rihla_aws::stock::shops_with;
use rihla_aws::table::{Table, TableError};
use rihla_core::checkout::Checkout;
use rihla_core::event::LeftBecause;
use rihla_core::stock::{InStock, is_near};
use rihla_messages::Place;

use crate::scene::Scene;

/// For so many products of a cart is asked who has them: one with more is not carried home.
const PRODUCTS_ASKED: usize = 4;

/// The nearest shop that has everything in a cart that was left because of what sending it costs. Only a shop of the
/// customer's own town or region is near.
pub(crate) async fn shop(
    table: &Table,
    scene: &Scene<'_>,
    cart: &Checkout,
) -> Result<Option<Place>, TableError> {
    let lines = cart.lines.iter().flat_map(|lines| &lines.value);
    let mut products: Vec<&str> = lines.map(|line| line.product.as_str()).collect();
    products.dedup();
    if cart.left_because() != Some(LeftBecause::ShippingCost)
        || !(1..=PRODUCTS_ASKED).contains(&products.len())
    {
        return Ok(None);
    }
    let Some(customer) = scene.person.place.as_ref().map(|place| &place.value) else { return Ok(None) };
    let source = &scene.look.trigger.source;
    let mut shops = shops_with(table, source, products[0], Some(customer)).await?;
    for product in &products[1..] {
        let others = shops_with(table, source, product, Some(customer)).await?;
        shops.retain(|shop| others.iter().any(|other| other.location == shop.location));
    }
    let is_near = |shop: &InStock| shop.location.place.as_ref().is_some_and(|place| is_near(place, customer));
    let near = shops.into_iter().find(is_near);
    Ok(near.and_then(|shop| {
        let town = shop.location.place.and_then(|place| place.city);
        let address: Vec<String> = [shop.location.address, town].into_iter().flatten().collect();
        Some(Place { name: shop.location.name?, address: Some(address.join(", ")), url: None })
    }))
}
