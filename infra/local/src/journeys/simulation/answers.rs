//! What buyers answer when they are asked.

use std::collections::{BTreeSet, HashMap};

use rihla_core::answer::Answer;
use rihla_core::follow_up::FollowUpKey;
use rihla_core::instant::Instant;
use rihla_core::journey::Milestone;
use rihla_core::record::LEAD;

use super::record::{Place, Record};
use crate::replay::{ANSWERED_JOURNEY, Review};

/// The answers that are to come.
#[derive(Debug, Default)]
pub(super) struct Answers<'a> {
    reviews: HashMap<&'a str, &'a Review>,
    due: BTreeSet<(Instant, Place, FollowUpKey)>,
    given: usize,
}

impl<'a> Answers<'a> {
    /// Of what buyers thought of their orders.
    pub(super) fn of(reviews: &'a [Review]) -> Self {
        let reviews = reviews.iter().map(|review| (review.order.as_str(), review)).collect();
        Self { reviews, ..Self::default() }
    }

    /// A buyer was asked. Some answered before that: they do when the mail is there.
    pub(super) fn ask(&mut self, key: &FollowUpKey, place: &Place, at: Instant) {
        let review = self.reviews.get(place.1.id.as_str()).filter(|_| key.journey() == ANSWERED_JOURNEY);
        self.due.extend(review.map(|review| (review.answered_at.max(at), place.clone(), key.clone())));
    }

    /// When the next answer comes.
    pub(super) fn first_at(&self) -> Option<Instant> {
        self.due.first().map(|(at, ..)| *at)
    }

    /// How many have come.
    pub(super) fn given(&self) -> usize {
        self.given
    }
}

impl Record<'_> {
    /// Keeps the next answer, and looks again where a step waits for it.
    pub(super) fn answer_next(&mut self) {
        let Some((answered_at, place, key)) = self.answers.due.pop_first() else { return };
        let Some(review) = self.answers.reviews.get(place.1.id.as_str()) else { return };
        let comment = review.comment.clone();
        let answer =
            Answer { score: Some(review.score), out_of: Some(5), choice: None, comment, answered_at };
        self.answers.given += 1;
        if self.is_waited_for(&key) {
            self.calendar.put(answered_at.after(LEAD), &place);
        }
        if let Some(kept) = self.kept.get_mut(&place) {
            kept.answers.insert(key, answer);
        }
    }

    fn is_waited_for(&self, key: &FollowUpKey) -> bool {
        let answered = Milestone::Answered(key.step().to_owned());
        let journeys = self.shop.journeys.iter().filter(|journey| journey.name == key.journey());
        journeys.flat_map(|journey| &journey.steps).any(|step| step.waits_for(&answered))
    }
}
