use std::collections::{BTreeMap, BTreeSet};

use rihla_core::event::{ConsentState, Fact};
use serde::Serialize;

use super::Plan;

/// What an import comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Lines of all files.
    pub lines: usize,
    /// Lines of which nothing is taken.
    pub lines_left_out: usize,
    /// Values that are left out of lines that are taken.
    pub values_left_out: usize,
    /// Customers, by line.
    pub customers: usize,
    /// Orders.
    pub orders: usize,
    /// Words by which somebody agreed.
    pub consents_granted: usize,
    /// Words by which somebody withdrew or objected.
    pub consents_withdrawn: usize,
    /// All events.
    pub events: usize,
    /// Why lines and values are left out, the most frequent reason first.
    pub reasons: Vec<(String, usize)>,
}

impl Counts {
    /// Counts.
    pub fn of(plan: &Plan) -> Self {
        let mut counts = Self::default();
        let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
        for file in &plan.files {
            counts.lines += file.lines;
            let left_out = file.refused.iter().filter(|refusal| refusal.whole_line);
            counts.lines_left_out += left_out.map(|refusal| refusal.line).collect::<BTreeSet<_>>().len();
            counts.values_left_out += file.refused.iter().filter(|refusal| !refusal.whole_line).count();
            for refusal in &file.refused {
                let column = refusal.column.as_ref().map(|column| format!("{column}: "));
                let reason = format!("{}{}", column.unwrap_or_default(), without_values(&refusal.reason));
                *reasons.entry(reason).or_default() += 1;
            }
            file.told.iter().flat_map(|told| &told.events).for_each(|event| counts.count(&event.fact));
        }
        counts.reasons = reasons.into_iter().collect();
        counts.reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counts
    }

    fn count(&mut self, fact: &Fact) {
        self.events += 1;
        let counted = match fact {
            Fact::ProfileChanged(_) => &mut self.customers,
            Fact::OrderPlaced(_) => &mut self.orders,
            Fact::ConsentChanged(changed) if changed.state == ConsentState::Granted => {
                &mut self.consents_granted
            }
            Fact::ConsentChanged(_) => &mut self.consents_withdrawn,
            _ => return,
        };
        *counted += 1;
    }
}

/// A reason without what stood in the file, so that the same reasons are counted together and a terminal shows nobody's data.
fn without_values(reason: &str) -> String {
    let parts = reason.split('"').enumerate();
    parts.map(|(index, part)| if index % 2 == 0 { part } else { "…" }).collect()
}
