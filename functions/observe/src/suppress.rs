//! Closing addresses that bounced for good or complained.

use rihla_aws::table::{Freshness, Key, TableError, Versioned};
use rihla_core::identifier::{CustomerId, Email, Identifier};
use rihla_core::lattice::{Earliest, Join};
use rihla_core::pointer::Pointer;
use rihla_core::profile::Profile;
use rihla_core::suppression::{Suppression, SuppressionReason};

use crate::{Observe, Report};

impl Observe {
    /// Notes on the customer's profile that no mail may go to the address.
    pub(crate) async fn close(
        &self,
        report: &Report,
        address: &Email,
        reason: SuppressionReason,
    ) -> Result<(), TableError> {
        let Some(customer) = self.owner(report, address).await? else { return Ok(()) };
        let closed = Suppression { since: Earliest(report.at), reason };
        let close = |profile: Option<&Profile>| {
            let mut profile = profile?.clone();
            profile.suppressed.join([(address.clone(), closed)].into());
            Some(profile)
        };
        self.table.change(&Key::profile(&customer), close).await
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
