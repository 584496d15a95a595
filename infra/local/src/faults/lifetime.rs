//! Living through a random shop, and what must be true of it afterwards.

use std::cell::RefCell;
use std::collections::BTreeMap;

use rihla_core::instant::{Instant, Wait};

use super::deed::Deed;
use super::ending::{Ending, FoundMail};
use super::promises::Broken;
use super::random_shop::{Happening, OwedOrder, Shop};
use super::world::{Files, World, WorldError};
use crate::aws::ses::Fate;

/// How long after the last happening nothing more can follow.
const AFTERWARDS: Wait = Wait::days(70);

/// The journeys whose mails need consent.
const OFFERS: [&str; 2] = ["matching-items", "newsletter-invitation"];

/// Within this time of a bounce or a complaint it is on record, however often something went wrong.
const KNOWN_AFTER: Wait = Wait::days(3);

/// The shop's own files, read once for many lives.
#[derive(Clone, Debug)]
pub struct LifetimeFiles(Files);

impl LifetimeFiles {
    /// Reads them.
    pub fn read() -> Self {
        Self(Files::read())
    }
}

/// Lives through the shop of that number: what is not as promised, and the story if it is to be kept.
pub async fn lifetime(files: &LifetimeFiles, seed: u64, keeps_story: bool) -> (Broken, Vec<String>) {
    let shop = Shop::of(seed);
    let world = match World::new(&files.0, &shop.plans, keeps_story).await {
        Ok(world) => world,
        Err(error) => return (Broken::stopped(&error), Vec::new()),
    };
    world.stack.aws.mailbox().set_fates(fate);
    for plan in &shop.plans {
        world.harms.tell(|| format!("planned: {plan:?}"));
    }
    let life = Life { shop: &shop, world: &world, unsubscribed: RefCell::default() };
    let broken = life.live().await.and_then(|()| life.judged());
    (broken.unwrap_or_else(|error| Broken::stopped(&error)), world.harms.story())
}

/// Mailboxes that the provider's simulator does not have.
fn fate(address: &str) -> Option<Fate> {
    match address.split('-').next()? {
        "full" => Some(Fate::BouncedForNow),
        "silent" => Some(Fate::Silent),
        _ => None,
    }
}

struct Life<'a> {
    shop: &'a Shop,
    world: &'a World,
    /// When the unsubscribing of an address was acknowledged.
    unsubscribed: RefCell<BTreeMap<String, Instant>>,
}

impl Life<'_> {
    async fn live(&self) -> Result<(), WorldError> {
        for (at, happening) in &self.shop.happenings {
            self.world.until(*at).await?;
            match happening {
                Happening::Arrives(posted) => self.world.post(posted).await?,
                Happening::Visits(email, journey, deed) => self.visit(email, journey, *deed).await?,
                Happening::StandsStill(wait) => self.world.stand_still(*wait),
            }
        }
        self.world.until(self.world.now().after(AFTERWARDS)).await?;
        self.world.rest().await
    }

    async fn visit(&self, email: &str, journey: &str, deed: Deed) -> Result<(), WorldError> {
        let is_done = self.world.visit(email, journey, deed).await?;
        if is_done && deed == Deed::Unsubscribes {
            self.unsubscribed.borrow_mut().entry(email.to_owned()).or_insert_with(|| self.world.now());
        }
        Ok(())
    }

    fn judged(&self) -> Result<Broken, WorldError> {
        let (ending, mut broken) = self.world.ending()?;
        for owed in &self.shop.orders {
            broken.lost.extend(missing(owed, &ending));
        }
        let mut closed_at = BTreeMap::new();
        for mail in &ending.mails {
            broken.disagreements.extend(self.unwanted(mail));
            broken.disagreements.extend(to_closed_address(mail, &mut closed_at));
        }
        Ok(broken)
    }

    /// Why an offer should not have been sent.
    fn unwanted(&self, mail: &FoundMail) -> Option<String> {
        if !OFFERS.contains(&mail.journey.as_str()) {
            return None;
        }
        let unsubscribed = self.unsubscribed.borrow().get(&mail.recipient).copied();
        let because = if !self.shop.agreed.contains(&mail.recipient) {
            "nobody agreed to that".to_owned()
        } else if let Some(at) = unsubscribed.filter(|at| *at < mail.accepted_at) {
            format!("it was unsubscribed at {at}")
        } else {
            return None;
        };
        let FoundMail { journey, order, recipient, accepted_at, .. } = mail;
        Some(format!("{journey} for {order} was sent to {recipient} at {accepted_at}, and {because}"))
    }
}

/// What should be on record of an order and is not.
fn missing(owed: &OwedOrder, ending: &Ending) -> Vec<String> {
    let OwedOrder { key, told } = owed;
    let Some((found, order)) = ending.orders.get(key).and_then(|found| Some((found, found.order.as_ref()?)))
    else {
        return vec![format!("order {key} is not on record")];
    };
    let untold = told.iter().filter(|place| order.pointer(place).is_none_or(serde_json::Value::is_null));
    let mut missing: Vec<String> = untold
        .map(|place| format!("order {key}: {place} was told, and the record does not say so"))
        .collect();
    // Every order that was placed owes an answer to the question whether it was easy to buy.
    if !found.ledger.contains_key("ease-survey") {
        missing.push(format!("{key}: ease-survey has no entry"));
    }
    missing
}

/// Why a mail to the mailbox simulator should not have been sent: it bounced or complained before, and long ago.
fn to_closed_address(mail: &FoundMail, closed_at: &mut BTreeMap<String, Instant>) -> Option<String> {
    let FoundMail { journey, order, recipient, accepted_at, .. } = mail;
    if !recipient.ends_with("@simulator.amazonses.com") {
        return None;
    }
    let closed_at = closed_at.entry(recipient.clone()).or_insert(*accepted_at);
    let is_known = closed_at.after(KNOWN_AFTER) < *accepted_at;
    is_known
        .then(|| format!("{journey} for {order} was sent to {recipient}, which was closed at {closed_at}"))
}
