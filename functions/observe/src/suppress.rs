//! Closing addresses that bounced for good or complained.

use rihla_aws::table::{Expect, Freshness, Key, TableError, Versioned, Write};
use rihla_core::identifier::{CustomerId, Email, Identifier};
use rihla_core::lattice::{Earliest, Join};
use rihla_core::pointer::Pointer;
use rihla_core::profile::Profile;
use rihla_core::suppression::{Suppression, SuppressionReason};

use crate::{ATTEMPTS, Observe, Report};

impl Observe {
    /// Notes on the customer's profile that no mail may go to the address.
    pub(crate) async fn close(
        &self,
        report: &Report,
        address: &Email,
        reason: SuppressionReason,
    ) -> Result<(), TableError> {
        let Some(customer) = self.owner(report, address).await? else { return Ok(()) };
        let key = Key::profile(&customer);
        let closed = Suppression { since: Earliest(report.at), reason };
        for _ in 0..ATTEMPTS {
            let known: Option<Versioned<Profile>> = self.table.get(&key, Freshness::Latest).await?;
            let Some(known) = known else { return Ok(()) };
            let mut profile = known.document.clone();
            profile.suppressed.join([(address.clone(), closed)].into());
            if profile == known.document {
                return Ok(());
            }
            match self.table.put(Write::new(key.clone(), &profile, Expect::Version(known.version))).await {
                Err(TableError::Conflict) => {}
                written => return written,
            }
        }
        Err(TableError::Conflict)
    }

    /// Whose address it is: by the address, else by the message.
    async fn owner(&self, report: &Report, address: &Email) -> Result<Option<CustomerId>, TableError> {
        let hashed = self.identity_key.hash(&Identifier::Email(address.clone()));
        let pointer: Option<Versioned<Pointer>> =
            self.table.get(&Key::pointer(&hashed), Freshness::MayBeStale).await?;
        let by_address = pointer.and_then(|pointer| pointer.document.customer);
        Ok(by_address.or_else(|| report.about.as_ref().map(|about| about.customer.clone())))
    }
}
