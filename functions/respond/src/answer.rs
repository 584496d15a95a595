//! Recording answers.

use rihla_aws::table::{Expect, Key, TableError, Write};
use rihla_core::answer::Answer;
use rihla_core::journey::Milestone;
use rihla_core::link::Grant;
use rihla_core::record::LEAD;
use rihla_messages::{Given, Question};

use crate::Respond;

impl Respond {
    /// Writes the answer. The last one counts; the same one again changes nothing.
    pub(crate) async fn record_answer(
        &self,
        grant: &Grant,
        question: &Question,
        given: Given,
        comment: Option<String>,
    ) -> Result<(), TableError> {
        let answered = Milestone::Answered(grant.follow_up.step().to_owned());
        let journeys = self.shop.journeys.iter().filter(|journey| journey.name == grant.follow_up.journey());
        if journeys.flat_map(|journey| &journey.steps).any(|step| step.waits_for(&answered)) {
            // Before the answer, so that the step that waits for it is not forgotten.
            let look = Key::look(self.clock.now().after(LEAD), &grant.customer, &grant.trigger);
            self.table.put(Write::new(look, &(), Expect::Anything)).await?;
        }
        let key = Key::answer(&grant.customer, &grant.trigger, &grant.follow_up);
        let out_of = question.scores().map(|scores| *scores.end());
        let Given { score, choice } = given;
        let given = Answer { score, out_of, choice, comment, answered_at: self.clock.now() };
        let answer = |known: Option<&Answer>| {
            let is_known = known
                .is_some_and(|known| *known == Answer { answered_at: known.answered_at, ..given.clone() });
            (!is_known).then(|| given.clone())
        };
        self.table.change(&key, answer).await
    }
}
