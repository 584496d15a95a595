//! What a look sees.

use rihla_core::instant::Instant;
use rihla_core::look::View;
use rihla_core::profile::Profile;
use rihla_core::zone::{LocalZone, local_zone};

use super::record::{Kept, Place, Record};

/// There is one attempt at everything here.
pub(super) const ATTEMPT: &str = "simulation";

/// What a look sees beside what is looked at.
pub(super) struct Scene {
    pub(super) now: Instant,
    pub(super) place: Place,
    pub(super) person: Profile,
    pub(super) zone: LocalZone,
    pub(super) used_up_at: Option<Instant>,
}

impl Record<'_> {
    /// It, as it is at that moment.
    pub(super) fn scene(&self, now: Instant, place: &Place, kept: &Kept) -> Scene {
        let (customer, trigger) = place;
        let person = self.people.united(customer);
        let source = self.shop.source(trigger.source.as_str());
        let sent_to = kept.document.about(self.shop.channel(&trigger.source)).place();
        let zone = local_zone(
            person.zone.as_ref().map(|zone| zone.value.as_str()),
            sent_to.or(person.place.as_ref().map(|place| &place.value)),
            source.and_then(|source| source.zone.as_deref()),
            &self.shop.zone,
        );
        let mut scene = Scene { now, place: place.clone(), person, zone, used_up_at: None };
        scene.used_up_at = self.used_up_at(&scene, kept);
        scene
    }

    /// As the pure core sees it.
    pub(super) fn view<'v>(&'v self, scene: &'v Scene, kept: &'v Kept) -> View<'v> {
        let trigger = &scene.place.1;
        View {
            now: scene.now,
            trigger,
            about: kept.document.about(self.shop.channel(&trigger.source)),
            ledger: &kept.ledger,
            answers: &kept.answers,
            profile: &scene.person,
            zone: &scene.zone,
            holidays: &self.shop.holidays,
            used_up_at: scene.used_up_at,
            customer: &scene.place.0,
            limits: &self.shop.limits,
            attempt: ATTEMPT,
        }
    }
}
