//! Whose turn it is, of what waited for the same moment: as `functions/deliver` asks it.

use rihla_core::ledger::{Finding, State};
use rihla_core::look::Decision;

use super::record::Record;
use super::scene::Scene;

impl Record<'_> {
    /// Until when a message that was put off gives way to one of a higher priority.
    pub(super) fn gives_way(&self, scene: &Scene, decision: &Decision<'_>) -> Option<(State, Finding)> {
        let moment = decision.waited_for(&self.kept.get(&scene.place)?.ledger)?;
        self.calendar.beside(moment, &scene.place).find_map(|place| {
            let kept = self.kept.get(place)?;
            let other = self.scene(scene.now, place, kept);
            decision.gives_way(scene.now, &self.view(&other, kept).conclude(&self.shop.journeys))
        })
    }
}
