use serde::{Deserialize, Serialize};

use crate::{Links, Question};

/// A page behind a link in a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// A survey's question with the answer filled in; its button records it.
    Question {
        /// The survey, as its mail is named: `delivery-check`.
        survey: String,
        /// How it is answered.
        question: Question,
        /// What was clicked.
        given: Given,
    },
    /// The answer is recorded.
    Thanks,
    /// The answer is recorded, and a person will look into it.
    ThanksLow,
    /// Every choice of the customer's, to be changed.
    Preferences(Wishes),
    /// The choices are recorded.
    PreferencesDone,
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

/// What was clicked or chosen so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// The score, in the question's own scale.
    pub score: Option<u8>,
    /// The code of the choice.
    pub choice: Option<String>,
}

/// What a customer wants to get, beside the news of their orders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wishes {
    /// Questions about their orders.
    pub surveys: bool,
    /// Matching items and offers.
    pub marketing: bool,
    /// The newsletter.
    pub newsletter: bool,
}

impl Page {
    /// Every page but the questions, which follow the surveys.
    pub const PLAIN: [Self; 14] = [
        Self::Thanks,
        Self::ThanksLow,
        Self::Preferences(Wishes { surveys: true, marketing: false, newsletter: false }),
        Self::PreferencesDone,
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
            Self::Thanks => "thanks",
            Self::ThanksLow => "thanks-low",
            Self::Preferences(_) => "preferences",
            Self::PreferencesDone => "preferences-done",
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
            Self::Question { question, .. } => question.layout(),
            Self::Preferences(_) => "preferences",
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

    pub(crate) fn given(&self) -> Given {
        match self {
            Self::Question { given, .. } => given.clone(),
            _ => Given::default(),
        }
    }

    pub(crate) fn wishes(&self) -> Wishes {
        match self {
            Self::Preferences(wishes) => *wishes,
            _ => Wishes::default(),
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
