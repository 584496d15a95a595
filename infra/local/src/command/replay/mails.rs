//! The mails of a replay: what tells each apart is kept, and their links answer for the buyers.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::{self, File, OpenOptions};
use std::io::Write as _;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rihla_core::instant::Instant;
use rihla_core::order::OrderKey;
use serde::{Deserialize, Serialize};

use crate::aws::ses::Mail;
use crate::command::CommandError;
use crate::command::account::AccountFolder;
use crate::replay::{ANSWERED_JOURNEY, Replay, Review, SentMail};
use crate::run::{HttpRequest, Stack};
use crate::shop::Received;

/// A mail, as far as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Kept {
    number: u64,
    mail: SentMail,
    order: String,
    /// The path of the link by which its question is answered, where somebody will.
    answered_at_path: Option<String>,
}

/// The mails so far, and the answers that are still to be given.
#[derive(Debug)]
pub(super) struct Mails {
    kept: Vec<Kept>,
    unwritten: usize,
    seen: u64,
    file: File,
    reviews: HashMap<String, Review>,
    due: BTreeSet<(Instant, String)>,
    paths: BTreeMap<String, String>,
}

impl Mails {
    /// The mails that were kept in the folder, and the replay's answers.
    pub(super) fn open(folder: &AccountFolder, replay: &Replay) -> Result<Self, CommandError> {
        let path = folder.file("mails.jsonl");
        let text = fs::read_to_string(&path).unwrap_or_default();
        // The last line may have been cut by a kill: its mail is still whole in the mailbox.
        let kept: Vec<Kept> = text.lines().map_while(|line| serde_json::from_str(line).ok()).collect();
        let whole: String = kept
            .iter()
            .map(|kept| serde_json::to_string(kept).map(|line| line + "\n"))
            .collect::<Result<_, _>>()?;
        fs::write(&path, whole)?;
        let file = OpenOptions::new().append(true).open(&path)?;
        let reviews = replay.reviews.iter().map(|review| (review.order.clone(), review.clone())).collect();
        let seen = kept.last().map_or(0, |kept| kept.number);
        let mut mails = Self {
            unwritten: kept.len(),
            kept: Vec::new(),
            seen,
            file,
            reviews,
            due: BTreeSet::new(),
            paths: BTreeMap::new(),
        };
        for one in kept {
            mails.add(one, Instant::from_seconds(0));
        }
        Ok(mails)
    }

    /// The mails, for the checks.
    pub(super) fn sent(&self) -> Vec<SentMail> {
        self.kept.iter().map(|kept| kept.mail.clone()).collect()
    }

    /// When the next answer is given.
    pub(super) fn next_answer(&self) -> Option<Instant> {
        self.due.first().map(|(at, _)| *at)
    }

    /// Takes in the mails that have come since.
    pub(super) fn collect(&mut self, stack: &Stack) -> Result<(), CommandError> {
        for mail in stack.aws.mailbox().after(self.seen, u32::MAX)? {
            self.seen = mail.number;
            if let Some(kept) = self.read(&mail) {
                self.add(kept, mail.accepted_at.into());
            }
        }
        Ok(())
    }

    fn add(&mut self, kept: Kept, sent_at: Instant) {
        if let (Some(path), Some(review)) = (&kept.answered_at_path, self.reviews.get(&kept.order)) {
            // Some answered before they were asked: here they answer when the mail is there.
            self.due.insert((review.answered_at.max(sent_at), kept.order.clone()));
            self.paths.insert(kept.order.clone(), path.clone());
        }
        self.kept.push(kept);
    }

    fn read(&self, mail: &Mail) -> Option<Kept> {
        let received = Received::read(mail.raw.as_deref()?)?;
        let tag =
            |name: &str| mail.tags.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let order = String::from_utf8(URL_SAFE_NO_PAD.decode(tag("trigger")?).ok()?).ok()?;
        let order: OrderKey = order.parse().ok()?;
        let journey = tag("journey")?;
        let recipient = mail.recipients.first()?;
        let is_answered = journey == ANSWERED_JOURNEY && self.reviews.contains_key(&order.order);
        let path = received.links().find_map(|link| link.find("/r/").map(|at| &link[at..]));
        let path = path.and_then(|path| path.split('?').next()).map(ToOwned::to_owned);
        Some(Kept {
            number: mail.number,
            mail: SentMail::new(recipient, &format!("{journey}#{order}"), &received.subject, &received.text),
            order: order.order,
            answered_at_path: path.filter(|_| is_answered),
        })
    }

    /// Gives the answers whose time has come.
    pub(super) async fn answer(&mut self, stack: &Stack, now: Instant) -> Result<(), CommandError> {
        while let Some((at, order)) = self.due.first().cloned().filter(|(at, _)| *at <= now) {
            self.due.remove(&(at, order.clone()));
            let (Some(path), Some(review)) = (self.paths.get(&order), self.reviews.get(&order)) else {
                continue;
            };
            let score = review.score.to_string();
            let fields =
                [("score", score.as_str()), ("comment", review.comment.as_deref().unwrap_or_default())];
            stack.respond(&HttpRequest::form(path, &fields)).await?;
        }
        Ok(())
    }

    /// Writes down what tells the mails apart, and lets go of their bodies: a year of a shop is gigabytes.
    pub(super) fn keep(&mut self, stack: &Stack) -> Result<(), CommandError> {
        for kept in &self.kept[self.unwritten..] {
            writeln!(self.file, "{}", serde_json::to_string(kept)?)?;
        }
        self.unwritten = self.kept.len();
        Ok(stack.aws.mailbox().forget_bodies(self.seen)?)
    }
}
