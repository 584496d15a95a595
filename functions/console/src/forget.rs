//! Forgets a person at the word of the shop's staff: `forget`. The same as what a source's request does, for one who is known
//! here, by whatever identifier.

use rihla_aws::person::linked;
use rihla_aws::record::{RecordedRequest, TIME_ALLOWED};
use rihla_aws::table::{Expect, Key, Write};
use rihla_core::event::PrivacyRequest;
use rihla_core::identifier::CustomerId;
use rihla_core::instant::Instant;
use rihla_core::source::SourceId;
use serde::{Deserialize, Serialize};

use crate::{Console, Failure, in_a_few_words};

/// Who is to be forgotten, and at whose word.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    customer: CustomerId,
    by: String,
}

/// What was done.
#[derive(Debug, Serialize)]
pub(crate) struct Forgotten {
    /// The records that were emptied of what was told up to then.
    customers: Vec<CustomerId>,
    as_of: Instant,
    /// Where the request is on record, beside the first of them.
    request: String,
}

impl Console {
    /// Puts the request on record, does it, and notes that it is done. Cut short, it is asked again.
    pub(crate) async fn forget(&self, asked: Asked) -> Result<Forgotten, Failure> {
        let by = in_a_few_words(&asked.by, "by")?;
        let person = linked(&self.table, &asked.customer).await?;
        let customers: Vec<CustomerId> = person.iter().map(|(customer, _)| customer.clone()).collect();
        let Some(first) = customers.first() else { return Err(Failure::NoSuchCustomer(asked.customer)) };
        let at = self.clock.now();
        let request = self.request(first, PrivacyRequest::Erase, by, None).await?;
        self.recorder.forget(person.iter().map(|(customer, profile)| (customer, profile)), at).await?;
        self.put_request(first, &request, Some(self.clock.now())).await?;
        Ok(Forgotten { as_of: at, request: place(&request), customers })
    }

    /// Notes beside a customer that one of the staff asked for something under privacy law.
    pub(crate) async fn request(
        &self,
        customer: &CustomerId,
        request: PrivacyRequest,
        by: String,
        done_at: Option<Instant>,
    ) -> Result<RecordedRequest, Failure> {
        let at = self.clock.now();
        let source = SourceId::from_static("console");
        let due_at = at.after(TIME_ALLOWED);
        let request =
            RecordedRequest { request, source, at, due_at, orders: Vec::new(), done_at, by: Some(by) };
        self.put_request(customer, &request, done_at).await?;
        Ok(request)
    }

    async fn put_request(
        &self,
        customer: &CustomerId,
        request: &RecordedRequest,
        done_at: Option<Instant>,
    ) -> Result<(), Failure> {
        let id = place(request);
        let document = RecordedRequest { done_at, ..request.clone() };
        Ok(self.table.put(Write::new(Key::request(customer, &id), &document, Expect::Anything)).await?)
    }
}

/// The request's own id.
fn place(request: &RecordedRequest) -> String {
    let what = if request.request == PrivacyRequest::Erase { "forget" } else { "export" };
    format!("console-{what}-{}", request.at.milliseconds())
}
