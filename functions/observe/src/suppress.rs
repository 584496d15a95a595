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
        let key = Key::profile(&customer);
        let profile: Option<Versioned<Profile>> = self.table.get(&key, Freshness::Latest).await?;
        if profile.is_some_and(|profile| profile.document.is_forgotten()) {
            // Their address is no longer known; the pointer has it as a keyed hash.
            let close = |pointer: Option<&Pointer>| {
                let mut pointer = pointer.cloned().unwrap_or_default();
                pointer.suppressed.join(Some(closed));
                Some(pointer)
            };
            return self.table.change(&self.pointer_key(address), close).await;
        }
        let close = |profile: Option<&Profile>| {
            let mut profile = profile?.clone();
            profile.suppressed.join([(address.clone(), closed)].into());
            Some(profile)
        };
        self.table.change(&key, close).await
    }

    fn pointer_key(&self, address: &Email) -> Key {
        Key::pointer(&self.identity_key.hash(&Identifier::Email(address.clone())))
    }

    /// Whose address it is: by the address, else by the message.
    async fn owner(&self, report: &Report, address: &Email) -> Result<Option<CustomerId>, TableError> {
        let pointer: Option<Versioned<Pointer>> =
            self.table.get(&self.pointer_key(address), Freshness::MayBeStale).await?;
        let by_address = pointer.and_then(|pointer| pointer.document.customer);
        Ok(by_address.or_else(|| report.about.as_ref().map(|about| about.customer.clone())))
    }
}
