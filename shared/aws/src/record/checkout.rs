//! Recording what is told of a cart or checkout.

use rihla_core::checkout::CheckoutKey;
use rihla_core::subject::ToldCheckout;

use super::{Attempt, RecordError, Recorder};
use crate::table::Key;

impl Recorder {
    /// One that names nobody is not recorded: nobody could be written to, and what it becomes comes again whole.
    pub(super) async fn checkout(
        &self,
        attempt: Attempt,
        key: &CheckoutKey,
        told: &ToldCheckout,
    ) -> Result<(), RecordError> {
        if told.buyer.identifiers.is_empty() {
            return Ok(());
        }
        let Some(customer) = self.know(attempt, &key.source, &told.buyer).await? else { return Ok(()) };
        Ok(self.join(attempt, Key::checkout(&customer, key), told.checkout.clone()).await?)
    }
}
