//! What goes wrong, and at which call.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::aws::{Aws, Call, Caller, Fault, Part, Refusal, Service};

/// What goes wrong with one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Harm {
    /// Refused before it acts: the service is down.
    Unavailable,
    /// Refused before it acts: the role lacks the permission for a while.
    AccessDenied,
    /// Refused before it acts: too fast.
    Throttled,
    /// Not carried out, and never answered.
    TimedOut,
    /// Carried out, and never answered.
    AnswerLost,
    /// The process dies before the call is carried out.
    DiesBefore,
    /// The process dies after the call was carried out.
    DiesAfter,
    /// The message that led to the call is delivered once more, although all went well.
    DeliveredAgain,
    /// Of several writes or reads this part is done; the service is too busy for the rest, and says so.
    PartDone(Part),
    /// Of several writes this part is done when the process dies.
    DiesAfterPart(Part),
    /// Answered as done, and not carried out: no service does so. Nothing can be promised then, and it must be noticed.
    Pretended,
}

impl Harm {
    /// Everything that can go wrong with a call, as far as services are true to their word.
    pub const ALL: [Self; 8] = [
        Self::Unavailable,
        Self::AccessDenied,
        Self::Throttled,
        Self::TimedOut,
        Self::AnswerLost,
        Self::DiesBefore,
        Self::DiesAfter,
        Self::DeliveredAgain,
    ];

    /// Everything that can go wrong with a call for several things, beside that.
    pub const WITH_SEVERAL: [Self; 4] = [
        Self::PartDone(Part::First),
        Self::PartDone(Part::Others),
        Self::DiesAfterPart(Part::First),
        Self::DiesAfterPart(Part::Others),
    ];

    fn fault(self) -> Fault {
        match self {
            Self::Unavailable => Fault::Refuse(Refusal::Unavailable),
            Self::AccessDenied => Fault::Refuse(Refusal::AccessDenied),
            Self::Throttled => Fault::Refuse(Refusal::Throttled),
            Self::TimedOut => Fault::TimeOut,
            Self::AnswerLost => Fault::LoseAnswer,
            Self::DiesBefore => Fault::DieBefore,
            Self::DiesAfter => Fault::DieAfter,
            Self::DeliveredAgain => Fault::None,
            Self::PartDone(part) => Fault::DoPart(part),
            Self::DiesAfterPart(part) => Fault::DieAfterPart(part),
            Self::Pretended => Fault::Pretend,
        }
    }

    /// Whether it can go on for a while: a process dies once.
    fn can_last(self) -> bool {
        matches!(
            self,
            Self::Unavailable | Self::AccessDenied | Self::Throttled | Self::TimedOut | Self::AnswerLost
        )
    }
}

/// One thing that goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The number of the call, from 1.
    pub call: u64,
    /// What goes wrong with it.
    pub harm: Harm,
    /// With how many attempts at the same in a row. The SDK makes up to three of its own, so 1 is often healed by it.
    pub attempts: u32,
}

impl Plan {
    /// `harm` to one attempt.
    pub fn once(call: u64, harm: Harm) -> Self {
        Self { call, harm, attempts: 1 }
    }

    /// `harm` to all attempts that the SDK makes; nothing for what happens once only.
    pub fn lasting(call: u64, harm: Harm) -> Option<Self> {
        harm.can_last().then_some(Self { call, harm, attempts: 3 })
    }
}

/// Does the harm that is planned, call by call. Clones are the same one.
#[derive(Clone, Debug, Default)]
pub(super) struct Harms(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    plans: Vec<Plan>,
    lasting: Vec<Lasting>,
    /// The functions whose last message is delivered once more.
    again: Vec<String>,
    /// Whether `receive` has no table at this moment.
    table_is_down: bool,
    made: Vec<Made>,
    story: Option<Vec<String>>,
}

/// A call that was made.
#[derive(Clone, Debug)]
pub(super) struct Made {
    pub(super) function: String,
    pub(super) action: String,
    /// The number of the invocation.
    pub(super) invocation: u64,
}

impl Made {
    /// Whether it asked for several things.
    pub(super) fn is_for_several(&self) -> bool {
        ["BatchGetItem", "BatchExecuteStatement"].contains(&self.action.as_str())
    }
}

/// A harm that goes on for the next attempts at the same.
#[derive(Debug)]
struct Lasting {
    function: Arc<str>,
    service: Service,
    action: String,
    left: u32,
    fault: Fault,
}

impl Harms {
    /// Puts the plans in force for the calls that `aws` gets from now on.
    pub(super) fn start(aws: &Aws, plans: &[Plan], keeps_story: bool) -> Self {
        let story = keeps_story.then(Vec::new);
        let harms = Self(Arc::new(Mutex::new(State { plans: plans.to_vec(), story, ..State::default() })));
        let deciding = harms.clone();
        aws.faults().set(move |call| deciding.state().decide(call));
        harms
    }

    /// Takes `receive`'s table away, or gives it back.
    pub(super) fn set_table_down(&self, is_down: bool) {
        self.state().table_is_down = is_down;
    }

    /// The calls so far, in their order.
    pub(super) fn calls(&self) -> Vec<Made> {
        self.state().made.clone()
    }

    /// What `function` called, beside what reads only, after the first `calls` of all.
    pub(super) fn writes_of(&self, function: &str, calls: usize) -> Vec<String> {
        let reads = ["GetItem", "BatchGetItem", "Query", "GetParameters"];
        let made = self.calls().into_iter().skip(calls).filter(|call| call.function == function);
        made.map(|call| call.action).filter(|action| !reads.contains(&action.as_str())).collect()
    }

    /// From now on nothing goes wrong any more.
    pub(super) fn end(&self) {
        let state = &mut *self.state();
        state.plans.clear();
        state.lasting.clear();
        state.again.clear();
    }

    /// Whether what led to the last run of `function` is to be delivered once more. Asked once.
    pub(super) fn is_again(&self, function: &str) -> bool {
        let again = &mut self.state().again;
        let place = again.iter().position(|waiting| waiting == function);
        place.map(|place| again.swap_remove(place)).is_some()
    }

    /// Adds a line to the story, if one is kept.
    pub(super) fn tell(&self, line: impl FnOnce() -> String) {
        if let Some(story) = &mut self.state().story {
            story.push(line());
        }
    }

    /// The story so far.
    pub(super) fn story(&self) -> Vec<String> {
        self.state().story.clone().unwrap_or_default()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn decide(&mut self, call: &Call) -> Fault {
        let (function, action) = (call.function.to_string(), call.action.clone());
        self.made.push(Made { function, action, invocation: call.invocation });
        let fault = self.fault(call);
        if let Some(story) = &mut self.story {
            let wrong = if fault == Fault::None { String::new() } else { format!("  ! {fault:?}") };
            let Call { function, service, action, resource, .. } = call;
            story.push(format!("  #{} {function}: {service}:{action} {resource}{wrong}", self.made.len()));
        }
        fault
    }

    fn fault(&mut self, call: &Call) -> Fault {
        let number = self.made.len() as u64;
        if let Some(plan) = self.plans.iter().find(|plan| plan.call == number).copied() {
            return self.begin(plan, call);
        }
        if let Some(lasting) = self.lasting.iter_mut().find(|lasting| lasting.is_for(call)) {
            lasting.left -= 1;
            let fault = lasting.fault;
            self.lasting.retain(|lasting| lasting.left > 0);
            return fault;
        }
        if call.caller == Caller::Trigger && call.action != "ReceiveMessage" && self.forget(&call.function) {
            return Harm::Unavailable.fault();
        }
        let is_down = self.table_is_down && &*call.function == "receive" && call.service == Service::DynamoDb;
        if is_down { Harm::Unavailable.fault() } else { Fault::None }
    }

    fn begin(&mut self, plan: Plan, call: &Call) -> Fault {
        let fault = plan.harm.fault();
        if plan.harm == Harm::DeliveredAgain {
            self.again.push(call.function.to_string());
        }
        if plan.attempts > 1 {
            let (function, service, action) = (call.function.clone(), call.service, call.action.clone());
            self.lasting.push(Lasting { function, service, action, left: plan.attempts - 1, fault });
        }
        fault
    }

    /// A queue and a topic deliver again what is not struck off: whether that is wanted here.
    fn forget(&mut self, function: &str) -> bool {
        let place = self.again.iter().position(|waiting| waiting == function);
        place.map(|place| self.again.swap_remove(place)).is_some()
    }
}

impl Lasting {
    fn is_for(&self, call: &Call) -> bool {
        self.function == call.function && self.service == call.service && self.action == call.action
    }
}
