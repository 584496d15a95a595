//! Recording what is told of a cart or checkout.

use rihla_core::checkout::{Checkout, CheckoutKey};
use rihla_core::record::{Grown, grow};
use rihla_core::subject::ToldCheckout;
use rihla_core::trigger::Trigger;

use super::{Attempt, RecordError, Recorder};
use crate::table::{Expect, Key, Versioned, Write};

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
        let trigger = Trigger::from(key);
        let place = Key::followed(&customer, &trigger);
        let known: Option<Versioned<Checkout>> = self.table.get(&place, attempt.freshness).await?;
        let (journeys, channel) = (&self.shop.journeys, self.shop.channel(&key.source));
        let before = known.as_ref().map(|known| &known.document);
        let grown = grow(before, told.checkout.clone(), journeys, channel, attempt.now);
        let Some(Grown { document, look_at }) = grown else { return Ok(()) };
        if let Some(at) = look_at {
            let look = Key::look(at, &customer, &trigger);
            self.table.put(Write::new(look, &(), Expect::Anything)).await?;
        }
        Ok(self.table.put(Write::new(place, &document, Versioned::expect(known.as_ref()))).await?)
    }
}
