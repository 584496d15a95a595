//! Recording answers.

use rihla_aws::answer::Answer;
use rihla_aws::table::{Freshness, Key, TableError, Versioned, Write};
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
        let known: Option<Versioned<Answer>> = self.table.get(&key, Freshness::Latest).await?;
        let before = known.as_ref().map(|known| &known.document);
        if before.is_some_and(|before| before.score == score && before.comment == comment) {
            return Ok(());
        }
        let answer = Answer { score, comment, answered_at: self.clock.now() };
        self.table.put(Write::new(key, &answer, Versioned::expect(known.as_ref()))).await
    }
}
