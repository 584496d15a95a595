//! Writing an order and what it adds to its customer's totals: one after the other, so that neither is counted twice nor
//! left out (`docs/adr/0009-order-and-profile-one-after-the-other.md`).

use rihla_core::counted::Writes;
use rihla_core::lattice::Join;
use rihla_core::order::Order;
use rihla_core::record::{LEAD, OrderDecision};
use rihla_core::totals::{Change, Totals};

use super::order::Placed;
use super::{Attempt, Recorder};
use crate::table::{Expect, Key, TableError, Versioned, Write};

impl Recorder {
    /// Writes the order, and what is news about its buyer or changes the customer's totals.
    pub(super) async fn write(
        &self,
        attempt: Attempt,
        placed: Placed<'_>,
        is_news: bool,
        decision: OrderDecision,
    ) -> Result<(), TableError> {
        let Placed { customer, key, known, buyer, owner, .. } = placed;
        let OrderDecision { mut order, counts, .. } = decision;
        let order_key = Key::order(&customer, key);
        let write = |order: &Order| Write::new(order_key, order, Versioned::expect(known.as_ref()));
        let buyer = buyer.filter(|_| is_news);
        if buyer.is_none() && counts.is_none() {
            return self.table.put(write(&order)).await;
        }
        let owner = match owner.filter(|owner| owner.customer == customer) {
            Some(owner) => owner,
            None => self.profile_of(attempt, customer).await?,
        };
        let mut profile = owner.document();
        profile.join(buyer.map(|buyer| buyer.profile.clone()).unwrap_or_default());
        match profile.count(key, order.owed.take().as_ref(), &counts, attempt.now) {
            Writes::ProfileFirst => {
                if owner.profile.as_ref().is_none_or(|known| known.document != profile) {
                    self.table.put(owner.write(&profile)).await?;
                }
                self.table.put(write(&order)).await
            }
            Writes::OrderFirst(owed) => {
                order.owed = Some(owed);
                self.table.put(write(&order)).await?;
                self.table.put(owner.write(&profile)).await
            }
            Writes::Together => self.table.put_together(vec![owner.write(&profile), write(&order)]).await,
        }
    }

    /// Where a delivery tells nothing new of an order, it may be that it was cut short between the order and the profile:
    /// then the profile is written now, and the order looked at anew, because a look that came in between found nobody.
    pub(super) async fn pay(&self, attempt: Attempt, placed: Placed<'_>) -> Result<(), TableError> {
        let Placed { customer, key, known, buyer, glimpse, .. } = placed;
        let Some(Versioned { document: mut order, version, .. }) = known else { return Ok(()) };
        let Some(owed) = order.owed.take().filter(|owed| owed.is_open(attempt.now)) else { return Ok(()) };
        let owner = match glimpse.and_then(|glimpse| glimpse.profile_of(&customer)) {
            Some(owner) => owner,
            None => self.profile_of(attempt, customer.clone()).await?,
        };
        let mut profile = owner.document();
        profile.join(buyer.map(|buyer| buyer.profile.clone()).unwrap_or_default());
        let counts = Totals::of(&order, self.shop.channel(&key.source));
        let writes = profile.count(key, Some(&owed), &Change::none(counts), attempt.now);
        if writes == Writes::ProfileFirst {
            return Ok(());
        }
        let look = Key::look(attempt.now.after(LEAD), &customer, &key.into());
        self.table.put(Write::new(look, &(), Expect::Anything)).await?;
        if writes == Writes::Together {
            let order = Write::new(Key::order(&customer, key), &order, Expect::Version(version));
            return self.table.put_together(vec![owner.write(&profile), order]).await;
        }
        self.table.put(owner.write(&profile)).await
    }
}
