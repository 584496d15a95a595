//! Looking at an order, a cart or a conversation: which follow-up is next, and what is to become of it.
//!
//! A look can happen at any time and any number of times: it sees them, the person and the ledger as they are and
//! concludes from that alone. The calendar only has to make sure that one happens no later than it is needed.

use std::collections::BTreeMap;

use crate::about::{About, EARLIEST_SILENCE};
use crate::answer::Answers;
use crate::buying_days::BuyingDays;
use crate::claim::Claim;
use crate::event::Purpose;
use crate::follow_up::{FollowUpKey, ONCE};
use crate::guards::{self, Answer, Question};
use crate::history::History;
use crate::identifier::CustomerId;
use crate::instant::{Instant, Wait};
use crate::journey::{Journey, Milestone, Step};
use crate::ledger::{Finding, LedgerEntry, State};
use crate::limits::Limits;
use crate::profile::Profile;
use crate::rhythm::Rhythm;
use crate::stage::Stage;
use crate::trigger::Trigger;
use crate::workdays::Holidays;
use crate::zone::LocalZone;

/// How long a claim is kept for the distance between messages and their number in a week.
const KEPT_AT_LEAST: Wait = Wait::days(8);

/// The ledger of one run.
pub type Ledger = BTreeMap<FollowUpKey, LedgerEntry>;

/// What a look sees.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The moment.
    pub now: Instant,
    /// What is looked at.
    pub trigger: &'a Trigger,
    /// It as it is on record.
    pub about: About<'a>,
    /// What was decided before.
    pub ledger: &'a Ledger,
    /// What was answered to what was sent.
    pub answers: &'a Answers,
    /// The person, of all linked profiles.
    pub profile: &'a Profile,
    /// The person's zone.
    pub zone: &'a LocalZone,
    /// The shop's limits.
    pub limits: &'a Limits,
    /// The days off of the countries.
    pub holidays: &'a Holidays,
    /// When the first product of the order is used up, if anybody knows.
    pub used_up_at: Option<Instant>,
    /// In whose record it lies.
    pub customer: &'a CustomerId,
    /// Which attempt looks: a claim by the same attempt is its own.
    pub attempt: &'a str,
}

/// What a look concludes: one thing to do now, or when to look again.
#[derive(Clone, Debug)]
pub enum Conclusion<'a> {
    /// One follow-up is due.
    Decide(Decision<'a>),
    /// Nothing is due; look again then, if ever.
    Rest(Option<Instant>),
}

/// What is to become of one follow-up that is due.
#[derive(Clone, Debug)]
pub struct Decision<'a> {
    /// Its journey.
    pub journey: &'a Journey,
    /// The step of it.
    pub step: &'a Step,
    /// Its key in the ledger.
    pub key: FollowUpKey,
    /// The key under which it is claimed: the same for all orders where a person gets it once.
    pub claim_key: FollowUpKey,
    /// When it was due by the journey's rule.
    pub due_at: Instant,
    /// Send, defer, refuse, wait, or admit that nobody knows.
    pub verdict: Verdict,
    /// What each guard saw.
    pub trace: Vec<Finding>,
}

impl Decision<'_> {
    /// The claim with which an attempt sends it. It is kept for as long as anything depends on it: the follow-up may still be
    /// sent, the next message has to keep its distance, the same one must not come again.
    pub fn claim(&self, now: Instant, attempt: &str, limits: &Limits) -> Claim {
        let Self { journey, step, .. } = self;
        let surveys_apart = Some(limits.surveys_apart).filter(|_| journey.purpose == Purpose::Survey);
        let kept_for = [Some(KEPT_AT_LEAST), journey.again_after, surveys_apart].into_iter().flatten().max();
        let kept = step.expires_at(self.due_at).max(now.after(kept_for.unwrap_or_default()));
        Claim {
            at: now,
            by: attempt.to_owned(),
            purpose: journey.purpose,
            keep_until: if journey.once { Instant::from_milliseconds(i64::MAX) } else { kept },
            follow_up: (self.claim_key != self.key).then(|| self.key.clone()),
        }
    }
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Claim it and send it.
    Send,
    /// Write this down.
    Record(State),
    /// Leave it: another attempt may be sending it at this moment.
    Leave,
}

/// A follow-up that is planned and not decided for good.
struct Open<'j> {
    journey: &'j Journey,
    step: &'j Step,
    key: FollowUpKey,
    /// When it was due by the rules.
    due_at: Instant,
    /// When it is wanted: then, or until when it was put off.
    wanted_at: Instant,
}

impl View<'_> {
    /// The first follow-up that is due, in the order of the journeys, or when to look again.
    pub fn conclude<'j>(&self, journeys: &'j [Journey]) -> Conclusion<'j> {
        let mut next: Option<Instant> = None;
        for open in self.all_open(journeys) {
            if open.wanted_at <= self.now {
                return Conclusion::Decide(self.decide(open));
            }
            next = Some(next.map_or(open.wanted_at, |earlier| earlier.min(open.wanted_at)));
        }
        Conclusion::Rest(next)
    }

    /// When to look again, had this follow-up been decided as told.
    pub fn next_after(&self, journeys: &[Journey], key: &FollowUpKey, state: &State) -> Option<Instant> {
        let ledger = self.ledger_with(key, state);
        let then = View { ledger: &ledger, ..*self };
        let wanted: Vec<Instant> = then.all_open(journeys).map(|open| open.wanted_at).collect();
        wanted.into_iter().filter(|at| *at > self.now).min()
    }

    /// Whether another follow-up than this one is due at this moment, had this one been decided as told.
    pub fn is_more_due(&self, journeys: &[Journey], key: &FollowUpKey, state: &State) -> bool {
        let ledger = self.ledger_with(key, state);
        let then = View { ledger: &ledger, ..*self };
        then.all_open(journeys).any(|open| open.key != *key && open.wanted_at <= self.now)
    }

    /// Whether a look at `at` is on the calendar for certain: what is looked at names a look only after it was put there.
    /// An entry of the ledger is written beside the look that it names, and proves nothing.
    pub fn is_on_calendar(&self, at: Instant) -> bool {
        self.about.looks().iter().any(|look| look.0 == at)
    }

    /// Whether it is time to ask when something of the order is used up: some journey waits for that, and its follow-up is
    /// not decided for good. Until then nothing is read for it.
    pub fn asks_what_is_used_up(&self, journeys: &[Journey]) -> bool {
        let is_open = |journey: &Journey, step: &Step| {
            let key = FollowUpKey::new(&journey.name, &self.trigger.to_string(), &step.name);
            let decided = self.ledger.get(&key).map(|entry| &entry.state);
            decided.is_none_or(|state| matches!(state, State::Deferred { .. }))
        };
        let waits = |journey: &Journey| {
            let mut steps = journey.steps.iter().filter(|step| step.waits_for(&Milestone::Replenish));
            self.about.starts(journey) && steps.any(|step| is_open(journey, step))
        };
        let earliest = self.about.reached_at(&Milestone::Replenish);
        earliest.is_some_and(|earliest| earliest <= self.now) && journeys.iter().any(waits)
    }

    fn ledger_with(&self, key: &FollowUpKey, state: &State) -> Ledger {
        let mut ledger = self.ledger.clone();
        ledger.insert(key.clone(), LedgerEntry::decided(state.clone(), self.now));
        ledger
    }

    fn all_open<'j>(&self, journeys: &'j [Journey]) -> impl Iterator<Item = Open<'j>> {
        let started = journeys.iter().filter(|journey| self.about.starts(journey));
        let steps = started.flat_map(|journey| journey.steps.iter().map(move |step| (journey, step)));
        steps.filter_map(|(journey, step)| self.open(journey, step))
    }

    /// A step's follow-up, if it is planned and not decided for good.
    fn open<'j>(&self, journey: &'j Journey, step: &'j Step) -> Option<Open<'j>> {
        let reached = |milestone: &Milestone| self.reached_at(journey, milestone);
        let due_at = step.due_at(reached, |at| self.about.is_history(at))?;
        let key = FollowUpKey::new(&journey.name, &self.trigger.to_string(), &step.name);
        let wanted_at = match self.ledger.get(&key) {
            None if self.is_had_for_another(journey, step, &key) => return None,
            None if self.is_known_too_late(step, due_at) => return None,
            None => due_at,
            Some(LedgerEntry { state: State::Deferred { until, .. }, .. }) => *until,
            // Sent by an attempt that died before it wrote why: what the provider reported is all that is known.
            Some(entry) if entry.is_report_only() => due_at,
            Some(_) => return None,
        };
        Some(Open { journey, step, key, due_at, wanted_at })
    }

    /// When this run of a journey reached a milestone.
    fn reached_at(&self, journey: &Journey, milestone: &Milestone) -> Option<Instant> {
        let key = |step: &str| FollowUpKey::new(&journey.name, &self.trigger.to_string(), step);
        match milestone {
            Milestone::Sent(step) => {
                let entry = self.ledger.get(&key(step))?;
                matches!(entry.state, State::Sent { .. }).then_some(entry.decided_at)
            }
            Milestone::Answered(step) => Some(self.answers.get(&key(step))?.answered_at),
            Milestone::Retention => self.silent_from(Stage::RETENTION_SHARE),
            Milestone::Recovery => self.silent_from(Stage::RECOVERY_SHARE),
            Milestone::Replenish => self.used_up_from(),
            _ => self.about.reached_at(milestone),
        }
    }

    /// From when on the person is silent for longer than such a share of their silences lasts, if nothing was bought
    /// since this order.
    fn silent_from(&self, share: f64) -> Option<Instant> {
        let placed_at = self.about.order()?.placed_at()?;
        let history = History::of(&self.profile.totals.days())?;
        let is_last = BuyingDays::of(placed_at).last() == Some(history.last);
        let silence = Rhythm::of(&history, &self.limits.rhythm).silence(share);
        let from = placed_at.after(silence.max(EARLIEST_SILENCE));
        (is_last && !self.about.is_history(placed_at)).then_some(from)
    }

    /// From when on something of the order is used up, of an order that is no history.
    fn used_up_from(&self) -> Option<Instant> {
        let earliest = self.about.reached_at(&Milestone::Replenish)?;
        self.used_up_at.map(|at| at.max(earliest))
    }

    /// What a person gets once, and has, is not planned for another order: neither a look nor an entry is spent on it.
    fn is_had_for_another(&self, journey: &Journey, step: &Step, key: &FollowUpKey) -> bool {
        let claim = self.profile.claims.get(&self.claim_key(journey, step));
        claim.is_some_and(|claim| !claim.is_for(key))
    }

    /// By when something is used up may be learnt when nobody is to be reminded of it any more: of most products it is, once
    /// they have been bought again often enough. Neither a look nor an entry is spent on that.
    fn is_known_too_late(&self, step: &Step, due_at: Instant) -> bool {
        step.waits_for(&Milestone::Replenish) && step.expires_at(due_at) < self.now
    }

    fn claim_key(&self, journey: &Journey, step: &Step) -> FollowUpKey {
        let trigger = if journey.once { ONCE.to_owned() } else { self.trigger.to_string() };
        FollowUpKey::new(&journey.name, &trigger, &step.name)
    }

    fn decide<'j>(&self, open: Open<'j>) -> Decision<'j> {
        let claim_key = self.claim_key(open.journey, open.step);
        let (verdict, trace) = self.verdict(&open, &claim_key);
        let Open { journey, step, key, due_at, .. } = open;
        Decision { journey, step, key, claim_key, due_at, verdict, trace }
    }

    fn verdict(&self, open: &Open<'_>, claim_key: &FollowUpKey) -> (Verdict, Vec<Finding>) {
        if let Some(reported) = self.ledger.get(&open.key).filter(|entry| entry.is_report_only()) {
            let because = "sent by an attempt that did not report back";
            return (Verdict::Record(reported.state.clone()), vec![Finding::new("claim", because)]);
        }
        match self.profile.claims.get(claim_key).filter(|claim| claim.is_for(&open.key)) {
            None => self.ask_guards(open),
            Some(claim) if claim.by == self.attempt => (Verdict::Send, Vec::new()),
            Some(claim) if claim.is_fresh(self.now) => (Verdict::Leave, Vec::new()),
            Some(claim) => {
                let because = format!("claimed {} by an attempt that did not report back", claim.at);
                (Verdict::Record(State::InDoubt), vec![Finding::new("claim", because)])
            }
        }
    }

    fn ask_guards(&self, open: &Open<'_>) -> (Verdict, Vec<Finding>) {
        let Self { now, customer, profile, about, ledger, answers, zone, limits, holidays, .. } = *self;
        let Open { journey, step, key, due_at, .. } = open;
        let due_at = *due_at;
        let question = Question {
            customer,
            journey,
            step,
            key,
            due_at,
            now,
            profile,
            about,
            ledger,
            answers,
            zone,
            limits,
            holidays,
        };
        let (answer, guard, trace) = guards::ask_all(&question);
        let guard = guard.to_owned();
        let verdict = match answer {
            Answer::Pass => Verdict::Send,
            Answer::Defer(until) => Verdict::Record(State::Deferred { until, guard }),
            Answer::Refuse => Verdict::Record(State::Refused { guard }),
        };
        (verdict, trace)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Event, Fact, OrderDetails};
    use crate::journey::STEP;
    use crate::ledger::Outcome;
    use crate::order::Order;
    use crate::source::Channel;

    const SURVEY: &str = r#"{"name":"ease-survey","version":1,"purpose":"survey","priority":20,
        "steps":[{"due":[{"placed":"2 days"}],"expires":"10 days","message":"ease-survey"}]}"#;

    /// An attempt that dies between the mail and the ledger leaves only the provider's report behind.
    #[test]
    fn what_only_the_provider_reported_is_written_down_with_its_journey() {
        let trigger: Trigger = "shop#1".parse().unwrap();
        let details = OrderDetails { order: "1".to_owned(), ..OrderDetails::default() };
        let placed_at = Instant::from_seconds(1_000_000);
        let order = Order::told_by(&Event { at: placed_at, fact: Fact::OrderPlaced(details) });
        let journeys: [Journey; 1] = [serde_json::from_str(SURVEY).unwrap()];
        let due_at = placed_at.after(crate::instant::Wait::days(2));
        let now = due_at.after(crate::instant::Wait::hours(1));
        let follow_up = FollowUpKey::new("ease-survey", "shop#1", STEP);
        let mut entry = LedgerEntry::reported("message".to_owned(), Outcome::Delivered, now);
        let decided = |entry: LedgerEntry| {
            let ledger = [(follow_up.clone(), entry)].into();
            let zone = crate::zone::local_zone(None, None, None, "Europe/London");
            let (profile, limits) = (Profile::default(), Limits::default());
            let view = View {
                now,
                trigger: &trigger,
                about: About::Order(&order, Channel::Web),
                ledger: &ledger,
                answers: &Answers::new(),
                holidays: &Holidays::default(),
                used_up_at: None,
                customer: &CustomerId::from_text("c"),
                profile: &profile,
                zone: &zone,
                limits: &limits,
                attempt: "2",
            };
            match view.conclude(&journeys) {
                Conclusion::Decide(decision) => Some((decision.due_at, decision.verdict)),
                Conclusion::Rest(_) => None,
            }
        };
        let sent = State::Sent { message: "message".to_owned() };
        assert_eq!(decided(entry.clone()), Some((due_at, Verdict::Record(sent))));
        entry.version = 1;
        assert_eq!(decided(entry), None);
    }
}
