//! What one delivery, one mail, one answer and one idle minute use: many orders' lives at once, so that batches fill as
//! they do in a big shop.

use rihla_core::instant::{Instant, Wait};
use rihla_core::parcel::ParcelState::{Delivered, HandedOver, InTransit};
use rihla_core::source::Channel;
use serde::Serialize;

use super::life::{agrees, moved, paid, placed, posted};
use super::stored::{Kind, kinds};
use super::used::{Meter, PerUnit, float};
use crate::aws::{Aws, Clock, Layout};
use crate::command::CommandError;
use crate::run::{HttpRequest, Stack};
use crate::shop::Received;

/// So many customers live through the same minutes.
const LIVES: usize = 200;
/// The schedule writes its place every quarter of an hour.
const IDLE_MINUTES: usize = 60;

/// What the life of an order is like.
#[derive(Clone, Debug)]
pub struct Life {
    /// How many different products it has.
    pub products: usize,
    /// Whether carriers tell of its parcel by tracking number alone.
    pub carriers: bool,
    /// At which hour of the day, in the customer's zone in winter, it is placed.
    pub hour: u8,
    /// Which journeys there are; all that are shipped where none is named.
    pub journeys: Vec<String>,
}

/// What was measured.
#[derive(Clone, Debug, Serialize)]
pub struct Measured {
    /// How many orders' lives.
    pub lives: usize,
    /// The delivery that places an order.
    pub placing: PerUnit,
    /// Another delivery of it: the mean of all others of the life, one of which is a duplicate.
    pub delivery: PerUnit,
    /// A mail on its way out: dispatch and deliver, with the looks that send nothing.
    pub mail: PerUnit,
    /// What the provider reports of a mail: that it was accepted, and that it was delivered.
    pub mail_reports: PerUnit,
    /// An answer.
    pub answer: PerUnit,
    /// A customer in the count of all of them, once.
    pub counted_customer: PerUnit,
    /// A minute in which nothing is due.
    pub idle_minute: PerUnit,
    /// What lies in the table for an order after its life.
    pub stored_bytes_per_order: f64,
    /// The items that lie there, by kind: one of more than 1 KB costs twice to write.
    pub items: Vec<Kind>,
}

/// Lives through so many of this life.
pub async fn measure(life: &Life) -> Result<Measured, CommandError> {
    let lives = Lives { stack: stack(life).await?, products: life.products };
    lives.before().await?;
    let (stored, mails) = (lives.stored_bytes(), lives.stack.aws.mailbox().count()?);
    let (mut meter, placed_at) = (Meter::start(&lives.stack.aws), lives.now());
    lives.place().await?;
    let placing = meter.take();
    lives.go_on().await?;
    lives.answer_since(placed_at).await?;
    lives.pass(Wait::days(14)).await?;
    let rest = meter.take();
    let stored = float(lives.stored_bytes() - stored);
    let mails = usize::try_from(lives.stack.aws.mailbox().count()? - mails)?;
    // The idle days before were passed over: this minute makes up for them.
    lives.stack.tick().await?;
    meter.take();
    lives.idle_minutes().await?;
    let idle = meter.take();
    let customers = lives.count_all().await?;
    let count = meter.take().of(&["tally"]);
    Ok(Measured {
        lives: LIVES,
        placing: placing.of(&["receive"]).each(LIVES),
        delivery: rest.of(&["receive"]).each(LIVES * 5),
        mail: rest.of(&["dispatch", "deliver"]).each(mails),
        mail_reports: rest.of(&["observe"]).each(mails),
        answer: rest.of(&["respond"]).each(LIVES),
        // What is written and how often it is started goes by the gigabyte, and is next to nothing for each.
        counted_customer: PerUnit { write_units: 0.0, invocations: 0.0, ..count }.each(customers),
        idle_minute: idle.of(&["dispatch"]).each(IDLE_MINUTES),
        stored_bytes_per_order: stored / float(LIVES),
        items: kinds(&lives.stack.aws),
    })
}

async fn stack(life: &Life) -> Result<Stack, CommandError> {
    let start_at: Instant = format!("2026-11-02T{:02}:00:00Z", life.hour).parse()?;
    let aws = Aws::memory(Clock::virtual_at(start_at.timestamp()), Layout::default())?;
    let mut shop = rihla_infra::shop();
    if let Some(name) =
        life.journeys.iter().find(|name| !shop.journeys.iter().any(|known| known.name == **name))
    {
        let known: Vec<&str> = shop.journeys.iter().map(|journey| journey.name.as_str()).collect();
        return Err(format!("there is no journey `{name}`; there are {}", known.join(", ")).into());
    }
    shop.journeys.retain(|journey| life.journeys.is_empty() || life.journeys.contains(&journey.name));
    shop.sources.retain(|source| life.carriers || source.channel != Channel::Carrier);
    Ok(Stack::start(aws, shop, rihla_infra::brand(), rihla_infra::catalogue()).await?)
}

struct Lives {
    stack: Stack,
    products: usize,
}

impl Lives {
    /// Everybody may be written to, bought before, and had all that follows from it; others bought more together than
    /// the orders that are measured.
    async fn before(&self) -> Result<(), CommandError> {
        let earlier = |number: usize| format!("1{number:04}");
        self.stack.tick().await?;
        self.tell_each(|number, _| agrees(number)).await?;
        self.tell_each(|number, _| placed(number, &earlier(number), 1)).await?;
        self.tell_each(|number, _| moved(&earlier(number), Delivered)).await?;
        self.tell(placed(LIVES, "90000", self.products + 1)).await?;
        self.pass(Wait::days(40)).await
    }

    async fn place(&self) -> Result<(), CommandError> {
        self.tell_each(|number, order| placed(number, order, self.products)).await
    }

    /// All but the first of the six deliveries, and the time in which two mails are sent.
    async fn go_on(&self) -> Result<(), CommandError> {
        self.pass(Wait::seconds(90)).await?;
        self.tell_each(|_, order| paid(order)).await?;
        self.pass(Wait::hours(6)).await?;
        for (state, wait) in [(HandedOver, 20), (InTransit, 4), (Delivered, 0), (Delivered, 72)] {
            self.tell_each(|_, order| moved(order, state)).await?;
            self.pass(Wait::hours(wait)).await?;
        }
        Ok(())
    }

    /// Everybody answers the first question about the order placed then.
    async fn answer_since(&self, placed_at: Instant) -> Result<(), CommandError> {
        let questions = self.stack.aws.mailbox().with_tag("journey", "delivery-check")?;
        for mail in questions.into_iter().filter(|mail| Instant::from(mail.accepted_at) >= placed_at) {
            let mail = mail.raw.as_deref().and_then(Received::read).ok_or("a mail cannot be read")?;
            let link = mail.links().find(|link| link.contains("/r/")).ok_or("a mail has no question")?;
            let page = link.find("/r/").map_or("", |place| &link[place..]);
            let page = page.split('?').next().unwrap_or_default();
            let answered = self.stack.respond(&HttpRequest::form(page, &[("score", "5")])).await?;
            expect_status(answered.status)?;
        }
        Ok(())
    }

    async fn idle_minutes(&self) -> Result<(), CommandError> {
        for _ in 0..IDLE_MINUTES {
            self.pass(Wait::seconds(60)).await?;
            self.stack.tick().await?;
        }
        Ok(())
    }

    /// Counts all customers once, and says how many they are.
    async fn count_all(&self) -> Result<usize, CommandError> {
        while self.stack.tally().await? == tally::Done::Stretch {}
        let profiles =
            kinds(&self.stack.aws).iter().find(|kind| kind.kind == "profile").map(|kind| kind.count);
        Ok(profiles.unwrap_or_default())
    }

    async fn tell_each(
        &self,
        fact: impl Fn(usize, &str) -> rihla_core::event::Fact,
    ) -> Result<(), CommandError> {
        for number in 0..LIVES {
            self.tell(fact(number, &format!("2{number:04}"))).await?;
        }
        Ok(())
    }

    async fn tell(&self, fact: rihla_core::event::Fact) -> Result<(), CommandError> {
        expect_status(self.stack.post(&posted(self.now(), fact)).await?.status)
    }

    async fn pass(&self, wait: Wait) -> Result<(), CommandError> {
        self.stack.run_until(self.now().after(wait)).await?;
        Ok(())
    }

    fn now(&self) -> Instant {
        self.stack.now().into()
    }

    fn stored_bytes(&self) -> usize {
        kinds(&self.stack.aws).iter().map(|kind| kind.billed_bytes).sum()
    }
}

fn expect_status(status: u16) -> Result<(), CommandError> {
    if status < 300 { Ok(()) } else { Err(format!("a function answered {status}").into()) }
}
