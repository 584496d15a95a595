//! What waits at the end.

use std::slice;

use rihla_core::follow_up::FollowUpKey;
use rihla_core::instant::Instant;
use rihla_core::journey::{Journey, Step};
use rihla_core::look::{Conclusion, View};

use super::planned::Planned;
use super::record::{Kept, Record};
use super::scene::Scene;

impl Record<'_> {
    /// A follow-up of what is looked at.
    pub(super) fn planned(&self, scene: &Scene, journey: &Journey, key: FollowUpKey) -> Planned {
        Planned {
            person: self.people.person(&scene.place.0),
            customer: scene.place.0.clone(),
            key,
            version: journey.version,
            purpose: journey.purpose,
            due_at: None,
            zone: scene.zone.zone.clone(),
        }
    }

    /// The follow-ups that wait for a look.
    pub(super) fn open_at(&self, now: Instant) -> Vec<Planned> {
        let places = self.calendar.rest().into_iter();
        let kept = places.filter_map(|place| Some((place, self.kept.get(place)?)));
        kept.flat_map(|(place, kept)| self.open_of(&self.scene(now, place, kept), kept)).collect()
    }

    fn open_of(&self, scene: &Scene, kept: &Kept) -> Vec<Planned> {
        let view = self.view(scene, kept);
        let steps = self.shop.journeys.iter();
        let steps = steps.flat_map(|journey| journey.steps.iter().map(move |step| (journey, step)));
        let open = steps.filter(|(journey, step)| is_open(&view, journey, step));
        let key = |journey: &Journey, step: &Step| {
            FollowUpKey::new(&journey.name, &scene.place.1.to_string(), &step.name)
        };
        open.map(|(journey, step)| self.planned(scene, journey, key(journey, step))).collect()
    }
}

/// Whether a step alone is planned and not decided for good.
fn is_open(view: &View<'_>, journey: &Journey, step: &Step) -> bool {
    let alone = Journey { steps: vec![step.clone()], ..journey.clone() };
    !matches!(view.conclude(slice::from_ref(&alone)), Conclusion::Rest(None))
}
