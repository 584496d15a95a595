//! What a delivery tells of a checkout.

use super::ToldPerson;
use crate::checkout::Checkout;
use crate::event::CheckoutChanged;
use crate::instant::Instant;
use crate::lattice::Join;
use crate::source::SourceId;

/// What is told of one checkout.
#[derive(Clone, Debug, Default)]
pub struct ToldCheckout {
    /// The checkout.
    pub checkout: Checkout,
    /// Whose it is; it may name nobody.
    pub buyer: ToldPerson,
}

impl Join for ToldCheckout {
    fn join(&mut self, other: Self) {
        self.checkout.join(other.checkout);
        self.buyer.join(other.buyer);
    }
}

impl ToldCheckout {
    pub(super) fn by(source: &SourceId, changed: &CheckoutChanged, at: Instant) -> Self {
        let buyer = ToldPerson::by(source, &changed.buyer, at);
        Self { checkout: Checkout::of(changed, at), buyer }
    }
}
