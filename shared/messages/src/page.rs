use serde::{Deserialize, Serialize};

use crate::Links;

/// A page behind a link in a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// A survey's question with the answer filled in; its button records it.
    Question {
        /// The survey, as its mail is named: `delivery-check`.
        survey: String,
        /// The score that was clicked, 1 to 5.
        score: Option<u8>,
    },
    /// The answer is recorded.
    Thanks {
        /// The score given: low ones are promised a person's answer.
        score: u8,
    },
    /// Asks whether to end all marketing.
    Unsubscribe,
    /// Marketing has ended.
    Unsubscribed,
    /// Asks whether to end the questions about orders.
    NoSurveys,
    /// The questions have ended.
    NoSurveysDone,
    /// Asks whether to start the newsletter.
    Newsletter,
    /// The newsletter has started.
    NewsletterDone,
    /// The link is too old.
    LinkExpired,
    /// The link was altered, or cut.
    LinkInvalid,
    /// The person has been erased, or the order has.
    Gone,
    /// Something failed on our side.
    Failure,
}

/// Scores below this are told that a person will look into it.
const GOOD_SCORE: u8 = 3;

impl Page {
    /// Every page but the questions, which follow the surveys.
    pub const PLAIN: [Self; 12] = [
        Self::Thanks { score: 5 },
        Self::Thanks { score: 1 },
        Self::Unsubscribe,
        Self::Unsubscribed,
        Self::NoSurveys,
        Self::NoSurveysDone,
        Self::Newsletter,
        Self::NewsletterDone,
        Self::LinkExpired,
        Self::LinkInvalid,
        Self::Gone,
        Self::Failure,
    ];

    /// The page's name in the locale files.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Question { .. } => "question",
            Self::Thanks { score } if *score < GOOD_SCORE => "thanks-low",
            Self::Thanks { .. } => "thanks",
            Self::Unsubscribe => "unsubscribe",
            Self::Unsubscribed => "unsubscribed",
            Self::NoSurveys => "no-surveys",
            Self::NoSurveysDone => "no-surveys-done",
            Self::Newsletter => "newsletter",
            Self::NewsletterDone => "newsletter-done",
            Self::LinkExpired => "link-expired",
            Self::LinkInvalid => "link-invalid",
            Self::Gone => "gone",
            Self::Failure => "failure",
        }
    }

    /// The template it is made from: pages that only ask for a click share one, those that only tell another.
    pub fn layout(&self) -> &'static str {
        match self {
            Self::Question { .. } => "question",
            Self::Unsubscribe | Self::NoSurveys | Self::Newsletter => "confirm",
            _ => "notice",
        }
    }

    /// The catalogue's name for it.
    pub fn template(&self) -> String {
        match self {
            Self::Question { survey, .. } => format!("page/question/{survey}.html"),
            _ => format!("page/{}.html", self.name()),
        }
    }

    pub(crate) fn score(&self) -> Option<u8> {
        match self {
            Self::Question { score, .. } => *score,
            _ => None,
        }
    }
}

/// What a page is about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PageContext {
    /// Where the form is posted to; a page with a button needs it. It may be a path.
    pub action: Option<String>,
    /// The order's number as the customer knows it.
    pub order_number: Option<String>,
    /// The comment given before.
    pub comment: Option<String>,
    /// Where else to go.
    pub links: Links,
}
