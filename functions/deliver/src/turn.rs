//! Whose turn it is, of what waited for the same moment.

use rihla_aws::look::Look;
use rihla_aws::table::{Key, TableError};
use rihla_core::instant::Instant;
use rihla_core::ledger::State;
use rihla_core::look::Decision;

use crate::Deliver;
use crate::scene::Scene;

/// So many looks of one person at one moment are asked about.
const ASKED: i32 = 8;

impl Deliver {
    /// Until when a message that was put off gives way, because one of a higher priority waits for the same moment. What
    /// waits lies on the calendar side by side: a read tells whether there is anything, which mostly is all.
    pub(crate) async fn gives_way(
        &self,
        scene: &Scene<'_>,
        decision: &mut Decision<'_>,
    ) -> Result<Option<State>, TableError> {
        let is_claimed = scene.own.document.claims.contains_key(&decision.claim_key);
        let waited_for = decision.waited_for(&scene.ledger).filter(|_| !is_claimed);
        let Some(moment) = waited_for else { return Ok(None) };
        for look in self.beside(scene, moment).await? {
            let Some(other) = Scene::load(&self.table, scene.shop, &look, scene.now).await? else { continue };
            let concluded = other.view("").conclude(&self.shop.journeys);
            if let Some((state, finding)) = decision.gives_way(scene.now, &concluded) {
                decision.trace.push(finding);
                return Ok(Some(state));
            }
        }
        Ok(None)
    }

    /// The looks at others of the customer's runs at that moment.
    async fn beside(&self, scene: &Scene<'_>, moment: Instant) -> Result<Vec<Look>, TableError> {
        let Look { customer, trigger } = scene.look;
        let own = Key::look(moment, customer, trigger);
        let begin = format!("{}#{customer}", Key::calendar_time(moment));
        // The character behind `#`.
        let bounds = (format!("{begin}#"), format!("{begin}$"));
        let found = self.table.keys_between(&own.pk, (&bounds.0, &bounds.1), ASKED).await?;
        let triggers = found.keys.iter().filter_map(|key| key.strip_prefix(&bounds.0)?.parse().ok());
        let others = triggers.filter(|other| other != trigger);
        Ok(others.map(|trigger| Look { customer: customer.clone(), trigger }).collect())
    }
}
