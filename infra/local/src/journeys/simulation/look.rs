//! Looks: what `functions/deliver` does, without the mail.

use rihla_core::instant::Instant;
use rihla_core::journey::Content;
use rihla_core::ledger::{Finding, LedgerEntry, State};
use rihla_core::look::{Conclusion, Decision, Verdict};
use rihla_core::order::Order;
use rihla_core::record::LEAD;
use rihla_core::source::Source;
use rihla_core::trigger::Trigger;

use super::planned::{Decided, Planned};
use super::record::{Kept, Place, Record};
use super::scene::{ATTEMPT, Scene};

impl Record<'_> {
    /// Decides all that is due at the next look of the calendar.
    pub(super) fn look_at_next(&mut self) {
        let shop = self.shop;
        let Some((now, place)) = self.calendar.take_first() else { return };
        loop {
            let Some(kept) = self.kept.get(&place) else { return };
            let scene = self.scene(now, &place, kept);
            // What this order teaches is noted when it was asked what the others took.
            self.learn_intervals(now, &place);
            let Some(kept) = self.kept.get(&place) else { return };
            let view = self.view(&scene, kept);
            let decision = match view.conclude(&shop.journeys) {
                Conclusion::Rest(next) => return self.look_again(&scene, next),
                Conclusion::Decide(decision) => decision,
            };
            let state = match &decision.verdict {
                Verdict::Record(state) => state.clone(),
                Verdict::Send | Verdict::Leave => State::Sent { message: String::new() },
            };
            let is_more_due = view.is_more_due(&shop.journeys, &decision.key, &state);
            self.act(&scene, decision);
            if !is_more_due {
                return;
            }
        }
    }

    fn act(&mut self, scene: &Scene, mut decision: Decision<'_>) {
        if let Some((state, finding)) = self.gives_way(scene, &decision) {
            decision.trace.push(finding);
            return self.settle(scene, decision, state);
        }
        let state = match decision.verdict.clone() {
            Verdict::Record(state) => state,
            Verdict::Leave => State::InDoubt,
            Verdict::Send => match self.lacks(scene, &decision) {
                Some(finding) => {
                    decision.trace.push(finding.clone());
                    State::Refused { guard: finding.guard }
                }
                None => self.send(scene, &decision),
            },
        };
        self.settle(scene, decision, state);
    }

    /// Why there is nothing to say.
    fn lacks(&self, scene: &Scene, decision: &Decision<'_>) -> Option<Finding> {
        let order = self.kept.get(&scene.place)?.order()?;
        let source = self.shop.source(scene.place.1.source.as_str());
        if decision.step.needs == Some(Content::ReviewPages) && !source.is_some_and(Source::has_review_pages)
        {
            let because = "its source tells neither `review_url` nor `product_url`";
            return Some(Finding::new("review-pages", because));
        }
        let needs_items = decision.step.needs == Some(Content::MatchingItems);
        let lacks = needs_items
            && !self.goods.has_any_for(&scene.place.1.source, order, &self.others_of(&scene.place));
        lacks.then(|| Finding::new("matching-items", "nobody bought anything together with it yet"))
    }

    /// What the customer ordered at the same source.
    fn others_of(&self, (customer, trigger): &Place) -> Vec<&Order> {
        let first = Trigger { id: String::new(), ..trigger.clone() };
        let behind = self.kept.range((customer.clone(), first)..);
        let theirs = behind.take_while(|((other, of), _)| other == customer && of.source == trigger.source);
        theirs.filter_map(|(_, kept)| kept.order()).collect()
    }

    /// How long the buyer of what is looked at had what they had bought before, where a journey asks for it.
    fn learn_intervals(&mut self, now: Instant, place: &Place) {
        let Some(kept) = self.kept.get(place) else { return };
        let (Some(key), Some(order)) = (place.1.order(), kept.order()) else { return };
        let scene = self.scene(now, place, kept);
        if self.view(&scene, kept).asks_what_is_used_up(&self.shop.journeys) {
            let others: Vec<Order> = self.others_of(place).into_iter().cloned().collect();
            let order = order.clone();
            self.goods.learn_intervals(&key, &order, &others);
        }
    }

    /// When the first product of what is looked at is used up, where a journey asks for it.
    pub(super) fn used_up_at(&self, scene: &Scene, kept: &Kept) -> Option<Instant> {
        let order = kept.order()?;
        let asks = self.view(scene, kept).asks_what_is_used_up(&self.shop.journeys);
        let others = || self.others_of(&scene.place).into_iter().cloned().collect::<Vec<_>>();
        asks.then(|| self.goods.used_up_at(&scene.place.1.source, order, &others()))?
    }

    /// Everything that is sent counts as delivered.
    fn send(&mut self, scene: &Scene, decision: &Decision<'_>) -> State {
        let profile = self.people.profile_mut(&scene.place.0);
        profile.claims.retain(|_, claim| !claim.is_stale(scene.now));
        let claim = decision.claim(scene.now, ATTEMPT, &self.shop.limits);
        profile.claims.insert(decision.claim_key.clone(), claim);
        self.answers.ask(&decision.key, &scene.place, scene.now);
        State::Sent { message: decision.key.to_string() }
    }

    fn settle(&mut self, scene: &Scene, decision: Decision<'_>, state: State) {
        let Some(kept) = self.kept.get(&scene.place) else { return };
        let next = self.view(scene, kept).next_after(&self.shop.journeys, &decision.key, &state);
        self.look_again(scene, next);
        let due_at = Some(decision.due_at);
        let planned = Planned { due_at, ..self.planned(scene, decision.journey, decision.key.clone()) };
        let trace = decision.trace.clone();
        self.decided.push(Decided { planned, at: scene.now, state: state.clone(), trace });
        if let Some(kept) = self.kept.get_mut(&scene.place) {
            kept.ledger.insert(decision.key.clone(), entry(scene.now, decision, state));
        }
    }

    fn look_again(&mut self, scene: &Scene, next: Option<Instant>) {
        let Some(kept) = self.kept.get(&scene.place) else { return };
        let next = next.filter(|next| !self.view(scene, kept).is_on_calendar(*next));
        if let Some(next) = next {
            self.calendar.put(next.max(scene.now.after(LEAD)), &scene.place);
        }
    }
}

fn entry(now: Instant, decision: Decision<'_>, state: State) -> LedgerEntry {
    LedgerEntry {
        version: decision.journey.version,
        due_at: decision.due_at,
        decided_at: now,
        state,
        next_look: None,
        trace: decision.trace,
        outcomes: std::collections::BTreeMap::new(),
    }
}
