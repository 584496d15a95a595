//! All customers' profiles, a page at a time.

use aws_sdk_dynamodb::types::AttributeValue;
use rihla_core::identifier::CustomerId;
use rihla_core::profile::Profile;

use super::{Key, Table, TableError, item};

/// A page of them. DynamoDB reads a megabyte of the table for each, whatever lies there, and it may hold none.
#[derive(Debug)]
pub struct Profiles {
    /// The customers, in no order that means anything.
    pub customers: Vec<(CustomerId, Profile)>,
    /// Behind which item the next page begins; none on the last.
    pub next: Option<Key>,
}

impl Table {
    /// The profiles behind an item that a page before this one named, of at most so many items of the table. They may be a
    /// moment old.
    pub async fn profiles(&self, after: Option<&Key>, items: Option<i32>) -> Result<Profiles, TableError> {
        let request = self
            .client
            .scan()
            .table_name(&self.name)
            .filter_expression("SK = :profile")
            .expression_attribute_values(":profile", AttributeValue::S("PROFILE".to_owned()))
            .set_exclusive_start_key(after.map(item::key_of))
            .set_limit(items);
        let answer = request.send().await.map_err(TableError::of)?;
        let next = answer.last_evaluated_key.as_ref().map(item::key_in);
        let read = |attributes| item::read(attributes).map(|(key, found)| (key, found.document));
        let found: Result<Vec<(Key, Profile)>, _> =
            answer.items.unwrap_or_default().into_iter().map(read).collect();
        let customers = found?.into_iter().filter_map(|(key, profile)| Some((key.customer()?, profile)));
        Ok(Profiles { customers: customers.collect(), next })
    }
}
