//! Who is one with whom, and a person's word on that: `links`, `link` and `unlink`.

use std::collections::BTreeSet;

use rihla_aws::person::circle;
use rihla_aws::table::{Freshness, Key, Versioned};
use rihla_core::identifier::CustomerId;
use rihla_core::identity::{Forest, Kinship, Kinships, Pair, Said, Word as Spoken};
use rihla_core::instant::Instant;
use rihla_core::profile::Profile;
use serde::{Deserialize, Serialize};

use crate::{Console, Failure, in_a_few_words};

/// Of whom it is asked.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    customer: CustomerId,
}

/// That two customers are one, or are not.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Word {
    customer: CustomerId,
    #[serde(alias = "with")]
    from: CustomerId,
    by: String,
    reason: String,
}

/// Who is one with whom, of all who are tied to a customer.
#[derive(Debug, Serialize)]
pub(crate) struct Links {
    /// Persons by their records, each the oldest first; the one of the customer before the others.
    persons: Vec<Vec<CustomerId>>,
    links: Vec<Link>,
}

/// What is known of two records.
#[derive(Debug, Serialize)]
struct Link {
    customers: [CustomerId; 2],
    state: State,
    since: Option<Instant>,
    reason: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
enum State {
    /// They are one for this reason.
    Stands,
    /// A person said that they are not one.
    Apart,
    /// It would make one of two who are apart.
    HeldBack,
}

impl Console {
    /// Who is one with a customer, and why.
    pub(crate) async fn links(&self, asked: &Asked) -> Result<Links, Failure> {
        self.links_of(&[&asked.customer]).await
    }

    /// Notes that two are one, and gives who is one with whom since.
    pub(crate) async fn link(&self, word: Word) -> Result<Links, Failure> {
        self.say(word, Said::One).await
    }

    /// Notes that two are not one, and gives who is one with whom since.
    pub(crate) async fn unlink(&self, word: Word) -> Result<Links, Failure> {
        self.say(word, Said::Apart).await
    }

    async fn say(&self, word: Word, said: Said) -> Result<Links, Failure> {
        let Word { customer, from, by, reason } = word;
        let (by, because) = (in_a_few_words(&by, "by")?, in_a_few_words(&reason, "reason")?);
        let pair = Pair::of(customer.clone(), from.clone()).ok_or(Failure::OneCustomer)?;
        for one in pair.customers() {
            self.profile(one).await?;
        }
        let word = Kinship::said(Spoken { said, by, because }, self.clock.now());
        self.recorder.note_kinship(&pair, &word).await?;
        self.links_of(&[&customer, &from]).await
    }

    async fn links_of(&self, customers: &[&CustomerId]) -> Result<Links, Failure> {
        let (mut known, mut order) = (Kinships::new(), Vec::new());
        let mut whole = rihla_core::identity::Circle::default();
        for customer in customers {
            let own = self.profile(customer).await?;
            whole.join(circle(&self.table, customer, own, Freshness::Latest).await?);
            order.push((*customer).clone());
        }
        known.extend(whole.kinships());
        Ok(Links::of(&known, &whole.forest(), order))
    }

    /// A customer's own profile, as it is now.
    pub(crate) async fn profile(&self, customer: &CustomerId) -> Result<Profile, Failure> {
        let found: Option<Versioned<Profile>> =
            self.table.get(&Key::profile(customer), Freshness::Latest).await?;
        Ok(found.ok_or_else(|| Failure::NoSuchCustomer(customer.clone()))?.document)
    }
}

impl Links {
    fn of(known: &Kinships, forest: &Forest, mut customers: Vec<CustomerId>) -> Self {
        let groups = forest.groups();
        customers.extend(known.keys().flat_map(Pair::customers).cloned());
        let mut roots: Vec<&CustomerId> = Vec::new();
        for root in customers.iter().map(|customer| forest.root(customer)) {
            if !roots.contains(&root) {
                roots.push(root);
            }
        }
        let members = |root: &CustomerId| groups.get(root).cloned().unwrap_or_default();
        let person = |root: &&CustomerId| {
            let others: BTreeSet<&CustomerId> = members(root).into_iter().filter(|one| one != root).collect();
            [*root].into_iter().chain(others).cloned().collect()
        };
        let link = |(pair, kinship): (&Pair, &Kinship)| Link {
            customers: pair.customers().map(Clone::clone),
            state: State::of(pair, kinship, forest),
            since: kinship.since(),
            reason: kinship.reason(),
        };
        Self { persons: roots.iter().map(person).collect(), links: known.iter().map(link).collect() }
    }
}

impl State {
    fn of(pair: &Pair, kinship: &Kinship, forest: &Forest) -> Self {
        match kinship.is_apart() {
            true => Self::Apart,
            false if forest.held_back().contains(pair) => Self::HeldBack,
            false => Self::Stands,
        }
    }
}
