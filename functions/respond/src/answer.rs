//! Recording answers.

use rihla_aws::answer::Answer;
use rihla_aws::table::{Key, TableError};
use rihla_core::link::Grant;

use crate::Respond;

impl Respond {
    /// Writes the answer. The last one counts; the same one again changes nothing.
    pub(crate) async fn record_answer(
        &self,
        grant: &Grant,
        score: u8,
        comment: Option<String>,
    ) -> Result<(), TableError> {
        let key = Key::answer(&grant.customer, &grant.order, &grant.follow_up);
        let given = Answer { score, comment, answered_at: self.clock.now() };
        let answer = |known: Option<&Answer>| {
            let is_known =
                known.is_some_and(|known| known.score == given.score && known.comment == given.comment);
            (!is_known).then(|| given.clone())
        };
        self.table.change(&key, answer).await
    }
}
