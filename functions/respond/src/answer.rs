//! Recording answers.

use rihla_aws::answer::Answer;
use rihla_aws::table::{Key, TableError};
use rihla_core::link::Grant;
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
        let key = Key::answer(&grant.customer, &grant.order, &grant.follow_up);
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
