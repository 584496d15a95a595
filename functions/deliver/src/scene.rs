//! What a look sees, as it lies in the table at this moment.

use rihla_aws::look::Look;
use rihla_aws::person;
use rihla_aws::table::{Expect, Freshness, Key, Table, TableError, Versioned, Write};
use rihla_core::about::About;
use rihla_core::answer::Answers;
use rihla_core::checkout::Checkout;
use rihla_core::conversation::Conversation;
use rihla_core::event::Line;
use rihla_core::follow_up::FollowUpKey;
use rihla_core::identifier::CustomerId;
use rihla_core::instant::Instant;
use rihla_core::look::{Ledger, View};
use rihla_core::order::Order;
use rihla_core::profile::Profile;
use rihla_core::record::LEAD;
use rihla_core::shop::Shop;
use rihla_core::source::{Channel, Source};
use rihla_core::trigger::On;
use rihla_core::zone::{LocalZone, local_zone};
use serde_json::Value;
use std::collections::BTreeMap;

use crate::replenish;

/// What is looked at, its ledger, and whose it is.
#[derive(Debug)]
pub(crate) struct Scene<'a> {
    pub(crate) now: Instant,
    pub(crate) look: &'a Look,
    pub(crate) shop: &'a Shop,
    pub(crate) followed: Followed,
    pub(crate) ledger: Ledger,
    pub(crate) answers: Answers,
    /// The versions of the ledger's entries.
    pub(crate) versions: BTreeMap<FollowUpKey, u64>,
    /// The profile beside it: what is claimed for it is claimed there.
    pub(crate) own: Versioned<Profile>,
    /// The person, of all linked profiles.
    pub(crate) person: Profile,
    pub(crate) zone: LocalZone,
    /// The first product of the order to be used up, and when, where a journey asks for it.
    pub(crate) used_up: Option<(Line, Instant)>,
    /// The next look, where this very run has put it on the calendar.
    pub(crate) next_look: Option<Instant>,
}

impl<'a> Scene<'a> {
    /// Loads it. Nothing where it or its customer is not on record (any more).
    pub(crate) async fn load(
        table: &Table,
        shop: &'a Shop,
        look: &'a Look,
        now: Instant,
    ) -> Result<Option<Self>, TableError> {
        let place = Key::followed(&look.customer, &look.trigger);
        let items: Vec<(String, Versioned<Value>)> =
            table.all_with_prefix(&place.pk, &place.sk, Freshness::Latest).await?;
        let own: Option<Versioned<Profile>> =
            table.get(&Key::profile(&look.customer), Freshness::MayBeStale).await?;
        let (Some(own), Some(read)) = (own, read(items, look)?) else { return Ok(None) };
        let person = person::united(table, &own.document, &look.customer).await?;
        let source = shop.source(look.trigger.source.as_str());
        let channel = shop.channel(&look.trigger.source);
        let place = read.followed.about(channel).place();
        let zone = local_zone(
            person.zone.as_ref().map(|zone| zone.value.as_str()),
            place.or(person.place.as_ref().map(|place| &place.value)),
            source.and_then(|source| source.zone.as_deref()),
            &shop.zone,
        );
        let Read { followed, ledger, answers, versions } = read;
        let (next_look, used_up) = (None, None);
        let mut scene = Self {
            now,
            look,
            shop,
            followed,
            ledger,
            answers,
            versions,
            own,
            person,
            zone,
            used_up,
            next_look,
        };
        scene.used_up = replenish::first_used_up(table, &scene).await?;
        Ok(Some(scene))
    }

    /// What is looked at.
    pub(crate) fn about(&self) -> About<'_> {
        self.followed.about(self.shop.channel(&self.look.trigger.source))
    }

    /// As the pure core sees it.
    pub(crate) fn view<'v>(&'v self, attempt: &'v str) -> View<'v> {
        View {
            now: self.now,
            trigger: &self.look.trigger,
            about: self.about(),
            ledger: &self.ledger,
            answers: &self.answers,
            profile: &self.person,
            zone: &self.zone,
            limits: &self.shop.limits,
            holidays: &self.shop.holidays,
            used_up_at: self.used_up.as_ref().map(|(_, at)| *at),
            customer: &self.look.customer,
            attempt,
        }
    }
}

/// What a look can be at.
#[derive(Debug)]
pub(crate) enum Followed {
    Order(Box<Order>),
    Cart(Box<Checkout>),
    Conversation(Box<Conversation>),
}

impl Followed {
    fn read(on: On, document: Value) -> Result<Self, serde_json::Error> {
        Ok(match on {
            On::Order => Self::Order(serde_json::from_value(document)?),
            On::Cart => Self::Cart(serde_json::from_value(document)?),
            On::Conversation => Self::Conversation(serde_json::from_value(document)?),
        })
    }

    fn about(&self, channel: Channel) -> About<'_> {
        match self {
            Self::Order(order) => About::Order(order, channel),
            Self::Cart(cart) => About::Cart(cart),
            Self::Conversation(conversation) => About::Conversation(conversation),
        }
    }
}

struct Read {
    followed: Followed,
    ledger: Ledger,
    answers: Answers,
    versions: BTreeMap<FollowUpKey, u64>,
}

/// Sorts what lies under the key of what is looked at.
fn read(items: Vec<(String, Versioned<Value>)>, look: &Look) -> Result<Option<Read>, TableError> {
    let mut followed: Option<Followed> = None;
    let (mut ledger, mut answers, mut versions) = (Ledger::new(), Answers::new(), BTreeMap::new());
    for (key, Versioned { document, version, .. }) in items {
        let unreadable = |source| TableError::Unreadable { sort_key: key.clone(), source };
        let Some((_, place)) = Key::of_followed(&key) else { continue };
        if place.is_empty() {
            followed = Some(Followed::read(look.trigger.on, document).map_err(unreadable)?);
        } else if let Some(place) = place.strip_prefix("F#") {
            let follow_up = Key::follow_up(&look.trigger, place);
            ledger.insert(follow_up.clone(), serde_json::from_value(document).map_err(unreadable)?);
            versions.insert(follow_up, version);
        } else if let Some(place) = place.strip_prefix("A#") {
            let answer = serde_json::from_value(document).map_err(unreadable)?;
            answers.insert(Key::follow_up(&look.trigger, place), answer);
        }
    }
    Ok(followed.map(|followed| Read { followed, ledger, answers, versions }))
}

impl Scene<'_> {
    /// What puts a look on the calendar; nothing where it is there already.
    pub(crate) fn look_at(&self, at: Instant) -> Option<Write> {
        if self.view("").is_on_calendar(at) || self.next_look == Some(at) {
            return None;
        }
        let key = Key::look(at.max(self.now.after(LEAD)), &self.look.customer, &self.look.trigger);
        Some(Write::new(key, &(), Expect::Anything))
    }

    /// By what is drawn which message they get of several.
    pub(crate) fn drawn_as(&self) -> CustomerId {
        self.person.drawn_as(&self.look.customer)
    }

    /// Whether there is a page on which the products can be reviewed.
    pub(crate) fn has_review_pages(&self) -> bool {
        self.shop.source(self.look.trigger.source.as_str()).is_some_and(Source::has_review_pages)
    }

    /// The person's language; empty where none is known, which stands for the shop's own.
    pub(crate) fn locale(&self) -> &str {
        self.person.locale.as_ref().map_or("", |locale| locale.value.as_str())
    }
}
