//! Looking at an order: which follow-up is next, and what is to become of it.
//!
//! A look can happen at any time and any number of times: it sees the order, the person and the ledger as they are and
//! concludes from that alone. The calendar only has to make sure that one happens no later than it is needed.

use std::collections::BTreeMap;

use crate::follow_up::{FollowUpKey, ONCE};
use crate::guards::{self, Answer, Question};
use crate::instant::Instant;
use crate::journey::Journey;
use crate::ledger::{Finding, LedgerEntry, State};
use crate::limits::Limits;
use crate::order::{Order, OrderKey};
use crate::profile::Profile;
use crate::source::Channel;
use crate::zone::LocalZone;

/// The one step that a journey has.
pub const STEP: &str = "1";

/// The ledger of one order.
pub type Ledger = BTreeMap<FollowUpKey, LedgerEntry>;

/// What a look sees.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The moment.
    pub now: Instant,
    /// The order's key.
    pub key: &'a OrderKey,
    /// The order.
    pub order: &'a Order,
    /// By which channel it came.
    pub channel: Channel,
    /// What was decided before.
    pub ledger: &'a Ledger,
    /// The person, of all linked profiles.
    pub profile: &'a Profile,
    /// The person's zone.
    pub zone: &'a LocalZone,
    /// The shop's limits.
    pub limits: &'a Limits,
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

impl View<'_> {
    /// The first follow-up that is due, in the order of the journeys, or when to look again.
    pub fn conclude<'j>(&self, journeys: &'j [Journey]) -> Conclusion<'j> {
        let mut next: Option<Instant> = None;
        for journey in journeys {
            let Some((key, due_at, wanted_at)) = self.open(journey) else { continue };
            if wanted_at <= self.now {
                return Conclusion::Decide(self.decide(journey, key, due_at));
            }
            next = Some(next.map_or(wanted_at, |earlier| earlier.min(wanted_at)));
        }
        Conclusion::Rest(next)
    }

    /// When to look again, had this follow-up been decided as told.
    pub fn next_after(&self, journeys: &[Journey], key: &FollowUpKey, state: &State) -> Option<Instant> {
        let others =
            journeys.iter().filter_map(|journey| self.open(journey)).filter(|(other, ..)| other != key);
        let deferred = match state {
            State::Deferred { until, .. } => Some(*until),
            _ => None,
        };
        others.map(|(_, _, wanted_at)| wanted_at).chain(deferred).filter(|at| *at > self.now).min()
    }

    /// Whether another follow-up than this one is due at this moment.
    pub fn is_more_due(&self, journeys: &[Journey], key: &FollowUpKey) -> bool {
        let mut open = journeys.iter().filter_map(|journey| self.open(journey));
        open.any(|(other, _, wanted_at)| other != *key && wanted_at <= self.now)
    }

    /// Whether a look at `at` is on the calendar for certain: the order names a look only after it was put there. An entry of
    /// the ledger is written beside the look that it names, and proves nothing.
    pub fn is_on_calendar(&self, at: Instant) -> bool {
        self.order.looks.iter().any(|look| look.0 == at)
    }

    /// A journey's follow-up that is planned and not decided for good: its key, when it was due, when it is wanted.
    fn open(&self, journey: &Journey) -> Option<(FollowUpKey, Instant, Instant)> {
        let due_at = journey.due_at(self.order, self.channel)?;
        let key = FollowUpKey::new(&journey.name, &self.key.to_string(), STEP);
        match self.ledger.get(&key) {
            None if self.is_had_for_another_order(journey, &key) => None,
            None => Some((key, due_at, due_at)),
            Some(LedgerEntry { state: State::Deferred { until, .. }, .. }) => Some((key, due_at, *until)),
            // Sent by an attempt that died before it wrote why: what the provider reported is all that is known.
            Some(entry) if entry.is_report_only() => Some((key, due_at, due_at)),
            Some(_) => None,
        }
    }

    /// What a person gets once, and has, is not planned for another order: neither a look nor an entry is spent on it.
    fn is_had_for_another_order(&self, journey: &Journey, key: &FollowUpKey) -> bool {
        let claim = self.profile.claims.get(&self.claim_key(journey));
        claim.is_some_and(|claim| !claim.is_for(key))
    }

    fn claim_key(&self, journey: &Journey) -> FollowUpKey {
        let trigger = if journey.once { ONCE.to_owned() } else { self.key.to_string() };
        FollowUpKey::new(&journey.name, &trigger, STEP)
    }

    fn decide<'j>(&self, journey: &'j Journey, key: FollowUpKey, due_at: Instant) -> Decision<'j> {
        let claim_key = self.claim_key(journey);
        if let Some(reported) = self.ledger.get(&key).filter(|entry| entry.is_report_only()) {
            let verdict = Verdict::Record(reported.state.clone());
            let trace = vec![Finding::new("claim", "sent by an attempt that did not report back")];
            return Decision { journey, key, claim_key, due_at, verdict, trace };
        }
        let (verdict, trace) = match self.profile.claims.get(&claim_key) {
            Some(claim) if claim.is_for(&key) && claim.by != self.attempt && claim.is_fresh(self.now) => {
                (Verdict::Leave, Vec::new())
            }
            Some(claim) if claim.is_for(&key) && claim.by != self.attempt => {
                let because = format!("claimed {} by an attempt that did not report back", claim.at);
                (Verdict::Record(State::InDoubt), vec![Finding::new("claim", because)])
            }
            Some(claim) if claim.is_for(&key) => (Verdict::Send, Vec::new()),
            _ => self.ask_guards(journey, due_at),
        };
        Decision { journey, key, claim_key, due_at, verdict, trace }
    }

    fn ask_guards(&self, journey: &Journey, due_at: Instant) -> (Verdict, Vec<Finding>) {
        let Self { now, profile, order, zone, limits, .. } = *self;
        let question = Question { journey, due_at, now, profile, order, zone, limits };
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
    use crate::ledger::Outcome;

    const SURVEY: &str = r#"{"name":"ease-survey","version":1,"purpose":"survey","priority":20,
        "due":[{"placed":"2 days"}],"expires":"10 days","message":"ease-survey"}"#;

    /// An attempt that dies between the mail and the ledger leaves only the provider's report behind.
    #[test]
    fn what_only_the_provider_reported_is_written_down_with_its_journey() {
        let key: OrderKey = "shop#1".parse().unwrap();
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
            let channel = Channel::Web;
            let view = View {
                now,
                key: &key,
                order: &order,
                channel,
                ledger: &ledger,
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
