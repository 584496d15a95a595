//! What a journey's file must hold to, beyond its shape.

use std::path::Path;

use rihla_core::event::Purpose;
use rihla_core::instant::Wait;
use rihla_core::journey::{Content, Exit, Journey, Milestone, STEP, Season, Step};
use rihla_core::limits::Limits;
use rihla_core::trigger::On;

use crate::yaml::place_of;
use crate::{Fault, KnownMessages};

/// Whoever waits longer waits for ever.
const LONGEST_WAIT: Wait = Wait::days(731);

/// A message that falls into the quiet hours waits until morning.
const SHORTEST_EXPIRY: Wait = Wait::hours(12);

/// What falls on the wrong day of the week waits for the right one.
const WEEK: Wait = Wait::days(7);

/// A journey's file, with what it may refer to.
pub(crate) struct Rules<'a> {
    file: &'a Path,
    journey: &'a Journey,
    messages: KnownMessages<'a>,
    limits: &'a Limits,
    faults: Vec<Fault>,
}

impl<'a> Rules<'a> {
    pub(crate) fn new(
        file: &'a Path,
        journey: &'a Journey,
        messages: KnownMessages<'a>,
        limits: &'a Limits,
    ) -> Self {
        Self { file, journey, messages, limits, faults: Vec::new() }
    }

    /// Every rule that is broken.
    pub(crate) fn broken(mut self) -> Vec<Fault> {
        self.head();
        self.names();
        self.kept();
        let journey = self.journey;
        for (index, step) in journey.steps.iter().enumerate() {
            self.due(index, step);
            self.conditions(index, step);
            self.expiry(step);
            self.window(step);
            self.message(step);
        }
        self.faults
    }

    fn fault(&mut self, words: &str, problem: impl Into<String>) {
        self.faults.push(Fault::new(self.file, problem).at(place_of(self.file, words)));
    }

    fn head(&mut self) {
        let journey = self.journey;
        let is_about_orders = journey.on == On::Order;
        let rules = [
            (!journey.name.is_empty(), "name", "a journey's name is that of its file: leave `name` out"),
            (
                journey.season.is_some_and(Season::is_empty),
                "season",
                "`season` takes nobody up: `from` must be before `until`",
            ),
            (journey.version == 0, "version", "`version` begins with 1"),
            (
                journey.invites_to.is_some() && journey.purpose != Purpose::Marketing,
                "purpose",
                "an invitation is marketing: `purpose` must be `marketing`",
            ),
            (
                journey.once && journey.again_after.is_some(),
                "again_after",
                "what comes once does not come again: leave out `once` or `again_after`",
            ),
            (
                journey.held_out_percent() > 50,
                "holdout",
                "`holdout` is a part of a hundred, 50 at the most: it leaves out more people than it reaches",
            ),
            (
                !is_about_orders && !journey.channels.is_empty(),
                "channels",
                "`channels` are those of orders, and this journey is about none",
            ),
            (
                !is_about_orders && journey.exits.contains(&Exit::Returned),
                "exits",
                "only the goods of an order are `returned`, and this journey is about none",
            ),
        ];
        for (_, key, problem) in rules.into_iter().filter(|(is_broken, ..)| *is_broken) {
            self.fault(&format!("\n{key}:"), problem);
        }
    }

    fn names(&mut self) {
        let steps = &self.journey.steps;
        if steps.is_empty() {
            self.fault("\nsteps:", "`steps` needs at least one step with `due`, `expires` and `message`");
        }
        for (index, step) in steps.iter().enumerate() {
            let words = format!("name: {}", step.name);
            if steps.len() > 1 && step.name == STEP {
                self.fault("\nsteps:", "of several steps each needs a `name`");
            } else if !is_name(&step.name) {
                self.fault(
                    &words,
                    format!("{:?} is not a name of 1 to 40 small letters, digits and hyphens", step.name),
                );
            } else if steps[..index].iter().any(|earlier| earlier.name == step.name) {
                self.fault(&words, format!("there are two steps `{}`", step.name));
            }
        }
    }

    /// What is swept while a step waits is followed no more.
    fn kept(&mut self) {
        let keep = self.limits.keep;
        let (kept, key) = match self.journey.on {
            On::Order => return,
            On::Cart => (keep.carts, "carts"),
            On::Conversation => (keep.conversations, "conversations"),
        };
        let waits = self.journey.steps.iter().map(|step| {
            let longest = step.due.iter().flat_map(|rule| rule.0.values()).max().copied().unwrap_or_default();
            longest.and(step.expires)
        });
        let needed = waits.fold(Wait::default(), Wait::and);
        if needed > kept {
            let problem = format!(
                "its steps wait and may be late for {needed} in all, and `keep: {{ {key}: {kept} }}` of limits.yaml sweeps before that"
            );
            self.fault("\nsteps:", problem);
        }
    }

    fn due(&mut self, index: usize, step: &Step) {
        if step.due.is_empty() || step.due.iter().any(|rule| rule.0.is_empty()) {
            self.fault("due:", "`due` needs at least one rule such as `{ delivered: 1 day }`");
        }
        for (milestone, wait) in step.due.iter().flat_map(|rule| &rule.0) {
            let words = format!("{milestone}:");
            if let Some(other) = milestone.of().filter(|on| *on != self.journey.on) {
                let (own, other) = (name_of(self.journey.on), name_of(other));
                let problem = format!(
                    "waits for ever: `{milestone}` is reached by {other}, and this journey is about {own}"
                );
                self.fault(&words, problem);
            }
            if *wait > LONGEST_WAIT {
                self.fault(&words, format!("waits for {wait}, which is for ever: two years at the most"));
            }
            if let Some(earlier) = milestone.step() {
                self.earlier_step(index, &words, earlier);
            }
            if let Milestone::Answered(earlier) = milestone {
                self.asking_step(&words, earlier);
            }
            self.consent(milestone, &words);
        }
    }

    fn conditions(&mut self, index: usize, step: &Step) {
        for earlier in step.only_if.steps() {
            self.earlier_step(index, earlier, earlier);
        }
        for earlier in step.only_if.answered.keys().chain(&step.only_if.unanswered) {
            self.asking_step(earlier, earlier);
        }
    }

    /// What asks nothing is never answered.
    fn asking_step(&mut self, words: &str, name: &str) {
        let Some(step) = self.journey.steps.iter().find(|step| step.name == name) else { return };
        let known = step.messages().filter(|message| self.messages.all.contains(message));
        let silent = known.filter(|message| !self.messages.asking.contains(message));
        for message in silent.collect::<Vec<_>>() {
            let asking = self.messages.asking.join("`, `");
            let problem = format!("`{name}` is never answered: `{message}` asks nothing, as `{asking}` do");
            self.fault(words, problem);
        }
    }

    /// A step can be about those before it only: so no two can wait for each other.
    fn earlier_step(&mut self, index: usize, words: &str, name: &str) {
        let steps = &self.journey.steps;
        if steps[..index].iter().any(|earlier| earlier.name == name) {
            return;
        }
        if steps[index..].iter().any(|later| later.name == name) {
            self.fault(
                words,
                format!("a loop: step `{name}` does not come before the one that waits for it"),
            );
            return;
        }
        let known = steps[..index].iter().map(|earlier| earlier.name.as_str());
        let fault = Fault::new(self.file, format!("there is no step `{name}`"));
        self.faults.push(fault.at(place_of(self.file, words)).meant(name, known));
    }

    /// Whoever is silent or has left a cart has not asked for anything.
    fn consent(&mut self, milestone: &Milestone, words: &str) {
        let sells = matches!(
            milestone,
            Milestone::Retention | Milestone::Recovery | Milestone::Replenish | Milestone::Left
        );
        if sells && !self.journey.is_marketing() {
            let problem = format!(
                "what follows from `{milestone}` is marketing, and needs consent: `purpose: marketing`"
            );
            self.fault(words, problem);
        }
    }

    fn expiry(&mut self, step: &Step) {
        if step.expires <= SHORTEST_EXPIRY {
            self.fault(
                "expires:",
                "`expires` must leave more than 12 hours: a message that falls into the quiet hours waits until morning",
            );
        }
    }

    fn window(&mut self, step: &Step) {
        let Some(window) = &step.at else { return };
        let quiet = self.limits.quiet_hours;
        if window.is_empty() {
            self.fault("at:", "`at` has no minute in it: `from` must be before `to`");
        } else if quiet.contain(window.from) && quiet.contain(window.to) && !window.contains_time(quiet.to) {
            self.fault("at:", "`at` lies in the quiet hours, in which nothing is sent");
        }
        if !window.weekdays.is_empty() && step.expires <= WEEK {
            self.fault("expires:", "`expires` must leave more than 7 days: it waits for a day of the week");
        }
    }

    fn message(&mut self, step: &Step) {
        for message in step.messages().filter(|message| !self.messages.all.contains(message)) {
            let fault = Fault::new(self.file, format!("there is no message `{message}`"));
            let fault =
                fault.at(place_of(self.file, message)).meant(message, self.messages.all.iter().copied());
            self.faults.push(fault);
        }
        if step.needs == Some(Content::MatchingItems) && !self.journey.is_marketing() {
            self.fault("needs:", "products are marketing, and need consent: `purpose: marketing`");
        }
    }
}

fn is_name(name: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=40).contains(&name.len()) && name.chars().all(is_plain)
}

fn name_of(on: On) -> &'static str {
    match on {
        On::Order => "orders",
        On::Cart => "carts",
        On::Conversation => "conversations",
    }
}
